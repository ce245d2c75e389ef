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
	Maker   auth.ID
	Data    []byte
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
	return r.linkOf(row)
}

func (r reads) linkOf(row linkRow) (auth.Link, error) {
	data, err := r.unseal(row.Data, "links", "data", row.ID)
	return auth.Link{ID: row.ID, Digest: auth.Digest(row.Digest), Kind: row.Kind, User: row.UserID, Maker: row.Maker, Data: string(data),
		Created: moment(row.Created), Expires: moment(row.Expires)}, err
}

// PendingLink returns the unused link of a kind that a user has, if it has not run
// out at now; the zero Link when there is none.
func (r reads) PendingLink(ctx context.Context, user auth.ID, kind auth.LinkKind, now time.Time) (auth.Link, error) {
	var row linkRow
	err := found(r.db.NewSelect().Model(&row).Where("user_id = ? AND kind = ? AND used_at = 0 AND expires > ?", user, kind, millis(now)).
		OrderExpr("created DESC").Limit(1).Scan(ctx), "pending link of user %q", user)
	if err == NotFound {
		return auth.Link{}, nil
	}
	if err != nil {
		return auth.Link{}, err
	}
	return r.linkOf(row)
}

// PendingLinksSince returns the unused links of a kind that were made for a user at
// since or later and have not run out at now, the oldest first.
func (r reads) PendingLinksSince(ctx context.Context, user auth.ID, kind auth.LinkKind, since, now time.Time) ([]auth.Link, error) {
	var rows []linkRow
	err := r.db.NewSelect().Model(&rows).Where("user_id = ? AND kind = ? AND used_at = 0 AND created >= ? AND expires > ?", user, kind, millis(since), millis(now)).
		OrderExpr("created, id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("pending links of user %q: %w", user, err)
	}
	return each(rows, r.linkOf)
}

// PendingLinks returns the unused links of a user that have not run out at now, the
// newest first.
func (r reads) PendingLinks(ctx context.Context, user auth.ID, now time.Time) ([]auth.Link, error) {
	var rows []linkRow
	err := r.db.NewSelect().Model(&rows).Where("user_id = ? AND used_at = 0 AND expires > ?", user, millis(now)).OrderExpr("created DESC, id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("pending links of user %q: %w", user, err)
	}
	return each(rows, r.linkOf)
}

// VoidLink uses up one link of a user and reports whether it was unused.
func (t *Tx) VoidLink(ctx context.Context, user, id auth.ID, now time.Time) (bool, error) {
	return t.one(ctx, "void a link", "UPDATE links SET used_at = ? WHERE id = ? AND user_id = ? AND used_at = 0", millis(now), id, user)
}

// AddLink stores a new link. Unused ones of the same kind for the same user, or
// for nobody, are void from now on; but of those that say "this was not me" every
// one stays good until one is used, and of those that give an address back until that
// or an earlier one is.
func (t *Tx) AddLink(ctx context.Context, l auth.Link) error {
	where, args := "user_id = ?", []any{l.User}
	if l.User == "" {
		where, args = "user_id IS NULL", nil
	}
	if l.Kind != auth.LinkNotMe && l.Kind != auth.LinkGiveBack {
		_, err := t.exec(ctx, "UPDATE links SET used_at = ? WHERE kind = ? AND used_at = 0 AND "+where,
			append([]any{millis(l.Created), l.Kind}, args...)...)
		if err != nil {
			return fmt.Errorf("void links: %w", err)
		}
	}
	data, err := t.seal([]byte(l.Data), "links", "data", l.ID)
	if err != nil {
		return err
	}
	return t.insert(ctx, "add a link", &linkRow{ID: l.ID, Digest: l.Digest[:], Kind: l.Kind, UserID: l.User, Maker: l.Maker, Data: data,
		Created: millis(l.Created), Expires: millis(l.Expires)})
}

// VoidLinks uses up a user's links of the kinds, or of every kind when none is
// named, and returns how many there were.
func (t *Tx) VoidLinks(ctx context.Context, user auth.ID, now time.Time, kinds ...auth.LinkKind) (int, error) {
	query, args := "UPDATE links SET used_at = ? WHERE user_id = ? AND used_at = 0", []any{millis(now), user}
	if len(kinds) > 0 {
		query, args = query+" AND kind IN (?)", append(args, bun.List(kinds))
	}
	n, err := t.exec(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("void links: %w", err)
	}
	return n, nil
}

// VoidLinksBy uses up what somebody of the staff has made for others and must not outlive
// their role: links that turn two-factor off, and invitations of staff.
func (t *Tx) VoidLinksBy(ctx context.Context, maker auth.ID, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE links SET used_at = ? WHERE maker = ? AND used_at = 0 AND (kind = ? OR kind = ? AND user_id IN
		(SELECT id FROM users WHERE role > ?))`, millis(now), maker, auth.LinkReset, auth.LinkInvitation, auth.Member)
	if err != nil {
		return fmt.Errorf("void links by %q: %w", maker, err)
	}
	return nil
}

// UseLink uses a link up and reports whether it was unused: of several at once,
// one is told yes.
func (t *Tx) UseLink(ctx context.Context, id auth.ID, now time.Time) (bool, error) {
	return t.one(ctx, "use a link", "UPDATE links SET used_at = ? WHERE id = ? AND used_at = 0", millis(now), id)
}
