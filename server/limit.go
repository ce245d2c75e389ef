package server

import (
	"context"
	"errors"
	"slices"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/check"
)

// counted are the refusals that count against the address they come from.
var counted = []check.Code{check.WrongPassword, check.WrongPasscode, check.WrongRecoveryCode, check.WrongTextCode, check.LinkDead}

// limit is how refusals of one kind count against the address they come from.
type limit struct {
	name string
	auth.Limit
}

// limitLinks is for links that open nothing, asked about by a call or by opening their page.
var limitLinks = limit{"links", auth.LimitLink}

// limited refuses a caller whose address has been refused too often. It only
// reads: an anonymous request leaves nothing behind. As many as may wait for a hash
// at once get past it when a wait ends; the limits of accounts are exact.
func (s *Server) limited(ctx context.Context, c *caller, l *limit) error {
	return s.waiting(ctx, c, addressKey(c, l), l.Limit)
}

// countRefusal charges the caller's address for a refusal that counts. It
// returns a fault, or nil.
func (s *Server) countRefusal(ctx context.Context, c *caller, l *limit, refusal error) error {
	code, ok := auth.Refused(refusal)
	if !ok || !slices.Contains(counted, code) {
		return nil
	}
	err := s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return chargeIn(ctx, tx, c, addressKey(c, l), l.Limit) })
	if _, waits := auth.Refused(err); waits {
		return nil
	}
	return err
}

// addressKey names the bucket of an address. A browser that somebody has signed in
// with counts for itself: who shares an address with a stranger is not kept out by
// what the stranger does.
func addressKey(c *caller, l *limit) string {
	if c.familiar.user != "" {
		return l.name + "-device:" + string(c.familiar.device)
	}
	return l.name + ":" + network(c.origin.Address)
}

// waiting refuses while the wait at key is on, without writing anything.
func (s *Server) waiting(ctx context.Context, c *caller, key string, l auth.Limit) error {
	b, err := s.store.Bucket(ctx, key)
	if err != nil {
		return err
	}
	_, err = b.Charge(l, c.now)
	return err
}

// charge takes one try at key out of l, before the proof is looked at; see
// auth.Bucket.Charge. It refuses with Throttled while the wait is on.
func (s *Server) charge(ctx context.Context, c *caller, key string, l auth.Limit) error {
	if err := s.waiting(ctx, c, key, l); err != nil {
		return err // no need to write
	}
	return s.store.Update(ctx, func(tx *store.Tx) error { return chargeIn(ctx, tx, c, key, l) })
}

// chargeIn is charge inside a transaction.
func chargeIn(ctx context.Context, tx *store.Tx, c *caller, key string, l auth.Limit) error {
	b, err := tx.LockBucket(ctx, key)
	if err != nil {
		return err
	}
	if b, err = b.Charge(l, c.now); err != nil {
		return err
	}
	return tx.PutBucket(ctx, b)
}

// uncharge gives a try back that was none, because the server was too busy or
// broke before it looked at the proof.
func (s *Server) uncharge(ctx context.Context, key string, l auth.Limit) error {
	ctx = context.WithoutCancel(ctx)
	return s.store.Update(ctx, func(tx *store.Tx) error {
		b, err := tx.LockBucket(ctx, key)
		if err != nil {
			return err
		}
		return tx.PutBucket(ctx, b.Refund(l))
	})
}

// chargedHash runs a hash that has been charged for, and takes the charge back
// when it could not run.
func (s *Server) chargedHash(ctx context.Context, key string, l auth.Limit, hash func() error) error {
	err := hash()
	if err == nil {
		return nil
	}
	return errors.Join(err, s.uncharge(ctx, key, l))
}

// signInKey names the bucket of password tries at what somebody claims to be. It is
// by the claim, whether there is such a user or not, so that both behave alike; an
// account has two names, and twice the tries. A browser that the user has signed in
// with before has a bucket of its own.
func (s *Server) signInKey(c *caller, u auth.User, claimed string) string {
	if c.familiar.of(u) {
		return familiarKeys(u) + string(c.familiar.device)
	}
	return s.claimedKey(claimed)
}

func (s *Server) claimedKey(claimed string) string {
	return "claimed:" + s.pseudonym("claimed", check.Fold(claimed))
}

// What the names of the buckets of u's familiar browsers begin with.
func familiarKeys(u auth.User) string       { return "familiar:" + string(u.ID) + ":" }
func familiarSecondKeys(u auth.User) string { return "second-familiar:" + string(u.ID) + ":" }

// accountKey names the bucket of a signed-in user's password tries.
func accountKey(u auth.User) string { return "account:" + string(u.ID) }

// secondStepKey names the bucket of a user's second step.
func secondStepKey(c *caller, u auth.User) string {
	if c.familiar.of(u) {
		return familiarSecondKeys(u) + string(c.familiar.device)
	}
	return strangeSecondKey(u)
}

// strangeSecondKey names the bucket of a user's second step in browsers nobody knows.
func strangeSecondKey(u auth.User) string { return "second:" + string(u.ID) }

// clearBucket empties the bucket at key: its owner has proved who they are.
func clearBucket(ctx context.Context, tx *store.Tx, key string) error {
	return tx.PutBucket(ctx, auth.Bucket{Key: key})
}
