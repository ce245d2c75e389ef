package store

import (
	"context"
	"fmt"

	"doorward/server/auth"
)

// Headcount is how many people an organization has, and how many of them have
// two-factor.
type Headcount struct {
	People, Ready int
}

// CountPeople returns the headcount of every organization that has people.
func (r reads) CountPeople(ctx context.Context) (map[auth.ID]Headcount, error) {
	var rows []struct {
		OrganizationID auth.ID
		People, Ready  int
	}
	err := r.db.NewRaw(`SELECT organization_id, count(*) AS people, sum(CASE WHEN two_factor_since > 0 THEN 1 ELSE 0 END) AS ready
		FROM users GROUP BY organization_id`).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count people: %w", err)
	}
	counts := map[auth.ID]Headcount{}
	for _, row := range rows {
		counts[row.OrganizationID] = Headcount{row.People, row.Ready}
	}
	return counts, nil
}

// Administrators returns the active admins and above of an organization, by user name.
func (r reads) Administrators(ctx context.Context, organization auth.ID) ([]auth.User, error) {
	return r.usersWhere(ctx, "organization_id = ? AND role >= ? AND state = ?", organization, auth.Admin, auth.Active)
}

// EndAllOf ends every session and half-finished sign-in of an organization's people, and
// returns how many sessions there were.
func (t *Tx) EndAllOf(ctx context.Context, organization auth.ID) (sessions int, err error) {
	const people = "WHERE user_id IN (SELECT id FROM users WHERE organization_id = ?)"
	if sessions, err = t.exec(ctx, "DELETE FROM sessions "+people, organization); err == nil {
		_, err = t.exec(ctx, "DELETE FROM sign_ins "+people, organization)
	}
	if err != nil {
		return 0, fmt.Errorf("end the sessions of an organization: %w", err)
	}
	return sessions, nil
}

// MoveUser has a user belong to another organization, which is closed to them if it is
// suspended. An exemption ends: it was the other organization's to give.
func (t *Tx) MoveUser(ctx context.Context, user auth.ID, to auth.Organization) error {
	return t.must(ctx, "move a user", "UPDATE users SET organization_id = ?, closed = ?, exempt_until = 0, exempt_reason = '' WHERE id = ?",
		to.ID, flag(!to.Suspended.IsZero()), user)
}
