package auth

import (
	"fmt"
	"testing"
	"time"

	"doorward/shared/check"
)

func later(d time.Duration) time.Time { return noon.Add(d) }

// holding returns a user who has two-factor with these methods; without any, none.
func holding(methods ...Method) User {
	u := User{State: Active, Created: later(-100 * day), Methods: NewMethodSet(methods...)}
	if len(methods) > 0 {
		u.TwoFactorSince = later(-50 * day)
	}
	return u
}

// exempted returns u exempt until then.
func exempted(u User, until time.Time) User {
	u.ExemptUntil = until
	return u
}

// mandatory returns a policy under which two-factor is mandatory from then on, as was
// decided ten days ago.
func mandatory(from time.Time) Policy {
	p := DefaultPolicy()
	p.MandatoryFrom, p.MandatorySet = from, later(-10*day)
	return p
}

// withoutText returns p without text messages, which go on working until then; zero:
// for ever.
func withoutText(p Policy, until time.Time) Policy {
	p.Methods = []Method{MethodTOTP}
	if !until.IsZero() {
		p.Until, p.UntilSet = map[Method]time.Time{MethodText: until}, later(-10*day)
	}
	return p
}

func TestDemand(t *testing.T) {
	soon, past, never := later(day), later(-day), time.Time{}
	optional := DefaultPolicy()
	for _, tt := range []struct {
		name string
		p    Policy
		u    User
		want Demand
		due  bool
	}{
		{"nothing is asked", optional, holding(), Demand{}, false},
		{"mandatory tomorrow", mandatory(soon), holding(), Demand{From: soon}, false},
		{"mandatory at this very moment", mandatory(noon), holding(), Demand{From: noon}, true},
		{"mandatory in a millisecond", mandatory(later(time.Millisecond)), holding(), Demand{From: later(time.Millisecond)}, false},
		{"mandatory since yesterday", mandatory(past), holding(), Demand{From: past}, true},
		{"who has an app", mandatory(past), holding(MethodTOTP), Demand{}, false},
		{"who has a phone", mandatory(past), holding(MethodText), Demand{}, false},
		{"who came after the date", mandatory(past), User{State: Active, Created: noon}, Demand{From: past}, true},
		{"exempt until tomorrow", mandatory(past), exempted(holding(), soon), Demand{From: soon}, false},
		{"exempt until now", mandatory(past), exempted(holding(), noon), Demand{From: noon}, true},
		{"whose exemption ended before the date", mandatory(soon), exempted(holding(), past), Demand{From: soon}, false},
		{"exempt where nothing is asked", optional, exempted(holding(), soon), Demand{}, false},
		{"a method forbidden without a day", withoutText(optional, never), holding(MethodText), Demand{}, false},
		{"forbidden from tomorrow on", withoutText(optional, soon), holding(MethodText), Demand{From: soon, Method: MethodText}, false},
		{"forbidden since yesterday", withoutText(optional, past), holding(MethodText), Demand{From: past, Method: MethodText}, true},
		{"forbidden, and there is an app besides", withoutText(optional, past), holding(MethodTOTP, MethodText), Demand{}, false},
		{"forbidden, and exempt", withoutText(optional, past), exempted(holding(MethodText), soon), Demand{From: soon, Method: MethodText}, false},
		{"forbidden, and no two-factor at all", withoutText(optional, past), holding(), Demand{}, false},
		{"forbidden, no two-factor, and mandatory", withoutText(mandatory(soon), past), holding(), Demand{From: soon}, false},
		{"forbidden and mandatory later, who has the phone", withoutText(mandatory(soon), past), holding(MethodText), Demand{From: past, Method: MethodText}, true},
	} {
		if got := tt.p.Demand(tt.u); got != tt.want || got.Due(noon) != tt.due {
			t.Errorf("%s: %+v, due %v; want %+v, due %v", tt.name, got, got.Due(noon), tt.want, tt.due)
		}
	}
}

// A day is kept for a method that is allowed again: it means nothing.
func TestDemand_AllowedAgain(t *testing.T) {
	p := withoutText(DefaultPolicy(), later(-day))
	p.Methods = Methods()
	if d := p.Demand(holding(MethodText)); d != (Demand{}) || !p.Accepts(MethodText, holding(MethodText), noon) {
		t.Errorf("%+v", d)
	}
}

