package store

import (
	"context"
	"errors"
	"io/fs"

	"github.com/uptrace/bun/migrate"

	"doorward/migrations"
)

// OpenWith is Open with more steps, as a later version has.
func OpenWith(ctx context.Context, c Config, keys Keys, more fs.FS) (*Store, error) {
	return open(ctx, c, keys, func() (*migrate.Migrations, error) {
		m := migrate.NewMigrations()
		if err := m.Discover(migrations.Files); err != nil {
			return nil, err
		}
		return m, m.Discover(more)
	})
}

// Tamper runs a statement behind the store's back.
func (s *Store) Tamper(ctx context.Context, query string, args ...any) error {
	_, err := s.writing.ExecContext(ctx, query, args...)
	return err
}

// Count returns how many rows a table has.
func (s *Store) Count(ctx context.Context, table string) (n int, err error) {
	err = s.reading.NewSelect().Table(table).ColumnExpr("count(*)").Scan(ctx, &n)
	return n, err
}

// Before makes a database as an earlier version left it: with only the steps it
// knew, and the rows that fill puts in.
func Before(ctx context.Context, c Config, keys Keys, known fs.FS, fill func(exec func(query string, args ...any)) error) (err error) {
	s := &Store{}
	if c.URL != "" {
		err = s.openPostgres(ctx, c)
	} else {
		err = s.openSQLite(ctx, c)
	}
	if err != nil {
		return err
	}
	s.reads = reads{db: s.reading, keys: keys, postgres: c.URL != ""}
	err = s.migrate(ctx, c.File, func() (*migrate.Migrations, error) {
		m := migrate.NewMigrations()
		return m, m.Discover(known)
	})
	var faults []error
	exec := func(query string, args ...any) { faults = append(faults, s.Tamper(ctx, query, args...)) }
	if err == nil {
		err = fill(exec)
	}
	return errors.Join(append(faults, err, s.Close())...)
}

// EventPlans says how SQLite goes about each part of a query for events.
func (s *Store) EventPlans(ctx context.Context, q EventQuery) (plans []string, err error) {
	for _, part := range q.parts() {
		var steps []struct {
			ID, Parent, Notused int
			Detail              string
		}
		if err := s.reading.NewRaw("EXPLAIN QUERY PLAN "+s.eventsQuery(part, 51).String()).Scan(ctx, &steps); err != nil {
			return nil, err
		}
		plan := ""
		for _, step := range steps {
			plan += step.Detail + "; "
		}
		plans = append(plans, plan)
	}
	return plans, nil
}
