package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// checkUp answers whether the authenticator still works: with a passcode, or by
// not asking again. The person is signed in, so a miss is explained. It is no place to
// try passcodes at: it answers when it is asked only, its tries are counted apart, and
// a miss counts against no authenticator.
func (s *Server) checkUp(ctx context.Context, c *caller, req api.CheckUpRequest) (api.Done, error) {
	key := "check-up:" + string(c.user.ID)
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		if !req.Skip {
			if err := chargeIn(ctx, tx, c, key, auth.LimitSecondStep); err != nil {
				return err
			}
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if !u.TwoFactor() {
			return auth.Refuse(check.NotActive)
		}
		list, err := tx.Authenticators(ctx, u.ID)
		if err != nil {
			return err
		}
		if !u.CheckUpDue(list, c.now) {
			return auth.Refuse(check.NotFound) // answered already, in another window
		}
		e := c.event(auth.EventCheckedUp)
		e.Details = map[string]string{"answer": "skipped"}
		if !req.Skip {
			if err := s.stillWorks(ctx, tx, c, u, list, req.Passcode); err != nil {
				return err
			}
			if err := clearBucket(ctx, tx, key); err != nil {
				return err
			}
			e.Details["answer"] = "works"
		}
		u.CheckedUp = c.now
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		return s.record(ctx, tx, e, c)
	})
}

// stillWorks accepts a passcode of one of the apps in list once, or records the
// refusal and returns it, explained.
func (s *Server) stillWorks(ctx context.Context, tx *store.Tx, c *caller, u auth.User, list []auth.Authenticator, typed string) error {
	passcode, _ := check.Passcode(typed)
	a, err := auth.Accept(list, passcode, c.now)
	if err == nil {
		spent, err := tx.SpendStep(ctx, a)
		if err != nil || spent {
			return err
		}
	} else if code, ok := auth.Refused(err); !ok || code != check.WrongPasscode {
		return err
	}
	err = s.refuseIn(ctx, tx, c, auth.EventStepUpRefused, check.WrongPasscode, map[string]string{"factor": string(auth.FactorTOTP)})
	return explained(ctx, tx, c, u, typed, err, c.missesTold()...)
}

// missesTold are the reasons that a wrong passcode is explained with. That a clock is
// off says that the passcode counts at another time: only who has proved both factors
// is told.
func (c *caller) missesTold() []check.Code {
	if c.session.Level < auth.TwoFactors {
		return []check.Code{check.SpentPasscode}
	}
	return []check.Code{check.SpentPasscode, check.ClockSlow, check.ClockFast}
}

// checkUpDue reports whether the caller is to be asked now.
func (s *Server) checkUpDue(ctx context.Context, c *caller) (bool, error) {
	if !c.user.CheckedUp.IsZero() || !c.user.TwoFactor() || c.now.Before(c.user.TwoFactorSince.Add(auth.CheckUpAfter)) {
		return false, nil // without a look into the database
	}
	list, err := s.store.Authenticators(ctx, c.user.ID)
	return err == nil && c.user.CheckUpDue(list, c.now), err
}
