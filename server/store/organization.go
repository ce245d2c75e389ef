package store

import (
	"context"
	"fmt"
	"strings"
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
	Methods        string
	RecoveryPhone  auth.PhonePolicy
	TrustedDays    int
	Created        int64
}

func (o organizationRow) organization() auth.Organization {
	return auth.Organization{ID: o.ID, Name: o.Name, Created: moment(o.Created), Policy: auth.Policy{
		SessionIdle:    time.Duration(o.SessionIdle) * time.Millisecond,
		SessionOverall: time.Duration(o.SessionOverall) * time.Millisecond,
		Methods:        methods(o.Methods), RecoveryPhone: o.RecoveryPhone, TrustedDays: o.TrustedDays,
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
	return t.insert(ctx, "add an organization", rowOfOrganization(o))
}

// SavePolicy stores the policy of an organization.
func (t *Tx) SavePolicy(ctx context.Context, o auth.Organization) error {
	row := rowOfOrganization(o)
	return t.must(ctx, "save a policy", `UPDATE organizations SET session_idle = ?, session_overall = ?, methods = ?, recovery_phone = ?,
		trusted_days = ? WHERE id = ?`, row.SessionIdle, row.SessionOverall, row.Methods, row.RecoveryPhone, row.TrustedDays, o.ID)
}

// LockOrganization returns the organization called id and lets no other transaction
// change it before this one is over.
func (t *Tx) LockOrganization(ctx context.Context, id auth.ID) (auth.Organization, error) {
	var row organizationRow
	if err := t.locked(t.tx.NewSelect().Model(&row).Where("id = ?", id)).Scan(ctx); err != nil {
		return auth.Organization{}, found(err, "lock organization %q", id)
	}
	return row.organization(), nil
}

// CountMethod returns how many people of an organization have an authenticator of
// method m.
func (r reads) CountMethod(ctx context.Context, organization auth.ID, m auth.Method) (n int, err error) {
	err = r.db.NewRaw(`SELECT count(DISTINCT a.user_id) FROM authenticators a JOIN users u ON u.id = a.user_id
		WHERE u.organization_id = ? AND a.method = ?`, organization, m).Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("count who uses %s: %w", m, err)
	}
	return n, nil
}

func rowOfOrganization(o auth.Organization) *organizationRow {
	names := make([]string, len(o.Policy.Methods))
	for i, m := range o.Policy.Methods {
		names[i] = string(m)
	}
	return &organizationRow{ID: o.ID, Name: o.Name, Created: millis(o.Created), SessionIdle: o.Policy.SessionIdle.Milliseconds(),
		SessionOverall: o.Policy.SessionOverall.Milliseconds(), Methods: strings.Join(names, " "), RecoveryPhone: o.Policy.RecoveryPhone,
		TrustedDays: o.Policy.TrustedDays}
}

func methods(v string) []auth.Method {
	var list []auth.Method
	for name := range strings.FieldsSeq(v) {
		list = append(list, auth.Method(name))
	}
	return list
}
