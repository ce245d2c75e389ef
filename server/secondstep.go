package server

import (
	"context"
	"net/url"
	"strconv"

	"doorward/app"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// verifyTOTP proves the second step with a passcode.
func (s *Server) verifyTOTP(ctx context.Context, c *caller, req api.VerifyTOTPRequest) (api.NextStep, error) {
	next := homeOr(c.signIn.Next)
	return next, s.secondStepBy(ctx, c, nil, func(tx *store.Tx, u auth.User, key string) error {
		if err := s.spendPasscode(ctx, tx, c, u, req.Passcode, auth.EventSecondStepRefused, key); err != nil {
			return err
		}
		if err := s.finish(ctx, tx, c, u, auth.FactorTOTP, key, ""); err != nil {
			return err
		}
		return s.trust(ctx, tx, c, u, bool(req.Trust))
	})
}

// secondStepBy has one transaction decide a second step: the try is charged, and prove
// spends the proof, uses the sign-in up and makes the session. lock, which may be nil,
// locks the buckets that prove needs besides: buckets come before users, everywhere.
func (s *Server) secondStepBy(ctx context.Context, c *caller, lock func(*store.Tx) error, prove func(tx *store.Tx, u auth.User, key string) error) error {
	key := secondStepKey(c, c.user)
	if err := s.waiting(ctx, c, key, auth.LimitSecondStep); err != nil {
		return err
	}
	return s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		if _, err := tx.LockBucket(ctx, c.signIn.Bucket); err != nil {
			return err
		}
		if err := chargeIn(ctx, tx, c, key, auth.LimitSecondStep); err != nil {
			return err
		}
		if lock != nil {
			if err := lock(tx); err != nil {
				return err
			}
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		return prove(tx, u, key)
	})
}

// locksSentText returns what locks the buckets of the code that was sent for the
// sign-in.
func (s *Server) locksSentText(ctx context.Context, c *caller) func(*store.Tx) error {
	return func(tx *store.Tx) error { return s.lockTexts(ctx, tx, c, c.signIn.ID) }
}

// spendPasscode accepts a passcode once, or records the refusal as kind and
// returns it.
func (s *Server) spendPasscode(ctx context.Context, tx *store.Tx, c *caller, u auth.User, typed string, kind auth.EventKind, key string) error {
	passcode, _ := check.Passcode(typed)
	list, err := tx.Authenticators(ctx, u.ID)
	if err != nil {
		return err
	}
	a, err := auth.Accept(list, passcode, c.now)
	if err == nil {
		spent, err := tx.SpendStep(ctx, a)
		if err != nil || spent {
			return err
		}
		// Another request was faster with this passcode.
	} else if code, ok := auth.Refused(err); !ok || code == check.AuthenticatorDisabled {
		return err
	}
	if err := s.countFailure(ctx, tx, c, u, auth.MethodTOTP); err != nil {
		return err
	}
	return s.refuseSecond(ctx, tx, c, u, kind, check.WrongPasscode, auth.FactorTOTP, key)
}

// countFailure counts a wrong code against u's authenticators of method m.
func (s *Server) countFailure(ctx context.Context, tx *store.Tx, c *caller, u auth.User, m auth.Method) error {
	disabled, err := tx.CountFailure(ctx, u.ID, m)
	if err != nil {
		return err
	}
	for _, a := range disabled {
		e := c.event(auth.EventAuthenticatorDisabled)
		e.Details = map[string]string{"name": a.Name}
		if err := s.record(ctx, tx, e, c); err != nil {
			return err
		}
	}
	return nil
}

// toldAfter is how many wrong second steps in a row, behind the right password, it
// takes for the user to be told.
const toldAfter = 3

// missesKey names the bucket that counts them, of tries that are charged at key.
func missesKey(key string) string { return "misses:" + key }

// refuseSecond records a wrong second step as kind and returns the refusal. At a
// sign-in it tells the user when it is the third in a row: who came so far has the
// password. The try must have been charged at key.
func (s *Server) refuseSecond(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind auth.EventKind, code check.Code, factor auth.Factor, key string) error {
	if kind == auth.EventSecondStepRefused {
		// A count of its own, because tries are charged before they are looked at: of many at once none may be the third
		// that was charged. The lock on key guards it.
		b, err := tx.Bucket(ctx, missesKey(key))
		if err != nil {
			return err
		}
		if c.now.Sub(b.Last) >= auth.LimitSecondStep.Forget {
			b.Failures = 0
		}
		b.Failures, b.Last = b.Failures+1, c.now
		if err := tx.PutBucket(ctx, b); err != nil {
			return err
		}
		if b.Failures == toldAfter {
			f := message.Facts{Place: c.origin.Address, Device: c.origin.Device, Count: toldAfter}
			if err := s.notify(ctx, tx, c, u, message.SecondStepFailed, f); err != nil {
				return err
			}
		}
	}
	return s.refuseIn(ctx, tx, c, kind, code, map[string]string{"factor": string(factor)})
}

// finish makes the session of a sign-in whose second step is proved by second.
// Only one request can use the sign-in up.
func (s *Server) finish(ctx context.Context, tx *store.Tx, c *caller, u auth.User, second auth.Factor, key, replacement string) error {
	ended, err := tx.EndSignIn(ctx, c.signIn.ID)
	if err != nil {
		return err
	}
	if !ended {
		return auth.Refuse(check.SignInExpired)
	}
	token := s.newToken()
	session, err := c.signIn.Session(u, second, s.newID(), token, c.origin, c.now)
	if err != nil {
		return err
	}
	session.Replacement = replacement
	for _, done := range []string{key, missesKey(key), c.signIn.Bucket} {
		if err := clearBucket(ctx, tx, done); err != nil {
			return err
		}
	}
	o, err := tx.Organization(ctx, u.Organization)
	if err != nil {
		return err
	}
	return s.begin(ctx, tx, c, u, o.Policy, session, token)
}

