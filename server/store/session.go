package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"doorward/server/auth"
)

// sessionQuery finds a session by its digest, with its user and their
// organization. It runs at every request: one row by one unique index, and two
// more by their keys. The driver of SQLite copies the names of the columns each
// time, which costs nothing when they are one letter long.
const sessionQuery = `SELECT s.id a, s.level b, s.factors c, s.created d, s.proved_at e, s.last_seen f, s.address g, s.device h,
 s.replacement i, s.next j,
 u.id k, u.user_name l, u.email m, u.display_name n, u.role o, u.state p, u.password_changed q, u.password_short r,
 u.two_factor_since s, u.created t,
 o.id u, o.name v, o.session_idle w, o.session_overall x, o.created y,
 u.notice_email z, u.password_locked aa, u.checked_up ab, o.methods ac, o.recovery_phone ad, o.trusted_days ae,
 u.methods af, u.closed ag, u.exempt_until ah, o.mandatory_from ai, o.methods_until aj, o.stay_signed_in ak, o.min_password al,
 u.language am, u.browser_language an
FROM sessions s JOIN users u ON u.id = s.user_id JOIN organizations o ON o.id = u.organization_id
WHERE s.digest = $1`

type sessionRow struct {
	bun.BaseModel `bun:"table:sessions"`

	ID          auth.ID `bun:",pk"`
	Digest      []byte
	UserID      auth.ID
	Level       auth.Level
	Factors     string
	Created     int64
	ProvedAt    int64
	LastSeen    int64
	Address     string
	Device      string
	Replacement []byte
	Next        string
}

func (r reads) sessionOf(row sessionRow) (auth.Session, error) {
	replacement, err := r.unseal(row.Replacement, "sessions", "replacement", row.ID)
	if err != nil {
		return auth.Session{}, err
	}
	s := auth.Session{ID: row.ID, User: row.UserID, Level: row.Level, Factors: factors(row.Factors), Created: moment(row.Created),
		ProvedAt: moment(row.ProvedAt), LastSeen: moment(row.LastSeen), Address: row.Address, Device: row.Device,
		Replacement: string(replacement), Next: row.Next}
	copy(s.Digest[:], row.Digest)
	return s, nil
}

func (r reads) sessionRow(s auth.Session) (*sessionRow, error) {
	replacement, err := r.seal([]byte(s.Replacement), "sessions", "replacement", s.ID)
	if err != nil {
		return nil, err
	}
	return &sessionRow{ID: s.ID, Digest: s.Digest[:], UserID: s.User, Level: s.Level, Factors: joinFactors(s.Factors),
		Created: millis(s.Created), ProvedAt: millis(s.ProvedAt), LastSeen: millis(s.LastSeen), Address: s.Address,
		Device: s.Device, Replacement: replacement, Next: s.Next}, nil
}

// SessionByDigest returns the session that a token with digest d belongs to, its
// user and their organization. It does not judge whether the session is still
// live. Of the user and the organization it leaves out what nobody needs to answer a
// request, such as User.Password.
func (r reads) SessionByDigest(ctx context.Context, d auth.Digest) (auth.Session, auth.User, auth.Organization, error) {
	var row *sql.Row
	if tx, ok := r.db.(bun.Tx); ok {
		row = tx.Tx.QueryRowContext(ctx, sessionQuery, d[:])
	} else {
		if !r.postgres && ctx.Err() == nil {
			ctx = context.WithoutCancel(ctx) // watching for its end costs more than the few microseconds this takes
		}
		row = r.session.QueryRowContext(ctx, d[:])
	}
	var s sessionRow
	var u userRow
	var o organizationRow
	err := row.Scan(&s.ID, &s.Level, &s.Factors, &s.Created, &s.ProvedAt, &s.LastSeen, &s.Address, &s.Device, &s.Replacement, &s.Next,
		&u.ID, &u.UserName, &u.Email, &u.DisplayName, &u.Role, &u.State, &u.PasswordChanged, &u.PasswordShort, &u.TwoFactorSince, &u.Created,
		&o.ID, &o.Name, &o.SessionIdle, &o.SessionOverall, &o.Created,
		&u.NoticeEmail, &u.PasswordLocked, &u.CheckedUp, &o.Methods, &o.RecoveryPhone, &o.TrustedDays,
		&u.Methods, &u.Closed, &u.ExemptUntil, &o.MandatoryFrom, &o.MethodsUntil, &o.StaySignedIn, &o.MinPassword,
		&u.Language, &u.BrowserLanguage)
	if err != nil {
		return auth.Session{}, auth.User{}, auth.Organization{}, found(err, "find a session")
	}
	s.UserID, u.OrganizationID = u.ID, o.ID
	session, err := r.sessionOf(s)
	if err != nil {
		return auth.Session{}, auth.User{}, auth.Organization{}, err
	}
	session.Digest = d
	user, err := r.user(u)
	return session, user, o.organization(), err
}

