package store_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"doorward/server/auth"
	"doorward/server/store"
)

// once runs use in 50 transactions at the same time, and wants it to succeed in
// exactly one.
func once(t *testing.T, db database, name string, use func(context.Context, *store.Tx) (bool, error)) {
	t.Helper()
	if yes := atOnce(t, db, use); yes != 1 {
		t.Errorf("%s: %d of 50 were told yes", name, yes)
	}
}

// atOnce runs use in 50 transactions at the same time and returns how many were
// told yes.
func atOnce(t *testing.T, db database, use func(context.Context, *store.Tx) (bool, error)) int {
	t.Helper()
	other := reopen(t, db) // half of them in another process
	var yes atomic.Int64
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range 50 {
		wg.Go(func() {
			<-begin
			on := db
			if i%2 == 1 {
				on = other
			}
			var ok bool
			on.update(t, func(ctx context.Context, tx *store.Tx) (err error) {
				ok, err = use(ctx, tx)
				return err
			})
			if ok {
				yes.Add(1)
			}
		})
	}
	close(begin)
	wg.Wait()
	return int(yes.Load())
}

func TestOneTimeThings_UsedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		app := auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "phone", Secret: []byte("0123456789abcdefghij"), Added: now, LastStep: 99}
		set := auth.RecoverySet{ID: id(), User: ada.ID, Salt: []byte("salt"), Cost: auth.DefaultCost(), Made: now,
			Left: []auth.RecoveryCode{{ID: id(), Hash: []byte("hash of a code")}}}
		link := auth.Link{ID: id(), Digest: token().Digest(), Kind: auth.LinkInvitation, User: ada.ID, Created: now, Expires: now.Add(auth.InvitationFor)}
		in := auth.SignIn{ID: id(), Digest: token().Digest(), User: ada.ID, Created: now}
		pending := auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Secret: []byte("0123456789abcdefghij"), Expires: now.Add(auth.EnrollFor)}
		session := db.session(t, ada)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for _, err := range []error{tx.AddAuthenticator(ctx, app), tx.PutRecoverySet(ctx, set), tx.AddLink(ctx, link),
				tx.AddSignIn(ctx, in), tx.PutEnrollment(ctx, pending)} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		spent := app
		spent.LastStep, spent.LastUsed = 100, now
		once(t, db, "passcode", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.SpendStep(ctx, spent) })
		once(t, db, "recovery code", func(ctx context.Context, tx *store.Tx) (bool, error) {
			return tx.UseRecoveryCode(ctx, set.Left[0].ID, now)
		})
		once(t, db, "link", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.UseLink(ctx, link.ID, now) })
		once(t, db, "sign-in", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.EndSignIn(ctx, in.ID) })
		once(t, db, "enrollment", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.RemoveEnrollment(ctx, pending.ID) })
		once(t, db, "authenticator", func(ctx context.Context, tx *store.Tx) (bool, error) {
			return tx.RemoveAuthenticator(ctx, ada.ID, app.ID)
		})
		once(t, db, "session", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.EndSession(ctx, ada.ID, session.ID) })
	})
}

func TestSpendStep(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		app := auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Secret: []byte("secret"), Added: now, LastStep: 100}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddAuthenticator(ctx, app) })
		for _, test := range []struct {
			name string
			step int64
			ok   bool
		}{
			{"the same step", 100, false}, {"an older one", 99, false}, {"the next", 101, true}, {"that again", 101, false},
			{"one skipped", 103, true}, {"the one skipped", 102, false},
		} {
			app.LastStep, app.LastUsed = test.step, now
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				ok, err := tx.SpendStep(ctx, app)
				if ok != test.ok {
					t.Errorf("%s: %v", test.name, ok)
				}
				return err
			})
		}
	})
}

func TestCountFailure_DisablesOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		old := auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "old", Secret: []byte("secret"), Added: now, Failures: auth.MaxFailures - 2}
		young := auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "young", Secret: []byte("secret"), Added: now.AddDate(0, 0, 1)}
		hers := auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: bea.ID, Name: "hers", Secret: []byte("secret"), Added: now}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for _, a := range []auth.Authenticator{old, young, hers} {
				if err := tx.AddAuthenticator(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		for i, want := range []int{0, 1, 0} {
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				disabled, err := tx.CountFailure(ctx, ada.ID, auth.MethodTOTP)
				if len(disabled) != want || (want == 1 && disabled[0].Name != "old") {
					t.Errorf("failure %d disabled %v", i+1, disabled)
				}
				return err
			})
		}
		list, err := db.Authenticators(t.Context(), ada.ID)
		if err != nil || len(list) != 2 || list[0].Failures != auth.MaxFailures || list[1].Failures != 3 {
			t.Errorf("%v, %v", list, err)
		}
		if list, err := db.Authenticators(t.Context(), bea.ID); err != nil || list[0].Failures != 0 {
			t.Errorf("somebody else's: %v, %v", list, err)
		}
		old.LastStep, young.LastStep, young.LastUsed = 7, 7, now
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.SpendStep(ctx, old); ok || err != nil {
				t.Errorf("a disabled authenticator was used: %v", err)
			}
			_, err := tx.SpendStep(ctx, young)
			return err
		})
		if list, _ := db.Authenticators(t.Context(), ada.ID); list[1].Failures != 0 || !list[1].LastUsed.Equal(now) {
			t.Errorf("success did not clear the failures: %+v", list[1])
		}
	})
}
