package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type messageRow struct {
	bun.BaseModel `bun:"table:outbox"`

	ID             auth.ID `bun:",pk"`
	Channel        auth.Channel
	Kind           string
	OrganizationID auth.ID
	UserID         auth.ID
	Recipient      []byte
	Shown          string
	Content        []byte
	Fleeting       int64 // 0 or 1
	State          auth.MessageState
	Tries          int
	Created        int64
	NextTry        int64
	Lease          auth.ID
	LeaseUntil     int64
	Expires        int64
	Sent           int64
	LastError      string
}

func (r reads) message(row messageRow) (auth.Message, error) {
	m := auth.Message{ID: row.ID, Channel: row.Channel, Kind: row.Kind, Organization: row.OrganizationID, User: row.UserID, Shown: row.Shown,
		Fleeting: row.Fleeting != 0, State: row.State, Tries: row.Tries, Created: moment(row.Created), Next: moment(row.NextTry),
		Lease: row.Lease, Expires: moment(row.Expires), Sent: moment(row.Sent), LastError: row.LastError}
	recipient, err := r.unseal(row.Recipient, "outbox", "recipient", row.ID)
	if err != nil {
		return m, err
	}
	m.Recipient = string(recipient)
	m.Content, err = r.unseal(row.Content, "outbox", "content", row.ID)
	return m, err
}

// Queue stores a new message, as a part of this transaction: it goes out if the
// change that it reports is committed, and only then.
func (t *Tx) Queue(ctx context.Context, m auth.Message) error {
	recipient, err := t.seal([]byte(m.Recipient), "outbox", "recipient", m.ID)
	if err != nil {
		return err
	}
	content, err := t.seal(m.Content, "outbox", "content", m.ID)
	if err != nil {
		return err
	}
	row := &messageRow{ID: m.ID, Channel: m.Channel, Kind: m.Kind, OrganizationID: m.Organization, UserID: m.User, Recipient: recipient,
		Shown: m.Shown, Content: content, State: auth.MessageWaiting, Created: millis(m.Created), NextTry: millis(m.Next), Expires: millis(m.Expires)}
	if m.Fleeting {
		row.Fleeting = 1
	}
	t.queued = true
	return t.insert(ctx, "queue a message", row)
}

// unreadable is why a message is given up that no key opens.
const unreadable = "the message cannot be read any more"

// LeaseMessages takes at most n messages of the channels that are due at now, so
// that nobody else takes them before auth.LeaseFor has passed. lease names who
// takes them. Those whose sender has not come back are taken again.
func (s *Store) LeaseMessages(ctx context.Context, channels []auth.Channel, lease auth.ID, n int, now time.Time) (list []auth.Message, err error) {
	if len(channels) == 0 {
		return nil, nil
	}
	lock := ""
	if s.postgres {
		lock = "FOR UPDATE SKIP LOCKED"
	}
	err = s.Update(ctx, func(tx *Tx) error {
		var rows []messageRow
		// What is due is chosen before it is updated: as a part of the update, the choice could be made more than once.
		err := tx.tx.NewRaw(`WITH due AS MATERIALIZED (SELECT id FROM outbox WHERE channel IN (?) AND expires > ? AND next_try <= ?
			AND (state = 'waiting' OR state = 'sending' AND lease_until <= ?) ORDER BY next_try, id LIMIT ? `+lock+`)
			UPDATE outbox SET state = 'sending', lease = ?, lease_until = ?, tries = tries + 1 WHERE id IN (SELECT id FROM due) RETURNING *`,
			bun.List(channels), millis(now), millis(now), millis(now), n, lease, millis(now.Add(auth.LeaseFor))).Scan(ctx, &rows)
		if err != nil {
			return fmt.Errorf("lease messages: %w", err)
		}
		list = nil
		for _, row := range rows {
			m, err := tx.message(row)
			if err != nil {
				// One that cannot be read keeps no other from being sent.
				if _, err := tx.exec(ctx, "UPDATE outbox SET state = 'given_up', lease = '', last_error = ? WHERE id = ?", unreadable, row.ID); err != nil {
					return fmt.Errorf("lease messages: %w", err)
				}
				continue
			}
			list = append(list, m)
		}
		return nil
	})
	return list, err
}

