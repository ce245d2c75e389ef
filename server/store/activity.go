package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// EventQuery says which events of the audit are looked for. What is empty does not
// narrow; but either Organizations or Person must be there.
type EventQuery struct {
	Organizations []auth.ID // of any of these; the empty ID stands for events of nobody's
	Person        auth.ID   // about this person
	OwnDoing      bool      // and done by Person, or by nobody who is known
	Kind          auth.EventKind
	Outcome       string // auth.Allowed or auth.Denied
	Address       string
	From, To      time.Time // both are among those looked for
	Before        int64     // with a smaller Seq; 0: up to the end
	Since         int64     // with a greater Seq
	OldestFirst   bool
}

// clockSlack is how far the clocks of replicas may be apart: by so much an event can
// claim to be earlier than one that stands before it in the chain.
const clockSlack = time.Minute

// Events returns the first events that q looks for, at most n of them.
func (r reads) Events(ctx context.Context, q EventQuery, n int) ([]auth.Entry, error) {
	q, err := r.boundBySeq(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(q.Organizations) == 0 && q.Person == "" {
		return nil, errors.New("events: of whom?")
	}
	var found []auth.Entry
	for _, part := range q.parts() {
		list, err := r.eventsWhere(ctx, part, n)
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	slices.SortFunc(found, func(a, b auth.Entry) int {
		if q.OldestFirst {
			a, b = b, a
		}
		return cmp.Compare(b.Seq, a.Seq)
	})
	return found[:min(n, len(found))], nil
}

// parts splits q into queries that an index each has in the order of Seq: an
// organization at a time and, where a kind or an address is looked for, an outcome.
func (q EventQuery) parts() (parts []EventQuery) {
	if len(q.Organizations) == 0 {
		return []EventQuery{q}
	}
	outcomes := []string{q.Outcome}
	if q.Person == "" && q.Outcome == "" && (q.Kind != "" || q.Address != "") {
		outcomes = []string{auth.Allowed, auth.Denied}
	}
	for i := range q.Organizations {
		for _, outcome := range outcomes {
			part := q
			part.Organizations, part.Outcome = q.Organizations[i:i+1], outcome
			parts = append(parts, part)
		}
	}
	return parts
}

// boundBySeq puts the bounds of time into bounds of Seq, which the indexes are in the
// order of. The chain follows the clocks but for their differences: what claims to be
// well before From stands before everything since From, and the same for To.
func (r reads) boundBySeq(ctx context.Context, q EventQuery) (EventQuery, error) {
	if !q.From.IsZero() {
		seq, err := r.seqAt(ctx, "at < ?", q.From.Add(-clockSlack), "at DESC, seq DESC")
		if err != nil {
			return q, err
		}
		q.Since = max(q.Since, seq)
	}
	if !q.To.IsZero() {
		seq, err := r.seqAt(ctx, "at > ?", q.To.Add(clockSlack), "at, seq")
		if err != nil {
			return q, err
		}
		if seq > 0 && (q.Before == 0 || seq < q.Before) {
			q.Before = seq
		}
	}
	return q, nil
}

// seqAt returns the Seq of the first event by an order that stands where is said; 0 when
// there is none.
func (r reads) seqAt(ctx context.Context, where string, at time.Time, order string) (seq int64, err error) {
	err = found(r.db.NewSelect().Model((*auditRow)(nil)).Column("seq").Where(where, millis(at)).OrderExpr(order).Limit(1).Scan(ctx, &seq), "event by its time")
	if err == NotFound {
		return 0, nil
	}
	return seq, err
}

func (r reads) eventsWhere(ctx context.Context, q EventQuery, n int) ([]auth.Entry, error) {
	var rows []auditRow
	if err := r.eventsQuery(q, n).Model(&rows).Scan(ctx); err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	return each(rows, func(row auditRow) (auth.Entry, error) { return row.entry(), nil })
}

// eventsQuery asks for the events that q looks for, in at most one organization. Each
// way of narrowing has an index of its own; a person, who has few events, goes before all
// else. The migration says why seq + 0.
func (r reads) eventsQuery(q EventQuery, n int) *bun.SelectQuery {
	sel := r.db.NewSelect().Model((*auditRow)(nil)).Limit(int64(n))
	organization, seq := "organization_id", "seq + 0"
	if q.Person != "" {
		organization, seq = "organization_id || ''", "seq" // an expression, so that no index of the organization is taken
	}
	where := func(wanted bool, column, is string, value any) {
		if wanted {
			sel = sel.Where(column+is, value)
		}
	}
	if len(q.Organizations) > 0 {
		where(true, organization, " = ?", q.Organizations[0])
	}
	where(q.Person != "", "subject", " = ?", q.Person)
	if q.OwnDoing {
		sel = sel.Where("actor IN (?, '')", string(q.Person))
	}
	where(q.Kind != "", "kind", " = ?", q.Kind)
	where(q.Outcome != "", "outcome", " = ?", q.Outcome)
	where(q.Address != "", "address", " = ?", q.Address)
	where(!q.From.IsZero(), "at", " >= ?", millis(q.From))
	where(!q.To.IsZero(), "at", " <= ?", millis(q.To))
	where(q.Before > 0, seq, " < ?", q.Before)
	where(q.Since > 0, seq, " > ?", q.Since)
	if q.OldestFirst {
		return sel.OrderExpr(seq)
	}
	return sel.OrderExpr(seq + " DESC")
}

// UsersByID returns those of the users called ids who are still there, without their
// passwords.
func (r reads) UsersByID(ctx context.Context, ids []auth.ID) (map[auth.ID]auth.User, error) {
	users := map[auth.ID]auth.User{}
	if len(ids) == 0 {
		return users, nil
	}
	var rows []userRow
	if err := r.db.NewSelect().Model(&rows).ExcludeColumn("password_hash").Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("users by id: %w", err)
	}
	for _, row := range rows {
		u, err := r.user(row)
		if err != nil {
			return nil, err
		}
		users[u.ID] = u
	}
	return users, nil
}
