package demo

import (
	"fmt"
	"time"

	"doorward/server/auth"
)

var apps = []string{"iPhone", "Android phone", "Work phone", "Aegis on my old Pixel", "Desktop password manager", "2FAS", "Private phone"}

// mostWait is how many have to wait at the same time, at most: a wait lasts minutes.
const mostWait = 12

// outfit gives the n-th person what their account says they have.
func (c *crowd) outfit(n int) {
	u := &c.users[n]
	if u.TwoFactor() {
		c.bind(u, n)
	}
	if u.State == auth.Invited {
		c.links = append(c.links, auth.Link{ID: c.id(), Digest: c.digest(), Kind: auth.LinkInvitation, User: u.ID, Created: u.Created,
			Expires: u.Created.Add(auth.InvitationFor)})
	}
	c.stayIn(n)
	if n > 1 && u.State == auth.Active && len(c.buckets) < mostWait && (c.chance(2) || n == 20 || n == 30) {
		c.wait(n)
	}
}

// bind gives u authenticators of their methods, recovery codes and, to some, a recovery
// phone.
func (c *crowd) bind(u *auth.User, n int) {
	for _, m := range u.Methods.List() {
		a := auth.Authenticator{ID: c.id(), User: u.ID, Method: m, Added: u.TwoFactorSince, LastUsed: later(u.TwoFactorSince, u.LastSignIn)}
		if m == auth.MethodText {
			a.Number, a.Name = c.number(), "Text message"
		} else {
			a.Secret, a.Name = c.bytes(auth.SecretSize), pick(c.story, apps)
			a.LastStep = auth.TimeStep(a.LastUsed)
		}
		if n == 0 {
			a.Secret, a.Name = c.secret, "Work phone"
		}
		c.authenticators = append(c.authenticators, a)
		c.note(a.Added.Add(-2*time.Second), n, auth.EventAuthenticatorAdded, map[string]string{"name": a.Name, "kind": string(m)})
	}
	set := auth.RecoverySet{ID: c.id(), User: u.ID, Salt: c.bytes(16), Cost: c.plan.Cost, Made: u.TwoFactorSince}
	for range auth.RecoveryCodes {
		set.Left = append(set.Left, auth.RecoveryCode{ID: c.id(), Hash: c.bytes(32)}) // of a code that nobody has
	}
	c.codes = append(c.codes, set)
	if c.chance(35) || n == 0 {
		c.phones = append(c.phones, auth.RecoveryPhone{ID: c.id(), User: u.ID, Number: c.number(), Added: u.TwoFactorSince})
	}
}

// stayIn gives whoever signed in today a session that is still open.
func (c *crowd) stayIn(n int) {
	u, h, now := &c.users[n], c.homes[n], c.plan.Now
	if u.State != auth.Active || !u.PasswordLocked.IsZero() || u.LastSignIn.Before(now.Add(-8*time.Hour)) {
		return
	}
	s := auth.Session{ID: c.id(), Digest: c.digest(), User: u.ID, Level: auth.OneFactor, Factors: []auth.Factor{auth.FactorPassword},
		Created: u.LastSignIn, LastSeen: later(u.LastSignIn, c.between(0, 40*time.Minute)), Address: h.office, Device: h.device}
	if u.TwoFactor() {
		s.Level, s.Factors = auth.TwoFactors, []auth.Factor{auth.FactorPassword, c.second(u)}
	}
	c.sessions = append(c.sessions, s)
}

// wait has the n-th person wait before the next try. The names of the buckets are those
// that the portal gives them: of the second step, and of the password of whoever is
// signed in.
func (c *crowd) wait(n int) {
	u, now := &c.users[n], c.plan.Now
	b := auth.Bucket{Key: "account:" + string(u.ID), Failures: auth.LimitAccount.Free + 9, Last: now, Until: now.Add(auth.LimitAccount.Most)}
	kind, factor := auth.EventStepUpRefused, auth.FactorPassword
	if u.TwoFactor() {
		b.Key = "second:" + string(u.ID)
		kind, factor = auth.EventSecondStepRefused, c.second(u)
	}
	c.buckets = append(c.buckets, b)
	for back := range b.Failures {
		c.deny(now.Add(-time.Duration(back)*47*time.Second), n, kind, map[string]string{"factor": string(factor)})
	}
}

// second is the factor that u proves beside the password.
func (c *crowd) second(u *auth.User) auth.Factor {
	if u.Methods.List()[0] == auth.MethodText {
		return auth.FactorText
	}
	return auth.FactorTOTP
}

// digest returns that of a token which nobody has.
func (c *crowd) digest() auth.Digest { return auth.Digest(c.bytes(len(auth.Digest{}))) }

// number returns a telephone number that is set aside for stories.
func (c *crowd) number() string {
	if c.chance(60) {
		return fmt.Sprintf("+447700900%03d", c.story.IntN(1000))
	}
	return fmt.Sprintf("+1%s55501%02d", pick(c.story, []string{"202", "312", "415", "617"}), c.story.IntN(100))
}