// DueMessages reports whether a message of the channels is due at now. It only
// reads.
func (s *Store) DueMessages(ctx context.Context, channels []auth.Channel, now time.Time) (due bool, err error) {
	if len(channels) == 0 {
		return false, nil
	}
	var n int
	err = s.reading.NewRaw(`SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') AND channel IN (?)
		AND expires > ? AND next_try <= ? AND (state = 'waiting' OR lease_until <= ?) LIMIT 1) AS due`,
		bun.List(channels), millis(now), millis(now), millis(now)).Scan(ctx, &n)
	if err != nil {
		return false, fmt.Errorf("look for messages: %w", err)
	}
	return n > 0, nil
}

// SettleMessages stores how tries went. What somebody else has taken meanwhile,
// because they took longer than their lease, is left as it is.
func (s *Store) SettleMessages(ctx context.Context, list []auth.Message) error {
	return s.Update(ctx, func(tx *Tx) error {
		for _, m := range list {
			wipe := ""
			if len(m.Content) == 0 {
				wipe = ", content = NULL, recipient = NULL"
			}
			_, err := tx.exec(ctx, "UPDATE outbox SET state = ?, next_try = ?, lease = '', sent = ?, last_error = ?"+wipe+" WHERE id = ? AND lease = ?",
				m.State, millis(m.Next), millis(m.Sent), m.LastError, m.ID, m.Lease)
			if err != nil {
				return fmt.Errorf("settle messages: %w", err)
			}
		}
		return nil
	})
}

// ExpireMessages gives up what has run out at now and is not being sent, and wipes
// what is fleeting in it.
func (s *Store) ExpireMessages(ctx context.Context, now time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		const over = "expires <= ? AND (state = 'waiting' OR state = 'sending' AND lease_until <= ?)"
		at := millis(now)
		if _, err := tx.exec(ctx, "UPDATE outbox SET content = NULL, recipient = NULL WHERE fleeting = 1 AND "+over, at, at); err != nil {
			return fmt.Errorf("wipe messages: %w", err)
		}
		if _, err := tx.exec(ctx, "UPDATE outbox SET state = 'given_up', lease = '' WHERE "+over, at, at); err != nil {
			return fmt.Errorf("give messages up: %w", err)
		}
		return nil
	})
}

// RetryMessage has a message that waits or was given up tried again from now on,
// and reports whether there is one with something left to send.
func (t *Tx) RetryMessage(ctx context.Context, id auth.ID, now time.Time) (bool, error) {
	t.queued = true
	return t.one(ctx, "retry a message", `UPDATE outbox SET state = 'waiting', next_try = ?,
		expires = CASE WHEN fleeting = 1 THEN expires ELSE ? END
		WHERE id = ? AND state IN ('waiting', 'given_up') AND content IS NOT NULL`,
		millis(now), millis(now.Add(auth.DeliverFor)), id)
}

// Messages returns the newest messages, at most n, without what they say.
func (r reads) Messages(ctx context.Context, n int) ([]auth.Message, error) {
	var rows []messageRow
	err := r.db.NewSelect().Model(&rows).ExcludeColumn("recipient", "content").Where("channel <> ?", auth.ByNote).OrderExpr("created DESC, id").Limit(int64(n)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("messages: %w", err)
	}
	return each(rows, r.message)
}

// Message returns the message called id, with what it says unless that is gone.
func (r reads) Message(ctx context.Context, id auth.ID) (auth.Message, error) {
	var row messageRow
	if err := r.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return auth.Message{}, found(err, "message %q", id)
	}
	return r.message(row)
}

// Undelivered reports whether a message was given up that can still be tried again,
// or has failed for hours.
func (r reads) Undelivered(ctx context.Context) (bool, error) {
	var n int
	err := r.db.NewRaw(`SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'given_up' AND content IS NOT NULL
		OR state IN ('waiting', 'sending') AND fleeting = 0 AND tries > ? LIMIT 1) AS amiss`, triesOfHours).Scan(ctx, &n)
	if err != nil {
		return false, fmt.Errorf("look for undelivered messages: %w", err)
	}
	return n > 0, nil
}

// triesOfHours is how many tries a message has had after some two hours.
const triesOfHours = 8

// CountMessages returns how many messages wait, and how many were given up.
func (r reads) CountMessages(ctx context.Context) (waiting, givenUp int, err error) {
	err = r.db.NewRaw(`SELECT coalesce(sum(CASE WHEN state IN ('waiting', 'sending') THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN state = 'given_up' THEN 1 ELSE 0 END), 0) FROM outbox WHERE state <> 'sent' AND channel <> 'note'`).Scan(ctx, &waiting, &givenUp)
	if err != nil {
		return 0, 0, fmt.Errorf("count messages: %w", err)
	}
	return waiting, givenUp, nil
}
