package store

import (
	"context"
	"fmt"
	"time"

	"doorward/server/auth"
)

// DeniedLately returns who in an organization was denied something since, the last
// first, at most n.
func (r reads) DeniedLately(ctx context.Context, organization auth.ID, since time.Time, n int) (ids []auth.ID, err error) {
	err = r.db.NewRaw(`SELECT subject FROM (SELECT subject, at, seq FROM audit WHERE organization_id = ? AND outcome = 'denied' ORDER BY seq DESC LIMIT ?) lately
		WHERE at >= ? AND subject <> '' GROUP BY subject ORDER BY max(seq) DESC LIMIT ?`, organization, 10*n, millis(since), n).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("who was denied something: %w", err)
	}
	return ids, nil
}

// Waiting returns the names of the buckets whose wait is on at now, at most n.
func (r reads) Waiting(ctx context.Context, now time.Time, n int) (keys []string, err error) {
	if err := r.db.NewRaw("SELECT id FROM buckets WHERE until > ? AND until > 0 LIMIT ?", millis(now), n).Scan(ctx, &keys); err != nil {
		return nil, fmt.Errorf("buckets that wait: %w", err)
	}
	return keys, nil
}
