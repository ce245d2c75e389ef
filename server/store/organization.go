package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
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
	Version        int64
	MandatoryFrom  int64
	MandatorySet   int64
	MandatoryBy    string
	MethodsUntil   string
	MethodsSet     int64
	StaySignedIn   int64 // 0 or 1
	MinPassword    int
	Suspended      int64
	Nudged         int64
	Ticked         string
}

func (o organizationRow) organization() auth.Organization {
	return auth.Organization{ID: o.ID, Name: o.Name, Created: moment(o.Created), Version: o.Version, Suspended: moment(o.Suspended), Nudged: moment(o.Nudged),
		Ticked: slices.Collect(strings.FieldsSeq(o.Ticked)), Policy: auth.Policy{
			SessionIdle:    time.Duration(o.SessionIdle) * time.Millisecond,
			SessionOverall: time.Duration(o.SessionOverall) * time.Millisecond,
			Methods:        auth.MethodSet(o.Methods).List(), RecoveryPhone: o.RecoveryPhone, TrustedDays: o.TrustedDays,
			StaySignedIn: o.StaySignedIn != 0, MinPassword: o.MinPassword, MandatoryFrom: moment(o.MandatoryFrom), MandatorySet: moment(o.MandatorySet),
			MandatoryBy: o.MandatoryBy, Until: until(o.MethodsUntil), UntilSet: moment(o.MethodsSet),
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

// Several reports whether there is more than one organization.
func (r reads) Several(ctx context.Context) (bool, error) {
	var ids []auth.ID
	if err := r.db.NewRaw("SELECT id FROM organizations LIMIT 2").Scan(ctx, &ids); err != nil {
		return false, fmt.Errorf("look whether there are several organizations: %w", err)
	}
	return len(ids) > 1, nil
}

// AddOrganization stores a new organization.
func (t *Tx) AddOrganization(ctx context.Context, o auth.Organization) error {
	return t.insert(ctx, "add an organization", rowOfOrganization(o))
}

// SavePolicy stores the policy of an organization, and counts the change.
func (t *Tx) SavePolicy(ctx context.Context, o auth.Organization) error {
	row := rowOfOrganization(o)
	return t.must(ctx, "save a policy", `UPDATE organizations SET session_idle = ?, session_overall = ?, methods = ?, recovery_phone = ?,
		trusted_days = ?, stay_signed_in = ?, min_password = ?, mandatory_from = ?, mandatory_set = ?, mandatory_by = ?, methods_until = ?,
		methods_set = ?, version = version + 1 WHERE id = ?`, row.SessionIdle, row.SessionOverall, row.Methods, row.RecoveryPhone, row.TrustedDays,
		row.StaySignedIn, row.MinPassword, row.MandatoryFrom, row.MandatorySet, row.MandatoryBy, row.MethodsUntil, row.MethodsSet, o.ID)
}

// SaveOrganization stores the name of an organization, when all were to be reminded and
// what is ticked.
func (t *Tx) SaveOrganization(ctx context.Context, o auth.Organization) error {
	row := rowOfOrganization(o)
	return t.must(ctx, "save an organization", "UPDATE organizations SET name = ?, nudged = ?, ticked = ? WHERE id = ?", row.Name, row.Nudged, row.Ticked, o.ID)
}

// SaveSuspension stores whether an organization is suspended, and closes it to all its
// people or opens it to them.
func (t *Tx) SaveSuspension(ctx context.Context, o auth.Organization) error {
	if err := t.must(ctx, "suspend an organization", "UPDATE organizations SET suspended = ? WHERE id = ?", millis(o.Suspended), o.ID); err != nil {
		return err
	}
	closed := flag(!o.Suspended.IsZero())
	if _, err := t.exec(ctx, "UPDATE users SET closed = ? WHERE organization_id = ? AND closed <> ?", closed, o.ID, closed); err != nil {
		return fmt.Errorf("close an organization: %w", err)
	}
	return nil
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
	p := o.Policy
	return &organizationRow{ID: o.ID, Name: o.Name, Created: millis(o.Created), SessionIdle: p.SessionIdle.Milliseconds(),
		SessionOverall: p.SessionOverall.Milliseconds(), Methods: joinMethods(p.Methods), RecoveryPhone: p.RecoveryPhone,
		TrustedDays: p.TrustedDays, Version: o.Version, MandatoryFrom: millis(p.MandatoryFrom), MandatorySet: millis(p.MandatorySet),
		MandatoryBy: p.MandatoryBy, MethodsUntil: joinUntil(p.Until), MethodsSet: millis(p.UntilSet), StaySignedIn: flag(p.StaySignedIn),
		MinPassword: p.MinPassword, Suspended: millis(o.Suspended), Nudged: millis(o.Nudged), Ticked: strings.Join(o.Ticked, " ")}
}

// flag returns v as it is stored.
func flag(v bool) int64 {
	if v {
		return 1
	}
	return 0
}

func joinMethods(list []auth.Method) string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = string(m)
	}
	return strings.Join(names, " ")
}

// until reads what joinUntil has written.
func until(v string) map[auth.Method]time.Time {
	var all map[auth.Method]time.Time
	for part := range strings.FieldsSeq(v) {
		m, at, _ := strings.Cut(part, ":")
		ms, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			continue // nobody else writes this column
		}
		if all == nil {
			all = map[auth.Method]time.Time{}
		}
		all[auth.Method(m)] = moment(ms)
	}
	return all
}

func joinUntil(all map[auth.Method]time.Time) string {
	var parts []string
	for m, at := range all {
		parts = append(parts, string(m)+":"+strconv.FormatInt(millis(at), 10))
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
