package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

const postgresConnsWhen0 = 10

// PostgreSQL's codes for what is worth another try, and for a value that is taken.
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeUnique        = "23505"
)

func (s *Store) openPostgres(ctx context.Context, c Config) error {
	u, err := url.Parse(c.URL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return errors.New("DOORWARD_DATABASE: must be a postgres:// address, or empty for SQLite in DOORWARD_DATA")
	}
	if c.MaxConns == 1 {
		return errors.New("the most database connections must be at least 2 with PostgreSQL")
	}
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return fmt.Errorf("DOORWARD_DATABASE: %w", err) // it hides the password
	}
	// Values stand within the text of most queries, so preparing these is a round
	// trip for nothing.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "doorward"
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	db := stdlib.OpenDB(*config)
	conns := c.MaxConns
	if conns == 0 {
		conns = postgresConnsWhen0
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return errors.Join(fmt.Errorf("DOORWARD_DATABASE: %w", err), db.Close())
	}
	s.writing = bun.NewDB(db, pgdialect.New())
	s.reading = s.writing
	return nil
}

// crossed reports whether PostgreSQL broke a transaction off because it got in the
// way of another: it may be tried again.
func crossed(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == codeSerialization || e.Code == codeDeadlock)
}

// taken returns the Taken that a broken unique index of users stands for, and
// otherwise err.
func taken(err error) error {
	if err == nil {
		return nil
	}
	broken := err.Error() // SQLite names the column: "UNIQUE constraint failed: users.email_folded"
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		if e.Code != codeUnique {
			return err
		}
		broken = e.ConstraintName
	} else if !strings.Contains(broken, "UNIQUE constraint failed") {
		return err
	}
	switch {
	case strings.Contains(broken, "users_user_name") || strings.Contains(broken, "users.user_name_folded"):
		return Taken{Field: "user_name"}
	case strings.Contains(broken, "users_email") || strings.Contains(broken, "users.email_folded"):
		return Taken{Field: "email"}
	}
	return err
}

// settle waits until every transaction that runs now is over.
func (s *Store) settle(ctx context.Context) error {
	if !s.postgres {
		// The one writer's turn comes when everybody before has finished.
		return s.Update(ctx, func(*Tx) error { return nil })
	}
	var since time.Time
	if err := s.reading.NewRaw("SELECT clock_timestamp()").Scan(ctx, &since); err != nil {
		return err
	}
	for {
		var left int
		err := s.reading.NewRaw(`SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < ?`, since).Scan(ctx, &left)
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d transactions are still running: %w", left, context.Cause(ctx))
		case <-time.After(20 * time.Millisecond):
		}
	}
}
