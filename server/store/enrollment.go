package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type enrollmentRow struct {
	bun.BaseModel `bun:"table:enrollments"`

	ID            auth.ID `bun:",pk"`
	UserID        auth.ID
	SessionID     auth.ID
	Method        auth.Method
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
	e := auth.Enrollment{ID: row.ID, User: row.UserID, Session: row.SessionID, Method: row.Method, Name: row.Name, Replaces: row.Replaces,
		Step: row.Step, RecoveryCodes: strings.Fields(string(codes)), Expires: moment(row.Expires)}
	if e.Secret = secret; e.Method == auth.MethodText {
		e.Secret, e.Number = nil, string(secret)
	}
	return e, nil
}

// PutEnrollment stores e in the place of whatever enrollment its user had.
func (t *Tx) PutEnrollment(ctx context.Context, e auth.Enrollment) error {
	secret, err := t.seal(secretOf(e.Method, e.Secret, e.Number), "enrollments", "secret", e.ID)
	if err != nil {
		return err
	}
	codes, err := t.seal([]byte(strings.Join(e.RecoveryCodes, " ")), "enrollments", "recovery_codes", e.ID)
	if err != nil {
		return err
	}
	row := &enrollmentRow{ID: e.ID, UserID: e.User, SessionID: e.Session, Method: e.Method, Name: e.Name, Secret: secret, Replaces: e.Replaces, Step: e.Step,
		RecoveryCodes: codes, Expires: millis(e.Expires)}
	_, err = t.tx.NewInsert().Model(row).On("CONFLICT (user_id) DO UPDATE").
		Set("id = EXCLUDED.id, session_id = EXCLUDED.session_id, method = EXCLUDED.method, name = EXCLUDED.name, secret = EXCLUDED.secret, replaces = EXCLUDED.replaces").
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
