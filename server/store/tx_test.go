package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestUpdate_RefusalCommitsFaultRollsBack(t *testing.T) {
	tests := []struct {
		name    string
		verdict error
		kept    bool
	}{
		{"success", nil, true},
		{"refusal", auth.Refuse("wrong_password"), true},
		{"wrapped refusal", fmt.Errorf("sign in: %w", auth.Refuse("wrong_password")), true},
		{"fault", errors.New("disk full"), false},
		{"not found", store.NotFound, false},
	}
	onBoth(t, func(t *testing.T, db database) {
		for _, test := range tests {
			err := db.Update(t.Context(), func(tx *store.Tx) error {
				if err := tx.PutBucket(t.Context(), auth.Bucket{Key: test.name, Failures: 3, Last: now}); err != nil {
					return err
				}
				return test.verdict
			})
			if err != test.verdict {
				t.Errorf("%s: returned %v", test.name, err)
			}
			b, err := db.Bucket(t.Context(), test.name)
			if err != nil || (b.Failures == 3) != test.kept {
				t.Errorf("%s: afterwards %+v, %v", test.name, b, err)
			}
		}
	})
}

func TestUpdate_PanicRollsBack(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		func() {
			defer func() { recover() }()
			db.Update(t.Context(), func(tx *store.Tx) error {
				tx.PutBucket(t.Context(), auth.Bucket{Key: "k", Failures: 3})
				panic("oh")
			})
		}()
		if b, err := db.Bucket(t.Context(), "k"); err != nil || b.Failures != 0 {
			t.Errorf("afterwards %+v, %v", b, err)
		}
		db.user(t, "ada") // and nobody waits for it
	})
}

// Whatever moment the request ends at, what was acknowledged is there, what was not
// may be, and the database goes on.
func TestUpdate_EndOfContext(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		if err := db.Update(ended(t), func(*store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("with an ended context: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Update(ctx, func(tx *store.Tx) error {
			err := tx.PutBucket(ctx, auth.Bucket{Key: "k", Failures: 1})
			cancel()
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("ended before the commit: %v", err)
		}
		if b, err := db.Bucket(t.Context(), "k"); err != nil || b.Failures != 0 {
			t.Errorf("it was committed: %+v, %v", b, err)
		}
		var acknowledged atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 100 {
					ctx, cancel := context.WithCancel(t.Context())
					time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, cancel)
					err := db.Update(ctx, func(tx *store.Tx) error {
						b, err := tx.LockBucket(ctx, "shared")
						if err != nil {
							return err
						}
						b.Failures++
						return tx.PutBucket(ctx, b)
					})
					switch {
					case err == nil:
						acknowledged.Add(1)
					case ctx.Err() == nil:
						t.Errorf("with time left: %v", err)
					}
					cancel()
				}
			})
		}
		wg.Wait()
		b, err := db.Bucket(t.Context(), "shared")
		if err != nil || int64(b.Failures) < acknowledged.Load() {
			t.Errorf("%d counted, %d acknowledged, %v", b.Failures, acknowledged.Load(), err)
		}
		db.user(t, "ada")
	})
}

func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// Several stores on one database stand for several processes.
func TestUpdate_TakesTurns(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		stores := []database{db, reopen(t, db), reopen(t, db)}
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				for range 10 {
					stores[i%len(stores)].update(t, func(ctx context.Context, tx *store.Tx) error {
						b, err := tx.LockBucket(ctx, "shared")
						if err != nil {
							return err
						}
						b.Failures++
						return tx.PutBucket(ctx, b)
					})
				}
			})
		}
		wg.Wait()
		if b, err := db.Bucket(t.Context(), "shared"); err != nil || b.Failures != 120 {
			t.Errorf("%d counted, %v; want 120", b.Failures, err)
		}
	})
}

// Two transactions that wait for each other are told apart, and run again.
func TestUpdate_CrossedRunsAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		keys := [2]string{"left", "right"}
		over := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
		var wg, holding sync.WaitGroup
		holding.Add(len(keys))
		for i := range 2 {
			wg.Go(func() {
				defer close(over[i])
				holds, runs := sync.OnceFunc(holding.Done), 0
				defer holds()
				db.update(t, func(ctx context.Context, tx *store.Tx) error {
					if runs++; runs > 1 {
						<-over[1-i] // whoever runs again leaves the other the way
					}
					_, err := tx.LockBucket(ctx, keys[i])
					if holds(); err != nil {
						return err
					}
					if db.config.File == "" { // on SQLite one begins when the other is over
						holding.Wait()
					}
					b, err := tx.LockBucket(ctx, keys[1-i])
					if err != nil {
						return err
					}
					b.Failures++
					return tx.PutBucket(ctx, b)
				})
			})
		}
		wg.Wait()
		for _, key := range keys {
			if b, err := db.Bucket(t.Context(), key); err != nil || b.Failures != 1 {
				t.Errorf("%s: %d counted, %v; want 1", key, b.Failures, err)
			}
		}
	})
}
