package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type auditRow struct {
	bun.BaseModel `bun:"table:audit"`

	Seq            int64 `bun:",pk"`
	At             int64
	OrganizationID auth.ID
	Actor          string
	Subject        auth.ID
	Kind           auth.EventKind
	Outcome        string
	Address        string
	Device         string
	Details        string
	Previous       []byte
	Hash           []byte
}

func rowOf(e auth.Entry) (*auditRow, error) {
	details, err := json.Marshal(e.Event.Details)
	return &auditRow{Seq: e.Seq, At: e.At.UnixMilli(), OrganizationID: e.Event.Organization, Actor: e.Event.Actor,
		Subject: e.Event.Subject, Kind: e.Event.Kind, Outcome: e.Event.Outcome, Address: e.Event.Address,
		Device: e.Event.Device, Details: string(details), Previous: e.Previous[:], Hash: e.Hash[:]}, err
}

// entry returns what row says. A row that is not as rowOf made it gets no hash, so
// that it fits nowhere.
func (row auditRow) entry() auth.Entry {
	e := auth.Entry{Seq: row.Seq, At: time.UnixMilli(row.At).UTC(), Event: auth.Event{Organization: row.OrganizationID,
		Actor: row.Actor, Subject: row.Subject, Kind: row.Kind, Outcome: row.Outcome, Address: row.Address, Device: row.Device}}
	err := json.Unmarshal([]byte(row.Details), &e.Event.Details)
	copy(e.Previous[:], row.Previous)
	copy(e.Hash[:], row.Hash)
	again, err2 := rowOf(e)
	if err != nil || err2 != nil || again.Details != row.Details || len(row.Previous) != len(e.Previous) || len(row.Hash) != len(e.Hash) {
		e.Hash = auth.Digest{}
	}
	return e
}

// noted is an event that waits for the end of its transaction.
type noted struct {
	event auth.Event
	at    time.Time
}

// Audit appends e to the audit chain, as a part of this transaction: at its very
// end, in the order of the calls. The chain has one end, and who holds that keeps
// everybody else from committing; so it is the last thing that a transaction takes.
func (t *Tx) Audit(_ context.Context, e auth.Event, now time.Time) error {
	t.notes = append(t.notes, noted{clean(e), now})
	return nil
}

// chain appends what was noted.
func (t *Tx) chain(ctx context.Context) error {
	for _, n := range t.notes {
		if err := t.append(ctx, n.event, n.at); err != nil {
			return fmt.Errorf("audit %s: %w", n.event.Kind, err)
		}
	}
	return nil
}

func (t *Tx) append(ctx context.Context, e auth.Event, now time.Time) error {
	head, signed, err := t.lockHead(ctx)
	if err != nil {
		return err
	}
	next := head.end().Chain(e, now)
	free, err := t.addEntry(ctx, next)
	if err != nil {
		return err
	}
	if !free {
		// Somebody added entries or moved the head. The chain goes on behind them.
		last, err := t.lastEntry(ctx)
		if err != nil {
			return err
		}
		next, signed = last.Chain(e, now), false
		if _, err := t.addEntry(ctx, next); err != nil {
			return err
		}
	}
	return t.putHead(ctx, headRow{ID: headID, Seq: next.Seq, Hash: next.Hash[:], Mac: head.Mac}, signed)
}

// addEntry stores e and reports false when its place is taken.
func (t *Tx) addEntry(ctx context.Context, e auth.Entry) (bool, error) {
	row, err := rowOf(e)
	if err != nil {
		return false, err
	}
	res, err := t.tx.NewInsert().Model(row).On("CONFLICT (seq) DO NOTHING").Exec(ctx)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// lastEntry returns the entry at the end; the zero Entry when there is none.
func (t *Tx) lastEntry(ctx context.Context) (auth.Entry, error) {
	var last auditRow
	err := found(t.tx.NewSelect().Model(&last).OrderExpr("seq DESC").Limit(1).Scan(ctx), "last entry")
	if err == NotFound {
		return auth.Entry{}, nil
	}
	return last.entry(), err
}

// clean returns e as both engines keep it, byte for byte: valid UTF-8 without NUL.
func clean(e auth.Event) auth.Event {
	text := func(v string) string { return strings.ReplaceAll(strings.ToValidUTF8(v, "\uFFFD"), "\x00", "\uFFFD") }
	e.Organization, e.Subject = auth.ID(text(string(e.Organization))), auth.ID(text(string(e.Subject)))
	e.Actor, e.Address, e.Device = text(e.Actor), text(e.Address), text(e.Device)
	details := make(map[string]string, len(e.Details))
	for k, v := range e.Details {
		details[text(k)] = text(v)
	}
	e.Details = details
	return e
}
