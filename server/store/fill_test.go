package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func happened(from, to int) (list []store.Happened) {
	for n := from; n < to; n++ {
		list = append(list, store.Happened{At: now.Add(time.Duration(n) * time.Microsecond), Event: auth.Event{Organization: "acme", Actor: "ada", Kind: auth.EventSignedIn,
			Outcome: auth.Allowed, Device: "a\x00b", Details: map[string]string{"n": fmt.Sprint(n)}}})
	}
	return list
}

func TestFillAudit_SameChainAsOneByOne(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.event(t, 0)
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.FillAudit(ctx, happened(1, 600)) })
		db.event(t, 600)
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.FillAudit(ctx, happened(601, 603)) })
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.FillAudit(ctx, nil) })
		if n, err := db.VerifyAudit(t.Context()); n != 603 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	})
}

func TestFillAudit_NotBehindAHeadOfSomebodyElse(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.event(t, 0)
		if err := db.Tamper(t.Context(), "UPDATE audit_head SET seq = 0"); err != nil {
			t.Fatal(err)
		}
		err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.FillAudit(t.Context(), happened(1, 2)) })
		if n, counting := db.Count(t.Context(), "audit"); err == nil || n != 1 || counting != nil {
			t.Errorf("%d entries, %v, %v", n, err, counting)
		}
	})
}

func TestFill_ReadsAsIfAddedOneByOne(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		u := auth.User{ID: "u1", Organization: "acme", UserName: "Ada", Email: "ada@example.org", DisplayName: "Ada", State: auth.Active, Password: "hash",
			TwoFactorSince: now, Created: now, Methods: auth.NewMethodSet(auth.MethodTOTP, auth.MethodText), LastSignIn: now, Reminded: now}
		app := auth.Authenticator{ID: "a1", User: "u1", Method: auth.MethodTOTP, Name: "Phone", Secret: auth.Secret("secret"), Added: now}
		phone := auth.Authenticator{ID: "a2", User: "u1", Method: auth.MethodText, Name: "Text", Number: "+447700900123", Added: now.Add(time.Second)}
		set := auth.RecoverySet{ID: "s1", User: "u1", Salt: []byte("salt"), Cost: auth.Cost{Memory: 64, Time: 1, Threads: 1}, Made: now,
			Left: []auth.RecoveryCode{{ID: "c1", Hash: auth.RecoveryHash("one")}, {ID: "c2", Hash: auth.RecoveryHash("two")}}}
		if err := db.ReadyToFill(t.Context()); err != nil {
			t.Fatal(err)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for _, fill := range []func() error{
				func() error { return tx.FillUsers(ctx, []auth.User{u}) },
				func() error { return tx.FillAuthenticators(ctx, []auth.Authenticator{app, phone}) },
				func() error { return tx.FillRecoverySets(ctx, []auth.RecoverySet{set}) },
				func() error {
					return tx.FillAdoption(ctx, "acme", []store.AdoptionPoint{{Day: now, People: 2, Ready: 1}})
				},
			} {
				if err := fill(); err != nil {
					return err
				}
			}
			return nil
		})
		if got, err := db.User(t.Context(), "u1"); err != nil || got != u {
			t.Errorf("%+v, %v", got, err)
		}
		list, err := db.Authenticators(t.Context(), "u1")
		if err != nil || len(list) != 2 || string(list[0].Secret) != "secret" || list[1].Number != phone.Number {
			t.Errorf("%+v, %v", list, err)
		}
		if got, err := db.RecoverySet(t.Context(), "u1"); err != nil || len(got.Left) != 2 || string(got.Left[1].Hash) != "two" {
			t.Errorf("%+v, %v", got, err)
		}
		if n, err := db.Count(t.Context(), "adoption"); n != 1 || err != nil {
			t.Errorf("%d days, %v", n, err)
		}
	})
}

func TestInUse_AnybodyOrAnyOrganization(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		if used, err := db.InUse(t.Context()); !used || err != nil {
			t.Errorf("with an organization: %v, %v", used, err)
		}
		if err := db.Tamper(t.Context(), "DELETE FROM organizations"); err != nil {
			t.Fatal(err)
		}
		if used, err := db.InUse(t.Context()); used || err != nil {
			t.Errorf("empty: %v, %v", used, err)
		}
	})
}
