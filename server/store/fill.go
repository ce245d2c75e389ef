package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"doorward/server/auth"
)

// What fills a database with made-up people, for trying out and for measuring. No
// request comes here: many rows go in with one statement, and nothing is checked that
// whoever made them up must have seen to.

// fillBatch is how many rows go in with one statement.
const fillBatch = 250

// InUse reports whether there is anybody, or any organization.
func (r reads) InUse(ctx context.Context) (bool, error) {
	var n int
	if err := r.db.NewRaw("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM organizations)").Scan(ctx, &n); err != nil {
		return false, fmt.Errorf("look whether it is in use: %w", err)
	}
	return n > 0, nil
}

// fillCacheKiB is how much of a SQLite file is kept in memory while it is filled: rows
// fall on every page of an index.
const fillCacheKiB = 256 << 10

// ReadyToFill gives the store the memory that filling needs, until it is closed.
func (s *Store) ReadyToFill(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	if _, err := s.writing.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", fillCacheKiB)); err != nil {
		return fmt.Errorf("make ready to fill: %w", err)
	}
	return nil
}

// Filled has PostgreSQL look at what it holds now, as it does by itself after a while.
func (s *Store) Filled(ctx context.Context) error {
	if !s.postgres {
		return nil
	}
	if _, err := s.writing.ExecContext(ctx, "VACUUM ANALYZE"); err != nil {
		return fmt.Errorf("look at what was filled: %w", err)
	}
	return nil
}

// FillUsers stores new users with all that the store otherwise keeps itself: methods,
// the last sign-in, the last reminder. Their authenticators must be of those methods.
func (t *Tx) FillUsers(ctx context.Context, list []auth.User) error {
	return fill(ctx, t, "fill users", list, t.userRow)
}

// FillAuthenticators stores new authenticators of users that have been filled with
// their methods.
func (t *Tx) FillAuthenticators(ctx context.Context, list []auth.Authenticator) error {
	return fill(ctx, t, "fill authenticators", list, func(a auth.Authenticator) (*authenticatorRow, error) {
		secret, err := t.seal(secretOf(a.Method, a.Secret, a.Number), "authenticators", "secret", a.ID)
		return &authenticatorRow{ID: a.ID, UserID: a.User, Method: a.Method, Name: a.Name, Secret: secret, Added: millis(a.Added),
			LastUsed: millis(a.LastUsed), LastStep: a.LastStep, Failures: a.Failures}, err
	})
}

// FillRecoverySets stores the recovery codes of users who have none.
func (t *Tx) FillRecoverySets(ctx context.Context, list []auth.RecoverySet) error {
	var codes []recoveryCodeRow
	for _, set := range list {
		for _, c := range set.Left {
			hash, err := t.seal(c.Hash, "recovery_codes", "hash", c.ID)
			if err != nil {
				return err
			}
			codes = append(codes, recoveryCodeRow{ID: c.ID, SetID: set.ID, Hash: hash})
		}
	}
	err := fill(ctx, t, "fill recovery sets", list, func(set auth.RecoverySet) (*recoverySetRow, error) {
		return &recoverySetRow{ID: set.ID, UserID: set.User, Salt: set.Salt, Cost: set.Cost.String(), Made: millis(set.Made)}, nil
	})
	if err != nil {
		return err
	}
	return fill(ctx, t, "fill recovery codes", codes, func(c recoveryCodeRow) (*recoveryCodeRow, error) { return &c, nil })
}

// FillAdoption stores days of an organization that has none of them.
func (t *Tx) FillAdoption(ctx context.Context, organization auth.ID, days []AdoptionPoint) error {
	return fill(ctx, t, "fill adoption", days, func(d AdoptionPoint) (*adoptionRow, error) {
		return &adoptionRow{OrganizationID: organization, Day: millis(d.Day), People: d.People, Ready: d.Ready}, nil
	})
}

// Happened is an event and when it was.
type Happened struct {
	auth.Event
	At time.Time
}

// FillAudit appends events to the audit chain at once, where [Tx.Audit] appends each
// at the end of the transaction. The chain is the same. It holds its end until the
// transaction is over, and fails where somebody has meddled with it.
func (t *Tx) FillAudit(ctx context.Context, list []Happened) error {
	h, signed, err := t.lockHead(ctx)
	if err != nil {
		return err
	}
	if !signed {
		return fmt.Errorf("fill the audit: its head at entry %d is not ours", h.Seq)
	}
	last := h.end()
	err = fill(ctx, t, "fill the audit", list, func(one Happened) (*auditRow, error) {
		last = last.Chain(clean(one.Event), one.At)
		return rowOf(last)
	})
	if err != nil {
		return err
	}
	return t.putHead(ctx, headRow{ID: headID, Seq: last.Seq, Hash: last.Hash[:]}, true)
}

// fill stores the rows that convert makes of list.
func fill[T, R any](ctx context.Context, t *Tx, what string, list []T, convert func(T) (R, error)) error {
	for some := range slices.Chunk(list, fillBatch) {
		rows, err := each(some, convert)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if err := t.insert(ctx, what, &rows); err != nil {
			return err
		}
	}
	return nil
}
