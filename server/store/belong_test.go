package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// second adds another organization.
func (db database) second(t testing.TB) auth.Organization {
	t.Helper()
	o := auth.Organization{ID: "second", Name: "Second", Policy: auth.DefaultPolicy(), Created: now}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddOrganization(ctx, o) })
	return o
}

func TestMoveUser_IsClosedAsTheNewOneIs(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		o := db.second(t)
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		ada.ExemptUntil, ada.ExemptReason = now.Add(time.Hour), "on leave"
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.SaveUser(ctx, ada) })
		o.Suspended = now
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveSuspension(ctx, o); err != nil {
				return err
			}
			return tx.MoveUser(ctx, ada.ID, o)
		})
		got, err := db.User(t.Context(), ada.ID)
		if err != nil || got.Organization != "second" || !got.Closed || !got.ExemptUntil.IsZero() || got.ExemptReason != "" {
			t.Errorf("moved into a suspended one: %+v, %v", got, err)
		}
		acme, err := db.Organization(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.MoveUser(ctx, ada.ID, acme) })
		if got, err := db.User(t.Context(), ada.ID); err != nil || got.Organization != "acme" || got.Closed {
			t.Errorf("moved back: %+v, %v", got, err)
		}
		if got, err := db.User(t.Context(), bea.ID); err != nil || got != bea {
			t.Errorf("somebody else: %+v, %v", got, err)
		}
		err = db.Update(t.Context(), func(tx *store.Tx) error { return tx.MoveUser(t.Context(), "nobody", o) })
		if err != store.NotFound {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestCountPeople_ByOrganization(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		o := db.second(t)
		ada := db.user(t, "ada")
		ada.TwoFactorSince = now
		bea := db.user(t, "bea")
		db.user(t, "cyd")
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveUser(ctx, ada); err != nil {
				return err
			}
			return tx.MoveUser(ctx, bea.ID, o)
		})
		counts, err := db.CountPeople(t.Context())
		if err != nil || len(counts) != 2 || counts["acme"] != (store.Headcount{People: 2, Ready: 1}) || counts["second"] != (store.Headcount{People: 1}) {
			t.Errorf("%+v, %v", counts, err)
		}
	})
}

// The sessions and half-finished sign-ins of one organization end, and nobody else's; of
// a suspended one nobody counts among the staff or the operators.
func TestEndAllOf_EndsTheirsAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		o := db.second(t)
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		bea.Role = auth.Operator
		mine, theirs := db.session(t, ada), db.session(t, bea)
		half := func(u auth.User) auth.SignIn {
			return auth.SignIn{ID: id(), Digest: token().Digest(), User: u.ID, Created: now}
		}
		myHalf, theirHalf := half(ada), half(bea)
		o.Suspended = now
		var ended int
		db.update(t, func(ctx context.Context, tx *store.Tx) (err error) {
			for _, in := range []auth.SignIn{myHalf, theirHalf} {
				if err := tx.AddSignIn(ctx, in); err != nil {
					return err
				}
			}
			if err := tx.SaveUser(ctx, bea); err != nil {
				return err
			}
			if err := tx.MoveUser(ctx, bea.ID, auth.Organization{ID: o.ID}); err != nil {
				return err
			}
			if staff, err := tx.Staff(ctx, "acme"); err != nil || len(staff) != 1 {
				t.Errorf("the staff: %v, %v", staff, err)
			}
			if err := tx.SaveSuspension(ctx, o); err != nil {
				return err
			}
			ended, err = tx.EndAllOf(ctx, o.ID)
			return err
		})
		if ended != 1 {
			t.Errorf("%d sessions ended", ended)
		}
		if _, _, _, err := db.SessionByDigest(t.Context(), theirs.Digest); err != store.NotFound {
			t.Errorf("theirs: %v", err)
		}
		if _, _, err := db.SignInByDigest(t.Context(), theirHalf.Digest); err != store.NotFound {
			t.Errorf("their sign-in: %v", err)
		}
		if _, _, _, err := db.SessionByDigest(t.Context(), mine.Digest); err != nil {
			t.Errorf("mine: %v", err)
		}
		if _, _, err := db.SignInByDigest(t.Context(), myHalf.Digest); err != nil {
			t.Errorf("my sign-in: %v", err)
		}
		if staff, err := db.Staff(t.Context(), "acme"); err != nil || len(staff) != 0 {
			t.Errorf("the staff of a suspended organization: %v, %v", staff, err)
		}
		if operators, err := db.Operators(t.Context()); err != nil || len(operators) != 0 {
			t.Errorf("the operators of a suspended organization: %v, %v", operators, err)
		}
	})
}

// What else changes of an organization leaves it as open or closed as it is, and suspending
// it leaves the rest alone.
func TestSaveSuspension_AloneClosesAndOpens(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		o := db.second(t)
		ada := db.user(t, "ada")
		save := func(do func(*store.Tx, context.Context, auth.Organization) error, o auth.Organization) {
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return do(tx, ctx, o) })
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.MoveUser(ctx, ada.ID, o) })
		renamed, suspended := o, o
		renamed.Name, renamed.Nudged, renamed.Ticked, suspended.Suspended = "Renamed", now, []string{"backup"}, now
		for _, step := range []struct {
			name string
			do   func(*store.Tx, context.Context, auth.Organization) error
			with auth.Organization
			want auth.Organization
		}{
			{"suspended", (*store.Tx).SaveSuspension, suspended, suspended},
			{"renamed while it is", (*store.Tx).SaveOrganization, renamed, auth.Organization{Name: "Renamed", Nudged: now, Ticked: renamed.Ticked, Suspended: now}},
			{"reinstated", (*store.Tx).SaveSuspension, o, renamed},
		} {
			save(step.do, step.with)
			got, err := db.Organization(t.Context(), o.ID)
			if err != nil || got.Name != step.want.Name || !got.Suspended.Equal(step.want.Suspended) || !got.Nudged.Equal(step.want.Nudged) || !slices.Equal(got.Ticked, step.want.Ticked) {
				t.Errorf("%s: %+v, %v", step.name, got, err)
			}
			if u, err := db.User(t.Context(), ada.ID); err != nil || u.Closed == step.want.Suspended.IsZero() {
				t.Errorf("%s: closed to its people: %v, %v", step.name, u.Closed, err)
			}
		}
		err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveSuspension(t.Context(), auth.Organization{ID: "nowhere"}) })
		if err != store.NotFound {
			t.Errorf("one that there is not: %v", err)
		}
	})
}

func TestSeveral_FromTheSecondOn(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.user(t, "ada")
		if several, err := db.Several(t.Context()); err != nil || several {
			t.Errorf("one: %v, %v", several, err)
		}
		db.second(t)
		if several, err := db.Several(t.Context()); err != nil || !several {
			t.Errorf("two: %v, %v", several, err)
		}
	})
}
