package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// sealedColumns are the columns that hold secrets, encrypted for their place.
var sealedColumns = [...]struct{ table, column string }{
	{"users", "password_hash"},
	{"sessions", "replacement"},
	{"authenticators", "secret"},
	{"recovery_codes", "hash"},
	{"enrollments", "secret"},
	{"enrollments", "recovery_codes"},
	{"links", "data"},
	{"recovery_phones", "number"},
	{"phone_checks", "number"},
	{"text_codes", "number"},
	{"text_codes", "code"},
	{"outbox", "recipient"},
	{"outbox", "content"},
}

// resealBatch is how many rows are sealed anew in one transaction.
const resealBatch = 100

// seal encrypts plain for its place. Nothing is stored as null.
func (r reads) seal(plain []byte, table, column string, id auth.ID) ([]byte, error) {
	if len(plain) == 0 {
		return nil, nil
	}
	return r.keys.Seal(plain, table, column, string(id))
}

// unseal is the opposite of seal.
func (r reads) unseal(sealed []byte, table, column string, id auth.ID) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	return r.keys.Open(sealed, table, column, string(id))
}

// CheckKeys returns an error when the keyring is not the one that this database's
// secrets were sealed with: it opens none of a few. With it nobody could sign in.
func (s *Store) CheckKeys(ctx context.Context) (err error) {
	var rows []struct {
		ID    auth.ID
		Value []byte
	}
	if err := s.reading.NewRaw("SELECT id, password_hash AS value FROM users WHERE password_hash IS NOT NULL LIMIT 3").Scan(ctx, &rows); err != nil {
		return fmt.Errorf("check keys: %w", err)
	}
	for _, row := range rows {
		if _, err = s.unseal(row.Value, "users", "password_hash", row.ID); err == nil {
			return nil
		}
	}
	return err
}

// Reseal encrypts every secret anew and signs the audit's head anew, with the keys
// that are first now, and returns how many rows it wrote. A server may run
// meanwhile, on these or on other processes. Once it has returned without an error
// nothing needs the keys that were replaced before it was called.
func (s *Store) Reseal(ctx context.Context) (rows int, err error) {
	// Whoever sealed with an old key and has not committed yet must come first, or
	// the new rows would be missed.
	if err := s.settle(ctx); err != nil {
		return 0, fmt.Errorf("wait for transactions: %w", err)
	}
	for _, c := range sealedColumns {
		for after := ""; ; {
			n, last, err := s.resealBatch(ctx, c.table, c.column, after)
			rows += n
			if err != nil {
				return rows, fmt.Errorf("seal %s.%s anew: %w", c.table, c.column, err)
			}
			if last == "" {
				break
			}
			after = last
		}
	}
	err = s.Update(ctx, func(tx *Tx) error { return tx.signAgain(ctx) })
	return rows, err
}

// resealBatch seals the next rows after an id anew, and returns how many and the
// last id it saw, empty at the end.
func (s *Store) resealBatch(ctx context.Context, table, column, after string) (n int, last string, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		n, last = 0, ""
		var rows []struct {
			ID    auth.ID
			Value []byte
		}
		err := tx.tx.NewSelect().Table(table).ColumnExpr("id, ? AS value", bun.Ident(column)).
			Where("id > ?", after).Where("? IS NOT NULL", bun.Ident(column)).
			OrderExpr("id").Limit(resealBatch).Scan(ctx, &rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			last = string(row.ID)
			plain, err := tx.unseal(row.Value, table, column, row.ID)
			if err != nil {
				return err
			}
			sealed, err := tx.seal(plain, table, column, row.ID)
			if err != nil {
				return err
			}
			// Only if nobody has changed it meanwhile: a newer value is sealed with the new key.
			changed, err := tx.exec(ctx, "UPDATE ? SET ? = ? WHERE id = ? AND ? = ?",
				bun.Ident(table), bun.Ident(column), sealed, row.ID, bun.Ident(column), row.Value)
			if err != nil {
				return err
			}
			n += changed
		}
		return nil
	})
	return n, last, err
}
