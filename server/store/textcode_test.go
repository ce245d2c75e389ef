package store_test

import (
	"context"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// putCode stores a new code for owner.
func (db database) putCode(t testing.TB, owner auth.ID, u auth.User, digits string, sent time.Time) auth.TextCode {
	t.Helper()
	c := auth.TextCode{Owner: owner, User: u.ID, Authenticator: "phone", Number: "+4915112345678", Code: digits, Sent: sent, Expires: sent.Add(auth.TextCodeFor)}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.PutTextCode(ctx, c) })
	return c
}

// code returns the code of owner.
func (db database) code(t testing.TB, owner auth.ID) auth.TextCode {
	t.Helper()
	c, err := db.TextCode(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTextCode_OneForEachOwner(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		if c := db.code(t, "in"); c != (auth.TextCode{}) {
			t.Errorf("before any: %+v", c)
		}
		first := db.putCode(t, "in", ada, "111111", now)
		other := db.putCode(t, "session", ada, "222222", now)
		hers := db.putCode(t, "hers", bea, "333333", now)
		if db.code(t, "in") != first || db.code(t, "session") != other {
			t.Errorf("%+v, %+v", db.code(t, "in"), db.code(t, "session"))
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.TryTextCode(ctx, first, now); !ok || err != nil {
				t.Errorf("the first was not tried: %v", err)
			}
			return nil
		})
		second := db.putCode(t, "in", ada, "444444", now.Add(time.Minute))
		if got := db.code(t, "in"); got != second || got.Tries != 0 {
			t.Errorf("resent: %+v", got)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			tried, err := tx.TryTextCode(ctx, first, now)
			used, err2 := tx.UseTextCode(ctx, first)
			if tried || used || err != nil || err2 != nil {
				t.Errorf("the one before was tried %v, used %v, %v, %v", tried, used, err, err2)
			}
			return tx.DropTextCodes(ctx, ada.ID)
		})
		if db.code(t, "in").Owner != "" || db.code(t, "session").Owner != "" || db.code(t, "hers") != hers {
			t.Error("dropped too much, or too little")
		}
	})
}

func TestTryTextCode_FiveTimesInItsTime(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		c := db.putCode(t, "in", db.user(t, "ada"), "111111", now)
		last := c.Expires.Add(-time.Millisecond)
		for i, tt := range []struct {
			at time.Time
			ok bool
		}{{now, true}, {c.Expires, false}, {last, true}, {last, true}, {now, true}, {now, true}, {now, false}} {
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				ok, err := tx.TryTextCode(ctx, c, tt.at)
				if ok != tt.ok {
					t.Errorf("try %d: %v", i+1, ok)
				}
				return err
			})
		}
		if got := db.code(t, "in").Tries; got != auth.TextCodeTries {
			t.Errorf("%d tries counted", got)
		}
	})
}

// Fifty at once with the right code: as many tries as there are, and one is told
// yes.
func TestTextCode_FiftyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		c := db.putCode(t, "tries", ada, "111111", now)
		if tried := atOnce(t, db, func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.TryTextCode(ctx, c, now) }); tried != auth.TextCodeTries {
			t.Errorf("tried %d times", tried)
		}
		c = db.putCode(t, "in", ada, "111111", now)
		once(t, db, "text code", func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.UseTextCode(ctx, c) })
		c = db.putCode(t, "both", ada, "111111", now)
		once(t, db, "text code, tried and used", func(ctx context.Context, tx *store.Tx) (bool, error) {
			if tried, err := tx.TryTextCode(ctx, c, now); err != nil || !tried {
				return false, err
			}
			return tx.UseTextCode(ctx, c)
		})
	})
}

func TestPrune_TextCodes(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		db.putCode(t, "over", ada, "111111", now.Add(-auth.TextCodeFor))
		db.putCode(t, "live", ada, "222222", now.Add(time.Millisecond-auth.TextCodeFor))
		if err := db.Prune(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if db.code(t, "over").Owner != "" || db.code(t, "live").Owner == "" {
			t.Error("the wrong one is gone")
		}
	})
}
