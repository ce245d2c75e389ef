package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

type textCodeRow struct {
	bun.BaseModel `bun:"table:text_codes"`

	ID            auth.ID `bun:",pk"`
	UserID        auth.ID
	Authenticator auth.ID
	Number        []byte
	Code          []byte
	Tries         int
	Sent          int64
	Expires       int64
}

// TextCode returns the code that was sent last for owner, run out or not; the zero
// TextCode when there is none.
func (r reads) TextCode(ctx context.Context, owner auth.ID) (auth.TextCode, error) {
	var row textCodeRow
	err := found(r.db.NewSelect().Model(&row).Where("id = ?", owner).Scan(ctx), "text code")
	if err == NotFound {
		return auth.TextCode{}, nil
	}
	if err != nil {
		return auth.TextCode{}, err
	}
	number, err := r.unseal(row.Number, "text_codes", "number", row.ID)
	if err != nil {
		return auth.TextCode{}, err
	}
	code, err := r.unseal(row.Code, "text_codes", "code", row.ID)
	return auth.TextCode{Owner: row.ID, User: row.UserID, Authenticator: row.Authenticator, Number: string(number), Code: string(code),
		Tries: row.Tries, Sent: moment(row.Sent), Expires: moment(row.Expires)}, err
}

// PutTextCode stores c and voids the code that its owner had.
func (t *Tx) PutTextCode(ctx context.Context, c auth.TextCode) error {
	number, err := t.seal([]byte(c.Number), "text_codes", "number", c.Owner)
	if err != nil {
		return err
	}
	code, err := t.seal([]byte(c.Code), "text_codes", "code", c.Owner)
	if err != nil {
		return err
	}
	row := &textCodeRow{ID: c.Owner, UserID: c.User, Authenticator: c.Authenticator, Number: number, Code: code, Tries: c.Tries,
		Sent: millis(c.Sent), Expires: millis(c.Expires)}
	_, err = t.tx.NewInsert().Model(row).On("CONFLICT (id) DO UPDATE").
		Set("user_id = EXCLUDED.user_id, authenticator = EXCLUDED.authenticator, number = EXCLUDED.number, code = EXCLUDED.code").
		Set("tries = EXCLUDED.tries, sent = EXCLUDED.sent, expires = EXCLUDED.expires").Exec(ctx)
	if err != nil {
		return fmt.Errorf("put a text code: %w", err)
	}
	return nil
}

// TryTextCode counts one try at c and reports whether it was there to be tried:
// neither replaced, nor used up, nor tried too often.
func (t *Tx) TryTextCode(ctx context.Context, c auth.TextCode, now time.Time) (bool, error) {
	return t.one(ctx, "try a text code", "UPDATE text_codes SET tries = tries + 1 WHERE id = ? AND sent = ? AND tries < ? AND expires > ?",
		c.Owner, millis(c.Sent), auth.TextCodeTries, millis(now))
}

// UseTextCode uses c up and reports whether it was still there: of several at once,
// one is told yes.
func (t *Tx) UseTextCode(ctx context.Context, c auth.TextCode) (bool, error) {
	return t.one(ctx, "use a text code", "DELETE FROM text_codes WHERE id = ? AND sent = ?", c.Owner, millis(c.Sent))
}

// DropTextCodes voids every code of a user.
func (t *Tx) DropTextCodes(ctx context.Context, user auth.ID) error {
	if _, err := t.exec(ctx, "DELETE FROM text_codes WHERE user_id = ?", user); err != nil {
		return fmt.Errorf("drop text codes: %w", err)
	}
	return nil
}
