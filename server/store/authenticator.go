package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type authenticatorRow struct {
	bun.BaseModel `bun:"table:authenticators"`

	ID       auth.ID `bun:",pk"`
	UserID   auth.ID
	Method   auth.Method
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
	a := auth.Authenticator{ID: row.ID, User: row.UserID, Method: row.Method, Name: row.Name, Added: moment(row.Added),
		LastUsed: moment(row.LastUsed), LastStep: row.LastStep, Failures: row.Failures}
	if a.Secret = secret; a.Method == auth.MethodText {
		a.Secret, a.Number = nil, string(secret)
	}
	return a, nil
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
	secret, err := t.seal(secretOf(a.Method, a.Secret, a.Number), "authenticators", "secret", a.ID)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "add an authenticator", &authenticatorRow{ID: a.ID, UserID: a.User, Method: a.Method, Name: a.Name, Secret: secret,
		Added: millis(a.Added), LastUsed: millis(a.LastUsed), LastStep: a.LastStep, Failures: a.Failures})
	if err != nil {
		return err
	}
	return t.keepMethods(ctx, a.User)
}

// secretOf returns what is stored as the secret: of a phone, its number.
func secretOf(m auth.Method, secret auth.Secret, number string) []byte {
	if m == auth.MethodText {
		return []byte(number)
	}
	return secret
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

// SpendText notes that a code sent to a has been accepted and clears its failures.
// It reports false, and the code must be refused, when a was disabled or removed.
func (t *Tx) SpendText(ctx context.Context, a auth.Authenticator) (bool, error) {
	return t.one(ctx, "note a text code", "UPDATE authenticators SET last_used = ?, failures = 0 WHERE id = ? AND failures < ?",
		millis(a.LastUsed), a.ID, auth.MaxFailures)
}

// CountFailure adds one failure to every authenticator of a user that is of method
// m and not disabled, and returns those that this one disables.
func (t *Tx) CountFailure(ctx context.Context, user auth.ID, m auth.Method) (disabled []auth.Authenticator, err error) {
	var rows []authenticatorRow
	err = t.tx.NewRaw(`UPDATE authenticators SET failures = failures + 1 WHERE user_id = ? AND method = ? AND failures < ?
		RETURNING id, user_id, method, name, secret, added, last_used, last_step, failures`, user, m, auth.MaxFailures).Scan(ctx, &rows)
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
	removed, err := t.one(ctx, "remove an authenticator", "DELETE FROM authenticators WHERE id = ? AND user_id = ?", id, user)
	if err != nil || !removed {
		return false, err
	}
	return true, t.keepMethods(ctx, user)
}
