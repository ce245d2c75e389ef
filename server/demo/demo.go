// Package demo fills a fresh database with a made-up organization, for trying Doorward
// out, for pictures and for measuring. Who is there and what they did is the same each
// time, but for the moment it ends at; keys and the password are new each time.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// The bounds of how many people there can be.
const (
	MinPeople = 10
	MaxPeople = 50_000
)

// ErrInUse is returned for a database that is not fresh.
var ErrInUse = errors.New("there are people in this database, or it is set up: only a fresh one is filled")

// Plan says what to fill a database with.
type Plan struct {
	People int
	Events int       // older sign-ins are added until there are so many events; fewer than the people leave of themselves add none
	Cost   auth.Cost // of the one password hash that all share
	Now    time.Time // when it ends
	Random io.Reader // of keys, tokens and the password
}

// Made is what was made. Everybody has the same password.
type Made struct {
	Organization auth.Organization
	Operator     auth.User // has an authenticator app with Secret
	Secret       auth.Secret
	Member       auth.User // has no two-factor
	Password     string
	People       int
	Events       int
}

// eventsBatch is how many events go into the audit in one transaction: each writes most pages of the indexes anew.
const eventsBatch = 200_000

// Fill fills st as p says. It returns ErrInUse, and changes nothing, when anybody is in
// it or it is set up already. The people come in one transaction, the audit in several
// behind it.
func Fill(ctx context.Context, st *store.Store, p Plan) (Made, error) {
	if p.People < MinPeople || p.People > MaxPeople {
		return Made{}, fmt.Errorf("people %d: must be %d to %d", p.People, MinPeople, MaxPeople)
	}
	// Looked at before all the work too: one who asks by mistake is told at once.
	if used, err := st.InUse(ctx); err != nil || used {
		return Made{}, errors.Join(err, inUse(used))
	}
	if err := st.ReadyToFill(ctx); err != nil {
		return Made{}, err
	}
	c, err := newCrowd(p)
	if err != nil {
		return Made{}, err
	}
	c.gather()
	if err := st.Update(ctx, func(tx *store.Tx) error { return c.store(ctx, tx) }); err != nil {
		return Made{}, err
	}
	made := Made{Organization: c.organization, Operator: c.users[0], Secret: c.secret, Member: c.users[1], Password: c.password, People: len(c.users)}
	for batch := range c.history(p.Events) {
		if err := st.Update(ctx, func(tx *store.Tx) error { return tx.FillAudit(ctx, batch) }); err != nil {
			return Made{}, err
		}
		made.Events += len(batch)
	}
	return made, st.Filled(ctx)
}

func inUse(used bool) error {
	if used {
		return ErrInUse
	}
	return nil
}

// store stores the organization and everybody in it.
func (c *crowd) store(ctx context.Context, tx *store.Tx) error {
	used, err := tx.InUse(ctx)
	if err != nil || used {
		return errors.Join(err, inUse(used))
	}
	if err := tx.AddOrganization(ctx, c.organization); err != nil {
		return err
	}
	for _, fill := range []func() error{
		func() error { return tx.FillUsers(ctx, c.users) },
		func() error { return tx.FillAuthenticators(ctx, c.authenticators) },
		func() error { return tx.FillRecoverySets(ctx, c.codes) },
		func() error { return tx.FillAdoption(ctx, c.organization.ID, c.adoption()) },
	} {
		if err := fill(); err != nil {
			return err
		}
	}
	for _, one := range c.phones {
		if err := tx.AddRecoveryPhone(ctx, one); err != nil {
			return err
		}
	}
	for _, one := range c.sessions {
		if err := tx.AddSession(ctx, one); err != nil {
			return err
		}
	}
	for _, one := range c.links {
		if err := tx.AddLink(ctx, one); err != nil {
			return err
		}
	}
	for _, one := range c.buckets {
		if err := tx.PutBucket(ctx, one); err != nil {
			return err
		}
	}
	return nil
}
