package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// event stores one event, the n-th.
func (db database) event(t testing.TB, n int) auth.Event {
	t.Helper()
	e := auth.Event{Organization: "acme", Actor: "ada", Subject: "bea", Kind: auth.EventSignedIn, Outcome: auth.Allowed,
		Address: "192.0.2.7", Device: "Firefox on Linux", Details: map[string]string{"n": fmt.Sprint(n), "name": `O'Hara "<&>" \`}}
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Audit(ctx, e, now.Add(time.Duration(n)*time.Millisecond))
	})
	return e
}

func TestAudit_Chain(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		if n, err := db.VerifyAudit(t.Context()); n != 0 || err != nil {
			t.Errorf("an empty chain: %d, %v", n, err)
		}
		var want []auth.Event
		for n := range 3 {
			want = append(want, db.event(t, n))
		}
		// What people and programs send is kept without breaking the chain.
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, auth.Event{Kind: auth.EventSignInRefused, Outcome: auth.Denied, Device: "a\x00b\xffc", Details: map[string]string{"\xfe": "\x00"}}, now)
		})
		want = append(want, auth.Event{Kind: auth.EventSignInRefused, Outcome: auth.Denied, Device: "a\uFFFDb\uFFFDc", Details: map[string]string{"\uFFFD": "\uFFFD"}})
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, auth.Event{Kind: auth.EventSetUp, Outcome: auth.Allowed}, time.Now()) // to the nanosecond
		})
		if n, err := db.VerifyAudit(t.Context()); n != 5 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		var got []auth.Event
		err := db.EachEntry(t.Context(), func(e auth.Entry) error {
			if len(got) < 3 && !e.At.Equal(now.Add(time.Duration(len(got))*time.Millisecond)) {
				t.Errorf("entry %d is of %v", e.Seq, e.At)
			}
			got = append(got, e.Event)
			return nil
		})
		if err != nil || !reflect.DeepEqual(got[:4], want) {
			t.Errorf("%v, %v; want %v", got[:4], err, want)
		}
		stop := errors.New("enough")
		if err := db.EachEntry(t.Context(), func(auth.Entry) error { return stop }); err != stop {
			t.Error(err)
		}
		if _, err := reopen(t, db).VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAudit_PagesOfEntries(t *testing.T) {
	db := openSQLite(t)
	const many = 1003
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		for range many {
			if err := tx.Audit(ctx, auth.Event{Kind: auth.EventSignedIn, Outcome: auth.Allowed}, now); err != nil {
				return err
			}
		}
		return nil
	})
	seen := int64(0)
	err := db.EachEntry(t.Context(), func(e auth.Entry) error {
		if seen++; e.Seq != seen {
			return fmt.Errorf("entry %d instead of %d", e.Seq, seen)
		}
		return nil
	})
	if err != nil || seen != many {
		t.Errorf("%d seen, %v", seen, err)
	}
	if n, err := db.VerifyAudit(t.Context()); n != many || err != nil {
		t.Errorf("%d verified, %v", n, err)
	}
}

func TestAudit_ParallelWithoutGaps(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		other := reopen(t, db)
		fault := errors.New("disk full")
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				on := db
				if i%2 == 1 {
					on = other
				}
				for n := range 5 {
					on.event(t, n)
				}
				// A transaction that fails leaves no gap.
				err := on.Update(t.Context(), func(tx *store.Tx) error {
					if err := tx.Audit(t.Context(), auth.Event{Kind: auth.EventSignedIn, Outcome: auth.Allowed}, now); err != nil {
						return err
					}
					return fault
				})
				if err != fault {
					t.Error(err)
				}
				if _, err := on.VerifyAudit(t.Context()); err != nil {
					t.Errorf("while others append: %v", err)
				}
			})
		}
		wg.Wait()
		if n, err := db.VerifyAudit(t.Context()); n != 100 || err != nil {
			t.Errorf("%d, %v; want 100", n, err)
		}
	})
}

func TestVerifyAudit_Tampering(t *testing.T) {
	var columns []string
	for _, c := range []string{"organization_id", "actor", "subject", "kind", "outcome", "address", "device"} {
		columns = append(columns, "UPDATE audit SET "+c+" = 'somebody else' WHERE seq = 3")
	}
	tests := []struct {
		name string
		do   []string
		want string
	}{
		{"time changed", []string{"UPDATE audit SET at = at + 1 WHERE seq = 3"}, "entry 3 was changed"},
		{"details changed", []string{`UPDATE audit SET details = '{"n":"7"}' WHERE seq = 3`}, "entry 3 was changed"},
		{"details spaced out", []string{"UPDATE audit SET details = details || ' ' WHERE seq = 3"}, "entry 3 was changed"},
		{"details damaged", []string{"UPDATE audit SET details = '{' WHERE seq = 3"}, "entry 3 was changed"},
		{"hash changed", []string{"UPDATE audit SET hash = previous WHERE seq = 3"}, "entry 3 was changed"},
		{"link changed", []string{"UPDATE audit SET previous = hash WHERE seq = 3"}, "entry 3 does not follow entry 2"},
		{"first changed", []string{"UPDATE audit SET actor = '' WHERE seq = 1"}, "entry 1 was changed"},
		{"last changed", []string{"UPDATE audit SET actor = '' WHERE seq = 5"}, "entry 5 was changed"},
		{"first removed", []string{"DELETE FROM audit WHERE seq = 1"}, "entry 1 was removed"},
		{"one removed", []string{"DELETE FROM audit WHERE seq = 3"}, "entry 3 was removed"},
		{"two removed", []string{"DELETE FROM audit WHERE seq IN (2, 3)"}, "entries 2 to 3 were removed"},
		{"one removed and the gap closed", []string{"DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 4",
			"UPDATE audit SET seq = 4 WHERE seq = 5", "UPDATE audit_head SET seq = 4"}, "entry 3 does not follow entry 2"},
		{"two swapped", []string{"UPDATE audit SET seq = 0 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 4",
			"UPDATE audit SET seq = 4 WHERE seq = 0"}, "entry 3 does not follow entry 2"},
		{"one put before", []string{"UPDATE audit SET seq = 0 WHERE seq = 5"}, "entry 0 was put before the first"},
		{"one added", []string{"INSERT INTO audit SELECT 6, at, organization_id, actor, subject, kind, outcome, address, device, details, previous, hash FROM audit WHERE seq = 5"},
			"entry 6 does not follow entry 5"},
		{"last removed", []string{"DELETE FROM audit WHERE seq = 5"}, "entries 5 to 5 were cut off"},
		{"all removed", []string{"DELETE FROM audit"}, "entries 1 to 5 were cut off"},
		{"tail cut off and head moved", []string{"DELETE FROM audit WHERE seq > 3",
			"UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)"}, "head at entry 3 was rewritten"},
		{"head moved", []string{"UPDATE audit_head SET seq = 4"}, "head at entry 4 was rewritten"},
		{"head's hash changed", []string{"UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 4)"}, "head at entry 5 was rewritten"},
		{"head's signature changed", []string{"UPDATE audit_head SET mac = hash"}, "head at entry 5 was rewritten"},
		{"head removed", []string{"DELETE FROM audit_head"}, "head after entry 5 was removed"},
		{"everything removed", []string{"DELETE FROM audit", "DELETE FROM audit_head"}, "head after entry 0 was removed"},
	}
	for _, do := range columns {
		tests = append(tests, struct {
			name string
			do   []string
			want string
		}{do, []string{do}, "entry 3 was changed"})
	}
	onBoth(t, func(t *testing.T, db database) {
		for n := range 5 {
			db.event(t, n)
		}
		keep := []string{"CREATE TABLE kept AS SELECT * FROM audit", "CREATE TABLE kept_head AS SELECT * FROM audit_head"}
		restore := []string{"DELETE FROM audit", "DELETE FROM audit_head", "INSERT INTO audit SELECT * FROM kept", "INSERT INTO audit_head SELECT * FROM kept_head"}
		tamper(t, db, keep)
		for _, test := range tests {
			tamper(t, db, test.do)
			if _, err := db.VerifyAudit(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v does not say %q", test.name, err, test.want)
			}
			// Nobody is locked out by it, and what comes after does not cover it up.
			db.event(t, 6)
			db.event(t, 7)
			if _, err := reopen(t, db).Reseal(t.Context()); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			if _, err := db.VerifyAudit(t.Context()); err == nil {
				t.Errorf("%s: verifies after two more events", test.name)
			}
			tamper(t, db, restore)
			if n, err := db.VerifyAudit(t.Context()); n != 5 || err != nil {
				t.Fatalf("restored: %d, %v", n, err)
			}
		}
	})
}

// Somebody who can write to the database but has no key ring makes a chain that is
// whole, of what they like.
func TestVerifyAudit_ForgedChain(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for n := range 3 {
			db.event(t, n)
		}
		var forged []auth.Entry
		var last auth.Entry
		for range 3 {
			last = last.Chain(auth.Event{Kind: auth.EventSignedIn, Outcome: auth.Allowed, Actor: "nobody"}, now)
			forged = append(forged, last)
		}
		for _, e := range slices.Backward(forged) {
			err := db.Tamper(t.Context(), "UPDATE audit SET organization_id = '', actor = 'nobody', subject = '', address = '', device = '', details = '{}', at = ?, previous = ?, hash = ? WHERE seq = ?",
				now.UnixMilli(), e.Previous[:], e.Hash[:], e.Seq)
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.VerifyAudit(t.Context()); err == nil || !strings.Contains(err.Error(), "entry 3 is not the one that was signed") {
			t.Errorf("the old head: %v", err)
		}
		if err := db.Tamper(t.Context(), "UPDATE audit_head SET hash = ?", last.Hash[:]); err != nil {
			t.Fatal(err)
		}
		if _, err := db.VerifyAudit(t.Context()); err == nil || !strings.Contains(err.Error(), "without the key ring") {
			t.Errorf("a forged head: %v", err)
		}
	})
}

func tamper(t *testing.T, db database, statements []string) {
	t.Helper()
	for _, s := range statements {
		if err := db.Tamper(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func BenchmarkAudit(b *testing.B) {
	db := openSQLite(b)
	b.ReportAllocs()
	for b.Loop() {
		db.event(b, 1)
	}
}

// Whoever can write to the database cannot have a first signature made again: an
// audit that was emptied, head and all, does not verify, also after a start.
func TestVerifyAudit_Emptied(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		tamper(t, db, []string{"DELETE FROM audit", "DELETE FROM audit_head", "DELETE FROM organizations"})
		again := reopen(t, db)
		if n, err := again.VerifyAudit(t.Context()); err == nil {
			t.Errorf("an emptied audit is whole, with %d entries", n)
		}
	})
}
