package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// triesWhenCrossed is how often a transaction is run on PostgreSQL when others keep
// getting in its way.
const triesWhenCrossed = 3

// pauseWhenCrossed is how long the first of them waits before it runs again, the second
// twice as long: who was in its way has to wake up and take the lock first.
const pauseWhenCrossed = 10 * time.Millisecond

// Tx is a write transaction. It must not be used after the function it was given
// to has returned.
type Tx struct {
	reads
	tx    bun.Tx
	notes []noted // for the audit

	queued bool // it has put something into the outbox
}

// Update runs decide in one write transaction. When it returns nil or an error
// that is an [*auth.Refusal], what it wrote is committed and the error returned:
// failures must count. Any other error rolls back, and so does the end of ctx.
//
// On SQLite one transaction runs at a time; the others wait for as long as ctx
// lets them. On PostgreSQL they run side by side, and decide is run again, at most
// three times in all, when it crossed another: it must not change anything outside.
func (s *Store) Update(ctx context.Context, decide func(*Tx) error) error {
	for try := 1; ; try++ {
		err := s.update(ctx, decide)
		if try == triesWhenCrossed || !crossed(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(try) * pauseWhenCrossed):
		}
	}
}

func (s *Store) update(ctx context.Context, decide func(*Tx) error) (err error) {
	var tx bun.Tx
	opts := &sql.TxOptions{}
	if s.postgres {
		opts.Isolation = sql.LevelReadCommitted // whatever the server's default is
	}
	err = again(ctx, func() (err error) {
		tx, err = s.writing.BeginTx(ctx, opts)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin: %w", ended(ctx, err))
	}
	defer func() {
		if r := recover(); r != nil {
			tx.Rollback()
			panic(r)
		}
	}()
	t := &Tx{reads: reads{db: tx, keys: s.keys, postgres: s.postgres}, tx: tx}
	verdict := decide(t)
	_, refused := errors.AsType[*auth.Refusal](verdict)
	if verdict == nil || refused {
		if fault := t.chain(ctx); fault != nil {
			verdict, refused = fault, false
		}
	}
	if verdict != nil && !refused {
		if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
			return errors.Join(verdict, fmt.Errorf("roll back: %w", err))
		}
		return ended(ctx, verdict)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", ended(ctx, err))
	}
	if t.queued && s.onQueued != nil {
		s.onQueued()
	}
	return verdict
}

// ended returns err, with the end of ctx when that is what is behind it.
func ended(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if cause == nil || errors.Is(err, cause) {
		return err
	}
	return errors.Join(cause, err)
}

// exec runs one statement and returns how many rows it changed.
func (r reads) exec(ctx context.Context, query string, args ...any) (int, error) {
	res, err := r.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// one runs a statement that changes one row or none, and reports whether it did.
func (t *Tx) one(ctx context.Context, what, query string, args ...any) (bool, error) {
	n, err := t.exec(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, err)
	}
	return n == 1, nil
}

// must is one where no row means NotFound.
func (t *Tx) must(ctx context.Context, what, query string, args ...any) error {
	ok, err := t.one(ctx, what, query, args...)
	if err == nil && !ok {
		return NotFound
	}
	return err
}

// insert stores one row.
func (t *Tx) insert(ctx context.Context, what string, row any) error {
	if _, err := t.tx.NewInsert().Model(row).Exec(ctx); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// locked makes q keep the rows it finds until the end of the transaction. On
// SQLite the whole database is kept anyway.
func (t *Tx) locked(q *bun.SelectQuery) *bun.SelectQuery {
	if t.postgres {
		q = q.For("NO KEY UPDATE") // rows that merely refer to these may still be added
	}
	return q
}

// keep runs try so that the transaction can go on when it fails: PostgreSQL gives
// up the whole transaction otherwise.
func (t *Tx) keep(ctx context.Context, try func() error) error {
	if !t.postgres {
		return try()
	}
	if _, err := t.tx.ExecContext(ctx, "SAVEPOINT try"); err != nil {
		return err
	}
	if err := try(); err != nil {
		if _, back := t.tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT try"); back != nil {
			return errors.Join(err, back)
		}
		return err
	}
	_, err := t.tx.ExecContext(ctx, "RELEASE SAVEPOINT try")
	return err
}

// view runs look within a transaction that sees one state of the database.
func (s *Store) view(ctx context.Context, look func(bun.IDB) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if s.postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.reading.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // nothing was written
	return look(tx)
}
