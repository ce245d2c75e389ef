package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
	"doorward/shared/check"
)

type userRow struct {
	bun.BaseModel `bun:"table:users"`

	ID              auth.ID `bun:",pk"`
	OrganizationID  auth.ID
	UserName        string
	UserNameFolded  string
	Email           string
	EmailFolded     string
	NoticeEmail     string
	DisplayName     string
	Role            auth.Role
	State           auth.State
	PasswordHash    []byte
	PasswordChanged int64
	PasswordShort   int64 // 0 or 1
	PasswordLocked  int64
	TwoFactorSince  int64
	CheckedUp       int64
	Created         int64
	ExemptUntil     int64
	ExemptReason    string
	SortName        string
	Search          string
	Methods         auth.MethodSet
	Closed          int64 // 0 or 1
	LastSignIn      int64
	Reminded        int64
	Language        string
	BrowserLanguage string
}

// keptApart are the columns that SaveUser leaves alone: they change by statements of
// their own, and a user that was read before must not undo that.
var keptApart = []string{"methods", "closed", "last_sign_in", "reminded", "browser_language"}

func (r reads) user(row userRow) (auth.User, error) {
	hash, err := r.unseal(row.PasswordHash, "users", "password_hash", row.ID)
	if err != nil {
		return auth.User{}, err
	}
	return auth.User{ID: row.ID, Organization: row.OrganizationID, UserName: row.UserName, Email: row.Email,
		NoticeEmail: row.NoticeEmail, DisplayName: row.DisplayName, Role: row.Role, State: row.State, Password: auth.Hash(hash),
		PasswordChanged: moment(row.PasswordChanged), PasswordShort: row.PasswordShort != 0, PasswordLocked: moment(row.PasswordLocked), CheckedUp: moment(row.CheckedUp),
		TwoFactorSince: moment(row.TwoFactorSince), Created: moment(row.Created), ExemptUntil: moment(row.ExemptUntil), ExemptReason: row.ExemptReason,
		Methods: row.Methods, Closed: row.Closed != 0, LastSignIn: moment(row.LastSignIn), Reminded: moment(row.Reminded),
		Language: row.Language, BrowserLanguage: row.BrowserLanguage}, nil
}

func (r reads) userRow(u auth.User) (*userRow, error) {
	hash, err := r.seal([]byte(u.Password), "users", "password_hash", u.ID)
	if err != nil {
		return nil, err
	}
	return &userRow{ID: u.ID, OrganizationID: u.Organization, UserName: u.UserName, UserNameFolded: check.Fold(u.UserName),
		Email: u.Email, EmailFolded: check.Fold(u.Email), NoticeEmail: u.NoticeEmail, DisplayName: u.DisplayName, Role: u.Role, State: u.State,
		PasswordHash: hash, PasswordChanged: millis(u.PasswordChanged), PasswordShort: flag(u.PasswordShort),
		PasswordLocked: millis(u.PasswordLocked), CheckedUp: millis(u.CheckedUp),
		TwoFactorSince: millis(u.TwoFactorSince), Created: millis(u.Created), ExemptUntil: millis(u.ExemptUntil), ExemptReason: u.ExemptReason,
		SortName: check.Fold(u.DisplayName), Search: searchText(u), Methods: u.Methods, Closed: flag(u.Closed),
		LastSignIn: millis(u.LastSignIn), Reminded: millis(u.Reminded), Language: u.Language, BrowserLanguage: u.BrowserLanguage}, nil
}

// searchText is where u is looked for.
func searchText(u auth.User) string {
	return check.Fold(u.DisplayName) + " " + check.Fold(u.UserName) + " " + check.Fold(u.Email)
}

// UserByLogin returns the user whose user name or e-mail address login is, case
// and surrounding spaces aside. A user name has no "@", so it cannot be both.
func (r reads) UserByLogin(ctx context.Context, login string) (auth.User, error) {
	column := bun.Ident("user_name_folded")
	if strings.Contains(login, "@") {
		column = "email_folded"
	}
	var row userRow
	if err := r.db.NewSelect().Model(&row).Where("? = ?", column, check.Fold(login)).Scan(ctx); err != nil {
		return auth.User{}, found(err, "find a user")
	}
	return r.user(row)
}

// User returns the user called id.
func (r reads) User(ctx context.Context, id auth.ID) (auth.User, error) {
	var row userRow
	if err := r.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx); err != nil {
		return auth.User{}, found(err, "user %q", id)
	}
	return r.user(row)
}

