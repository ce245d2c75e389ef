package server

import (
	"context"
	"slices"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// throttles names the buckets that keep u waiting, in browsers nobody knows and in
// familiar ones, in the order in which they are locked.
func (s *Server) throttles(ctx context.Context, r interface {
	BucketsBelow(context.Context, string) ([]string, error)
}, u auth.User) ([]string, error) {
	familiar, err := r.BucketsBelow(ctx, familiarKeys(u))
	if err != nil {
		return nil, err
	}
	second, err := r.BucketsBelow(ctx, familiarSecondKeys(u))
	return slices.Concat([]string{s.claimedKey(u.UserName), s.claimedKey(u.Email)}, familiar,
		[]string{strangeSecondKey(u)}, second, []string{accountKey(u)}), err
}

// throttledUntil returns when the last of u's waits ends; zero when there is none.
func (s *Server) throttledUntil(ctx context.Context, u auth.User, now time.Time) (last time.Time, err error) {
	keys, err := s.throttles(ctx, s.store, u)
	if err != nil {
		return last, err
	}
	for _, key := range keys {
		b, err := s.store.Bucket(ctx, key)
		if err != nil {
			return last, err
		}
		if b.Until.After(now) && b.Until.After(last) {
			last = b.Until
		}
	}
	return last, nil
}

// clearThrottles ends the waits of u. It is to be called before users are locked.
func (s *Server) clearThrottles(ctx context.Context, tx *store.Tx, u auth.User) error {
	keys, err := s.throttles(ctx, tx, u)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := tx.LockBucket(ctx, key); err != nil {
			return err
		}
		if err := clearBucket(ctx, tx, key); err != nil {
			return err
		}
	}
	return nil
}

// limitLift is how often staff may lift the waits of one person: each gives whoever
// guesses all their tries anew.
var limitLift = auth.Limit{Free: 5, First: time.Hour, Most: 24 * time.Hour, Forget: 24 * time.Hour}

// liftThrottle lets the person try again at once.
func (s *Server) liftThrottle(ctx context.Context, c *caller, req api.HelpRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		before, err := tx.User(ctx, auth.ID(req.ID))
		if err != nil {
			return err
		}
		if err := mayHelpNow(ctx, tx, c, before); err != nil {
			return err // nothing of theirs is touched
		}
		if err := chargeIn(ctx, tx, c, "lifted:"+string(before.ID), limitLift); err != nil {
			return err
		}
		if err := s.clearThrottles(ctx, tx, before); err != nil {
			return err
		}
		u, err := tx.LockUser(ctx, before.ID)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, c.about(u, auth.EventThrottleLifted, req.Reason), c)
	})
}
