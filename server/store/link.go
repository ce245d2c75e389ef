package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

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
