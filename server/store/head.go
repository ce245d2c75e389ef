package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

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

// end returns what is known of the last entry: enough for the next to follow.
func (h headRow) end() auth.Entry {
	e := auth.Entry{Seq: h.Seq}
	copy(e.Hash[:], h.Hash)
	return e
}

func (h headRow) content() []byte {
	return append(binary.BigEndian.AppendUint64([]byte("doorward audit head\x00"), uint64(h.Seq)), h.Hash...)
}

// signFirst signs the head of the empty chain, in the transaction that makes its
// tables. Nothing else ever makes a first signature: whoever empties the audit and
// its head leaves a database without one, and VerifyAudit says so.
func (s *Store) signFirst(ctx context.Context, db bun.IConn) (err error) {
	h := headRow{ID: headID, Hash: make([]byte, len(auth.Digest{}))}
	if h.Mac, err = s.keys.Sign(h.content()); err != nil {
		return err
	}
	_, err = s.writing.NewInsert().Conn(db).Model(&h).Exec(ctx)
	return err
}

// lockHead returns the end of the chain and whether its signature is ours.
func (t *Tx) lockHead(ctx context.Context) (headRow, bool, error) {
	h, err := t.head(ctx)
	if err == NotFound {
		// Somebody removed it. The chain goes on where the rows end, unsigned.
		var last auth.Entry
		if last, err = t.lastEntry(ctx); err == nil {
			err = t.addHead(ctx, headRow{ID: headID, Seq: last.Seq, Hash: last.Hash[:], Mac: []byte{}})
		}
		if err == nil {
			h, err = t.head(ctx)
		}
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
