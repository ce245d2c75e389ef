package store_test

import (
	"context"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestPrune(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		p := auth.DefaultPolicy()
		put := func(created, seen time.Time) {
			s := auth.Session{ID: id(), Digest: token().Digest(), User: ada.ID, Created: created, LastSeen: seen}
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddSession(ctx, s) })
		}
		second := time.Second
		put(now.Add(-time.Hour), now.Add(-p.SessionIdle+second))
		put(now.Add(-2*time.Hour), now.Add(-p.SessionIdle))
		put(now.Add(-p.SessionOverall+second), now)
		put(now.Add(-p.SessionOverall), now)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for _, err := range []error{
				tx.AddSignIn(ctx, auth.SignIn{ID: id(), Digest: token().Digest(), User: ada.ID, Created: now.Add(-auth.SignInFor + second)}),
				tx.AddSignIn(ctx, auth.SignIn{ID: id(), Digest: token().Digest(), User: ada.ID, Created: now.Add(-auth.SignInFor)}),
				tx.PutEnrollment(ctx, auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: ada.ID, Secret: []byte("secret"), Expires: now}),
				tx.PutEnrollment(ctx, auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: bea.ID, Secret: []byte("secret"), Expires: now.Add(second)}),
				tx.AddLink(ctx, auth.Link{ID: id(), Digest: token().Digest(), Kind: auth.LinkInvitation, User: ada.ID, Created: now, Expires: now.AddDate(0, 0, -30)}),
				tx.AddLink(ctx, auth.Link{ID: id(), Digest: token().Digest(), Kind: auth.LinkInvitation, User: bea.ID, Created: now, Expires: now.AddDate(0, 0, -29)}),
				tx.PutBucket(ctx, auth.Bucket{Key: "resting", Failures: 9, Last: now.Add(-24 * time.Hour)}),
				tx.PutBucket(ctx, auth.Bucket{Key: "cleared", Last: now}),
				tx.PutBucket(ctx, auth.Bucket{Key: "waiting", Failures: 9, Last: now.Add(-23 * time.Hour)}),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err := db.Prune(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int{"sessions": 2, "sign_ins": 1, "enrollments": 1, "links": 1, "buckets": 1, "users": 2} {
			if n, err := db.Count(t.Context(), table); err != nil || n != want {
				t.Errorf("%s: %d left, %v; want %d", table, n, err, want)
			}
		}
	})
}
