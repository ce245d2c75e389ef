// Package store keeps what Doorward knows, in SQLite or PostgreSQL. It speaks the
// types of package auth; how they lie in tables is its own business.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// NotFound says that what was asked for is not there.
//
//lint:ignore ST1012 store.NotFound is a fact, and reads like one beside store.Taken
var NotFound = errors.New("not found")

// Taken says that a value which must be unique is somebody else's already.
type Taken struct {
	Field string // the field's JSON name: user_name or email
}

// Error names the field.
func (t Taken) Error() string { return t.Field + " is taken" }

// Keys seal secrets for their place in the database and sign the end of the audit
// chain. They must be safe for concurrent use.
type Keys interface {
	Seal(plain []byte, table, column, row string) ([]byte, error)
	Open(sealed []byte, table, column, row string) ([]byte, error)
	Sign(data []byte) ([]byte, error)
	Verify(mac, data []byte) error
}

// Config says where the data is.
type Config struct {
	URL      string // postgres://…; empty for SQLite in File
	File     string
	MaxConns int // 0 for a fitting default; with SQLite, of those that read
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	reads
	reading *bun.DB
	writing *bun.DB // the same as reading on PostgreSQL; one connection on SQLite

	onQueued func()
	beside   beside
}

// OnQueued has wake called after every transaction that put something into the
// outbox. It must return at once. It is to be set before the store is used.
func (s *Store) OnQueued(wake func()) { s.onQueued = wake }

// Open opens the database that c names and brings it up to date: an older SQLite
// file is copied first, to a file beside it named after the first step taken. With
// several processes on one PostgreSQL database, one takes the steps and the others
// wait. An error names the setting at fault.
func Open(ctx context.Context, c Config, keys Keys) (*Store, error) {
	return open(ctx, c, keys, steps)
}

func open(ctx context.Context, c Config, keys Keys, all stepsFunc) (_ *Store, err error) {
	if c.MaxConns < 0 {
		return nil, fmt.Errorf("the most database connections cannot be %d", c.MaxConns)
	}
	s := &Store{}
	if c.URL != "" {
		err = s.openPostgres(ctx, c)
	} else {
		err = s.openSQLite(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	s.reads = reads{db: s.reading, keys: keys, postgres: c.URL != ""}
	if err := s.prepare(ctx, c, all); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare makes an opened database ready for use.
func (s *Store) prepare(ctx context.Context, c Config, all stepsFunc) error {
	if err := s.migrate(ctx, c.File, all); err != nil {
		return fmt.Errorf("bring the database up to date: %w", err)
	}
	stmt, err := s.reading.DB.PrepareContext(ctx, sessionQuery)
	if err != nil {
		return fmt.Errorf("prepare the session query: %w", err)
	}
	s.session = stmt
	return nil
}

// Close ends what runs beside and closes the database. It must not be used any more.
func (s *Store) Close() error {
	s.beside.close()
	var err error
	if s.session != nil {
		err = s.session.Close()
	}
	if s.writing != s.reading {
		err = errors.Join(err, s.reading.Close())
	}
	return errors.Join(err, s.writing.Close()) // the writer last: it tidies the SQLite log away
}

// Ping returns nil when the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.reading.DB.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Engine returns "SQLite" or "PostgreSQL".
func (s *Store) Engine() string {
	if s.postgres {
		return "PostgreSQL"
	}
	return "SQLite"
}

// reads are the questions that may be asked, within a transaction or without.
type reads struct {
	db       bun.IDB
	keys     Keys
	postgres bool
	session  *sql.Stmt // nil within a transaction
}

// found turns "no rows" into NotFound and says of a fault what was tried.
func found(err error, what string, args ...any) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return NotFound
	}
	return fmt.Errorf(what+": %w", append(args, err)...)
}

// millis returns t as it is stored: Unix milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment is the opposite of millis.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
