package server

import (
	"context"
	"errors"

	"doorward/app"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// signIn proves a password. Unknown, invited and suspended users cost the same
// and hear the same as a wrong password.
func (s *Server) signIn(ctx context.Context, c *caller, req api.SignInRequest) (api.NextStep, error) {
	u, err := s.store.UserByLogin(ctx, req.Name)
	if err != nil && !errors.Is(err, store.NotFound) {
		return api.NextStep{}, err
	}
	key := s.signInKey(c, u, req.Name)
	if err := s.charge(ctx, c, key, auth.LimitAccount); err != nil {
		return api.NextStep{}, err
	}
	var ok bool
	var anew auth.Hash
	err = s.chargedHash(ctx, key, auth.LimitAccount, func() (err error) {
		if ok, err = s.hashes.verify(ctx, c.place(), u.Password, req.Password); err == nil && ok && u.Password.Outdated(s.config.Cost) {
			anew, err = s.hashes.hash(ctx, c.place(), req.Password, s.newSalt())
		}
		return err
	})
	if err != nil {
		return api.NextStep{}, err
	}
	c.user = u
	var ways []auth.Authenticator
	if ok && u.TwoFactor() {
		if ways, err = s.store.Authenticators(ctx, u.ID); err != nil {
			return api.NextStep{}, err
		}
	}
	var next api.NextStep
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		if !ok || !u.MayBeSignedIn() {
			return s.refuseIn(ctx, tx, c, auth.EventSignInRefused, wrongPassword, map[string]string{"factor": string(auth.FactorPassword)})
		}
		if !u.PasswordLocked.IsZero() {
			return s.refuseLocked(ctx, tx, c, key)
		}
		next, err = s.passwordProved(ctx, tx, c, key, req.Next, anew, ways)
		return err
	})
	return next, err
}

const wrongPassword = check.WrongPassword

// refuseIn records a refusal and returns it.
func (s *Server) refuseIn(ctx context.Context, tx *store.Tx, c *caller, kind auth.EventKind, code check.Code, details map[string]string) error {
	if err := s.record(ctx, tx, c.denied(kind, details), c); err != nil {
		return err
	}
	return auth.Refuse(code)
}

// passwordProved takes a user whose password is right to the second step or,
// without two-factor, to a session. It refuses when the account has changed since
// the password was looked at.
func (s *Server) passwordProved(ctx context.Context, tx *store.Tx, c *caller, key, next string, anew auth.Hash, ways []auth.Authenticator) (api.NextStep, error) {
	if _, err := tx.LockBucket(ctx, key); err != nil { // buckets come before users, everywhere
		return api.NextStep{}, err
	}
	step, err := s.secondStep(ctx, tx, c, ways)
	if err != nil {
		return api.NextStep{}, err
	}
	u, err := tx.LockUser(ctx, c.user.ID)
	if err != nil {
		return api.NextStep{}, err
	}
	if u.Password != c.user.Password || u.TwoFactor() != c.user.TwoFactor() || !u.MayBeSignedIn() || !u.PasswordLocked.IsZero() {
		return api.NextStep{}, auth.Refuse(wrongPassword)
	}
	if anew != "" {
		u.Password = anew
		if err := tx.SaveUser(ctx, u); err != nil {
			return api.NextStep{}, err
		}
	}
	if u.TwoFactor() && !step.excused {
		return s.beginSignIn(ctx, tx, c, u, key, next, step)
	}
	token := s.newToken()
	var session auth.Session
	o, err := tx.Organization(ctx, u.Organization)
	if err != nil {
		return api.NextStep{}, err
	}
	to := protectPath(next)
	if o.Policy.Demand(u).Due(c.now) {
		to = api.NextStep{Path: app.WizardFor(next)}
	}
	if u.TwoFactor() {
		to = homeOr(next)
		session, err = s.excusedSession(ctx, tx, c, u, step, token)
	} else {
		session, err = auth.SessionAfterPassword(u, s.newID(), token, c.origin, c.now)
	}
	if err != nil {
		return api.NextStep{}, err
	}
	if err := clearBucket(ctx, tx, key); err != nil {
		return api.NextStep{}, err
	}
	return to, s.begin(ctx, tx, c, u, o.Policy, session, token)
}

// begin stores a new session, under the policy p, records the sign-in and hands the
// browser its cookie. A session that the browser had before ends.
func (s *Server) begin(ctx context.Context, tx *store.Tx, c *caller, u auth.User, p auth.Policy, session auth.Session, token auth.Token) error {
	if c.session.ID != "" {
		if _, err := tx.EndSession(ctx, c.session.User, c.session.ID); err != nil {
			return err
		}
	}
	if p.Demand(u).Due(c.now) && (session.Level >= auth.TwoFactors || !u.TwoFactor()) {
		session.ProvedAt = c.now // all that there is was proved a moment ago, and the wizard would ask for it again
	}
	if err := tx.AddSession(ctx, session); err != nil {
		return err
	}
	if err := tx.NoteSignIn(ctx, u.ID, c.browserLanguage(u, session), c.now); err != nil {
		return err
	}
	e := c.event(auth.EventSignedIn)
	e.Details = map[string]string{"factors": factors(session)}
	if err := s.record(ctx, tx, e, c); err != nil {
		return err
	}
	if c.familiar.user != u.ID {
		if err := s.notify(ctx, tx, c, u, message.NewDevice, factsOf(e)); err != nil {
			return err
		}
	}
	c.keepSession(s, p, session, token)
	c.keepLanguage(s, u)
	c.forget(s, signInCookie)
	c.keepFamiliar(s, u)
	return nil
}

func factors(session auth.Session) string {
	text := ""
	for i, f := range session.Factors {
		if i > 0 {
			text += " "
		}
		text += string(f)
	}
	return text
}

// currentSignIn tells the ways to finish the sign-in, the one used last first.
func (s *Server) currentSignIn(ctx context.Context, c *caller, _ api.None) (api.SignInState, error) {
	o, err := s.store.Organization(ctx, c.user.Organization)
	if err != nil {
		return api.SignInState{}, err
	}
	state, err := s.ways(ctx, c, o.Policy, c.signIn.ID)
	state.TrustDays = o.Policy.TrustedDays
	return state, err
}

// cancelSignIn ends a half-finished sign-in, if there is one.
func (s *Server) cancelSignIn(ctx context.Context, c *caller, _ api.None) (api.NextStep, error) {
	if c.signIn.ID != "" {
		if err := s.store.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.EndSignIn(ctx, c.signIn.ID)
			return err
		}); err != nil {
			return api.NextStep{}, err
		}
	}
	c.forget(s, signInCookie)
	return api.NextStep{Path: "/sign-in"}, nil
}

// signOut ends the session, if there is one.
func (s *Server) signOut(ctx context.Context, c *caller, _ api.None) (api.NextStep, error) {
	if c.session.ID != "" {
		if err := s.store.Update(ctx, func(tx *store.Tx) error {
			ended, err := tx.EndSession(ctx, c.user.ID, c.session.ID)
			if err != nil || !ended {
				return err
			}
			return s.record(ctx, tx, c.event(auth.EventSignedOut), c)
		}); err != nil {
			return api.NextStep{}, err
		}
	}
	c.forget(s, sessionCookie)
	c.forget(s, signInCookie)
	return api.NextStep{Path: "/sign-in?notice=signed_out"}, nil
}
