package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type authenticatorRow struct {
	bun.BaseModel `bun:"table:authenticators"`

	ID       auth.ID `bun:",pk"`
	UserID   auth.ID
	Name     string
	Secret   []byte
	Added    int64
	LastUsed int64
	LastStep int64
	Failures int
}

func (r reads) authenticator(row authenticatorRow) (auth.Authenticator, error) {
	secret, err := r.unseal(row.Secret, "authenticators", "secret", row.ID)
	if err != nil {
		return auth.Authenticator{}, err
	}
	return auth.Authenticator{ID: row.ID, User: row.UserID, Name: row.Name, Secret: secret, Added: moment(row.Added),
		LastUsed: moment(row.LastUsed), LastStep: row.LastStep, Failures: row.Failures}, nil
}

// Authenticators returns a user's authenticators in the order they were added.
func (r reads) Authenticators(ctx context.Context, user auth.ID) ([]auth.Authenticator, error) {
	var rows []authenticatorRow
	if err := r.db.NewSelect().Model(&rows).Where("user_id = ?", user).OrderExpr("added, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("authenticators of user %q: %w", user, err)
	}
	return each(rows, r.authenticator)
}

// AddAuthenticator stores a new authenticator.
func (t *Tx) AddAuthenticator(ctx context.Context, a auth.Authenticator) error {
	secret, err := t.seal(a.Secret, "authenticators", "secret", a.ID)
	if err != nil {
		return err
	}
	return t.insert(ctx, "add an authenticator", &authenticatorRow{ID: a.ID, UserID: a.User, Name: a.Name, Secret: secret,
		Added: millis(a.Added), LastUsed: millis(a.LastUsed), LastStep: a.LastStep, Failures: a.Failures})
}

// SaveAuthenticatorName stores a's name. It returns NotFound when a has been removed.
func (t *Tx) SaveAuthenticatorName(ctx context.Context, a auth.Authenticator) error {
	return t.must(ctx, "rename an authenticator", "UPDATE authenticators SET name = ? WHERE id = ? AND user_id = ?", a.Name, a.ID, a.User)
}

// SpendStep notes that the passcode of a's time step has been accepted and clears
// its failures. It reports false, and the passcode must be refused, when that step
// or a later one was spent meanwhile, or a was disabled or removed.
func (t *Tx) SpendStep(ctx context.Context, a auth.Authenticator) (bool, error) {
	return t.one(ctx, "spend a time step", `UPDATE authenticators SET last_step = ?, last_used = ?, failures = 0
		WHERE id = ? AND last_step < ? AND failures < ?`, a.LastStep, millis(a.LastUsed), a.ID, a.LastStep, auth.MaxFailures)
}

// CountFailure adds one failure to every authenticator of a user that is not
// disabled, and returns those that this one disables.
func (t *Tx) CountFailure(ctx context.Context, user auth.ID) (disabled []auth.Authenticator, err error) {
	var rows []authenticatorRow
	err = t.tx.NewRaw(`UPDATE authenticators SET failures = failures + 1 WHERE user_id = ? AND failures < ?
		RETURNING id, user_id, name, secret, added, last_used, last_step, failures`, user, auth.MaxFailures).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count a failure: %w", err)
	}
	for _, row := range rows {
		a, err := t.authenticator(row)
		if err != nil {
			return nil, err
		}
		if a.Disabled() {
			disabled = append(disabled, a)
		}
	}
	return disabled, nil
}

// RemoveAuthenticator removes one authenticator of a user and reports whether
// there was one.
func (t *Tx) RemoveAuthenticator(ctx context.Context, user, id auth.ID) (bool, error) {
	return t.one(ctx, "remove an authenticator", "DELETE FROM authenticators WHERE id = ? AND user_id = ?", id, user)
}

type enrollmentRow struct {
	bun.BaseModel `bun:"table:enrollments"`

	ID            auth.ID `bun:",pk"`
	UserID        auth.ID
	Name          string
	Secret        []byte
	Replaces      auth.ID
	Step          int64
	RecoveryCodes []byte
	Expires       int64
}