// While something is asked of somebody, and only then, they are let in by what is asked
// of them to be replaced; nobody is locked out.
func TestAccepts(t *testing.T) {
	soon, past, never := later(day), later(-day), time.Time{}
	both := holding(MethodTOTP, MethodText)
	for _, tt := range []struct {
		name string
		p    Policy
		m    Method
		u    User
		want bool
	}{
		{"an allowed method", DefaultPolicy(), MethodText, both, true},
		{"forbidden without a day", withoutText(DefaultPolicy(), never), MethodText, both, true},
		{"before the day", withoutText(DefaultPolicy(), soon), MethodText, both, true},
		{"on the day", withoutText(DefaultPolicy(), noon), MethodText, both, false},
		{"after the day", withoutText(DefaultPolicy(), past), MethodText, both, false},
		{"after the day, the app", withoutText(DefaultPolicy(), past), MethodTOTP, both, true},
		{"after the day, who has nothing else", withoutText(DefaultPolicy(), past), MethodText, holding(MethodText), true},
	} {
		if got := tt.p.Accepts(tt.m, tt.u, noon); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	list := []Authenticator{{ID: "a", Method: MethodTOTP}, {ID: "b", Method: MethodText}}
	if got := withoutText(DefaultPolicy(), past).Accepted(both, list, noon); len(got) != 1 || got[0].ID != "a" || len(list) != 2 || list[1].ID != "b" {
		t.Errorf("accepted: %+v of %+v", got, list)
	}
}

// Whatever a policy forbids, somebody with two-factor has a way to prove it.
func TestAccepts_NobodyIsLockedOut(t *testing.T) {
	days := []time.Time{{}, later(-day), noon, later(day)}
	for _, u := range []User{holding(MethodTOTP), holding(MethodText), holding(MethodTOTP, MethodText)} {
		for _, app := range days {
			for _, text := range days {
				for bits := range 4 {
					p := DefaultPolicy()
					p.Methods, p.Until = nil, map[Method]time.Time{}
					for i, m := range Methods() {
						if bits>>i&1 == 1 {
							p.Methods = append(p.Methods, m)
						} else if when := []time.Time{app, text}[i]; !when.IsZero() {
							p.Until[m] = when
						}
					}
					if list := u.Methods.List(); !p.Accepts(list[0], u, noon) && !p.Accepts(list[len(list)-1], u, noon) {
						t.Errorf("who has %q, under %v until %v", u.Methods, p.Methods, p.Until)
					}
				}
			}
		}
	}
}

func TestMayLoseSecond(t *testing.T) {
	for _, tt := range []struct {
		name string
		p    Policy
		u    User
		want check.Code
	}{
		{"nothing is asked", DefaultPolicy(), holding(MethodTOTP), ""},
		{"before the date", mandatory(later(time.Millisecond)), holding(MethodTOTP), ""},
		{"on the date", mandatory(noon), holding(MethodTOTP), check.TwoFactorRequired},
		{"after the date", mandatory(later(-day)), holding(MethodTOTP), check.TwoFactorRequired},
		{"after the date, with a forbidden method", withoutText(mandatory(later(-day)), later(-day)), holding(MethodText), check.TwoFactorRequired},
		{"a forbidden method where nothing is asked", withoutText(DefaultPolicy(), later(-day)), holding(MethodText), ""},
		{"exempt", mandatory(later(-day)), exempted(holding(MethodTOTP), later(day)), ""},
		{"exempt no longer", mandatory(later(-day)), exempted(holding(MethodTOTP), noon), check.TwoFactorRequired},
	} {
		before := tt.u
		got, _ := Refused(tt.p.MayLoseSecond(tt.u, noon))
		if got != tt.want || tt.u != before {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestReminder(t *testing.T) {
	decided, never := later(-10*day), time.Time{}
	joined := func(u User, at time.Time) User { u.Created = at; return u }
	reminded := func(u User, at time.Time) User { u.Reminded = at; return u }
	state := func(u User, s State, closed bool) User { u.State, u.Closed = s, closed; return u }
	at := func(p Policy, set time.Time) Policy { p.MandatorySet = set; return p }
	for _, tt := range []struct {
		name   string
		p      Policy
		u      User
		nudged time.Time
		want   Reminder
		stands time.Time
	}{
		{"nothing is asked", DefaultPolicy(), holding(), never, NoReminder, never},
		{"announced", mandatory(later(30 * day)), holding(), never, ReminderAnnounced, decided},
		{"announced, and told", mandatory(later(30 * day)), reminded(holding(), decided), never, NoReminder, never},
		{"put off, and told of the date before", at(mandatory(later(30*day)), later(-day)), reminded(holding(), decided), never, ReminderAnnounced, later(-day)},
		{"a week before to the moment", mandatory(later(7 * day)), reminded(holding(), decided), never, ReminderWeek, noon},
		{"a week before, a moment too soon", mandatory(later(7*day + 1)), reminded(holding(), decided), never, NoReminder, never},
		{"decided within the last week", at(mandatory(later(3*day)), later(-time.Hour)), holding(), never, ReminderAnnounced, later(-time.Hour)},
		{"decided within the last week, and told", at(mandatory(later(3*day)), later(-time.Hour)), reminded(holding(), later(-time.Hour)), never, NoReminder, never},
		{"a day before", mandatory(later(day)), reminded(holding(), later(-6*day)), never, ReminderDay, noon},
		{"the date has come", mandatory(noon), reminded(holding(), later(-day)), never, ReminderNow, noon},
		{"the date has come, and told", mandatory(noon), reminded(holding(), noon), never, NoReminder, never},
		{"at once: one reminder, the last", at(mandatory(noon), noon), holding(), never, ReminderNow, noon},
		{"several at once after a standstill", mandatory(later(-time.Hour)), holding(), never, ReminderNow, later(-time.Hour)},
		{"who came after the date", mandatory(later(-day)), joined(holding(), noon), never, NoReminder, never},
		{"who came between decision and date", mandatory(later(3 * day)), joined(holding(), later(-time.Hour)), never, ReminderWeek, later(-4 * day)},
		{"who has two-factor", mandatory(noon), holding(MethodText), never, NoReminder, never},
		{"invited", mandatory(noon), state(holding(), Invited, false), never, NoReminder, never},
		{"suspended", mandatory(noon), state(holding(), Suspended, false), never, NoReminder, never},
		{"of a suspended organization", mandatory(noon), state(holding(), Active, true), noon, NoReminder, never},
		{"exempt: their own date", mandatory(later(-2 * day)), reminded(exempted(holding(), later(day)), decided), never, ReminderDay, noon},
		{"exempt for long", mandatory(later(-2 * day)), reminded(exempted(holding(), later(60*day)), decided), never, NoReminder, never},
		{"exempt no longer", mandatory(later(-2 * day)), reminded(exempted(holding(), noon), later(-day)), never, ReminderNow, noon},
		{"a method ends in a week", withoutText(DefaultPolicy(), later(7*day)), reminded(holding(MethodText), decided), never, ReminderWeek, noon},
		{"a method is announced to end", withoutText(DefaultPolicy(), later(30*day)), holding(MethodText), never, ReminderAnnounced, decided},
		{"a method ends for others", withoutText(DefaultPolicy(), later(7*day)), holding(MethodTOTP), never, NoReminder, never},
		{"nudged", DefaultPolicy(), holding(), later(-time.Hour), ReminderNudge, later(-time.Hour)},
		{"nudged, and told", DefaultPolicy(), reminded(holding(), later(-time.Hour)), later(-time.Hour), NoReminder, never},
		{"nudged, who has two-factor", DefaultPolicy(), holding(MethodTOTP), later(-time.Hour), NoReminder, never},
		{"nudged, exempt now", DefaultPolicy(), exempted(holding(), later(day)), later(-time.Hour), NoReminder, never},
		{"nudged after the announcement", mandatory(later(30 * day)), reminded(holding(), decided), later(-time.Hour), ReminderNudge, later(-time.Hour)},
		{"nudged and the date has come: the date", mandatory(noon), reminded(holding(), later(-day)), later(-time.Hour), ReminderNow, noon},
		{"nudged at the moment of the date: the date", mandatory(noon), reminded(holding(), later(-day)), noon, ReminderNow, noon},
	} {
		if got, stands := tt.p.Reminder(tt.u, tt.nudged, noon); got != tt.want || !stands.Equal(tt.stands) {
			t.Errorf("%s: %d for %s, want %d for %s", tt.name, got, stands, tt.want, tt.stands)
		}
	}
}

// Day by day, from the decision on, everybody gets each reminder once, in order, and
// nobody who has been reminded since LastReminder is owed another.
func TestReminder_EachOnce(t *testing.T) {
	for _, ahead := range []time.Duration{0, time.Hour, 2 * day, 8 * day, 40 * day} {
		p := mandatory(later(ahead))
		p.MandatorySet = noon
		u, got := holding(), ""
		for now := noon; now.Before(later(60 * day)); now = now.Add(30 * time.Minute) {
			r, at := p.Reminder(u, time.Time{}, now)
			if r == NoReminder {
				continue
			}
			if last := p.LastReminder(time.Time{}, now); !at.Equal(last) || !u.Reminded.Before(last) {
				t.Errorf("%s ahead: a reminder for %s, the last was for %s", ahead, at, last)
			}
			if got += fmt.Sprint(r); at.After(now) || !at.After(u.Reminded) {
				t.Errorf("%s ahead: at %s for %s after %s", ahead, now, at, u.Reminded)
			}
			u.Reminded = at
		}
		want := map[time.Duration]string{0: "5", time.Hour: "25", 2 * day: "245", 8 * day: "2345", 40 * day: "2345"}[ahead]
		if got != want {
			t.Errorf("%s ahead: %s, want %s", ahead, got, want)
		}
	}
}

// An app that was disabled is nothing that somebody could use instead of a phone past
// its day.
func TestAccepted_DisabledIsNothingElse(t *testing.T) {
	now := time.Date(2027, 3, 3, 9, 0, 0, 0, time.UTC)
	p := Policy{Methods: []Method{MethodTOTP}, Until: map[Method]time.Time{MethodText: now.Add(-time.Hour)}}
	u := User{State: Active, TwoFactorSince: now, Methods: NewMethodSet(MethodTOTP, MethodText)}
	app, phone := Authenticator{ID: "app", Method: MethodTOTP}, Authenticator{ID: "phone", Method: MethodText}
	if got := p.Accepted(u, []Authenticator{app, phone}, now); len(got) != 1 || got[0].ID != "app" {
		t.Errorf("with an app: %+v", got)
	}
	app.Failures = MaxFailures
	if got := p.Accepted(u, []Authenticator{app, phone}, now); len(got) != 2 {
		t.Errorf("with a disabled app: %+v", got)
	}
}
