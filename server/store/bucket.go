package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type bucketRow struct {
	bun.BaseModel `bun:"table:buckets"`

	ID       string `bun:",pk"`
	Failures int
	Until    int64
	Last     int64
}

func (b bucketRow) bucket() auth.Bucket {
	return auth.Bucket{Key: b.ID, Failures: b.Failures, Until: moment(b.Until), Last: moment(b.Last)}
}

// Bucket returns the bucket called key, without failures when there is none.
func (r reads) Bucket(ctx context.Context, key string) (auth.Bucket, error) {
	var row bucketRow
	err := found(r.db.NewSelect().Model(&row).Where("id = ?", key).Scan(ctx), "bucket %q", key)
	if err == NotFound {
		return auth.Bucket{Key: key}, nil
	}
	return row.bucket(), err
}

// BucketsBelow returns the names of the buckets that begin with prefix, in their
// order.
func (r reads) BucketsBelow(ctx context.Context, prefix string) (keys []string, err error) {
	err = r.db.NewRaw("SELECT id FROM buckets WHERE substr(id, 1, ?) = ? ORDER BY id", len(prefix), prefix).Scan(ctx, &keys)
	if err != nil {
		return nil, fmt.Errorf("buckets below %q: %w", prefix, err)
	}
	return keys, nil
}

// LockBucket is Bucket where no other transaction gets to lock the same bucket
// before this one is over, be it new or not.
func (t *Tx) LockBucket(ctx context.Context, key string) (auth.Bucket, error) {
	if !t.postgres {
		return t.Bucket(ctx, key)
	}
	// A row that does not exist cannot be locked. The update of nothing locks the
	// one that does.
	var row bucketRow
	err := t.tx.NewRaw(`INSERT INTO buckets (id, failures, until, last) VALUES (?, 0, 0, 0)
		ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id RETURNING id, failures, until, last`, key).Scan(ctx, &row)
	if err != nil {
		return auth.Bucket{}, fmt.Errorf("lock bucket %q: %w", key, err)
	}
	return row.bucket(), nil
}

// PutBucket stores b.
func (t *Tx) PutBucket(ctx context.Context, b auth.Bucket) error {
	_, err := t.exec(ctx, `INSERT INTO buckets (id, failures, until, last) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET failures = EXCLUDED.failures, until = EXCLUDED.until, last = EXCLUDED.last`,
		b.Key, b.Failures, millis(b.Until), millis(b.Last))
	if err != nil {
		return fmt.Errorf("put bucket %q: %w", b.Key, err)
	}
	return nil
}
