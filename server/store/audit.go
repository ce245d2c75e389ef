package store

import (
	"bytes"
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

func (row auditRow) entry() (auth.Entry, error) {
	e := auth.Entry{Seq: row.Seq, At: time.UnixMilli(row.At).UTC(), Event: auth.Event{Organization: row.OrganizationID, Actor: row.Actor,
		Subject: row.Subject, Kind: row.Kind, Outcome: row.Outcome, Address: row.Address, Device: row.Device}}
	copy(e.Previous[:], row.Previous)
	copy(e.Hash[:], row.Hash)
	return e, json.Unmarshal([]byte(row.Details), &e.Event.Details)
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

// startAudit signs the head of an empty chain in a new database. A database that
// is not new and has no head was tampered with.
func (s *Store) startAudit(ctx context.Context) error {
	var heads, others int
	err := s.reading.NewRaw("SELECT (SELECT count(*) FROM audit_head), (SELECT count(*) FROM organizations) + (SELECT count(*) FROM audit)").Scan(ctx, &heads, &others)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if heads > 0 || others > 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		h := headRow{ID: headID, Hash: make([]byte, len(auth.Digest{}))}
		if h.Mac, err = tx.keys.Sign(h.content()); err != nil {
			return err
		}
		_, err := tx.tx.NewInsert().Model(&h).On("CONFLICT (id) DO NOTHING").Exec(ctx)
		return err
	})
}

// Audit appends e to the audit chain, as a part of this transaction. The chain
// has one end: from here on other transactions that append wait for this one.
func (t *Tx) Audit(ctx context.Context, e auth.Event, now time.Time) error {
	head, signed, err := t.lockHead(ctx)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Kind, err)
	}
	previous := auth.Entry{Seq: head.Seq}
	copy(previous.Hash[:], head.Hash)
	next := previous.Chain(clean(e), now)
	details, err := json.Marshal(next.Event.Details)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Kind, err)
	}
	err = t.insert(ctx, "audit", &auditRow{Seq: next.Seq, At: next.At.UnixMilli(), OrganizationID: next.Event.Organization,
		Actor: next.Event.Actor, Subject: next.Event.Subject, Kind: next.Event.Kind, Outcome: next.Event.Outcome,
		Address: next.Event.Address, Device: next.Event.Device, Details: string(details), Previous: next.Previous[:], Hash: next.Hash[:]})
	if err != nil {
		return err
	}
	return t.putHead(ctx, headRow{ID: headID, Seq: next.Seq, Hash: next.Hash[:], Mac: head.Mac}, signed)
}

// lockHead returns the end of the chain and whether its signature is ours.
func (t *Tx) lockHead(ctx context.Context) (headRow, bool, error) {
	var h headRow
	err := found(t.locked(t.tx.NewSelect().Model(&h).Where("id = ?", headID)).Scan(ctx), "head")
	if err == NotFound {
		// Somebody removed it. The chain goes on, without a signature from now on.
		_, err = t.exec(ctx, `INSERT INTO audit_head (id, seq, hash, mac) SELECT ?, seq, hash, ? FROM audit ORDER BY seq DESC LIMIT 1
			ON CONFLICT (id) DO NOTHING`, headID, []byte{})
		if err == nil {
			err = found(t.locked(t.tx.NewSelect().Model(&h).Where("id = ?", headID)).Scan(ctx), "head")
		}
	}
	return h, err == nil && t.keys.Verify(h.Mac, h.content()) == nil, err
}

// putHead stores h, signed if the head before was. A head that somebody rewrote
// without the keyring is carried on unsigned: a new signature would vouch for what
// they did, and to refuse would lock everybody out.
func (t *Tx) putHead(ctx context.Context, h headRow, sign bool) (err error) {
	if sign {
		if h.Mac, err = t.keys.Sign(h.content()); err != nil {
			return fmt.Errorf("sign the audit's head: %w", err)
		}
	}
	return t.must(ctx, "move the audit's head", "UPDATE audit_head SET seq = ?, hash = ?, mac = ? WHERE id = ?", h.Seq, h.Hash, h.Mac, h.ID)
}

