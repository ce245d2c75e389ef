package store_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/servertest"
	"doorward/server/store"
)

// now is a time that both engines keep exactly.
var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// database is an open store, with what it was opened with.
type database struct {
	*store.Store
	ring   *keyring.Ring
	config store.Config
}

// onBoth runs test on SQLite and on PostgreSQL, each time with an empty database
// that has an organization "acme".
func onBoth(t *testing.T, test func(t *testing.T, db database)) {
	t.Run("SQLite", func(t *testing.T) { test(t, openSQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, start(t, store.Config{URL: servertest.Postgres(t), MaxConns: 20})) })
}

func openSQLite(t testing.TB) database {
	t.Helper()
	return start(t, store.Config{File: filepath.Join(t.TempDir(), "doorward.db")})
}

func start(t testing.TB, c store.Config) database {
	t.Helper()
	ring, err := keyring.Create(filepath.Join(t.TempDir(), "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	db := reopen(t, database{ring: ring, config: c})
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddOrganization(ctx, auth.Organization{ID: "acme", Name: "Acme", Policy: auth.DefaultPolicy(), Created: now})
	})
	return db
}

// reopen opens the same database once more.
func reopen(t testing.TB, db database) database {
	t.Helper()
	s, err := store.Open(context.Background(), db.config, db.ring)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	db.Store = s
	return db
}

// update runs do in a transaction that must succeed.
func (db database) update(t testing.TB, do func(context.Context, *store.Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := db.Update(ctx, func(tx *store.Tx) error { return do(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

// user stores an active member called name.
func (db database) user(t testing.TB, name string) auth.User {
	t.Helper()
	u := auth.User{ID: id(), Organization: "acme", UserName: name, Email: name + "@example.org", DisplayName: name,
		State: auth.Active, Password: "$argon2id$hash-of-" + auth.Hash(name), PasswordChanged: now, Created: now}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddUser(ctx, u) })
	return u
}

// session stores a session of u and returns it with its token's digest.
func (db database) session(t testing.TB, u auth.User) auth.Session {
	t.Helper()
	s := auth.Session{ID: id(), Digest: token().Digest(), User: u.ID, Level: auth.TwoFactors,
		Factors: []auth.Factor{auth.FactorPassword, auth.FactorTOTP}, Created: now, ProvedAt: now.Add(time.Minute),
		LastSeen: now.Add(2 * time.Minute), Address: "192.0.2.7", Device: "Firefox on Linux", Replacement: "REPLACEMENTCODE", Next: "/mail?a=1"}
	db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddSession(ctx, s) })
	return s
}

func id() auth.ID {
	var b [16]byte
	rand.Read(b[:])
	return auth.NewID(b)
}

func token() auth.Token {
	var b [32]byte
	rand.Read(b[:])
	return auth.NewToken(b)
}
