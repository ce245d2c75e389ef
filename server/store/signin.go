package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// maxSignIns is how many half-finished sign-ins a user may have in one familiar
// browser, and how many in all strange ones: who has the password cannot push out
// those of its owner.
const maxSignIns = 5

type signInRow struct {
	bun.BaseModel `bun:"table:sign_ins"`

	ID       auth.ID `bun:",pk"`
	Digest   []byte
	UserID   auth.ID
	Next     string
	Created  int64
	Bucket   string
	Familiar auth.ID
}

// SignInByDigest returns the half-finished sign-in that a token with digest d
// belongs to, and its user.
func (r reads) SignInByDigest(ctx context.Context, d auth.Digest) (auth.SignIn, auth.User, error) {
	var row signInRow
	if err := r.db.NewSelect().Model(&row).Where("digest = ?", d[:]).Scan(ctx); err != nil {
		return auth.SignIn{}, auth.User{}, found(err, "find a sign-in")
	}
	u, err := r.User(ctx, row.UserID)
	if err != nil {
		return auth.SignIn{}, auth.User{}, err
	}
	return auth.SignIn{ID: row.ID, Digest: d, User: row.UserID, Next: row.Next, Created: moment(row.Created),
		Bucket: row.Bucket, Familiar: row.Familiar}, u, nil
}

// AddSignIn stores a new half-finished sign-in. Its user keeps the five newest of
// the same familiar browser, or of all strange ones.
func (t *Tx) AddSignIn(ctx context.Context, in auth.SignIn) error {
	err := t.insert(ctx, "add a sign-in", &signInRow{ID: in.ID, Digest: in.Digest[:], UserID: in.User, Next: in.Next, Created: millis(in.Created),
		Bucket: in.Bucket, Familiar: in.Familiar})
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `DELETE FROM sign_ins WHERE user_id = ? AND familiar = ? AND id <> ? AND id NOT IN
		(SELECT id FROM sign_ins WHERE user_id = ? AND familiar = ? AND id <> ? ORDER BY created DESC, id LIMIT ?)`,
		in.User, in.Familiar, in.ID, in.User, in.Familiar, in.ID, maxSignIns-1)
	if err != nil {
		return fmt.Errorf("drop old sign-ins: %w", err)
	}
	return nil
}

// EndSignIns drops every half-finished sign-in of a user.
func (t *Tx) EndSignIns(ctx context.Context, user auth.ID) error {
	if _, err := t.exec(ctx, "DELETE FROM sign_ins WHERE user_id = ?", user); err != nil {
		return fmt.Errorf("end sign-ins: %w", err)
	}
	return nil
}

// EndSignIn uses a sign-in up and reports whether it was still there: of several
// at once, one is told yes.
func (t *Tx) EndSignIn(ctx context.Context, id auth.ID) (bool, error) {
	return t.one(ctx, "end a sign-in", "DELETE FROM sign_ins WHERE id = ?", id)
}
