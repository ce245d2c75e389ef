package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type recoveryPhoneRow struct {
	bun.BaseModel `bun:"table:recovery_phones"`

	ID     auth.ID `bun:",pk"`
	UserID auth.ID
	Number []byte
	Added  int64
}

// RecoveryPhones returns a user's recovery phones in the order they were added.
func (r reads) RecoveryPhones(ctx context.Context, user auth.ID) ([]auth.RecoveryPhone, error) {
	var rows []recoveryPhoneRow
	if err := r.db.NewSelect().Model(&rows).Where("user_id = ?", user).OrderExpr("added, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("recovery phones of user %q: %w", user, err)
	}
	return each(rows, func(row recoveryPhoneRow) (auth.RecoveryPhone, error) {
		number, err := r.unseal(row.Number, "recovery_phones", "number", row.ID)
		return auth.RecoveryPhone{ID: row.ID, User: row.UserID, Number: string(number), Added: moment(row.Added)}, err
	})
}

// AddRecoveryPhone stores a new recovery phone.
func (t *Tx) AddRecoveryPhone(ctx context.Context, p auth.RecoveryPhone) error {
	number, err := t.seal([]byte(p.Number), "recovery_phones", "number", p.ID)
	if err != nil {
		return err
	}
	return t.insert(ctx, "add a recovery phone", &recoveryPhoneRow{ID: p.ID, UserID: p.User, Number: number, Added: millis(p.Added)})
}

// RemoveRecoveryPhone removes one recovery phone of a user and reports whether
// there was one.
func (t *Tx) RemoveRecoveryPhone(ctx context.Context, user, id auth.ID) (bool, error) {
	return t.one(ctx, "remove a recovery phone", "DELETE FROM recovery_phones WHERE id = ? AND user_id = ?", id, user)
}

// RemoveRecoveryPhones removes all recovery phones of a user.
func (t *Tx) RemoveRecoveryPhones(ctx context.Context, user auth.ID) error {
	if _, err := t.exec(ctx, "DELETE FROM recovery_phones WHERE user_id = ?", user); err != nil {
		return fmt.Errorf("remove recovery phones: %w", err)
	}
	return nil
}

type phoneCheckRow struct {
	bun.BaseModel `bun:"table:phone_checks"`

	ID        auth.ID `bun:",pk"`
	UserID    auth.ID
	SessionID auth.ID
	Number    []byte
	Replaces  auth.ID
	Verified  int64
	Expires   int64
}

// PhoneCheck returns the number that a user is verifying, run out or not; the zero
// PhoneCheck when there is none.
func (r reads) PhoneCheck(ctx context.Context, user auth.ID) (auth.PhoneCheck, error) {
	var row phoneCheckRow
	err := found(r.db.NewSelect().Model(&row).Where("user_id = ?", user).Scan(ctx), "phone check of user %q", user)
	if err == NotFound {
		return auth.PhoneCheck{}, nil
	}
	if err != nil {
		return auth.PhoneCheck{}, err
	}
	number, err := r.unseal(row.Number, "phone_checks", "number", row.ID)
	return auth.PhoneCheck{ID: row.ID, User: row.UserID, Session: row.SessionID, Number: string(number), Replaces: row.Replaces,
		Verified: moment(row.Verified), Expires: moment(row.Expires)}, err
}

// PutPhoneCheck stores p in the place of whatever check its user had.
func (t *Tx) PutPhoneCheck(ctx context.Context, p auth.PhoneCheck) error {
	number, err := t.seal([]byte(p.Number), "phone_checks", "number", p.ID)
	if err != nil {
		return err
	}
	row := &phoneCheckRow{ID: p.ID, UserID: p.User, SessionID: p.Session, Number: number, Replaces: p.Replaces,
		Verified: millis(p.Verified), Expires: millis(p.Expires)}
	_, err = t.tx.NewInsert().Model(row).On("CONFLICT (user_id) DO UPDATE").
		Set("id = EXCLUDED.id, session_id = EXCLUDED.session_id, number = EXCLUDED.number, replaces = EXCLUDED.replaces").
		Set("verified = EXCLUDED.verified, expires = EXCLUDED.expires").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put a phone check: %w", err)
	}
	return nil
}

// RemovePhoneCheck uses a check up and reports whether it was still there: of
// several at once, one is told yes.
func (t *Tx) RemovePhoneCheck(ctx context.Context, id auth.ID) (bool, error) {
	return t.one(ctx, "remove a phone check", "DELETE FROM phone_checks WHERE id = ?", id)
}
