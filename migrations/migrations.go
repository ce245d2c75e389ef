// Package migrations holds the numbered steps from an empty database to the
// present one. SQLite and PostgreSQL run the same text: types are TEXT, BIGINT
// and BYTEA only; times are Unix milliseconds, UTC, 0 for never; flags are times
// or numbers. A step that was released is never changed.
package migrations

import "embed"

// Files are the steps: NNNN_name.tx.up.sql, each run in one transaction, its
// statements separated by lines that say "--bun:split".
//
//go:embed *.up.sql
var Files embed.FS