// Users returns everybody, by user name.
func (r reads) Users(ctx context.Context) ([]auth.User, error) {
	var rows []userRow
	if err := r.db.NewSelect().Model(&rows).OrderExpr("user_name_folded, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	return each(rows, r.user)
}

// Staff returns the active helpers and above of an organization, and every active
// operator, by user name. People of a suspended organization are not among them.
func (r reads) Staff(ctx context.Context, organization auth.ID) ([]auth.User, error) {
	return r.usersWhere(ctx, "state = ? AND closed = 0 AND (role >= ? OR role >= ? AND organization_id = ?)", auth.Active, auth.Operator, auth.Helper, organization)
}

func (r reads) usersWhere(ctx context.Context, where string, args ...any) ([]auth.User, error) {
	var rows []userRow
	if err := r.db.NewSelect().Model(&rows).Where(where, args...).OrderExpr("user_name_folded, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("users: %w", err)
	}
	return each(rows, r.user)
}

// Operators returns the operators who may be signed in, by user name.
func (r reads) Operators(ctx context.Context) ([]auth.User, error) {
	return r.usersWhere(ctx, "role >= ? AND state = ? AND closed = 0", auth.Operator, auth.Active)
}

// HasAdministrator reports whether anybody is an administrator, or more.
func (r reads) HasAdministrator(ctx context.Context) (bool, error) {
	var n int
	if err := r.db.NewRaw("SELECT count(*) FROM users WHERE role >= ?", auth.Admin).Scan(ctx, &n); err != nil {
		return false, fmt.Errorf("look for an administrator: %w", err)
	}
	return n > 0, nil
}

// LockUser returns the user called id and lets no other transaction change it, or
// lock it, before this one is over.
func (t *Tx) LockUser(ctx context.Context, id auth.ID) (auth.User, error) {
	var row userRow
	if err := t.locked(t.tx.NewSelect().Model(&row).Where("id = ?", id)).Scan(ctx); err != nil {
		return auth.User{}, found(err, "lock user %q", id)
	}
	return t.user(row)
}

// AddUser stores a new user. It returns Taken when the user name or the e-mail
// address is somebody else's; the transaction can go on. Whether the organization is
// suspended is looked up, whatever u says, and stays so until the end of the
// transaction: it is locked.
func (t *Tx) AddUser(ctx context.Context, u auth.User) error {
	o, err := t.LockOrganization(ctx, u.Organization)
	if err != nil {
		return err
	}
	u.Closed = !o.Suspended.IsZero()
	row, err := t.userRow(u)
	if err != nil {
		return err
	}
	return t.keep(ctx, func() error { return taken(t.insert(ctx, "add a user", row)) })
}

// SaveUser stores all of u but what the store keeps itself. An empty password leaves the stored one as it is: some
// reads leave it out. It returns NotFound when there is no such user, and Taken
// like AddUser.
func (t *Tx) SaveUser(ctx context.Context, u auth.User) error {
	row, err := t.userRow(u)
	if err != nil {
		return err
	}
	q := t.tx.NewUpdate().Model(row).WherePK().ExcludeColumn(keptApart...)
	if u.Password == "" {
		q = q.ExcludeColumn("password_hash")
	}
	return t.keep(ctx, func() error {
		res, err := q.Exec(ctx)
		if err != nil {
			return taken(fmt.Errorf("save user %q: %w", u.ID, err))
		}
		n, err := res.RowsAffected()
		if err == nil && n == 0 {
			return NotFound
		}
		return err
	})
}

// RemoveUser removes a user and everything that is theirs. It returns NotFound when
// there is no such user. The audit keeps what it has of them.
func (t *Tx) RemoveUser(ctx context.Context, id auth.ID) error {
	return t.must(ctx, "remove a user", "DELETE FROM users WHERE id = ?", id)
}

// Claimed returns which of the user names and addresses in names, folded, are
// somebody's already.
func (r reads) Claimed(ctx context.Context, names []string) (map[string]bool, error) {
	claimed := map[string]bool{}
	if len(names) == 0 {
		return claimed, nil
	}
	for _, column := range []bun.Ident{"user_name_folded", "email_folded"} {
		var found []string
		if err := r.db.NewRaw("SELECT ? FROM users WHERE ? IN (?)", column, column, bun.List(names)).Scan(ctx, &found); err != nil {
			return nil, fmt.Errorf("which names are somebody's: %w", err)
		}
		for _, name := range found {
			claimed[name] = true
		}
	}
	return claimed, nil
}

// NoteSignIn notes that a user has signed in, with a browser that asked for a language.
func (t *Tx) NoteSignIn(ctx context.Context, user auth.ID, language string, now time.Time) error {
	return t.must(ctx, "note a sign-in", "UPDATE users SET last_sign_in = ?, browser_language = ? WHERE id = ?", millis(now), language, user)
}

// keepMethods notes which methods a user's authenticators are of.
func (t *Tx) keepMethods(ctx context.Context, user auth.ID) error {
	var names []auth.Method
	if err := t.tx.NewRaw("SELECT DISTINCT method FROM authenticators WHERE user_id = ?", user).Scan(ctx, &names); err != nil {
		return fmt.Errorf("methods of user %q: %w", user, err)
	}
	_, err := t.one(ctx, "note the methods", "UPDATE users SET methods = ? WHERE id = ?", auth.NewMethodSet(names...), user)
	return err
}

// each converts rows.
func each[R, T any](rows []R, convert func(R) (T, error)) ([]T, error) {
	list := make([]T, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = convert(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}
