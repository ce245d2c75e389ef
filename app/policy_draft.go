package app

import (
	"slices"
	"strconv"
	"strings"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"
)

// draft is rules as they are being changed. The numbers are in the form: the browser
// keeps what is typed.
type draft struct {
	base  api.PolicySettings // what it is made of
	text  bool               // text messages are allowed
	stay  bool
	phone api.PhonePolicy
	unit  map[string]int    // minutes in the unit of a limit
	first map[string]string // what stands in the inputs at first
}

// The numbers of the rules, by the names of their fields.
const (
	numberTrust    = "trusted_days"
	numberIdle     = "idle_minutes"
	numberOverall  = "overall_minutes"
	numberPassword = "min_password"
)

// The units of a limit, in minutes.
const (
	unitMinute = 1
	unitHour   = 60
	unitDay    = 24 * 60
)

// draftOf returns the draft that changes nothing of s.
func draftOf(s api.PolicySettings) draft {
	d := draft{base: s, text: allows(s, api.MethodText), stay: s.StaySignedIn, phone: s.RecoveryPhone, unit: map[string]int{}, first: map[string]string{}}
	for name, n := range numbersOf(s) {
		d.unit[name] = 1
		if name == numberIdle || name == numberOverall {
			d.unit[name] = unitOf(n)
		}
		d.first[name] = strconv.Itoa(n / d.unit[name])
	}
	return d
}

// onto returns the draft that changes s as d changes what it is made of; told is what
// was typed.
func (d draft) onto(s api.PolicySettings, told map[string]string) draft {
	anew := draftOf(s)
	if d.text != allows(d.base, api.MethodText) {
		anew.text = d.text
	}
	if d.stay != d.base.StaySignedIn {
		anew.stay = d.stay
	}
	if d.phone != d.base.RecoveryPhone {
		anew.phone = d.phone
	}
	was := draftOf(d.base)
	for name := range anew.first {
		typed, ok := told[name]
		if ok || d.unit[name] != was.unit[name] {
			anew.unit[name], anew.first[name] = d.unit[name], d.first[name]
		}
		if ok {
			anew.first[name] = typed
		}
	}
	return anew
}

// settings returns the rules as they would be, or what is wrong with the numbers.
// typed returns what stands in a field, if anything was typed there.
func (d draft) settings(typed func(string) (string, bool)) (api.PolicySettings, api.Problems) {
	s, problems := d.base, api.Problems{}
	number := func(name string, to *int) {
		text, ok := typed(name)
		if !ok {
			text = d.first[name]
		}
		n, err := strconv.Atoi(strings.TrimSpace(text))
		switch {
		case strings.TrimSpace(text) == "":
			problems.Add(name, check.Required)
		case err != nil || n < 0:
			problems.Add(name, check.WrongType)
		case n > 1_000_000:
			problems.Add(name, check.TooLong)
		default:
			*to = n * d.unit[name]
		}
	}
	number(numberTrust, &s.TrustedDays)
	number(numberIdle, &s.IdleMinutes)
	number(numberOverall, &s.OverallMinutes)
	number(numberPassword, &s.MinPassword)
	s.StaySignedIn, s.RecoveryPhone = d.stay, d.phone
	if d.text != allows(d.base, api.MethodText) {
		s.Methods = []api.Method{api.MethodTOTP}
		s.Until = nil
		if d.text {
			s.Methods = append(s.Methods, api.MethodText)
		}
	}
	return s, problems
}

// allows reports whether a method can be set up.
func allows(s api.PolicySettings, m api.Method) bool { return slices.Contains(s.Methods, m) }

func numbersOf(s api.PolicySettings) map[string]int {
	return map[string]int{numberTrust: s.TrustedDays, numberIdle: s.IdleMinutes, numberOverall: s.OverallMinutes, numberPassword: s.MinPassword}
}

// unitOf returns the longest unit of which minutes are a whole number.
func unitOf(minutes int) int {
	for _, u := range []int{unitDay, unitHour} {
		if minutes > 0 && minutes%u == 0 {
			return u
		}
	}
	return unitMinute
}

// differences lists the settings in which a and b differ, as the audit has them.
func differences(a, b api.PolicySettings) (list []api.SettingChange) {
	before, after := audited(a), audited(b)
	for i := range before {
		if before[i].After != after[i].After {
			list = append(list, api.SettingChange{Name: before[i].Name, Before: before[i].After, After: after[i].After})
		}
	}
	return list
}

// audited returns every setting as the audit has it.
func audited(s api.PolicySettings) []api.SettingChange {
	var methods []string
	for _, m := range s.Methods {
		methods = append(methods, string(m))
	}
	return []api.SettingChange{
		{Name: "methods", After: strings.Join(methods, ",")},
		{Name: "recovery_phone", After: string(s.RecoveryPhone)},
		{Name: numberTrust, After: strconv.Itoa(s.TrustedDays)},
		{Name: numberIdle, After: strconv.Itoa(s.IdleMinutes)},
		{Name: numberOverall, After: strconv.Itoa(s.OverallMinutes)},
		{Name: "stay_signed_in", After: strconv.FormatBool(s.StaySignedIn)},
		{Name: numberPassword, After: strconv.Itoa(s.MinPassword)},
	}
}

// settingWords says the value of a setting as people say it. What this client does not
// know is said as it came.
func settingWords(name, v string) string {
	w := &say().Policy
	n, err := strconv.Atoi(v)
	switch {
	case name == "methods":
		var list []string
		for m := range strings.SplitSeq(v, ",") {
			list = append(list, say().Adoption.MethodName(strings.TrimSpace(m)))
		}
		return strings.Join(list, ", ")
	case name == "recovery_phone":
		return w.PhoneName(v)
	case v == "true":
		return w.Yes
	case v == "false":
		return w.No
	case err != nil:
		return v
	case name == numberTrust && n == 0:
		return w.None
	case name == numberTrust:
		return words.Many(n, w.OneDay, w.ManyDays)
	case name == numberIdle || name == numberOverall:
		return lasting(n)
	case name == numberPassword:
		return with(w.Characters, "n", words.Grouped(n))
	}
	return v
}

// lasting says how long minutes are.
func lasting(minutes int) string {
	w := &say().Policy
	switch unitOf(minutes) {
	case unitDay:
		return words.Many(minutes/unitDay, w.OneDay, w.ManyDays)
	case unitHour:
		return words.Many(minutes/unitHour, w.OneHour, w.ManyHours)
	}
	return words.Many(minutes, w.OneMinute, w.ManyMinutes)
}
