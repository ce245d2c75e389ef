package words

import (
	"strconv"
	"strings"
	"time"

	"doorward/shared/check"
)

// Details is the words for what an event carries besides.
type Details struct {
	Settings     map[string]string // the settings of a policy
	Values       map[string]string // what they can be
	Changed      string            // {setting} {before} {after}
	None         string
	OneDay, Days string // {n}
	Characters   string // {n}
	OneMin, Mins string // {n}
	OneHr, Hrs   string // {n}
	Start, End   string // {when}
	Source, Goal string // {name}
	MethodStop   string // {method} {when}
}

var englishDetails = Details{
	Settings: map[string]string{
		"methods": "Methods", "until": "Still accepted", "recovery_phone": "Recovery phone", "trusted_days": "Trusted devices",
		"idle_minutes": "Idle sessions end after", "overall_minutes": "Every session ends after",
		"stay_signed_in": "Stay signed in", "min_password": "Shortest password", "from": "Mandatory from",
	},
	Values: map[string]string{
		"totp": "authenticator app", "text": "text message", "off": "off", "optional": "optional", "required": "required",
		"true": "yes", "false": "no", "member": "Member", "helper": "Helper", "admin": "Administrator", "operator": "Operator",
		"open": "open", "suspended": "suspended",
	},
	Changed:    "{setting}: from {before} to {after}",
	None:       "nothing",
	OneDay:     "1 day",
	Days:       "{n} days",
	Characters: "{n} characters",
	OneMin:     "1 minute",
	Mins:       "{n} minutes",
	OneHr:      "1 hour",
	Hrs:        "{n} hours",
	Start:      "From {when}",
	End:        "Until {when}",
	Source:     "From {name}",
	Goal:       "To {name}",
	MethodStop: "{method} until {when}",
}

// settings is the order in which settings are told.
var settings = []string{"methods", "until", "recovery_phone", "trusted_days", "idle_minutes", "overall_minutes",
	"stay_signed_in", "min_password", "from"}

// Lines says what the details of an event tell besides its sentence, a line each: the
// settings that were changed, before and after, and from when until when. Day writes a
// date, given Unix milliseconds.
func (d *Details) Lines(details map[string]string, day func(int64) string) (lines []string) {
	for _, name := range settings {
		before, had := details[name+"_before"]
		after, has := details[name+"_after"]
		if had || has {
			lines = append(lines, With(d.Changed, "setting", d.Settings[name],
				"before", d.value(name, before, day), "after", d.value(name, after, day)))
		}
	}
	for _, bound := range []struct{ name, when, what string }{{"before", "", d.Source}, {"after", "", d.Goal},
		{"from", d.Start, d.Source}, {"to", "", d.Goal}, {"until", d.End, ""}} {
		v := details[bound.name]
		if at, ok := moment(v); ok && bound.when != "" {
			lines = append(lines, With(bound.when, "when", day(at)))
		} else if v != "" && bound.what != "" && (len(v) != 32 || check.ID(v) != "") { // a name, not an identifier
			lines = append(lines, With(bound.what, "name", d.word(v)))
		}
	}
	return lines
}

// moment returns the Unix milliseconds of a time in the audit: digits, or RFC 3339.
func moment(v string) (int64, bool) {
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		return n, true
	}
	t, err := time.Parse(time.RFC3339, v)
	return t.UnixMilli(), err == nil
}

// value says what a setting is.
func (d *Details) value(name, v string, day func(int64) string) string {
	if v == "" {
		return d.None
	}
	n, ok := moment(v)
	if !ok {
		return d.list(v, day)
	}
	switch {
	case name == "trusted_days":
		return Many(int(n), d.OneDay, d.Days)
	case name == "min_password":
		return With(d.Characters, "n", v)
	case !strings.HasSuffix(name, "_minutes"):
		if n == 0 {
			return d.None
		}
		return day(n)
	case n%(24*60) == 0:
		return Many(int(n/(24*60)), d.OneDay, d.Days)
	case n%60 == 0:
		return Many(int(n/60), d.OneHr, d.Hrs)
	}
	return Many(int(n), d.OneMin, d.Mins)
}

// list says each of several values in words; a method may have the moment (Unix
// milliseconds) behind a colon or an equals sign at which it ends.
func (d *Details) list(v string, day func(int64) string) string {
	var said []string
	for part := range strings.SplitSeq(v, ",") {
		part = strings.TrimSpace(part)
		cut := strings.IndexAny(part, ":=")
		if cut > 0 {
			if at, ok := moment(strings.TrimSpace(part[cut+1:])); ok {
				said = append(said, With(d.MethodStop, "method", d.word(part[:cut]), "when", day(at)))
				continue
			}
		}
		said = append(said, d.word(part))
	}
	return strings.Join(said, ", ")
}

// word returns the word for a value; one that this client does not know yet is told as
// it is.
func (d *Details) word(v string) string { return named(d.Values, v) }
