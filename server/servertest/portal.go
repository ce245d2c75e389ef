// Package servertest runs whole portals for tests: on a database of their own,
// with a clock that is set by hand and randomness that is the same each time.
package servertest

import (
	"database/sql"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bytes"
	"log/slog"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/store"
)

// Cost is what a hash takes in tests: next to nothing.
var Cost = auth.Cost{Memory: 64, Time: 1, Threads: 1}

// Portal is a portal under test.
type Portal struct {
	T      testing.TB
	Clock  *Clock
	Server *server.Server
	Store  *store.Store
	Keys   *keyring.Ring
	Folder string // of the keyring and, on SQLite, the database
	Log    *Log
	Post   *Postbox // what people have been sent

	config   server.Config
	database string // PostgreSQL's address; empty for SQLite
	past     *sql.DB
}

// Option changes how a portal is made.
type Option func(*server.Config)

// Each runs test on a new portal on SQLite and on a new one on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, p *Portal), options ...Option) {
	t.Run("sqlite", func(t *testing.T) { test(t, New(t, "", options...)) })
	t.Run("postgres", func(t *testing.T) { test(t, New(t, Postgres(t), options...)) })
}

// New returns a portal on the database at address, or on SQLite when that is
// empty. It ends with the test.
func New(t testing.TB, address string, options ...Option) *Portal {
	t.Helper()
	p := &Portal{T: t, Clock: &Clock{at: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}, Folder: t.TempDir(), Log: &Log{}, Post: &Postbox{}, database: address}
	var err error
	if p.Keys, err = keyring.Create(filepath.Join(p.Folder, "keyring.json")); err != nil {
		t.Fatal(err)
	}
	if p.Store, err = store.Open(t.Context(), store.Config{URL: address, File: filepath.Join(p.Folder, "doorward.db")}, p.Keys); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Store.Close(); err != nil {
			t.Error(err)
		}
	})
	c := server.Config{URL: &url.URL{Scheme: "https", Host: "auth.example.org"}, Cost: Cost, HashQueue: 256, Clock: p.Clock.Now,
		Random: newRandom(t.Name()), Log: slog.New(slog.NewTextHandler(p.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, o := range options {
		o(&c)
	}
	p.Post.connect(&c)
	p.config = c
	p.Restart()
	return p
}

// Restart replaces the portal by a new one on the same database, as a restart of
// the process does.
func (p *Portal) Restart() {
	p.T.Helper()
	var err error
	if p.Server, err = server.New(p.config, p.Store, p.Keys); err != nil {
		p.T.Fatal(err)
	}
}

// Reconfigure starts the portal anew with other settings.
func (p *Portal) Reconfigure(change Option) {
	p.T.Helper()
	change(&p.config)
	p.Restart()
}

// SetPolicy changes what the only organization asks of its people.
func (p *Portal) SetPolicy(change func(*auth.Policy)) {
	p.T.Helper()
	ctx := p.T.Context()
	if err := p.Store.Update(ctx, func(tx *store.Tx) error {
		all, err := tx.Organizations(ctx)
		if err != nil {
			return err
		}
		change(&all[0].Policy)
		return tx.SavePolicy(ctx, all[0])
	}); err != nil {
		p.T.Fatal(err)
	}
}

// Clock is a clock that stands until it is set.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the time on by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Log keeps what the portal has logged.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

// String returns everything logged so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// random is the same for the same test, and safe for parallel use.
type random struct {
	mu sync.Mutex
	r  *rand.ChaCha8
}

func newRandom(name string) *random {
	h := fnv.New64a()
	h.Write([]byte(name))
	var seed [32]byte
	copy(seed[:], h.Sum(nil))
	return &random{r: rand.NewChaCha8(seed)}
}

// Read implements io.Reader; it never fails.
func (r *random) Read(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.r.Read(b)
}
