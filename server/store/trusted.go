package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type trustedRow struct {
	bun.BaseModel `bun:"table:trusted_devices"`

	ID       auth.ID `bun:",pk"`
	UserID   auth.ID
	Digest   []byte
	Name     string
	Address  string
	Added    int64
	LastUsed int64
	Expires  int64
}

func (row trustedRow) device() auth.TrustedDevice {
	d := auth.TrustedDevice{ID: row.ID, User: row.UserID, Name: row.Name, Address: row.Address, Added: moment(row.Added),
		LastUsed: moment(row.LastUsed), Expires: moment(row.Expires)}
	copy(d.Digest[:], row.Digest)
	return d
}

// TrustedDevice returns the trusted device that a token with digest d belongs to;
// the zero TrustedDevice when there is none.
func (r reads) TrustedDevice(ctx context.Context, d auth.Digest) (auth.TrustedDevice, error) {
	var row trustedRow
	err := found(r.db.NewSelect().Model(&row).Where("digest = ?", d[:]).Scan(ctx), "find a trusted device")
	if err == NotFound {
		return auth.TrustedDevice{}, nil
	}
	return row.device(), err
}

// TrustedDevices returns a user's trusted devices, the one used last first.
func (r reads) TrustedDevices(ctx context.Context, user auth.ID) ([]auth.TrustedDevice, error) {
	var rows []trustedRow
	if err := r.db.NewSelect().Model(&rows).Where("user_id = ?", user).OrderExpr("last_used DESC, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("trusted devices of user %q: %w", user, err)
	}
	return each(rows, func(row trustedRow) (auth.TrustedDevice, error) { return row.device(), nil })
}

// AddTrustedDevice stores a new trusted device.
func (t *Tx) AddTrustedDevice(ctx context.Context, d auth.TrustedDevice) error {
	return t.insert(ctx, "add a trusted device", &trustedRow{ID: d.ID, UserID: d.User, Digest: d.Digest[:], Name: d.Name, Address: d.Address,
		Added: millis(d.Added), LastUsed: millis(d.LastUsed), Expires: millis(d.Expires)})
}

// UseTrustedDevice notes that d was used at now, from address, and reports whether
// it was still there.
func (t *Tx) UseTrustedDevice(ctx context.Context, d auth.TrustedDevice, address string, now time.Time) (bool, error) {
	return t.one(ctx, "use a trusted device", "UPDATE trusted_devices SET last_used = ?, address = ? WHERE id = ? AND expires > ?",
		millis(now), address, d.ID, millis(now))
}

// RevokeTrustedDevice removes one trusted device of a user and reports whether
// there was one.
func (t *Tx) RevokeTrustedDevice(ctx context.Context, user, id auth.ID) (bool, error) {
	return t.one(ctx, "revoke a trusted device", "DELETE FROM trusted_devices WHERE id = ? AND user_id = ?", id, user)
}

// RevokeTrustedDevices removes all trusted devices of a user and returns how many.
func (t *Tx) RevokeTrustedDevices(ctx context.Context, user auth.ID) (int, error) {
	n, err := t.exec(ctx, "DELETE FROM trusted_devices WHERE user_id = ?", user)
	if err != nil {
		return 0, fmt.Errorf("revoke trusted devices: %w", err)
	}
	return n, nil
}
