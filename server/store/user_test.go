package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestUser_KeptAsItIs(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		want := auth.User{ID: id(), Organization: "acme", UserName: "Ada.L", Email: "Ada@Example.org", DisplayName: `Ada "the" O'Hara — Łovelace \`,
			Role: auth.Operator, State: auth.Suspended, Password: "$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA", PasswordChanged: now.Add(time.Millisecond),
			PasswordShort: true, TwoFactorSince: now.Add(time.Hour), Created: now}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddUser(ctx, want) })
		for _, login := range []string{"Ada.L", "ada.l", " ADA.L ", "Ada@Example.org", "ada@example.ORG"} {
			if got, err := db.UserByLogin(t.Context(), login); err != nil || got != want {
				t.Errorf("%q: %+v, %v; want %+v", login, got, err, want)
			}
		}
		want.DisplayName, want.Role, want.State, want.Password, want.PasswordShort = "Ada", auth.Helper, auth.Active, "$other", false
		want.UserName, want.Email, want.TwoFactorSince = "ada", "ada@example.net", time.Time{}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveUser(ctx, want); err != nil {
				return err
			}
			got, err := tx.LockUser(ctx, want.ID)
			if got != want {
				t.Errorf("%+v; want %+v", got, want)
			}
			return err
		})
		without := want
		without.Password = "" // as SessionByDigest returns it
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.SaveUser(ctx, without) })
		if got, err := db.User(t.Context(), want.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	})
}

func TestUser_NotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for _, login := range []string{"", "nobody", "nobody@example.org", "acme", "' OR 1=1 --", "?", "%"} {
			if u, err := db.UserByLogin(t.Context(), login); err != store.NotFound || u != (auth.User{}) {
				t.Errorf("%q: %+v, %v", login, u, err)
			}
		}
		if _, err := db.User(t.Context(), "nobody"); err != store.NotFound {
			t.Error(err)
		}
		if _, err := db.Organization(t.Context(), "nowhere"); err != store.NotFound {
			t.Error(err)
		}
		db.Update(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.LockUser(t.Context(), "nobody"); err != store.NotFound {
				t.Error(err)
			}
			if err := tx.SaveUser(t.Context(), auth.User{ID: "nobody", Organization: "acme"}); err != store.NotFound {
				t.Error(err)
			}
			return nil
		})
	})
}

func TestUser_Taken(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.user(t, "ada")
		bea := db.user(t, "bea")
		for _, test := range []struct {
			name, userName, email, field string
		}{
			{"user name", "ada", "new@example.org", "user_name"},
			{"user name in capitals", "ADA", "new@example.org", "user_name"},
			{"e-mail address", "new", "ada@example.org", "email"},
			{"e-mail address in capitals", "new", "ADA@EXAMPLE.ORG", "email"},
		} {
			u := auth.User{ID: id(), Organization: "acme", UserName: test.userName, Email: test.email, State: auth.Invited, Created: now}
			for _, write := range []func(*store.Tx) error{
				func(tx *store.Tx) error { return tx.AddUser(t.Context(), u) },
				func(tx *store.Tx) error { u.ID = bea.ID; return tx.SaveUser(t.Context(), u) },
			} {
				err := db.Update(t.Context(), func(tx *store.Tx) error {
					err := write(tx)
					if taken, ok := errors.AsType[store.Taken](err); !ok || taken.Field != test.field {
						t.Errorf("%s: %v", test.name, err)
					}
					// The transaction goes on, so that what led to a refusal is kept.
					if err := tx.PutBucket(t.Context(), auth.Bucket{Key: test.name, Failures: 1}); err != nil {
						return err
					}
					return auth.RefuseField(test.field, "taken")
				})
				if code, refused := auth.Refused(err); !refused || code != "taken" {
					t.Errorf("%s: %v", test.name, err)
				}
			}
			if b, err := db.Bucket(t.Context(), test.name); err != nil || b.Failures != 1 {
				t.Errorf("%s: the refusal was not kept: %v", test.name, err)
			}
		}
		if list, err := db.Users(t.Context()); err != nil || len(list) != 2 || list[0].UserName != "ada" || list[1] != bea {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestOrganization(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		want := auth.Organization{ID: id(), Name: "Zeta & Söhne", Created: now,
			Policy: auth.Policy{SessionIdle: 15 * time.Minute, SessionOverall: 30 * 24 * time.Hour,
				Methods: []auth.Method{auth.MethodTOTP}, RecoveryPhone: auth.PhoneRequired, TrustedDays: 30}}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddOrganization(ctx, want) })
		if got, err := db.Organization(t.Context(), want.ID); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
		list, err := db.Organizations(t.Context())
		if err != nil || len(list) != 2 || list[0].ID != "acme" || !reflect.DeepEqual(list[1], want) {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestHasAdministrator(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for role, want := range []bool{false, false, true, true} {
			u := db.user(t, auth.Role(role).String())
			u.Role = auth.Role(role)
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.SaveUser(ctx, u) })
			if got, err := db.HasAdministrator(t.Context()); err != nil || got != want {
				t.Errorf("with a %s: %v, %v", u.Role, got, err)
			}
		}
	})
}
