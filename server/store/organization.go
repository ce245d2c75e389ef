package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type organizationRow struct {
	bun.BaseModel `bun:"table:organizations"`

	ID             auth.ID `bun:",pk"`
	Name           string
	SessionIdle    int64
	SessionOverall int64
	Created        int64
}

func (o organizationRow) organization() auth.Organization {
	return auth.Organization{ID: o.ID, Name: o.Name, Created: moment(o.Created), Policy: auth.Policy{
		SessionIdle:    time.Duration(o.SessionIdle) * time.Millisecond,
		SessionOverall: time.Duration(o.SessionOverall) * time.Millisecond,
	}}
}

// Organization returns the organization called id.
func (r reads) Organization(ctx context.Context, id auth.ID) (auth.Organization, error) {
	var row organizationRow
	if err := r.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return auth.Organization{}, found(err, "organization %q", id)
	}
	return row.organization(), nil
}

// Organizations returns all organizations, by name.
func (r reads) Organizations(ctx context.Context) ([]auth.Organization, error) {
	var rows []organizationRow
	if err := r.db.NewSelect().Model(&rows).OrderExpr("name, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("organizations: %w", err)
	}
	return each(rows, func(row organizationRow) (auth.Organization, error) { return row.organization(), nil })
}

// AddOrganization stores a new organization.
func (t *Tx) AddOrganization(ctx context.Context, o auth.Organization) error {
	return t.insert(ctx, "add an organization", &organizationRow{ID: o.ID, Name: o.Name, Created: millis(o.Created),
		SessionIdle: o.Policy.SessionIdle.Milliseconds(), SessionOverall: o.Policy.SessionOverall.Milliseconds()})
}
