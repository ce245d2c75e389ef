package demo

import (
	"strconv"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// Details that many events share.
var (
	byPassword = map[string]string{"factors": "pwd"}
	byApp      = map[string]string{"factors": "pwd otp"}
	byText     = map[string]string{"factors": "pwd sms"}
	wrong      = map[string]string{"factor": "pwd"}
)

// note adds what the n-th person did themselves.
func (c *crowd) note(at time.Time, n int, kind auth.EventKind, details map[string]string) {
	u, h := &c.users[n], c.homes[n]
	e := auth.Event{Organization: u.Organization, Actor: string(u.ID), Subject: u.ID, Kind: kind, Outcome: auth.Allowed, Address: h.office, Device: h.device, Details: details}
	if at.UnixMilli()%3 == 0 {
		e.Address = h.address
	}
	c.events = append(c.events, store.Happened{Event: e, At: at})
}

// deny adds what the n-th person, or somebody who took themselves for them, was refused.
func (c *crowd) deny(at time.Time, n int, kind auth.EventKind, details map[string]string) {
	c.note(at, n, kind, details)
	last := &c.events[len(c.events)-1]
	last.Outcome, last.Address = auth.Denied, c.homes[n].address
}

// did adds what one of the staff did for the n-th person; for nobody in particular
// when n is negative.
func (c *crowd) did(at time.Time, staff, n int, kind auth.EventKind, details map[string]string) {
	by, h := &c.users[staff], c.homes[staff]
	e := auth.Event{Organization: c.organization.ID, Actor: string(by.ID), Kind: kind, Outcome: auth.Allowed, Address: h.office, Device: h.device,
		Details: map[string]string{"by": by.DisplayName, "by_name": by.UserName}}
	if n >= 0 {
		e.Subject, e.Details["person"] = c.users[n].ID, c.users[n].UserName
	}
	for k, v := range details {
		e.Details[k] = v
	}
	c.events = append(c.events, store.Happened{Event: e, At: at})
}

// happen makes the events that everybody's account tells of.
func (c *crowd) happen() {
	c.note(c.organization.Created, 0, auth.EventSetUp, nil)
	for n := range c.users {
		c.begin(n)
		c.signIns(n)
		c.trouble(n)
	}
	c.decide()
	c.help()
}

// begin tells how the n-th person came and set up two-factor.
func (c *crowd) begin(n int) {
	u := &c.users[n]
	if n > 0 {
		c.did(u.Created, c.lead(), n, auth.EventInvited, map[string]string{"role": u.Role.String()})
	}
	if n > 0 && u.State != auth.Invited {
		c.note(u.PasswordChanged, n, auth.EventInvitationAccepted, nil)
	}
	if !u.TwoFactor() {
		return
	}
	at := u.TwoFactorSince
	c.note(at.Add(-4*time.Minute), n, auth.EventSteppedUp, byPassword)
	c.note(at, n, auth.EventTwoFactorOn, nil)
	if !u.CheckedUp.IsZero() {
		c.note(u.CheckedUp, n, auth.EventCheckedUp, map[string]string{"answer": "works"})
	}
}

// lead returns one of those who invite people.
func (c *crowd) lead() int { return []int{0, 0, 2}[c.story.IntN(3)] }

// signIns tells of the n-th person's sign-ins over the last weeks.
func (c *crowd) signIns(n int) {
	u := &c.users[n]
	if u.LastSignIn.IsZero() {
		return
	}
	c.signIn(u.LastSignIn, n)
	for range c.story.IntN(7) {
		at := c.between(c.plan.Now.Sub(u.LastSignIn)+time.Hour, c.plan.Now.Sub(u.LastSignIn)+window)
		if at.Before(u.PasswordChanged) || at.Before(c.plan.Now.Add(-window)) {
			continue
		}
		c.signIn(at, n)
		if c.chance(6) {
			c.note(at.Add(25*time.Minute), n, auth.EventSignedOut, nil)
		}
	}
}

// signIn tells of one sign-in.
func (c *crowd) signIn(at time.Time, n int) {
	u := &c.users[n]
	if c.chance(6) {
		c.deny(at.Add(-40*time.Second), n, auth.EventSignInRefused, wrong)
	}
	if !u.TwoFactor() || at.Before(u.TwoFactorSince) {
		c.note(at, n, auth.EventSignedIn, byPassword)
		return
	}
	c.note(at.Add(-11*time.Second), n, auth.EventPasswordAccepted, nil)
	if c.chance(4) {
		c.deny(at.Add(-6*time.Second), n, auth.EventSecondStepRefused, map[string]string{"factor": string(c.second(u))})
	}
	switch {
	case c.chance(2):
		c.note(at.Add(-time.Second), n, auth.EventRecoveryCodeUsed, map[string]string{"left": strconv.Itoa(auth.RecoveryCodes - 1)})
		c.note(at, n, auth.EventSignedIn, map[string]string{"factors": "pwd recovery_code"})
	case c.second(u) == auth.FactorText:
		c.note(at, n, auth.EventSignedIn, byText)
	default:
		c.note(at, n, auth.EventSignedIn, byApp)
	}
}

// trouble tells of what went wrong for the n-th person.
func (c *crowd) trouble(n int) {
	u := &c.users[n]
	if u.State == auth.Suspended {
		since := later(later(u.LastSignIn, u.PasswordChanged), u.TwoFactorSince)
		c.did(earlier(since.Add(20*time.Hour), c.plan.Now.Add(-time.Hour)), c.lead(), n, auth.EventSuspended, map[string]string{"reason": pick(c.story, []string{"Has left", "Contract ended", "On leave for a year"})})
	}
	if u.ExemptReason != "" {
		c.did(later(c.between(time.Hour, announced), u.PasswordChanged), c.lead(), n, auth.EventExempted,
			map[string]string{"reason": u.ExemptReason, "until": u.ExemptUntil.Format(time.RFC3339)})
	}
	if !u.PasswordLocked.IsZero() {
		c.note(u.PasswordLocked, n, auth.EventLockedDown, map[string]string{"by": "link"})
		c.note(u.PasswordLocked.Add(time.Second), n, auth.EventPasswordLinkSent, nil)
	}
}

// decide tells what was asked of everybody.
func (c *crowd) decide() {
	p := c.organization.Policy
	c.did(p.MandatorySet.Add(-20*day), 2, -1, auth.EventPolicyChanged, map[string]string{"trusted_days_before": "0", "trusted_days_after": strconv.Itoa(p.TrustedDays)})
	c.did(p.MandatorySet.Add(-2*day), 0, -1, auth.EventPolicyChanged, map[string]string{"recovery_phone_before": "off", "recovery_phone_after": string(p.RecoveryPhone)})
	c.did(p.MandatorySet, 0, -1, auth.EventMandatoryOn, map[string]string{"from_before": "", "from_after": p.MandatoryFrom.Format(time.RFC3339)})
	c.did(c.plan.Now.Add(-30*time.Hour), 0, -1, auth.EventExported, map[string]string{"what": "people"})
}

// help tells of some whom the staff helped.
func (c *crowd) help() {
	for range len(c.users) / 12 {
		staff, n := c.story.IntN(len(c.users)), c.story.IntN(len(c.users))
		if c.users[staff].Role == auth.Member || staff == n {
			staff = 0
		}
		u := &c.users[n]
		at := later(c.between(2*time.Hour, window), u.PasswordChanged)
		switch k := c.story.IntN(4); {
		case n == 0 || u.State != auth.Active || u.Role > auth.Member:
		case k == 0 && u.TwoFactor() && at.After(u.TwoFactorSince):
			c.did(at, staff, n, auth.EventResetLinkMade, map[string]string{"reason": "Lost the phone, seen in person", "hours": "1"})
			c.did(at.Add(3*time.Minute), staff, n, auth.EventLinkRevoked, map[string]string{"reason": ""})
		case k == 1:
			c.did(at, staff, n, auth.EventThrottleLifted, map[string]string{"reason": "Mistyped the password; called from the desk"})
		case k == 2:
			c.did(at, staff, n, auth.EventSessionsEndedByStaff, map[string]string{"reason": "Left a browser open in the library", "count": "2"})
		case !u.TwoFactor():
			c.did(at, staff, n, auth.EventReminded, nil)
		}
	}
}
