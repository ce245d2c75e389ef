package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// checkUp answers whether the authenticator still works: with a passcode, or by
// not asking again. The person is signed in, so a miss is explained.
func (s *Server) checkUp(ctx context.Context, c *caller, req api.CheckUpRequest) (api.Done, error) {
	key := secondStepKey(c, c.user)
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
		e := c.event(auth.EventCheckedUp)
		e.Details = map[string]string{"answer": "skipped"}
		if !req.Skip {
			if err := s.spendPasscode(ctx, tx, c, u, req.Passcode, auth.EventStepUpRefused, key); err != nil {
				return explained(ctx, tx, c, u, req.Passcode, err, c.missesTold()...)
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