// useRecoveryCode proves the second step with a recovery code, which is used up
// and replaced by a new one (NIST SP 800-63B-4 §4.2.1.1).
func (s *Server) useRecoveryCode(ctx context.Context, c *caller, req api.UseRecoveryCodeRequest) (api.NextStep, error) {
	key := secondStepKey(c, c.user)
	use, err := s.lookUpRecoveryCode(ctx, c, c.user, req.RecoveryCode, key)
	if err != nil {
		return api.NextStep{}, err
	}
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		for _, b := range []string{c.signIn.Bucket, key} { // buckets come before users, everywhere
			if _, err := tx.LockBucket(ctx, b); err != nil {
				return err
			}
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if err := s.spendRecoveryCode(ctx, tx, c, u, use, auth.EventSecondStepRefused, key); err != nil {
			return err
		}
		return s.finish(ctx, tx, c, u, auth.FactorRecoveryCode, key, use.replacement)
	})
	return api.NextStep{Path: "/sign-in/recovered"}, err
}

// recoveryUse is a recovery code that was looked up outside of a transaction,
// because that takes a hash: what to use up, and what replaces it.
type recoveryUse struct {
	set         auth.RecoverySet
	code        auth.RecoveryCode // zero when there is none like it
	replacement string
	anew        auth.RecoveryCode
}

// lookUpRecoveryCode charges key and finds the code that was typed. A code that is
// not there is no error yet: the transaction records the refusal.
func (s *Server) lookUpRecoveryCode(ctx context.Context, c *caller, u auth.User, typed, key string) (recoveryUse, error) {
	if err := s.charge(ctx, c, key, auth.LimitSecondStep); err != nil {
		return recoveryUse{}, err
	}
	code, _ := check.RecoveryCode(typed)
	var use recoveryUse
	err := s.chargedHash(ctx, key, auth.LimitSecondStep, func() error {
		set, err := s.store.RecoverySet(ctx, u.ID)
		if err != nil {
			return err
		}
		if set.ID == "" {
			salt := s.newSalt()
			set.Salt, set.Cost = salt[:], s.config.Cost
		}
		use.set = set
		hashes, err := s.hashes.recovery(ctx, c.place(), []string{code}, set.Salt, set.Cost)
		if err != nil {
			return err
		}
		if use.code, err = set.Find(hashes[0]); err != nil {
			return nil
		}
		codes, err := auth.NewRecoveryCodes(1, s.config.Random)
		if err != nil {
			return err
		}
		if hashes, err = s.hashes.recovery(ctx, c.place(), codes, set.Salt, set.Cost); err != nil {
			return err
		}
		use.replacement = codes[0]
		use.anew = auth.RecoveryCode{ID: s.newID(), Hash: hashes[0]}
		return nil
	})
	return use, err
}

// spendRecoveryCode uses a code up once and puts its replacement in its place,
// or records the refusal as kind and returns it.
func (s *Server) spendRecoveryCode(ctx context.Context, tx *store.Tx, c *caller, u auth.User, use recoveryUse, kind auth.EventKind, key string) error {
	spent := false
	if use.code.ID != "" {
		var err error
		if spent, err = tx.UseRecoveryCode(ctx, use.code.ID, c.now); err != nil {
			return err
		}
	}
	if !spent {
		return s.refuseSecond(ctx, tx, c, u, kind, check.WrongRecoveryCode, auth.FactorRecoveryCode, key)
	}
	if err := tx.AddRecoveryCode(ctx, use.set.ID, use.anew); err != nil {
		return err
	}
	e := c.event(auth.EventRecoveryCodeUsed)
	e.Details = map[string]string{"left": strconv.Itoa(len(use.set.Left))}
	return s.record(ctx, tx, e, c)
}

// acknowledgeRecovery forgets the replacement once the person has noted it, and
// goes on to a new phone or to where they were going.
func (s *Server) acknowledgeRecovery(ctx context.Context, c *caller, req api.AcknowledgeRecoveryRequest) (api.NextStep, error) {
	next := homeOr(c.session.Next)
	if err := s.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.LockUser(ctx, c.user.ID); err != nil {
			return err
		}
		session, err := ownSession(ctx, tx, c)
		if err != nil {
			return err
		}
		session.Replacement, session.Next = "", ""
		return tx.SaveSession(ctx, session)
	}); err != nil {
		return api.NextStep{}, err
	}
	if req.Then == "replace" {
		return api.NextStep{Path: app.WizardPath + "?replace=" + string(auth.ReplaceAny)}, nil
	}
	return next, nil
}

// homeOr returns the way to next, or home.
func homeOr(next string) api.NextStep {
	if !check.Path(next) {
		next = "/"
	}
	return api.NextStep{Path: next}
}

// protectPath returns the page that asks somebody without two-factor to set it
// up, and then the way to next.
func protectPath(next string) api.NextStep {
	path := "/sign-in/protect"
	if check.Path(next) && next != "/" {
		path += "?next=" + url.QueryEscape(next)
	}
	return api.NextStep{Path: path}
}
