package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// happened stores events, a second apart, and returns nothing: the n-th has Seq n.
func (db database) happened(t testing.TB, events ...auth.Event) {
	t.Helper()
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		for i, e := range events {
			if err := tx.Audit(ctx, e, now.Add(time.Duration(i)*time.Second)); err != nil {
				return err
			}
		}
		return nil
	})
}

// seqs returns the places of what q finds.
func (db database) seqs(t testing.TB, q store.EventQuery, n int) []int64 {
	t.Helper()
	list, err := db.Events(t.Context(), q, n)
	if err != nil {
		t.Fatal(err)
	}
	places := []int64{}
	for _, e := range list {
		places = append(places, e.Seq)
	}
	return places
}

func TestEvents_AreThoseLookedForNewestFirst(t *testing.T) {
	event := func(organization, subject auth.ID, kind auth.EventKind, outcome, address string) auth.Event {
		return auth.Event{Organization: organization, Actor: string(subject), Subject: subject, Kind: kind, Outcome: outcome, Address: address}
	}
	in, refused := auth.EventSignedIn, auth.EventSignInRefused
	acme := []auth.ID{"acme"}
	at := func(seconds int) time.Time { return now.Add(time.Duration(seconds-1) * time.Second) }
	onBoth(t, func(t *testing.T, db database) {
		db.happened(t,
			event("acme", "ada", in, auth.Allowed, "192.0.2.1"),      // 1
			event("other", "bea", in, auth.Allowed, "192.0.2.1"),     // 2
			event("", "", refused, auth.Denied, "192.0.2.9"),         // 3
			event("acme", "ada", refused, auth.Denied, "192.0.2.9"),  // 4
			event("acme", "cyd", in, auth.Allowed, "192.0.2.9"),      // 5
			event("acme", "cyd", in, auth.Denied, "192.0.2.1"),       // 6
			event("other", "ada", refused, auth.Denied, "192.0.2.9"), // 7
			event("acme", "", auth.EventPolicyChanged, auth.Allowed, ""),
		)
		for _, tt := range []struct {
			name string
			q    store.EventQuery
			want []int64
		}{
			{"an organization", store.EventQuery{Organizations: acme}, []int64{8, 6, 5, 4, 1}},
			{"one and what is nobody's", store.EventQuery{Organizations: []auth.ID{"acme", ""}}, []int64{8, 6, 5, 4, 3, 1}},
			{"the oldest first", store.EventQuery{Organizations: []auth.ID{"acme", ""}, OldestFirst: true}, []int64{1, 3, 4, 5, 6, 8}},
			{"a person, anywhere", store.EventQuery{Person: "ada"}, []int64{7, 4, 1}},
			{"a person, here", store.EventQuery{Organizations: acme, Person: "ada"}, []int64{4, 1}},
			{"a kind with both outcomes", store.EventQuery{Organizations: acme, Kind: in}, []int64{6, 5, 1}},
			{"a kind, the oldest first", store.EventQuery{Organizations: acme, Kind: in, OldestFirst: true}, []int64{1, 5, 6}},
			{"a kind and an outcome", store.EventQuery{Organizations: acme, Kind: in, Outcome: auth.Allowed}, []int64{5, 1}},
			{"an outcome", store.EventQuery{Organizations: acme, Outcome: auth.Denied}, []int64{6, 4}},
			{"an address", store.EventQuery{Organizations: acme, Address: "192.0.2.9"}, []int64{5, 4}},
			{"an address and a kind", store.EventQuery{Organizations: acme, Address: "192.0.2.9", Kind: in}, []int64{5}},
			{"a person and a kind", store.EventQuery{Organizations: acme, Person: "cyd", Kind: in, Outcome: auth.Denied}, []int64{6}},
			{"before", store.EventQuery{Organizations: acme, Before: 5}, []int64{4, 1}},
			{"since", store.EventQuery{Organizations: acme, Since: 5}, []int64{8, 6}},
			{"from", store.EventQuery{Organizations: acme, From: at(5)}, []int64{8, 6, 5}},
			{"to", store.EventQuery{Organizations: acme, To: at(5)}, []int64{5, 4, 1}},
			{"from and to", store.EventQuery{Organizations: acme, From: at(4), To: at(5), Kind: in}, []int64{5}},
			{"long ago", store.EventQuery{Organizations: acme, To: now.Add(-time.Hour)}, []int64{}},
			{"still to come", store.EventQuery{Organizations: acme, From: now.Add(time.Hour)}, []int64{}},
			{"nobody", store.EventQuery{Organizations: []auth.ID{"nowhere"}}, []int64{}},
		} {
			if got := db.seqs(t, tt.q, 100); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			}
			var paged []int64
			for q := tt.q; ; {
				page := db.seqs(t, q, 2)
				paged = append(paged, page...)
				if len(page) < 2 {
					break
				}
				if q.OldestFirst {
					q.Since = page[1]
				} else {
					q.Before = page[1]
				}
			}
			if !slices.Equal(paged, tt.want) && len(tt.want) > 0 {
				t.Errorf("%s, two at a time: %v, want %v", tt.name, paged, tt.want)
			}
		}
		if _, err := db.Events(t.Context(), store.EventQuery{Kind: in}, 1); err == nil {
			t.Error("events of nobody in particular are told")
		}
	})
}

