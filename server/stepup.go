package server

import (
	"context"
	"slices"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// stepUp proves the password and, where the user has two-factor, a passcode or a
// recovery code again. The session goes on under a new identifier.
func (s *Server) stepUp(ctx context.Context, c *caller, req api.StepUpRequest) (api.Proof, error) {
	u, err := s.store.User(ctx, c.user.ID)
	if err != nil {
		return api.Proof{}, err
	}
	if u.TwoFactor() && req.Passcode == "" && req.TextCode == "" && req.RecoveryCode == "" {
		return api.Proof{}, auth.RefuseField("passcode", check.Required)
	}
	ok, err := s.provePassword(ctx, c, u, req.Password)
	if err != nil {
		return api.Proof{}, err
	}
	var use recoveryUse
	key := secondStepKey(c, u)
	second := second(u, req)
	if ok && second == auth.FactorRecoveryCode {
		if use, err = s.lookUpRecoveryCode(ctx, c, u, req.RecoveryCode, key); err != nil {
			return api.Proof{}, err
		}
	}
	var session auth.Session
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		if !ok {
			return s.refuseIn(ctx, tx, c, auth.EventStepUpRefused, wrongPassword, map[string]string{"factor": string(auth.FactorPassword)})
		}
		if _, err := tx.LockBucket(ctx, key); err != nil { // buckets come before users, everywhere
			return err
		}
		if err := s.lockTexts(ctx, tx, c, c.session.ID); err != nil {
			return err
		}
		locked, err := tx.LockUser(ctx, u.ID)
		if err != nil {
			return err
		}
		if locked.Password != u.Password || locked.TwoFactor() != u.TwoFactor() {
			return auth.Refuse(wrongPassword) // the account has changed since the password was looked at
		}
		if err := s.proveSecond(ctx, tx, c, u, req, second, use, key); err != nil {
			return err
		}
		session, err = s.raise(ctx, tx, c, locked, second)
		return err
	})
	if err != nil {
		return api.Proof{}, err
	}
	proof := api.Proof{Until: session.ProvedUntil().UnixMilli()}
	if use.replacement != "" {
		proof.Recovery = &api.Recovery{Replacement: auth.ShowRecoveryCode(use.replacement), Left: len(use.set.Left)}
	}
	return proof, nil
}

// second is the second factor that a step-up is to prove; empty when the user
// has none.
func second(u auth.User, req api.StepUpRequest) auth.Factor {
	switch {
	case !u.TwoFactor():
		return ""
	case req.RecoveryCode != "":
		return auth.FactorRecoveryCode
	case req.TextCode != "":
		return auth.FactorText
	}
	return auth.FactorTOTP
}

// provePassword reports whether pw is u's password. Tries are charged to the
// account as those at sign-in are.
func (s *Server) provePassword(ctx context.Context, c *caller, u auth.User, pw string) (ok bool, err error) {
	return s.provePasswordAt(ctx, c, accountKey(u), u, pw)
}

// provePasswordAt is provePassword with tries charged at key.
func (s *Server) provePasswordAt(ctx context.Context, c *caller, key string, u auth.User, pw string) (ok bool, err error) {
	if err := s.charge(ctx, c, key, auth.LimitAccount); err != nil {
		return false, err
	}
	err = s.chargedHash(ctx, key, auth.LimitAccount, func() (err error) {
		ok, err = s.hashes.verify(ctx, c.place(), u.Password, pw)
		return err
	})
	if err != nil || !ok {
		return false, err
	}
	return true, s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return clearBucket(ctx, tx, key) })
}

// stepUpWays tells how the second factor of a step-up can be proved.
func (s *Server) stepUpWays(ctx context.Context, c *caller, _ api.None) (api.SignInState, error) {
	if !c.user.TwoFactor() {
		return api.SignInState{Ways: []api.Way{}}, nil
	}
	return s.ways(ctx, c, c.organization.Policy, c.session.ID)
}

// proveSecond proves the second factor of a step-up, if there is one to prove.
func (s *Server) proveSecond(ctx context.Context, tx *store.Tx, c *caller, u auth.User, req api.StepUpRequest, second auth.Factor, use recoveryUse, key string) error {
	switch second {
	case auth.FactorTOTP:
		if err := chargeIn(ctx, tx, c, key, auth.LimitSecondStep); err != nil {
			return err
		}
		if err := s.spendPasscode(ctx, tx, c, u, req.Passcode, auth.EventStepUpRefused, key); err != nil {
			return explained(ctx, tx, c, u, req.Passcode, err, check.SpentPasscode)
		}
	case auth.FactorText:
		if err := chargeIn(ctx, tx, c, key, auth.LimitSecondStep); err != nil {
			return err
		}
		if err := s.spendText(ctx, tx, c, u, c.session.ID, req.TextCode, auth.EventStepUpRefused, key); err != nil {
			return err
		}
	case auth.FactorRecoveryCode:
		if err := s.spendRecoveryCode(ctx, tx, c, u, use, auth.EventStepUpRefused, key); err != nil {
			return err
		}
	default:
		return nil
	}
	return clearBucket(ctx, tx, key)
}

// explained returns err or, when it refuses a passcode, why that does not count, if
// why is one of told. In a step-up that is SpentPasscode alone: who signs in and changes
// something in the same half minute is still shown that one, and nothing is told that
// could be used later.
func explained(ctx context.Context, tx *store.Tx, c *caller, u auth.User, typed string, err error, told ...check.Code) error {
	if code, ok := auth.Refused(err); !ok || code != check.WrongPasscode {
		return err
	}
	list, fault := tx.Authenticators(ctx, u.ID)
	if fault != nil {
		return fault
	}
	passcode, _ := check.Passcode(typed)
	for _, a := range auth.Usable(list, auth.MethodTOTP) {
		why := a.Secret.Explain(passcode, a.LastStep, c.now)
		if code, _ := auth.Refused(why); slices.Contains(told, code) {
			return why
		}
	}
	return err
}

// raise marks the caller's session as proved by second a moment ago, under a new
// identifier. It refuses when the session has ended meanwhile.
func (s *Server) raise(ctx context.Context, tx *store.Tx, c *caller, u auth.User, second auth.Factor) (auth.Session, error) {
	session, err := ownSession(ctx, tx, c)
	if err != nil {
		return session, err
	}
	token := s.newToken()
	session, err = session.SteppedUp(u, second, token, c.now)
	if err != nil {
		return session, err
	}
	if err := tx.SaveSession(ctx, session); err != nil {
		return session, err
	}
	e := c.event(auth.EventSteppedUp)
	e.Details = map[string]string{"factors": factors(session)}
	c.keepSession(s, c.organization.Policy, session, token)
	return session, s.record(ctx, tx, e, c)
}