// Enrollment returns a user's pending enrollment, run out or not; the zero
// Enrollment when there is none.
func (r reads) Enrollment(ctx context.Context, user auth.ID) (auth.Enrollment, error) {
	var row enrollmentRow
	err := found(r.db.NewSelect().Model(&row).Where("user_id = ?", user).Scan(ctx), "enrollment of user %q", user)
	if err == NotFound {
		return auth.Enrollment{}, nil
	}
	if err != nil {
		return auth.Enrollment{}, err
	}
	secret, err := r.unseal(row.Secret, "enrollments", "secret", row.ID)
	if err != nil {
		return auth.Enrollment{}, err
	}
	codes, err := r.unseal(row.RecoveryCodes, "enrollments", "recovery_codes", row.ID)
	if err != nil {
		return auth.Enrollment{}, err
	}
	return auth.Enrollment{ID: row.ID, User: row.UserID, Name: row.Name, Secret: secret, Replaces: row.Replaces, Step: row.Step,
		RecoveryCodes: strings.Fields(string(codes)), Expires: moment(row.Expires)}, nil
}

// PutEnrollment stores e in the place of whatever enrollment its user had.
func (t *Tx) PutEnrollment(ctx context.Context, e auth.Enrollment) error {
	secret, err := t.seal(e.Secret, "enrollments", "secret", e.ID)
	if err != nil {
		return err
	}
	codes, err := t.seal([]byte(strings.Join(e.RecoveryCodes, " ")), "enrollments", "recovery_codes", e.ID)
	if err != nil {
		return err
	}
	row := &enrollmentRow{ID: e.ID, UserID: e.User, Name: e.Name, Secret: secret, Replaces: e.Replaces, Step: e.Step,
		RecoveryCodes: codes, Expires: millis(e.Expires)}
	_, err = t.tx.NewInsert().Model(row).On("CONFLICT (user_id) DO UPDATE").
		Set("id = EXCLUDED.id, name = EXCLUDED.name, secret = EXCLUDED.secret, replaces = EXCLUDED.replaces").
		Set("step = EXCLUDED.step, recovery_codes = EXCLUDED.recovery_codes, expires = EXCLUDED.expires").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put an enrollment: %w", err)
	}
	return nil
}

// RemoveEnrollment uses an enrollment up and reports whether it was still there:
// of several at once, one is told yes.
func (t *Tx) RemoveEnrollment(ctx context.Context, id auth.ID) (bool, error) {
	return t.one(ctx, "remove an enrollment", "DELETE FROM enrollments WHERE id = ?", id)
}

type linkRow struct {
	bun.BaseModel `bun:"table:links"`

	ID      auth.ID `bun:",pk"`
	Digest  []byte
	Kind    auth.LinkKind
	UserID  auth.ID `bun:",nullzero"`
	Created int64
	Expires int64
	UsedAt  int64
}

// LinkByDigest returns the unused link that a token with digest d belongs to, run
// out or not.
func (r reads) LinkByDigest(ctx context.Context, d auth.Digest) (auth.Link, error) {
	var row linkRow
	if err := r.db.NewSelect().Model(&row).Where("digest = ? AND used_at = 0", d[:]).Scan(ctx); err != nil {
		return auth.Link{}, found(err, "find a link")
	}
	return auth.Link{ID: row.ID, Digest: d, Kind: row.Kind, User: row.UserID, Created: moment(row.Created), Expires: moment(row.Expires)}, nil
}

// AddLink stores a new link. Unused ones of the same kind for the same user, or
// for nobody, are void from now on.
func (t *Tx) AddLink(ctx context.Context, l auth.Link) error {
	where, args := "user_id = ?", []any{l.User}
	if l.User == "" {
		where, args = "user_id IS NULL", nil
	}
	_, err := t.exec(ctx, "UPDATE links SET used_at = ? WHERE kind = ? AND used_at = 0 AND "+where,
		append([]any{millis(l.Created), l.Kind}, args...)...)
	if err != nil {
		return fmt.Errorf("void links: %w", err)
	}
	return t.insert(ctx, "add a link", &linkRow{ID: l.ID, Digest: l.Digest[:], Kind: l.Kind, UserID: l.User,
		Created: millis(l.Created), Expires: millis(l.Expires)})
}

// UseLink uses a link up and reports whether it was unused: of several at once,
// one is told yes.
func (t *Tx) UseLink(ctx context.Context, id auth.ID, now time.Time) (bool, error) {
	return t.one(ctx, "use a link", "UPDATE links SET used_at = ? WHERE id = ? AND used_at = 0", millis(now), id)
}