// signAgain signs the head with the key that signs now.
func (t *Tx) signAgain(ctx context.Context) error {
	head, signed, err := t.lockHead(ctx)
	if err != nil {
		return err
	}
	return t.putHead(ctx, head, signed)
}

// clean returns e as both engines can keep it, byte for byte: valid UTF-8 without NUL.
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

// EachEntry calls visit with every entry of the audit chain, in order, until it
// returns an error, which EachEntry then returns. It holds one entry at a time.
func (s *Store) EachEntry(ctx context.Context, visit func(auth.Entry) error) error {
	return eachEntry(ctx, s.reading, visit)
}

func eachEntry(ctx context.Context, db bun.IDB, visit func(auth.Entry) error) error {
	rows, err := db.QueryContext(ctx, `SELECT seq, at, organization_id, actor, subject, kind, outcome, address, device, details, previous, hash
		FROM audit ORDER BY seq`)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r auditRow
		err := rows.Scan(&r.Seq, &r.At, &r.OrganizationID, &r.Actor, &r.Subject, &r.Kind, &r.Outcome, &r.Address, &r.Device, &r.Details, &r.Previous, &r.Hash)
		if err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		e, err := r.entry()
		if err != nil {
			e.Hash = auth.Digest{} // it cannot fit: what is there is not what was written
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// VerifyAudit checks the whole audit chain and returns how many entries it has. On
// damage it returns an error that names the position: an entry that was changed,
// removed or moved, an end that was cut off or rewritten.
func (s *Store) VerifyAudit(ctx context.Context) (entries int64, err error) {
	err = s.view(ctx, func(db bun.IDB) error {
		var last auth.Entry
		err := eachEntry(ctx, db, func(e auth.Entry) error {
			if err := follows(e, last); err != nil {
				return err
			}
			last = e
			return nil
		})
		if err != nil {
			return err
		}
		entries = last.Seq
		return s.verifyHead(ctx, db, last)
	})
	return entries, err
}

// follows says what is wrong between last and e.
func follows(e, last auth.Entry) error {
	want := last.Seq + 1
	switch {
	case e.Follows(last):
		return nil
	case e.Seq > want && e.Seq == want+1:
		return fmt.Errorf("audit entry %d was removed", want)
	case e.Seq > want:
		return fmt.Errorf("audit entries %d to %d were removed", want, e.Seq-1)
	case e.Seq < want:
		return fmt.Errorf("audit entry %d was put before the first", e.Seq)
	case e.Previous != last.Hash:
		return fmt.Errorf("audit entry %d does not follow entry %d: entries were moved, or this one was changed", e.Seq, last.Seq)
	}
	return fmt.Errorf("audit entry %d was changed", e.Seq)
}

func (s *Store) verifyHead(ctx context.Context, db bun.IDB, last auth.Entry) error {
	var h headRow
	err := found(db.NewSelect().Model(&h).Where("id = ?", headID).Scan(ctx), "audit")
	switch {
	case err == NotFound:
		return fmt.Errorf("the audit's head after entry %d was removed", last.Seq)
	case err != nil:
		return err
	}
	if err := s.keys.Verify(h.Mac, h.content()); err != nil {
		return fmt.Errorf("the audit's head at entry %d was rewritten by somebody without the key ring: %w", h.Seq, err)
	}
	switch {
	case h.Seq > last.Seq:
		return fmt.Errorf("audit entries %d to %d were cut off the end", last.Seq+1, h.Seq)
	case h.Seq < last.Seq:
		return fmt.Errorf("audit entries %d to %d were added by somebody without the key ring", h.Seq+1, last.Seq)
	case !bytes.Equal(h.Hash, last.Hash[:]):
		return fmt.Errorf("audit entry %d is not the one that was signed", last.Seq)
	}
	return nil
}
