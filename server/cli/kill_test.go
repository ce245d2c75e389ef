package cli

import (
	crand "crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// killSeed decides at which moments the portal is killed. A failure names the
// moment; what else happens then is up to the machine.
const killSeed = 11

// workers is how many people are busy at once.
const workers = 6

// Whatever has been acknowledged before a kill -9 is there after it, on a database
// that is whole (requirement 109).
func TestKill_LosesNothingAcknowledged(t *testing.T) {
	moments := rand.New(rand.NewPCG(killSeed, 0))
	t.Run("sqlite", func(t *testing.T) {
		h := newHouse(t, "")
		for range 3 {
			h.round(20 + moments.IntN(25))
		}
	})
	t.Run("postgres", func(t *testing.T) {
		newHouse(t, servertest.Postgres(t)).round(15 + moments.IntN(15))
	})
}

// house is one data folder over several lives of its portal.
type house struct {
	*testing.T
	env      []string
	data     string
	database string // address; empty for SQLite
	people   atomic.Int64
}

func newHouse(t *testing.T, database string) *house {
	h := &house{T: t, data: t.TempDir(), database: database}
	h.env = append(os.Environ(), "DOORWARD_DATA="+h.data, "DOORWARD_LISTEN=127.0.0.1:0", "DOORWARD_DATABASE="+database,
		"DOORWARD_HASH_MEMORY=7", "DOORWARD_HASH_TIME=5") // the quickest that it allows
	p := h.start()
	link, err := p.setupLink()
	if err != nil {
		t.Fatal(err)
	}
	if err := newPerson(p.url, "ada").setUp(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	h.must(p.stop())
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// start starts the portal; it is gone when the test ends.
func (h *house) start() *process {
	h.Helper()
	p, err := startProcess(h.env, "serve")
	h.must(err)
	h.Cleanup(func() {
		if err := p.kill(); err != nil {
			h.Error(err)
		}
	})
	return p
}

// round lets people come and go until the portal has acknowledged a number of
// changes, kills it in the middle of what it does then, and looks what is left.
func (h *house) round(changes int) {
	h.Helper()
	p := h.start()
	desk, closeDesk := h.desk()
	var acknowledged atomic.Int64
	enough := make(chan struct{})
	count := func() {
		if acknowledged.Add(1) == int64(changes) {
			close(enough)
		}
	}
	left := make([][]*life, workers)
	var busy sync.WaitGroup
	for w := range workers {
		busy.Go(func() {
			for alive := true; alive; {
				l := &life{count: count}
				alive = l.live(h, desk, p.url)
				left[w] = append(left[w], l)
			}
		})
	}
	<-enough
	h.must(p.kill())
	busy.Wait()
	h.must(closeDesk())

	h.whole()
	again := h.start()
	var looking sync.WaitGroup
	var lives, enrolled atomic.Int64
	for _, mine := range left {
		looking.Go(func() {
			for _, l := range mine {
				lives.Add(1)
				if l.enrolled {
					enrolled.Add(1)
				}
				if err := l.look(h.Context(), again.url); err != nil {
					h.Errorf("killed after %d changes: %s, who was busy with %s: %v", changes, l.name, l.busyWith, explain(err))
				}
			}
		})
	}
	looking.Wait()
	h.must(again.stop())
	h.whole()
	h.Logf("killed after %d changes: %d people, %d with two-factor", changes, lives.Load(), enrolled.Load())
}

// desk opens the house beside the portal, as the command line does, to invite people.
func (h *house) desk() (*server.Server, func() error) {
	h.Helper()
	keys, err := keyring.Load(filepath.Join(h.data, "keyring.json"))
	h.must(err)
	db, err := store.Open(h.Context(), store.Config{URL: h.database, File: filepath.Join(h.data, "doorward.db")}, keys)
	h.must(err)
	s, err := server.New(server.Config{URL: &url.URL{Scheme: "http", Host: "localhost"}, Cost: auth.DefaultCost(), Clock: time.Now,
		Random: crand.Reader, Log: slog.New(slog.DiscardHandler)}, db, keys)
	h.must(err)
	return s, db.Close
}

// whole fails the test unless the database is sound and the audit complete.
func (h *house) whole() {
	h.Helper()
	if h.database == "" {
		h.must(onDatabase(h.data, func(db *sql.DB) error {
			var said string
			if err := db.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
				return fmt.Errorf("integrity check: %q, %w", said, err)
			}
			rows, err := db.Query("PRAGMA foreign_key_check")
			if err != nil {
				return err
			}
			defer rows.Close()
			if rows.Next() {
				return errors.New("a row refers to one that is not there")
			}
			return rows.Err()
		}))
	}
	verify := exec.CommandContext(h.Context(), "doorward", "audit", "verify")
	verify.Env = h.env
	if out, err := verify.CombinedOutput(); err != nil || !strings.Contains(string(out), "whole") {
		h.Fatalf("audit verify: %v: %s", err, out)
	}
}

func explain(err error) any {
	if refusal, ok := errors.AsType[*api.Error](err); ok {
		return fmt.Sprintf("%+v", *refusal)
	}
	return err
}

// refusedWith returns nil when err is a refusal with code.
func refusedWith(err error, code check.Code) error {
	if refusal, ok := errors.AsType[*api.Error](err); ok && refusal.Code == code {
		return nil
	}
	return fmt.Errorf("wanted %s, got %v", code, explain(err))
}

// gone reports whether err says that the portal gave no answer.
func gone(err error) bool { return refusedWith(err, check.Offline) == nil }
