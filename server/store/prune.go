package store

import (
	"context"
	"fmt"
	"time"

	"doorward/server/auth"
)

// How long things are kept after they have run out.
const (
	keepLinks    = 30 * 24 * time.Hour // an old link is answered as used up, not as unknown
	keepMessages = 30 * 24 * time.Hour
	keepBuckets  = 24 * time.Hour // the longest that any throttle remembers
)

// Prune deletes what has run out at now: sessions past their organization's
// limits, sign-ins, enrollments, codes, trust, old links and messages, and empty
// buckets.
func (s *Store) Prune(ctx context.Context, now time.Time) error {
	at := millis(now)
	statements := []struct {
		query string
		args  []any
	}{
		{`DELETE FROM sessions WHERE id IN (SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id
			JOIN organizations o ON o.id = u.organization_id
			WHERE s.last_seen + o.session_idle <= ? OR s.created + o.session_overall <= ?)`, []any{at, at}},
		{"DELETE FROM sign_ins WHERE created <= ?", []any{millis(now.Add(-auth.SignInFor))}},
		{"DELETE FROM enrollments WHERE expires <= ?", []any{at}},
		{"DELETE FROM links WHERE expires <= ?", []any{millis(now.Add(-keepLinks))}},
		{"DELETE FROM phone_checks WHERE expires <= ?", []any{at}},
		{"DELETE FROM text_codes WHERE expires <= ?", []any{at}},
		{"DELETE FROM trusted_devices WHERE expires <= ?", []any{at}},
		{"DELETE FROM outbox WHERE state IN ('sent', 'given_up') AND created <= ?", []any{millis(now.Add(-keepMessages))}},
		{"UPDATE outbox SET content = NULL, recipient = NULL WHERE state = 'given_up' AND content IS NOT NULL AND created <= ?", []any{millis(now.Add(-auth.NotMeFor))}},
		{"DELETE FROM buckets WHERE failures = 0 OR last <= ?", []any{millis(now.Add(-keepBuckets))}},
	}
	for _, q := range statements {
		err := s.Update(ctx, func(tx *Tx) error {
			_, err := tx.exec(ctx, q.query, q.args...)
			return err
		})
		if err != nil {
			return fmt.Errorf("prune: %w", err)
		}
	}
	return nil
}
