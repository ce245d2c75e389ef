package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// PeopleOrder is what a list of people is sorted by.
type PeopleOrder int

// The orders.
const (
	ByName PeopleOrder = iota
	BySignIn
	ByAdded
)

// PeopleQuery says who is looked for in an organization. A field that is zero asks
// nothing.
type PeopleQuery struct {
	Organization auth.ID
	Words        []string // folded; each is a part of their names or their address
	State        auth.State
	Ready        bool             // two-factor is on
	NotReady     bool             // it is off
	Sets         []auth.MethodSet // their methods are one of these
	ExemptAt     time.Time
	Locked       bool
	Role         auth.Role // or above
	Only         []auth.ID // nil: everybody
}

// PeopleMark is a place in a list of people: behind the person called ID. Name or At is
// what they are sorted by. The zero PeopleMark is before everybody.
type PeopleMark struct {
	Name string
	At   int64
	ID   auth.ID
}

// People returns those who are looked for, from after on and at most n, without their
// passwords; and where the page behind it begins, which is zero when there is none.
func (r reads) People(ctx context.Context, q PeopleQuery, order PeopleOrder, descending bool, after PeopleMark, n int) ([]auth.User, PeopleMark, error) {
	direction, behind := "", ">"
	if descending {
		direction, behind = " DESC", "<"
	}
	key := q.key(order)
	sorted := key + direction + ", id" + direction
	ids := r.asked(r.db.NewSelect().Table("users").Column("id"), q).OrderExpr(sorted).Limit(int64(n) + 1)
	if after.ID != "" {
		var at any = after.At
		if order == ByName {
			at = after.Name
		}
		ids = ids.Where("("+key+", id) "+behind+" (?, ?)", at, after.ID)
	}
	var rows []userRow
	err := r.db.NewSelect().Model(&rows).ExcludeColumn("password_hash").Where("id IN (?)", ids).OrderExpr(sorted).Scan(ctx)
	if err != nil {
		return nil, PeopleMark{}, fmt.Errorf("people: %w", err)
	}
	var next PeopleMark
	if len(rows) > n {
		rows = rows[:n]
		next = rows[n-1].mark(order)
	}
	list, err := each(rows, r.user)
	return list, next, err
}

// CountAsked returns how many are looked for.
func (r reads) CountAsked(ctx context.Context, q PeopleQuery) (n int, err error) {
	if err := r.asked(r.db.NewSelect().Table("users").ColumnExpr("count(*)"), q).Scan(ctx, &n); err != nil {
		return 0, fmt.Errorf("count people: %w", err)
	}
	return n, nil
}

// key returns the column that order sorts by. The plus keeps SQLite from walking along
// an index of that column and looking every single row up: users_by_name has all that
// is asked of a person within itself, and reading it whole is faster by far.
func (q PeopleQuery) key(order PeopleOrder) string {
	plus := "+"
	if q.Everybody() {
		plus = ""
	}
	switch order {
	case BySignIn:
		return plus + "last_sign_in"
	case ByAdded:
		return plus + "created"
	}
	return "sort_name"
}

// Everybody reports whether q asks nothing of a person.
func (q PeopleQuery) Everybody() bool {
	return len(q.Words) == 0 && q.State == "" && !q.Ready && !q.NotReady && len(q.Sets) == 0 && q.ExemptAt.IsZero() && !q.Locked &&
		q.Role == auth.Member && q.Only == nil
}

// asked limits a select to those who are looked for.
func (r reads) asked(s *bun.SelectQuery, q PeopleQuery) *bun.SelectQuery {
	if q.Only == nil {
		s = s.Where("organization_id = ?", q.Organization)
	} else {
		s = s.Where("organization_id || '' = ?", q.Organization) // found by their keys, not by walking along the organization
	}
	within := "instr(search, ?) > 0" // twice as fast as LIKE, which folds what is folded already
	if r.postgres {
		within = "strpos(search, ?) > 0"
	}
	for _, word := range q.Words {
		s = s.Where(within, word)
	}
	if q.State != "" {
		s = s.Where("state = ?", q.State)
	}
	if q.Ready {
		s = s.Where("two_factor_since > 0")
	}
	if q.NotReady {
		s = s.Where("two_factor_since = 0")
	}
	if len(q.Sets) > 0 {
		s = s.Where("methods IN (?)", bun.List(q.Sets))
	}
	if !q.ExemptAt.IsZero() {
		s = s.Where("exempt_until > ?", millis(q.ExemptAt))
	}
	if q.Locked {
		s = s.Where("password_locked > 0")
	}
	if q.Role > auth.Member {
		s = s.Where("role >= ?", q.Role)
	}
	switch {
	case q.Only != nil && len(q.Only) == 0:
		s = s.Where("1 = 0")
	case q.Only != nil:
		s = s.Where("id IN (?)", bun.List(q.Only))
	}
	return s
}

func (row userRow) mark(order PeopleOrder) PeopleMark {
	switch order {
	case BySignIn:
		return PeopleMark{At: row.LastSignIn, ID: row.ID}
	case ByAdded:
		return PeopleMark{At: row.Created, ID: row.ID}
	}
	return PeopleMark{Name: row.SortName, ID: row.ID}
}
