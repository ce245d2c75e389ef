package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestAuthenticators(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		want := []auth.Authenticator{
			{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "first", Secret: []byte("0123456789abcdefghij"), Added: now, LastStep: 5},
			{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "second", Secret: []byte{0, 1, 0xff, '\''}, Added: now.Add(time.Hour), LastUsed: now.Add(2 * time.Hour), LastStep: 7, Failures: 3},
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for _, i := range []int{1, 0} {
				if err := tx.AddAuthenticator(ctx, want[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if got, err := db.Authenticators(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			stranger := want[0]
			stranger.User = bea.ID
			if err := tx.SaveAuthenticatorName(ctx, stranger); err != store.NotFound {
				t.Errorf("renamed somebody else's: %v", err)
			}
			if ok, err := tx.RemoveAuthenticator(ctx, bea.ID, want[0].ID); ok || err != nil {
				t.Errorf("removed somebody else's: %v", err)
			}
			if ok, err := tx.RemoveAuthenticator(ctx, ada.ID, want[1].ID); !ok || err != nil {
				t.Errorf("did not remove one: %v", err)
			}
			want[0].Name = "renamed — ⏰"
			return tx.SaveAuthenticatorName(ctx, want[0])
		})
		if got, err := db.Authenticators(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(got, want[:1]) {
			t.Errorf("%+v, %v; want %+v", got, err, want[:1])
		}
	})
}

func TestEnrollment_OneAUser(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		if e, err := db.Enrollment(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(e, auth.Enrollment{}) {
			t.Errorf("before any: %+v, %v", e, err)
		}
		want := auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "phone", Secret: []byte("0123456789abcdefghij"), Expires: now}
		first := want.ID
		for range 3 {
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.PutEnrollment(ctx, want) })
			if got, err := db.Enrollment(t.Context(), ada.ID); err != nil || len(got.RecoveryCodes) != len(want.RecoveryCodes) || got.Expires != want.Expires {
				t.Errorf("%+v, %v; want %+v", got, err, want)
			} else if got.RecoveryCodes = want.RecoveryCodes; !reflect.DeepEqual(got, want) {
				t.Errorf("%+v; want %+v", got, want)
			}
			if want.Step == 0 { // confirmed
				want.Step, want.RecoveryCodes, want.Expires = 9, []string{"AAAA", "BBBB"}, now.Add(time.Hour)
			} else { // begun anew
				want = auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Name: "tablet", Secret: []byte("jihgfedcba9876543210"), Replaces: auth.ReplaceAny, Expires: now}
			}
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			ok, err := tx.RemoveEnrollment(ctx, first)
			if ok {
				t.Error("the first was still there")
			}
			return err
		})
	})
}

func TestRecoverySet(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		if s, err := db.RecoverySet(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(s, auth.RecoverySet{}) {
			t.Errorf("before any: %+v, %v", s, err)
		}
		make := func(ids ...auth.ID) auth.RecoverySet {
			s := auth.RecoverySet{ID: id(), User: ada.ID, Salt: []byte{1, 2, 3}, Cost: auth.Cost{Memory: 1024, Time: 2, Threads: 3}, Made: now}
			for _, code := range ids {
				s.Left = append(s.Left, auth.RecoveryCode{ID: code, Hash: auth.RecoveryHash("hash of " + code)})
			}
			return s
		}
		check := func(when string, want auth.RecoverySet) {
			t.Helper()
			if got, err := db.RecoverySet(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, %v; want %+v", when, got, err, want)
			}
		}
		for _, set := range []auth.RecoverySet{make("a1", "a2", "a3"), make("b1", "b2", "b3")} { // the second takes the first's place
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.PutRecoverySet(ctx, set) })
			check("put", set)
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				if ok, err := tx.UseRecoveryCode(ctx, set.Left[1].ID, now); !ok || err != nil {
					t.Errorf("not used: %v", err)
				}
				if ok, err := tx.UseRecoveryCode(ctx, set.Left[1].ID, now); ok || err != nil {
					t.Errorf("used twice: %v", err)
				}
				set.Left[1] = auth.RecoveryCode{ID: set.Left[1].ID + "new", Hash: auth.RecoveryHash("new")}
				return tx.AddRecoveryCode(ctx, set.ID, set.Left[1])
			})
			check("one used and replaced", set)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.UseRecoveryCode(ctx, "a1", now); ok || err != nil {
				t.Errorf("a code of the old set was used: %v", err)
			}
			return tx.RemoveRecoverySet(ctx, ada.ID)
		})
		check("removed", auth.RecoverySet{})
	})
}

func TestLink(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		add := func(kind auth.LinkKind, user auth.ID) auth.Link {
			l := auth.Link{ID: id(), Digest: token().Digest(), Kind: kind, User: user, Created: now, Expires: now.Add(time.Hour)}
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddLink(ctx, l) })
			return l
		}
		check := func(name string, l auth.Link, there bool) {
			t.Helper()
			got, err := db.LinkByDigest(t.Context(), l.Digest)
			if there && (err != nil || got != l) || !there && err != store.NotFound {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		setup, hers := add(auth.LinkSetup, ""), add(auth.LinkInvitation, bea.ID)
		first := add(auth.LinkInvitation, ada.ID)
		check("the first", first, true)
		second := add(auth.LinkInvitation, ada.ID)
		check("the first, once there is a second", first, false)
		check("the second", second, true)
		check("somebody else's", hers, true)
		check("a setup link", setup, true)
		setup2 := add(auth.LinkSetup, "")
		check("the first setup link, once there is a second", setup, false)
		check("the second setup link", setup2, true)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.UseLink(ctx, first.ID, now); ok || err != nil {
				t.Errorf("a void link was used: %v", err)
			}
			_, err := tx.UseLink(ctx, second.ID, now)
			return err
		})
		check("used", second, false)
	})
}

func TestBucket(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		key := "account:" + string(id())
		if b, err := db.Bucket(t.Context(), key); err != nil || b != (auth.Bucket{Key: key}) {
			t.Errorf("before any: %+v, %v", b, err)
		}
		want := auth.Bucket{Key: key, Failures: 7, Until: now.Add(time.Hour), Last: now}
		for range 2 {
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				if _, err := tx.LockBucket(ctx, key); err != nil {
					return err
				}
				return tx.PutBucket(ctx, want)
			})
			if b, err := db.Bucket(t.Context(), key); err != nil || b != want {
				t.Errorf("%+v, %v; want %+v", b, err, want)
			}
			want = want.Clear()
		}
	})
}
