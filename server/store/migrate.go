package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"doorward/migrations"
)

// migrationLock is the number of PostgreSQL's advisory lock that is held while
// steps are taken.
const migrationLock = 0x646f6f72 // "door"

// stepsFunc returns the steps that there are.
type stepsFunc func() (*migrate.Migrations, error)

func steps() (*migrate.Migrations, error) {
	m := migrate.NewMigrations()
	return m, m.Discover(migrations.Files)
}

// migrate takes the steps that the database has not seen.
func (s *Store) migrate(ctx context.Context, file string, all stepsFunc) error {
	list, err := all()
	if err != nil {
		return err
	}
	// A step and the note that it was taken are one transaction, so that a process
	// killed in between leaves no step that is taken but not noted. So is the first
	// signature of the audit with the step that makes its tables.
	note := func(ctx context.Context, db bun.IConn, step *migrate.Migration) error {
		_, err := s.writing.NewInsert().Conn(db).Model(step).ModelTableExpr("bun_migrations").Exec(ctx)
		if err != nil || step.Name != list.Sorted()[0].Name {
			return err
		}
		return s.signFirst(ctx, db)
	}
	m := migrate.NewMigrator(s.writing, list, migrate.WithMarkAppliedOnSuccess(true), migrate.WithUpsert(true), migrate.AfterMigration(note))
	if pending, _, err := s.pending(ctx, m, list); err != nil || len(pending) == 0 {
		return err
	}
	unlock, err := s.lockMigrations(ctx, file)
	if err != nil {
		return err
	}
	defer unlock()
	if err := again(ctx, func() error { return m.Init(ctx) }); err != nil {
		return err
	}
	pending, applied, err := s.pending(ctx, m, list)
	if err != nil || len(pending) == 0 {
		return err // another process took them
	}
	if applied > 0 && !s.postgres {
		target := file + ".before-" + pending[0].Name
		if err := snapshot(ctx, s.writing, target); err != nil {
			return fmt.Errorf("copy the database to %s first: %w", target, err)
		}
	}
	_, err = m.Migrate(ctx)
	return err
}

// pending returns the steps still to take and how many have been taken. It refuses
// a database that has seen steps which this program does not know.
func (s *Store) pending(ctx context.Context, m *migrate.Migrator, list *migrate.Migrations) (migrate.MigrationSlice, int, error) {
	have := "SELECT count(*) FROM sqlite_master WHERE name = 'bun_migrations'"
	if s.postgres {
		have = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'bun_migrations'"
	}
	var n int
	if err := s.writing.DB.QueryRowContext(ctx, have).Scan(&n); err != nil {
		return nil, 0, err
	}
	if n == 0 {
		return list.Sorted(), 0, nil
	}
	all, err := m.MigrationsWithStatus(ctx)
	if err != nil {
		return nil, 0, err
	}
	applied, err := m.AppliedMigrations(ctx)
	if err != nil {
		return nil, 0, err
	}
	unapplied := all.Unapplied()
	if len(applied) > len(all)-len(unapplied) {
		return nil, 0, errors.New("the database was used by a newer version of Doorward; install that version, or restore a copy from before")
	}
	return unapplied, len(applied), nil
}

// lockMigrations waits until no other process takes steps, and keeps others from
// it until the returned function is called.
func (s *Store) lockMigrations(ctx context.Context, file string) (unlock func(), err error) {
	if !s.postgres {
		return lockFolder(ctx, file)
	}
	// The lock lives in a transaction, so that it works through a pooler as well.
	tx, err := s.writing.DB.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return func() { tx.Rollback() }, nil // it holds nothing but the lock
}
