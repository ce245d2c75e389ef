package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestSession(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		want, other := db.session(t, ada), db.session(t, bea)
		seen := func(when string) {
			t.Helper()
			s, u, o, err := db.SessionByDigest(t.Context(), want.Digest)
			if err != nil || !reflect.DeepEqual(s, want) {
				t.Errorf("%s: %+v, %v; want %+v", when, s, err, want)
			}
			bare := ada
			bare.Password = ""
			if u != bare || o.ID != "acme" || !reflect.DeepEqual(o.Policy, auth.DefaultPolicy()) || !o.Created.Equal(now) {
				t.Errorf("%s: %+v of %+v", when, u, o)
			}
		}
		seen("at first")
		old := want.Digest
		want.Digest, want.Level, want.Factors, want.ProvedAt = token().Digest(), auth.OneFactor, []auth.Factor{auth.FactorPassword}, time.Time{}
		want.LastSeen, want.Replacement, want.Next = now.Add(time.Hour), "", ""
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SaveSession(ctx, want); err != nil {
				return err
			}
			s, _, _, err := tx.SessionByDigest(ctx, want.Digest)
			if !reflect.DeepEqual(s, want) {
				t.Errorf("within the transaction: %+v; want %+v", s, want)
			}
			return err
		})
		seen("saved")
		if _, _, _, err := db.SessionByDigest(t.Context(), old); err != store.NotFound {
			t.Errorf("the old identifier: %v", err)
		}
		for _, at := range []time.Time{now.Add(2 * time.Hour), now} { // never back
			if err := db.TouchSession(t.Context(), want.ID, at); err != nil {
				t.Error(err)
			}
		}
		want.LastSeen = now.Add(2 * time.Hour)
		seen("touched")
		if _, _, _, err := db.SessionByDigest(t.Context(), other.Digest); err != nil {
			t.Error(err)
		}
		if _, _, _, err := db.SessionByDigest(ended(t), other.Digest); err == nil {
			t.Error("answered after the request had ended")
		}
	})
}

func TestSessions_ListedAndEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		var mine []auth.Session
		for i := range 4 {
			s := db.session(t, ada)
			s.LastSeen = now.Add(time.Duration(10-i) * time.Hour)
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSession(ctx, s) })
			mine = append(mine, s)
		}
		hers := db.session(t, bea)
		if list, err := db.Sessions(t.Context(), ada.ID); err != nil || !reflect.DeepEqual(list, mine) {
			t.Errorf("%+v, %v; want %+v", list, err, mine)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.EndSession(ctx, ada.ID, hers.ID); ok || err != nil {
				t.Errorf("ended somebody else's session: %v", err)
			}
			if ok, err := tx.EndSession(ctx, ada.ID, mine[0].ID); !ok || err != nil {
				t.Errorf("did not end a session: %v", err)
			}
			if err := tx.SaveSession(ctx, mine[0]); err != store.NotFound {
				t.Errorf("an ended session was saved: %v", err)
			}
			if n, err := tx.EndSessions(ctx, ada.ID, mine[2].ID); n != 2 || err != nil {
				t.Errorf("ended %d others, %v; want 2", n, err)
			}
			return nil
		})
		if list, err := db.Sessions(t.Context(), ada.ID); err != nil || len(list) != 1 || list[0].ID != mine[2].ID {
			t.Errorf("left: %+v, %v", list, err)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.EndSessions(ctx, ada.ID, "")
			if n != 1 {
				t.Errorf("ended %d, want 1", n)
			}
			return err
		})
		if list, err := db.Sessions(t.Context(), bea.ID); err != nil || len(list) != 1 {
			t.Errorf("somebody else's: %+v, %v", list, err)
		}
		if err := db.TouchSession(t.Context(), mine[0].ID, now); err != nil {
			t.Error(err)
		}
		if _, _, _, err := db.SessionByDigest(t.Context(), mine[0].Digest); err != store.NotFound {
			t.Errorf("an ended session came back: %v", err)
		}
	})
}

func TestSignIn_FiveNewest(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		add := func(u auth.User, after time.Duration) auth.SignIn {
			in := auth.SignIn{ID: id(), Digest: token().Digest(), User: u.ID, Next: "/mail", Created: now.Add(after)}
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddSignIn(ctx, in) })
			return in
		}
		hers := add(bea, 0)
		var mine []auth.SignIn
		for i := range 7 {
			mine = append(mine, add(ada, time.Duration(i)*time.Second))
		}
		mine = append(mine, add(ada, -time.Hour)) // a clock that was set back: the new one stays
		for i, in := range mine {
			got, u, err := db.SignInByDigest(t.Context(), in.Digest)
			if i < 3 {
				if err != store.NotFound {
					t.Errorf("sign-in %d is still there: %v", i, err)
				}
				continue
			}
			if err != nil || got != in || u != ada {
				t.Errorf("sign-in %d: %+v of %+v, %v", i, got, u, err)
			}
		}
		if _, _, err := db.SignInByDigest(t.Context(), hers.Digest); err != nil {
			t.Errorf("somebody else's: %v", err)
		}
	})
}

func BenchmarkSessionByDigest(b *testing.B) {
	db := openSQLite(b)
	var digests []auth.Digest
	for _, name := range []string{"ada", "bea", "cleo", "dora"} {
		u := db.user(b, name)
		for range 250 {
			s := db.session(b, u)
			s.Replacement = ""
			db.update(b, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSession(ctx, s) })
			digests = append(digests, s.Digest)
		}
	}
	ctx, cancel := context.WithCancel(b.Context()) // as a request's
	defer cancel()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, _, _, err := db.SessionByDigest(ctx, digests[i%len(digests)]); err != nil {
			b.Fatal(err)
		}
	}
}
