package demo

import (
	"fmt"
	"time"

	"doorward/server/auth"
)

// The two whom a visitor signs in as.
const (
	operatorLogin = "mira"
	operatorName  = "Mira Sandoval-Okafor"
	memberLogin   = "tomas"
	memberName    = "Tomás Ferreira Lund"
)

// offices are addresses that many share. They are set aside for documentation (RFC
// 5737, RFC 3849), as all addresses here are.
var offices = []string{"192.0.2.10", "192.0.2.10", "192.0.2.24", "2001:db8:40::8"}

var devices = []string{
	"Firefox on Linux", "Firefox on Windows", "Chrome on Windows", "Chrome on Windows", "Chrome on Android", "Chrome on macOS",
	"Safari on iOS", "Safari on iOS", "Safari on macOS", "Edge on Windows", "Chrome on ChromeOS", "Firefox on Android",
}

// exemptions are why people need no second factor for a while.
var exemptions = []string{
	"On parental leave; comes back with a new phone", "Works in the clean room, where no phones are allowed",
	"Waits for a replacement phone", "Screen reader and app do not get along; support is on it", "Seconded to the observatory, without a network",
}

// rank returns the role of the n-th person: few lead, more help, most do neither.
func rank(n, people int) auth.Role {
	switch {
	case n == 0 || n == 2 && people >= 50:
		return auth.Operator
	case n == 1:
		return auth.Member
	case n < 3+people/80:
		return auth.Admin
	case n < 3+people/20:
		return auth.Helper
	}
	return auth.Member
}

// someone makes the n-th person.
func (c *crowd) someone(n int, names *naming) (auth.User, home) {
	now := c.plan.Now
	u := auth.User{ID: c.id(), Organization: c.organization.ID, State: auth.Active, Password: c.hash, Role: rank(n, c.plan.People)}
	h := home{address: fmt.Sprintf("198.51.100.%d", 1+c.story.IntN(250)), office: pick(c.story, offices), device: pick(c.story, devices)}
	if c.chance(35) {
		h.address = fmt.Sprintf("2001:db8:%x:%x::%x", c.story.IntN(1<<16), c.story.IntN(1<<16), 1+c.story.IntN(1<<12))
	}
	switch n {
	case 0:
		u.UserName, u.DisplayName, u.Email = operatorLogin, operatorName, operatorLogin+"@example.org"
		u.Created = c.organization.Created
		u.TwoFactorSince = now.Add(-200 * day)
		u.LastSignIn = now.Add(-26 * time.Hour)
	case 1:
		u.UserName, u.DisplayName, u.Email = memberLogin, memberName, memberLogin+"@example.org"
		u.Created = c.between(100*day, 300*day)
		u.LastSignIn = now.Add(-3 * day)
	default:
		shown, plain := names.next(c.story.IntN(1<<16), c.story.IntN(1<<16), c.story.IntN(1<<16))
		u.UserName, u.DisplayName = names.unlike(plain), shown
		u.Email = address(u.UserName, c.story.IntN(1<<16))
		c.arrive(&u, n)
	}
	u.PasswordChanged = u.Created
	if u.State == auth.Invited {
		u.Password, u.PasswordChanged = "", time.Time{}
	} else if n > 0 {
		u.PasswordChanged = earlier(u.Created.Add(time.Duration(c.story.Int64N(int64(20*time.Hour)))), now)
	}
	c.furnish(&u, n)
	return u, h
}

// arrive says when somebody was added, their state, two-factor and last sign-in.
func (c *crowd) arrive(u *auth.User, n int) {
	now := c.plan.Now
	switch {
	case n == 2: // leads with the operator, from the beginning
		u.Created = c.organization.Created.Add(2 * day)
	case c.chance(12):
		u.Created = c.between(2*day, rampUp)
	default:
		u.Created = c.between(rampUp, 680*day)
	}
	switch staff := u.Role > auth.Member; {
	case !staff && c.chance(6):
		u.State, u.Created = auth.Invited, c.between(2*time.Hour, 12*day)
		return
	case !staff && c.chance(3):
		u.State = auth.Suspended
	case staff || c.chance(55):
		u.TwoFactorSince = c.readySince(u.Created)
	}
	switch {
	case c.chance(14):
		u.LastSignIn = c.between(time.Minute, 8*time.Hour)
	case c.chance(80):
		u.LastSignIn = c.between(8*time.Hour, 20*day)
	case c.chance(70):
		u.LastSignIn = c.between(20*day, 120*day)
	}
	if !u.LastSignIn.IsZero() {
		u.LastSignIn = later(u.LastSignIn, u.Created.Add(time.Hour))
	}
	if u.TwoFactor() {
		u.LastSignIn = later(u.LastSignIn, u.TwoFactorSince.Add(-time.Duration(2+c.story.IntN(9))*time.Minute))
	}
	u.LastSignIn = earlier(u.LastSignIn, now)
}

// readySince returns when somebody turned two-factor on: some long ago, most over the
// last weeks, and many once it was announced.
func (c *crowd) readySince(created time.Time) time.Time {
	t := c.between(rampUp, 400*day)
	switch k := c.story.IntN(10); {
	case k < 5:
		t = c.between(announced, rampUp)
	case k < 8:
		t = c.between(time.Hour, announced)
	}
	return earlier(later(t, created.Add(30*time.Hour)), c.plan.Now.Add(-10*time.Minute))
}

// furnish says what else there is about somebody: methods, exemption, lockdown,
// reminders.
func (c *crowd) furnish(u *auth.User, n int) {
	if u.TwoFactor() {
		switch k := c.story.IntN(100); {
		case n == 0 || k < 68:
			u.Methods = auth.NewMethodSet(auth.MethodTOTP)
		case k < 84:
			u.Methods = auth.NewMethodSet(auth.MethodText)
		default:
			u.Methods = auth.NewMethodSet(auth.MethodTOTP, auth.MethodText)
		}
		if check := u.TwoFactorSince.Add(auth.CheckUpAfter + day); check.Before(c.plan.Now) {
			u.CheckedUp = check
		}
	}
	if u.State != auth.Active || n < 2 {
		if n == 1 {
			u.Reminded = c.organization.Policy.MandatorySet
		}
		return
	}
	if !u.TwoFactor() {
		u.Reminded = later(c.organization.Policy.MandatorySet, u.PasswordChanged)
		if c.chance(8) || n == 8 {
			u.ExemptReason = pick(c.story, exemptions)
			u.ExemptUntil = c.plan.Now.Truncate(day).Add(time.Duration(30+c.story.IntN(90)) * day)
		}
	}
	if u.Role == auth.Member && (c.chance(1) || n == 40) {
		u.PasswordLocked = later(c.between(time.Hour, 3*day), u.PasswordChanged.Add(time.Minute))
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}
