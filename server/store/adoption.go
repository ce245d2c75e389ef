package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// Standing is how many people of an organization there are, and what protects them. All
// but Invited are active.
type Standing struct {
	People  int
	Ready   int // two-factor is on
	Exempt  int // it is off, and they are exempt now
	Invited int
	Methods map[auth.Method]int // of those who are ready; some have several
}

// Standing counts the people of an organization, in one pass over one index.
func (r reads) Standing(ctx context.Context, organization auth.ID, now time.Time) (Standing, error) {
	const ready = "state = 'active' AND two_factor_since > 0"
	q := r.db.NewSelect().Table("users").Where("organization_id = ?", organization).
		ColumnExpr("count(*) FILTER (WHERE state = 'active')").
		ColumnExpr("count(*) FILTER (WHERE "+ready+")").
		ColumnExpr("count(*) FILTER (WHERE state = 'active' AND two_factor_since = 0 AND exempt_until > ?)", millis(now)).
		ColumnExpr("count(*) FILTER (WHERE state = 'invited')")
	st := Standing{Methods: map[auth.Method]int{}}
	having := make([]int, len(auth.Methods()))
	into := []any{&st.People, &st.Ready, &st.Exempt, &st.Invited}
	for i, m := range auth.Methods() {
		q = q.ColumnExpr("count(*) FILTER (WHERE "+ready+" AND methods IN (?))", bun.List(auth.SetsWith(m, auth.Methods())))
		into = append(into, &having[i])
	}
	if err := q.Scan(ctx, into...); err != nil {
		return st, fmt.Errorf("standing: %w", err)
	}
	for i, m := range auth.Methods() {
		st.Methods[m] = having[i]
	}
	return st, nil
}

// HasPeople reports whether an organization has at least n people.
func (r reads) HasPeople(ctx context.Context, organization auth.ID, n int) (bool, error) {
	var ids []auth.ID
	if err := r.db.NewRaw("SELECT id FROM users WHERE organization_id = ? LIMIT ?", organization, n).Scan(ctx, &ids); err != nil {
		return false, fmt.Errorf("look for people: %w", err)
	}
	return len(ids) >= n, nil
}

// CountSessions returns how many sessions of an organization are within the limits of p
// at now.
func (r reads) CountSessions(ctx context.Context, organization auth.ID, p auth.Policy, now time.Time) (n int, err error) {
	err = r.db.NewRaw(`SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.organization_id = ? AND s.last_seen > ? AND s.created > ?`,
		organization, millis(now.Add(-p.SessionIdle)), millis(now.Add(-p.SessionOverall))).Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("count sessions: %w", err)
	}
	return n, nil
}

// AdoptionPoint is how many active people an organization had at the end of a day, and
// how many of them with two-factor.
type AdoptionPoint struct {
	Day    time.Time // its beginning, UTC
	People int
	Ready  int
}

type adoptionRow struct {
	bun.BaseModel `bun:"table:adoption"`

	OrganizationID auth.ID
	Day            int64
	People         int
	Ready          int
}

// NoteAdoption notes for every organization how it stands on the day of now, in the
// place of what was noted earlier that day.
func (s *Store) NoteAdoption(ctx context.Context, now time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		_, err := tx.exec(ctx, `INSERT INTO adoption (organization_id, day, people, ready)
			SELECT organization_id, ?, count(*), sum(CASE WHEN two_factor_since > 0 THEN 1 ELSE 0 END) FROM users WHERE state = ? GROUP BY organization_id
			ON CONFLICT (organization_id, day) DO UPDATE SET people = EXCLUDED.people, ready = EXCLUDED.ready`, millis(day(now)), auth.Active)
		if err != nil {
			return fmt.Errorf("note the adoption: %w", err)
		}
		return nil
	})
}

// Adoption returns what was noted for an organization on the days from since on, the
// oldest first.
func (r reads) Adoption(ctx context.Context, organization auth.ID, since time.Time) ([]AdoptionPoint, error) {
	var rows []adoptionRow
	err := r.db.NewRaw("SELECT organization_id, day, people, ready FROM adoption WHERE organization_id = ? AND day >= ? ORDER BY day",
		organization, millis(day(since))).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("adoption: %w", err)
	}
	return each(rows, func(row adoptionRow) (AdoptionPoint, error) {
		return AdoptionPoint{moment(row.Day), row.People, row.Ready}, nil
	})
}

// day returns the beginning of the day of t, UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// DueReminder returns the active people of an organization behind after, by id, who have
// not been reminded since before, or were exempt once and have dates of their own, and
// may have to be: those without two-factor, and those whose methods are one of sets. It
// returns them without their passwords.
func (r reads) DueReminder(ctx context.Context, organization auth.ID, sets []auth.MethodSet, before time.Time, after auth.ID, most int64) ([]auth.User, error) {
	var rows []userRow
	err := r.db.NewSelect().Model(&rows).ExcludeColumn("password_hash").Where("organization_id = ? AND state = ? AND closed = 0 AND id > ?", organization, auth.Active, after).
		Where("(reminded < ? OR exempt_until > 0) AND (two_factor_since = 0 OR methods IN (?))", millis(before), bun.List(append(sets, "-"))).
		OrderExpr("id").Limit(most).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("who is to be reminded: %w", err)
	}
	return each(rows, r.user)
}

// NoteReminded notes that u has been reminded for the moment at. It reports false when
// somebody else has done so meanwhile.
func (t *Tx) NoteReminded(ctx context.Context, u auth.User, at time.Time) (bool, error) {
	return t.one(ctx, "note a reminder", "UPDATE users SET reminded = ? WHERE id = ? AND reminded = ?", millis(at), u.ID, millis(u.Reminded))
}
