package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// phone stores a recovery phone of u.
func (db database) phone(t testing.TB, u auth.User, number string, added time.Time) auth.RecoveryPhone {
	t.Helper()
	p := auth.RecoveryPhone{ID: id(), User: u.ID, Number: number, Added: added}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddRecoveryPhone(ctx, p) })
	return p
}

// phones returns the recovery phones of u.
func (db database) phones(t testing.TB, u auth.User) []auth.RecoveryPhone {
	t.Helper()
	list, err := db.RecoveryPhones(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRecoveryPhones(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		second := db.phone(t, ada, "+4915112345679", now.Add(time.Hour))
		first := db.phone(t, ada, "+4915112345678", now)
		hers := db.phone(t, bea, "+4915112345678", now)
		if list := db.phones(t, ada); !slices.Equal(list, []auth.RecoveryPhone{first, second}) {
			t.Errorf("%+v", list)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			stolen, err := tx.RemoveRecoveryPhone(ctx, bea.ID, first.ID)
			removed, err2 := tx.RemoveRecoveryPhone(ctx, ada.ID, first.ID)
			again, err3 := tx.RemoveRecoveryPhone(ctx, ada.ID, first.ID)
			if stolen || !removed || again || err != nil || err2 != nil || err3 != nil {
				t.Errorf("by somebody else %v, by its owner %v, again %v; %v, %v, %v", stolen, removed, again, err, err2, err3)
			}
			return nil
		})
		if list := db.phones(t, ada); !slices.Equal(list, []auth.RecoveryPhone{second}) {
			t.Errorf("one removed: %+v", list)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveRecoveryPhones(ctx, ada.ID) })
		if list := db.phones(t, ada); len(list) != 0 || !slices.Equal(db.phones(t, bea), []auth.RecoveryPhone{hers}) {
			t.Errorf("all removed: %+v", list)
		}
	})
}

func TestPhoneCheck_OneForEachUser(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		put := func(p auth.PhoneCheck) auth.PhoneCheck {
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.PutPhoneCheck(ctx, p) })
			return p
		}
		of := func(u auth.User) auth.PhoneCheck {
			p, err := db.PhoneCheck(t.Context(), u.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		if of(ada) != (auth.PhoneCheck{}) {
			t.Errorf("before any: %+v", of(ada))
		}
		put(auth.PhoneCheck{ID: id(), User: ada.ID, Session: "s", Number: "+4915112345678", Expires: now.Add(time.Minute)})
		hers := put(auth.PhoneCheck{ID: id(), User: bea.ID, Session: "t", Number: "+4915112345678", Expires: now})
		second := put(auth.PhoneCheck{ID: id(), User: ada.ID, Session: "u", Number: "+447400123456", Replaces: "old", Verified: now, Expires: now.Add(time.Hour)})
		if of(ada) != second || of(bea) != hers {
			t.Errorf("%+v, %+v", of(ada), of(bea))
		}
		if err := db.Prune(t.Context(), now); err != nil || of(bea).ID != "" || of(ada) != second {
			t.Errorf("pruned: %+v, %+v, %v", of(ada), of(bea), err)
		}
		once(t, db, "phone check", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.RemovePhoneCheck(ctx, second.ID) })
		if of(ada).ID != "" {
			t.Errorf("used up: %+v", of(ada))
		}
	})
}