// Sessions returns a user's sessions, the last seen first.
func (r reads) Sessions(ctx context.Context, user auth.ID) ([]auth.Session, error) {
	var rows []sessionRow
	if err := r.db.NewSelect().Model(&rows).Where("user_id = ?", user).OrderExpr("last_seen DESC, id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("sessions of user %q: %w", user, err)
	}
	return each(rows, r.sessionOf)
}

// AddSession stores a new session.
func (t *Tx) AddSession(ctx context.Context, s auth.Session) error {
	row, err := t.sessionRow(s)
	if err != nil {
		return err
	}
	return t.insert(ctx, "add a session", row)
}

// SaveSession stores what a session has proved and what it still has to show: all
// but its user, its beginning and where it came from. It returns NotFound when the
// session has been ended.
func (t *Tx) SaveSession(ctx context.Context, s auth.Session) error {
	row, err := t.sessionRow(s)
	if err != nil {
		return err
	}
	return t.must(ctx, "save a session", `UPDATE sessions SET digest = ?, level = ?, factors = ?, proved_at = ?, last_seen = ?,
		replacement = ?, next = ? WHERE id = ?`,
		row.Digest, row.Level, row.Factors, row.ProvedAt, row.LastSeen, row.Replacement, row.Next, row.ID)
}

// EndSession ends one session of a user and reports whether there was one.
func (t *Tx) EndSession(ctx context.Context, user, id auth.ID) (bool, error) {
	return t.one(ctx, "end a session", "DELETE FROM sessions WHERE id = ? AND user_id = ?", id, user)
}

// EndSessions ends a user's sessions except one, or all of them when except is
// empty, and returns how many.
func (t *Tx) EndSessions(ctx context.Context, user, except auth.ID) (int, error) {
	n, err := t.exec(ctx, "DELETE FROM sessions WHERE user_id = ? AND id <> ?", user, except)
	if err != nil {
		return 0, fmt.Errorf("end the sessions of user %q: %w", user, err)
	}
	return n, nil
}

// DropProofs takes the step-up from every session of a user but one, because what
// they proved has changed.
func (t *Tx) DropProofs(ctx context.Context, user, except auth.ID) error {
	if _, err := t.exec(ctx, "UPDATE sessions SET proved_at = 0 WHERE user_id = ? AND id <> ?", user, except); err != nil {
		return fmt.Errorf("drop proofs: %w", err)
	}
	return nil
}

// TouchSession notes that a session was used at now. A session that has been ended
// stays ended.
func (s *Store) TouchSession(ctx context.Context, id auth.ID, now time.Time) error {
	err := again(ctx, func() error {
		_, err := s.writing.ExecContext(ctx, "UPDATE sessions SET last_seen = ? WHERE id = ? AND last_seen < ?", millis(now), id, millis(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("touch a session: %w", err)
	}
	return nil
}

func factors(v string) []auth.Factor {
	var list []auth.Factor
	for f := range strings.FieldsSeq(v) {
		list = append(list, auth.Factor(f))
	}
	return list
}

func joinFactors(list []auth.Factor) string {
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = string(f)
	}
	return strings.Join(words, " ")
}
