package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// trust stores a trusted device of u and returns it.
func (db database) trust(t testing.TB, u auth.User, used time.Time, expires time.Time) auth.TrustedDevice {
	t.Helper()
	d := auth.TrustedDevice{ID: id(), User: u.ID, Digest: token().Digest(), Name: "Firefox on Linux", Address: "192.0.2.7", Added: now, LastUsed: used, Expires: expires}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddTrustedDevice(ctx, d) })
	return d
}

func TestTrustedDevices(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		month := now.AddDate(0, 1, 0)
		old, young, hers := db.trust(t, ada, now, month), db.trust(t, ada, now.Add(time.Hour), month), db.trust(t, bea, now, month)
		if d, err := db.TrustedDevice(t.Context(), old.Digest); d != old || err != nil {
			t.Errorf("%+v, %v", d, err)
		}
		for name, digest := range map[string]auth.Digest{"of no cookie": {}, "of another cookie": token().Digest()} {
			if d, err := db.TrustedDevice(t.Context(), digest); d != (auth.TrustedDevice{}) || err != nil {
				t.Errorf("%s: %+v, %v", name, d, err)
			}
		}
		listed := func(want ...auth.TrustedDevice) {
			t.Helper()
			if list, err := db.TrustedDevices(t.Context(), ada.ID); !slices.Equal(list, want) || err != nil {
				t.Errorf("%+v, %v", list, err)
			}
		}
		listed(young, old)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			used, err := tx.UseTrustedDevice(ctx, old, "198.51.100.9", now.Add(2*time.Hour))
			late, err2 := tx.UseTrustedDevice(ctx, young, "198.51.100.9", month)
			if !used || late || err != nil || err2 != nil {
				t.Errorf("used %v, after its end %v; %v, %v", used, late, err, err2)
			}
			return nil
		})
		old.Address, old.LastUsed = "198.51.100.9", now.Add(2*time.Hour)
		listed(old, young)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if stolen, err := tx.RevokeTrustedDevice(ctx, bea.ID, old.ID); stolen || err != nil {
				t.Errorf("somebody else revoked it: %v", err)
			}
			return nil
		})
		once(t, db, "trusted device", func(ctx context.Context, tx *store.Tx) (bool, error) {
			return tx.RevokeTrustedDevice(ctx, ada.ID, old.ID)
		})
		listed(young)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if used, err := tx.UseTrustedDevice(ctx, old, "198.51.100.9", now); used || err != nil {
				t.Errorf("revoked, and used: %v", err)
			}
			n, err := tx.RevokeTrustedDevices(ctx, ada.ID)
			if n != 1 {
				t.Errorf("%d revoked", n)
			}
			return err
		})
		listed()
		if d, err := db.TrustedDevice(t.Context(), hers.Digest); d != hers || err != nil {
			t.Errorf("somebody else's: %+v, %v", d, err)
		}
	})
}

func TestPrune_TrustedDevices(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		db.trust(t, ada, now, now)
		left := db.trust(t, ada, now, now.Add(time.Millisecond))
		if err := db.Prune(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if list, err := db.TrustedDevices(t.Context(), ada.ID); !slices.Equal(list, []auth.TrustedDevice{left}) || err != nil {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
