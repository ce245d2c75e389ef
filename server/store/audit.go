package store

import (
	"context"
	"encoding/binary"
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

// headRow is where the chain ends. Its mac is over the rest, with a key that is
// not in the database.
type headRow struct {
	bun.BaseModel `bun:"table:audit_head"`

	ID   int64 `bun:",pk"`
	Seq  int64
	Hash []byte
	Mac  []byte
}

const headID = 1

func (h headRow) content() []byte {
	return append(binary.BigEndian.AppendUint64([]byte("doorward audit head\x00"), uint64(h.Seq)), h.Hash...)
}

// startAudit signs the head of the empty chain in a new database. One that is not
// new and has no head was tampered with.
func (s *Store) startAudit(ctx context.Context) error {
	var known int
	err := s.reading.NewRaw(`SELECT (SELECT count(*) FROM audit_head) + (SELECT count(*) FROM organizations)
		+ (SELECT count(*) FROM audit WHERE seq < 2)`).Scan(ctx, &known)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if known > 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		h := headRow{ID: headID, Hash: make([]byte, len(auth.Digest{}))}
		if h.Mac, err = tx.keys.Sign(h.content()); err != nil {
			return err
		}
		return tx.addHead(ctx, h)
	})
}

// Audit appends e to the audit chain, as a part of this transaction. The chain
// has one end: from here on other transactions that append wait for this one.
func (t *Tx) Audit(ctx context.Context, e auth.Event, now time.Time) error {
	err := t.append(ctx, clean(e), now)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Kind, err)
	}
	return nil
}

func (t *Tx) append(ctx context.Context, e auth.Event, now time.Time) error {
	head, signed, err := t.lockHead(ctx)
	if err != nil {
		return err
	}
	previous := auth.Entry{Seq: head.Seq}
	copy(previous.Hash[:], head.Hash)
	next := previous.Chain(e, now)
	row, err := rowOf(next)
	if err != nil {
		return err
	}
	if err := t.insert(ctx, "add an entry", row); err != nil {
		return err
	}
	return t.putHead(ctx, headRow{ID: headID, Seq: next.Seq, Hash: next.Hash[:], Mac: head.Mac}, signed)
}

// lockHead returns the end of the chain and whether its signature is ours.
func (t *Tx) lockHead(ctx context.Context) (headRow, bool, error) {
	h, err := t.head(ctx)
	if err == NotFound {
		// Somebody removed it. The chain goes on where the rows end, unsigned.
		var last auditRow
		err = found(t.tx.NewSelect().Model(&last).OrderExpr("seq DESC").Limit(1).Scan(ctx), "last entry")
		if err != nil && err != NotFound {
			return h, false, err
		}
		if err := t.addHead(ctx, headRow{ID: headID, Seq: last.Seq, Hash: append([]byte{}, last.Hash...), Mac: []byte{}}); err != nil {
			return h, false, err
		}
		h, err = t.head(ctx)
	}
	if err != nil {
		return h, false, fmt.Errorf("head: %w", err)
	}
	return h, t.keys.Verify(h.Mac, h.content()) == nil, nil
}

func (t *Tx) head(ctx context.Context) (h headRow, err error) {
	err = t.locked(t.tx.NewSelect().Model(&h).Where("id = ?", headID)).Scan(ctx)
	return h, found(err, "head")
}

func (t *Tx) addHead(ctx context.Context, h headRow) error {
	_, err := t.tx.NewInsert().Model(&h).On("CONFLICT (id) DO NOTHING").Exec(ctx)
	return err
}

// putHead stores h, signed if the head before was. A head that somebody rewrote
// without the key ring is carried on as it is: a new signature would vouch for
// what they did, and to refuse would lock everybody out.
func (t *Tx) putHead(ctx context.Context, h headRow, sign bool) (err error) {
	if sign {
		if h.Mac, err = t.keys.Sign(h.content()); err != nil {
			return err
		}
	}
	return t.must(ctx, "move the head", "UPDATE audit_head SET seq = ?, hash = ?, mac = ? WHERE id = ?", h.Seq, h.Hash, h.Mac, h.ID)
}

// signAgain signs the head with the key that signs now.
func (t *Tx) signAgain(ctx context.Context) error {
	h, signed, err := t.lockHead(ctx)
	if err != nil || !signed {
		return err
	}
	return t.putHead(ctx, h, true)
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
