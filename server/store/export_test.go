package store

import (
	"context"
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
