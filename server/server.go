// Package server is Doorward's portal over HTTP: the route table, the one
// adapter that all calls go through, the handlers of each subject, and the pages.
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"sync"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// Config is what a portal is made of. Clock and Random are arguments so that
// tests decide them; both must be set, Random to a cryptographic source.
type Config struct {
	URL            *url.URL       // the public address; links and cookies follow it
	TrustedProxies []netip.Prefix // whose X-Forwarded-For counts
	Cost           auth.Cost      // of password and recovery-code hashes
	Hashes         int            // how many run at once; 0: one a core
	HashQueue      int            // how many may wait for their turn; 0: 64
	Clock          func() time.Time
	Random         io.Reader
	Log            *slog.Logger
	Delivery       Delivery
}

// Server is a portal. Make it with New.
type Server struct {
	config Config
	store  *store.Store
	keys   sealer
	hashes *hasher
	pages  *pages
	mux    http.Handler
	wakes  map[auth.Channel]chan struct{}

	reminding chan struct{}

	unlisted sync.Once // a proxy has been warned about
	chain    chainLook
}

// sealer encrypts what leaves the server to come back, such as cookies, and makes
// names of what must not be stored as it is.
type sealer interface {
	Seal(plain []byte, table, column, row string) ([]byte, error)
	Open(sealed []byte, table, column, row string) ([]byte, error)
	Sign(data []byte) ([]byte, error)
}

// New returns the portal on st. It starts nothing: see [Server.Handler] and
// [Server.Maintain].
func New(c Config, st *store.Store, keys sealer) (*Server, error) {
	if c.URL == nil || c.Clock == nil || c.Random == nil {
		return nil, errors.New("server: URL, Clock and Random must be set")
	}
	if c.Hashes == 0 {
		c.Hashes = runtime.GOMAXPROCS(0)
	}
	if c.HashQueue == 0 {
		c.HashQueue = 64
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{config: c, store: st, keys: keys, hashes: newHasher(c.Cost, c.Hashes, c.HashQueue), wakes: map[auth.Channel]chan struct{}{},
		reminding: make(chan struct{}, 1)}
	for _, channel := range c.Delivery.channels() {
		s.wakes[channel] = make(chan struct{}, 1)
	}
	st.OnQueued(s.wake)
	var err error
	if s.pages, err = newPages(); err != nil {
		return nil, err
	}
	s.mux = s.guard(s.routes())
	return s, nil
}

// Handler returns the whole portal.
func (s *Server) Handler() http.Handler { return s.mux }

// Maintain deletes what has run out, and notes how far two-factor has come, every ten
// minutes until ctx is done.
func (s *Server) Maintain(ctx context.Context) {
	tick := time.NewTicker(10 * time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for _, task := range []func(context.Context, time.Time) error{s.store.Prune, s.store.NoteAdoption} {
				if err := task(ctx, s.now()); err != nil && ctx.Err() == nil {
					s.config.Log.Error("clean up", "error", err)
				}
			}
		}
	}
}

// now returns the time in whole milliseconds, as it is stored.
func (s *Server) now() time.Time { return s.config.Clock().UTC().Truncate(time.Millisecond) }