// Replicas whose clocks differ by seconds leave events that claim to be earlier than what
// stands before them; none of those looked for is missed, and no other found.
func TestEvents_ByTimeWithClocksApart(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		var want []int64
		from, to := now.Add(10*time.Minute), now.Add(20*time.Minute)
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for i := range 200 {
				at := now.Add(time.Duration(i) * 10 * time.Second)
				if i%2 == 1 {
					at = at.Add(-45 * time.Second)
				}
				if !at.Before(from) && !at.After(to) {
					want = append(want, int64(i+1))
				}
				if err := tx.Audit(ctx, auth.Event{Organization: "acme", Kind: auth.EventSignedIn, Outcome: auth.Allowed}, at); err != nil {
					return err
				}
			}
			return nil
		})
		q := store.EventQuery{Organizations: []auth.ID{"acme"}, From: from, To: to, OldestFirst: true}
		if got := db.seqs(t, q, 1000); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// However the audit is narrowed, SQLite finds it by an index that has it in order:
// nothing is sorted, and nobody else's events are read.
func TestEvents_ByAnIndexInOrder(t *testing.T) {
	db := openSQLite(t)
	acme := []auth.ID{"acme"}
	for _, tt := range []struct {
		q     store.EventQuery
		index string
	}{
		{store.EventQuery{Organizations: acme}, "audit_organization (organization_id=?)"},
		{store.EventQuery{Organizations: acme, Since: 1, Before: 9}, "audit_organization (organization_id=? AND <expr>>? AND <expr><?)"},
		{store.EventQuery{Person: "ada", Kind: auth.EventSignedIn}, "audit_subject (subject=?)"},
		{store.EventQuery{Organizations: acme, Person: "ada", Kind: auth.EventSignedIn, Outcome: auth.Denied, Address: "x"}, "audit_subject (subject=?)"},
		{store.EventQuery{Organizations: acme, Kind: auth.EventSignedIn}, "audit_kind (organization_id=? AND kind=? AND outcome=?)"},
		{store.EventQuery{Organizations: acme, Kind: auth.EventSignedIn, Before: 9}, "audit_kind (organization_id=? AND kind=? AND outcome=? AND <expr><?)"},
		{store.EventQuery{Organizations: acme, Outcome: auth.Denied}, "audit_outcome (organization_id=? AND outcome=?)"},
		{store.EventQuery{Organizations: acme, Address: "x"}, "audit_address (organization_id=? AND address=? AND outcome=?)"},
		{store.EventQuery{Organizations: acme, Address: "x", Outcome: auth.Denied, Since: 9}, "audit_address (organization_id=? AND address=? AND outcome=? AND <expr>>?)"},
		{store.EventQuery{Organizations: acme, Address: "x", Kind: auth.EventSignedIn, Outcome: auth.Denied}, "audit_both (organization_id=? AND address=? AND kind=? AND outcome=?)"},
	} {
		for _, oldest := range []bool{false, true} {
			tt.q.OldestFirst = oldest
			plans, err := db.EventPlans(t.Context(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			for _, plan := range plans {
				if !strings.Contains(plan, tt.index) || strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%+v: %s; want %s", tt.q, plan, tt.index)
				}
			}
		}
	}
}

func TestUsersByID_ThoseWhoAreThere(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		found, err := db.UsersByID(t.Context(), []auth.ID{ada.ID, "nobody", bea.ID})
		if err != nil || len(found) != 2 || found[ada.ID].DisplayName != "ada" || found[bea.ID].ID != bea.ID || found[ada.ID].Password != "" {
			t.Errorf("%+v, %v", found, err)
		}
		if none, err := db.UsersByID(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("%+v, %v", none, err)
		}
	})
}

func TestWatchAudit_TellsHowFarItIsAndWhereTheDamageIs(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.happened(t, make([]auth.Event, 1203)...)
		var told []int64
		n, err := db.WatchAudit(t.Context(), func(read int64) { told = append(told, read) })
		if n != 1203 || err != nil || !slices.Equal(told, []int64{500, 1000}) {
			t.Errorf("%d, %v, told %v", n, err, told)
		}
		if err := db.Tamper(t.Context(), "UPDATE audit SET actor = 'somebody@example.org' WHERE seq = 700"); err != nil {
			t.Fatal(err)
		}
		_, err = db.WatchAudit(t.Context(), func(int64) {})
		if damage, ok := err.(store.Damage); !ok || damage != "audit entry 700 was changed" {
			t.Errorf("%#v", err)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := db.WatchAudit(ended, func(int64) {}); err == nil {
			t.Error("a look that was ended found nothing amiss")
		} else if _, damaged := err.(store.Damage); damaged {
			t.Errorf("a look that was ended tells of damage: %v", err)
		}
	})
}

// Whoever closes the store waits for what runs beside, which is told to end.
func TestBeside_EndsWithTheStore(t *testing.T) {
	db := openSQLite(t)
	other, err := store.Open(t.Context(), db.config, db.ring)
	if err != nil {
		t.Fatal(err)
	}
	over := false
	if !other.Beside(func(ctx context.Context) { <-ctx.Done(); over = true }) {
		t.Error("nothing runs beside an open store")
	}
	if err := other.Close(); err != nil || !over {
		t.Errorf("closed (%v) while work went on: %v", err, !over)
	}
	if other.Beside(func(context.Context) { t.Error("it ran") }) {
		t.Error("something runs beside a closed store")
	}
}
