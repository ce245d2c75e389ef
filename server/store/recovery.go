package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type recoverySetRow struct {
	bun.BaseModel `bun:"table:recovery_sets"`

	ID     auth.ID `bun:",pk"`
	UserID auth.ID
	Salt   []byte
	Cost   string
	Made   int64
}

type recoveryCodeRow struct {
	bun.BaseModel `bun:"table:recovery_codes"`

	ID     auth.ID `bun:",pk"`
	SetID  auth.ID
	Hash   []byte
	UsedAt int64
}

// RecoverySet returns a user's recovery codes, the unused ones of at first
// [auth.RecoveryCodes]; the zero RecoverySet when there are none.
func (r reads) RecoverySet(ctx context.Context, user auth.ID) (auth.RecoverySet, error) {
	var row recoverySetRow
	err := found(r.db.NewSelect().Model(&row).Where("user_id = ?", user).Scan(ctx), "recovery codes of user %q", user)
	if err == NotFound {
		return auth.RecoverySet{}, nil
	}
	if err != nil {
		return auth.RecoverySet{}, err
	}
	cost, err := auth.ParseCost(row.Cost)
	if err != nil {
		return auth.RecoverySet{}, fmt.Errorf("recovery codes of user %q: %w", user, err)
	}
	set := auth.RecoverySet{ID: row.ID, User: row.UserID, Salt: row.Salt, Cost: cost, Made: moment(row.Made)}
	var codes []recoveryCodeRow
	if err := r.db.NewSelect().Model(&codes).Where("set_id = ? AND used_at = 0", row.ID).OrderExpr("id").Scan(ctx); err != nil {
		return auth.RecoverySet{}, fmt.Errorf("recovery codes of user %q: %w", user, err)
	}
	set.Left, err = each(codes, func(c recoveryCodeRow) (auth.RecoveryCode, error) {
		hash, err := r.unseal(c.Hash, "recovery_codes", "hash", c.ID)
		return auth.RecoveryCode{ID: c.ID, Hash: hash}, err
	})
	return set, err
}

// PutRecoverySet stores set in the place of whatever recovery codes its user had.
func (t *Tx) PutRecoverySet(ctx context.Context, set auth.RecoverySet) error {
	if err := t.RemoveRecoverySet(ctx, set.User); err != nil {
		return err
	}
	err := t.insert(ctx, "put recovery codes", &recoverySetRow{ID: set.ID, UserID: set.User, Salt: set.Salt, Cost: set.Cost.String(), Made: millis(set.Made)})
	if err != nil {
		return err
	}
	for _, c := range set.Left {
		if err := t.AddRecoveryCode(ctx, set.ID, c); err != nil {
			return err
		}
	}
	return nil
}

// AddRecoveryCode adds an unused code to a set.
func (t *Tx) AddRecoveryCode(ctx context.Context, set auth.ID, c auth.RecoveryCode) error {
	hash, err := t.seal(c.Hash, "recovery_codes", "hash", c.ID)
	if err != nil {
		return err
	}
	return t.insert(ctx, "add a recovery code", &recoveryCodeRow{ID: c.ID, SetID: set, Hash: hash})
}

// UseRecoveryCode uses a code up and reports whether it was unused: of several at
// once, one is told yes.
func (t *Tx) UseRecoveryCode(ctx context.Context, id auth.ID, now time.Time) (bool, error) {
	return t.one(ctx, "use a recovery code", "UPDATE recovery_codes SET used_at = ? WHERE id = ? AND used_at = 0", millis(now), id)
}

// RemoveRecoverySet removes a user's recovery codes, if there are any.
func (t *Tx) RemoveRecoverySet(ctx context.Context, user auth.ID) error {
	if _, err := t.exec(ctx, "DELETE FROM recovery_sets WHERE user_id = ?", user); err != nil {
		return fmt.Errorf("remove recovery codes: %w", err)
	}
	return nil
}
