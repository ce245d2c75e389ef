package store

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// auditPage is how many entries are read at once.
const auditPage = 500

// EachEntry calls visit with every entry of the audit chain, in order, until it
// returns an error, which EachEntry then returns. It keeps the database from
// nothing while visit runs, and a few hundred entries in memory.
func (s *Store) EachEntry(ctx context.Context, visit func(auth.Entry) error) error {
	return eachEntry(ctx, s.reading, visit)
}

func eachEntry(ctx context.Context, db bun.IDB, visit func(auth.Entry) error) error {
	for after, more := int64(math.MinInt64), true; more; {
		var rows []auditRow
		if err := db.NewSelect().Model(&rows).Where("seq > ?", after).OrderExpr("seq").Limit(auditPage).Scan(ctx); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		for _, row := range rows {
			after = row.Seq
			if err := visit(row.entry()); err != nil {
				return err
			}
		}
		more = len(rows) == auditPage
	}
	return nil
}

// Damage says what is wrong with the audit chain, and where. It holds positions and
// nothing of what stands there.
type Damage string

// Error returns d.
func (d Damage) Error() string { return string(d) }

func damage(what string, args ...any) error { return Damage(fmt.Sprintf(what, args...)) }

// VerifyAudit checks the whole audit chain and returns how many entries it has. On
// damage it returns a Damage that names the position: an entry that was changed,
// removed or moved, an end that was cut off or rewritten.
func (s *Store) VerifyAudit(ctx context.Context) (entries int64, err error) {
	return s.WatchAudit(ctx, func(int64) {})
}

// WatchAudit is VerifyAudit that tells now and then how many entries it has read.
func (s *Store) WatchAudit(ctx context.Context, tell func(read int64)) (entries int64, err error) {
	err = s.view(ctx, func(db bun.IDB) error {
		var last auth.Entry
		var read int64
		err := eachEntry(ctx, db, func(e auth.Entry) error {
			if err := follows(e, last); err != nil {
				return err
			}
			last = e
			if read++; read%auditPage == 0 {
				tell(read)
			}
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
	case e.Seq < want:
		return damage("audit entry %d was put before the first", e.Seq)
	case e.Seq == want+1:
		return damage("audit entry %d was removed", want)
	case e.Seq > want:
		return damage("audit entries %d to %d were removed", want, e.Seq-1)
	case e.Previous != last.Hash:
		return damage("audit entry %d does not follow entry %d: entries were moved, or this one was changed", e.Seq, last.Seq)
	}
	return damage("audit entry %d was changed", e.Seq)
}

func (s *Store) verifyHead(ctx context.Context, db bun.IDB, last auth.Entry) error {
	var h headRow
	err := found(db.NewSelect().Model(&h).Where("id = ?", headID).Scan(ctx), "audit")
	switch {
	case err == NotFound:
		return damage("the audit's head after entry %d was removed", last.Seq)
	case err != nil:
		return err
	}
	if err := s.keys.Verify(h.Mac, h.content()); err != nil {
		return damage("the audit's head at entry %d was rewritten by somebody without the key ring", h.Seq)
	}
	switch {
	case h.Seq > last.Seq:
		return damage("audit entries %d to %d were cut off the end", last.Seq+1, h.Seq)
	case h.Seq < last.Seq:
		return damage("audit entries %d to %d were added by somebody without the key ring", h.Seq+1, last.Seq)
	case !bytes.Equal(h.Hash, last.Hash[:]):
		return damage("audit entry %d is not the one that was signed", last.Seq)
	}
	return nil
}
