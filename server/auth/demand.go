package auth

import (
	"iter"
	"slices"
	"time"
)

// Demand is what an organization asks of a user that they have not: two-factor, or
// another method than those they have. The zero Demand asks nothing.
type Demand struct {
	From   time.Time // from then on nothing but setting it up is open to them
	Method Method    // that is no longer allowed and the only one they have; empty: two-factor is off
}

// Due reports whether d is to be met now, before anything else.
func (d Demand) Due(now time.Time) bool { return !d.From.IsZero() && !now.Before(d.From) }

// Demand returns what p asks of u. It is reckoned anew each time, so that a date that is
// put off, brought forward or lifted counts at once. An exemption puts it off until it
// ends.
func (p Policy) Demand(u User) Demand {
	d := Demand{}
	switch {
	case !u.TwoFactor():
		d.From = p.MandatoryFrom
	case u.Methods != "" && !slices.ContainsFunc(u.Methods.List(), p.endless):
		for _, m := range u.Methods.List() {
			if until := p.Until[m]; d.From.IsZero() || until.After(d.From) {
				d = Demand{From: until, Method: m}
			}
		}
	}
	if !d.From.IsZero() && u.ExemptUntil.After(d.From) {
		d.From = u.ExemptUntil
	}
	return d
}

// endless reports whether having m alone is enough for ever, as p stands.
func (p Policy) endless(m Method) bool { return p.Allows(m) || p.Until[m].IsZero() }

// Accepts reports whether m proves the second step of u at now. One that is no longer
// allowed does until its day, and after it for as long as u has nothing else: nobody is
// locked out by a policy.
func (p Policy) Accepts(m Method, u User, now time.Time) bool {
	until := p.Until[m]
	if p.Allows(m) || until.IsZero() || now.Before(until) {
		return true
	}
	return !slices.ContainsFunc(u.Methods.List(), func(other Method) bool {
		return other != m && (p.Allows(other) || p.Until[other].IsZero() || now.Before(p.Until[other]))
	})
}

// Accepted returns those of u's authenticators in list that p accepts at now. One that was
// disabled is nothing that u could use instead.
func (p Policy) Accepted(u User, list []Authenticator, now time.Time) []Authenticator {
	var usable []Method
	for _, a := range list {
		if !a.Disabled() {
			usable = append(usable, a.Method)
		}
	}
	u.Methods = NewMethodSet(usable...)
	return slices.DeleteFunc(slices.Clone(list), func(a Authenticator) bool { return !p.Accepts(a.Method, u, now) })
}

// MayLoseSecond refuses to take the last second factor from u where it is mandatory now:
// it can be replaced. Exempt users may.
func (p Policy) MayLoseSecond(u User, now time.Time) error {
	u.TwoFactorSince = time.Time{}
	if p.Demand(u).Due(now) {
		return Refuse(twoFactorRequired)
	}
	return nil
}

// Reminder is one of the reminders to set up two-factor.
type Reminder int

// The reminders, in the order in which they come. ReminderNudge is one that staff ask for.
const (
	NoReminder Reminder = iota
	ReminderNudge
	ReminderAnnounced
	ReminderWeek // a week before the date
	ReminderDay  // a day before it
	ReminderNow  // the date has come
)

// Reminder says which reminder u is to get at now, in an organization whose people were
// all to be reminded at nudged (zero: never), and the moment that it stands for, which is
// to be kept as u.Reminded. Of several that are due the last counts. Nobody is reminded
// who is not active, or of whom nothing is asked, but for a nudge.
func (p Policy) Reminder(u User, nudged, now time.Time) (r Reminder, at time.Time) {
	if !u.MayBeSignedIn() {
		return NoReminder, at
	}
	consider := func(one Reminder, when time.Time) {
		if !when.IsZero() && !when.After(now) && !when.Before(at) && when.After(u.Reminded) {
			r, at = one, when
		}
	}
	if !u.TwoFactor() && !u.ExemptUntil.After(now) {
		consider(ReminderNudge, nudged)
	}
	d := p.Demand(u)
	if d.From.IsZero() || d.From.Before(u.Created) {
		return r, at // who came after the date hears of it at the first sign-in
	}
	for one, when := range p.reminders(d) {
		consider(one, when)
	}
	return r, at
}

// reminders yields the moments of the reminders that d brings.
func (p Policy) reminders(d Demand) iter.Seq2[Reminder, time.Time] {
	decided := p.MandatorySet
	if d.Method != "" {
		decided = p.UntilSet
	}
	return func(yield func(Reminder, time.Time) bool) {
		_ = yield(ReminderAnnounced, decided) && yield(ReminderWeek, d.From.Add(-7*day)) && yield(ReminderDay, d.From.Add(-day)) &&
			yield(ReminderNow, d.From)
	}
}

// LastReminder returns the last moment up to now at which anybody may have had to be
// reminded, exemptions aside; zero when there was none. Who has been reminded since need
// not be looked at.
func (p Policy) LastReminder(nudged, now time.Time) (last time.Time) {
	demands := []Demand{{From: p.MandatoryFrom}}
	for m, until := range p.Until {
		demands = append(demands, Demand{From: until, Method: m})
	}
	moments := []time.Time{nudged}
	for _, d := range demands {
		if d.From.IsZero() {
			continue
		}
		for _, when := range p.reminders(d) {
			moments = append(moments, when)
		}
	}
	for _, when := range moments {
		if !when.After(now) && when.After(last) {
			last = when
		}
	}
	return last
}
