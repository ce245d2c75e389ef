package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"doorward/server/auth"
	"doorward/server/languages"
	"doorward/server/store"
	"doorward/shared/check"
)

// who may make a call.
type who int

const (
	anyone         who = iota
	signingIn          // has proved the password, not yet the second step
	signedIn           // has a session
	proved             // has a session with a step-up in the last ten minutes
	staff              // has a session, and may help others
	staffProved        // staff with a step-up in the last ten minutes
	newAdmin           // has a session, and administers an organization, also without two-factor
	admin              // has a session, and administers an organization
	adminProved        // admin with a step-up in the last ten minutes
	operator           // has a session, and runs the portal
	operatorProved     // operator with a step-up in the last ten minutes
)

// rank is the role that w asks for.
func (w who) rank() auth.Role {
	switch w {
	case staff, staffProved:
		return auth.Helper
	case newAdmin, admin, adminProved:
		return auth.Admin
	case operator, operatorProved:
		return auth.Operator
	}
	return auth.Member
}

// second reports whether w asks for two-factor: whoever administers has it (ASVS 6.3.3).
func (w who) second() bool { return w.rank() > auth.Member && w != newAdmin }

// stepUp reports whether w asks for a step-up.
func (w who) stepUp() bool {
	return w == proved || w == staffProved || w == adminProved || w == operatorProved
}

// caller is who makes a call, as far as the request shows it, and what the
// answer will leave in the browser.
type caller struct {
	now          time.Time
	origin       auth.Origin
	session      auth.Session // zero when there is none
	signIn       auth.SignIn  // zero when there is none
	user         auth.User    // of the session, or of the sign-in
	organization auth.Organization
	familiar     familiar
	trusted      auth.Digest // of the token of a trusted device; of nothing when there is none
	cookies      []*http.Cookie

	asksFor *languages.Language // what the browser asks for; nil outside of a request
	speaks  *languages.Language // what the caller is answered in; nil outside of a request
}

// identify finds out who calls, for something that is for w. An unknown, ended or
// outdated cookie is as good as none. The second step belongs to the sign-in under
// way, also in a browser that somebody is signed in with.
func (s *Server) identify(ctx context.Context, r *http.Request, w who) (*caller, error) {
	c := &caller{now: s.now(), origin: auth.Origin{Address: s.address(r)}}
	if t, ok := s.cookie(r, sessionCookie); ok {
		if err := s.identifySession(ctx, c, t.Digest()); err != nil {
			return nil, err
		}
	}
	if t, ok := s.cookie(r, trustedCookie); ok {
		c.trusted = t.Digest()
	}
	if t, ok := s.cookie(r, signInCookie); ok && (c.session.ID == "" || w == signingIn) {
		in, u, err := s.store.SignInByDigest(ctx, t.Digest())
		if err != nil && !errors.Is(err, store.NotFound) {
			return nil, err
		}
		if err == nil && in.Live(c.now) && u.MayBeSignedIn() {
			c.signIn, c.user = in, u
		}
	}
	s.identifyLanguage(r, c)
	return c, nil
}

func (s *Server) identifySession(ctx context.Context, c *caller, d auth.Digest) error {
	session, u, o, err := s.store.SessionByDigest(ctx, d)
	if errors.Is(err, store.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !session.Live(c.now, o.Policy) || !session.Enough(u) || !u.MayBeSignedIn() {
		return nil
	}
	if session.Stale(c.now) {
		if err := s.store.TouchSession(ctx, session.ID, c.now); err != nil {
			return err
		}
		session.LastSeen = c.now
	}
	c.session, c.user, c.organization = session, u, o
	return nil
}

// place says for whom the caller's hashes run: the signed-in user, or the address.
func (c *caller) place() string {
	if c.session.ID != "" {
		return string(c.session.User)
	}
	return network(c.origin.Address)
}

// require refuses a caller who may not make a call that is for w.
func (c *caller) require(w who) error {
	switch w {
	case signingIn:
		if c.signIn.ID == "" {
			return auth.Refuse(check.SignInExpired)
		}
	case anyone:
	default:
		switch {
		case c.session.ID == "":
			return auth.Refuse(check.SignedOut)
		case c.user.Role < w.rank():
			return auth.Refuse(check.Forbidden)
		case w.second() && !c.user.TwoFactor():
			return auth.Refuse(check.TwoFactorFirst)
		case w.stepUp() && !c.session.Proved(c.now):
			return auth.Refuse(check.StepUpRequired)
		}
	}
	return nil
}

// event returns an audit event about what the caller does to their own account.
func (c *caller) event(kind auth.EventKind) auth.Event {
	return auth.Event{Organization: c.user.Organization, Actor: string(c.user.ID), Subject: c.user.ID, Kind: kind,
		Outcome: auth.Allowed, Address: c.origin.Address, Device: c.origin.Device}
}

// denied returns the event for something the caller was refused.
func (c *caller) denied(kind auth.EventKind, details map[string]string) auth.Event {
	e := c.event(kind)
	e.Outcome, e.Details = auth.Denied, details
	return e
}
