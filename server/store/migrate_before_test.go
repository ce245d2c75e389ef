package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"doorward/migrations"
	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
)

// The account in a database from before messages.
const (
	oldPassword = "umbrella kitchen orbit"
	oldRecovery = "0123456789ABCDEF"
)

var oldSecret = auth.Secret("0123456789abcdefghij")

// beforeMessages makes a database as the first version left it, with an account
// that signs in with a password and an app.
func beforeMessages(t *testing.T, c store.Config, ring *keyring.Ring) {
	t.Helper()
	first, err := fs.ReadFile(migrations.Files, "0001_start.tx.up.sql")
	if err != nil {
		t.Fatal(err)
	}
	known := fstest.MapFS{"0001_start.tx.up.sql": {Data: first}}
	err = store.Before(t.Context(), c, ring, known, func(exec func(string, ...any)) error {
		at, salt := now.UnixMilli(), [16]byte{1}
		password, err1 := ring.Seal([]byte(auth.NewHash(oldPassword, salt, servertest.Cost)), "users", "password_hash", "ada")
		secret, err2 := ring.Seal(oldSecret, "authenticators", "secret", "app")
		pending, err3 := ring.Seal(oldSecret, "enrollments", "secret", "tablet")
		code, err4 := ring.Seal(auth.HashRecoveryCode(oldRecovery, salt[:], servertest.Cost), "recovery_codes", "hash", "code")
		exec("INSERT INTO organizations VALUES ('acme', 'Acme', 3600000, 86400000, ?)", at)
		exec("INSERT INTO users VALUES ('ada', 'acme', 'ada', 'ada', 'ada@example.org', 'ada@example.org', 'Ada Lovelace', 2, 'active', ?, ?, 0, ?, ?)", password, at, at, at)
		exec("INSERT INTO authenticators VALUES ('app', 'ada', 'Phone', ?, ?, 0, 0, 0)", secret, at)
		exec("INSERT INTO recovery_sets VALUES ('set', 'ada', ?, ?, ?)", salt[:], servertest.Cost.String(), at)
		exec("INSERT INTO recovery_codes VALUES ('code', 'set', ?, 0)", code)
		exec("INSERT INTO enrollments VALUES ('tablet', 's', 'ada', 'Tablet', ?, '', 0, NULL, ?)", pending, at)
		digest := auth.Token("link").Digest()
		exec("INSERT INTO links VALUES ('link', ?, 'invitation', 'ada', ?, ?, 0)", digest[:], at, at)
		return errors.Join(err1, err2, err3, err4)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// onBothBefore runs test on SQLite and on PostgreSQL, with a database from before.
func onBothBefore(t *testing.T, test func(t *testing.T, c store.Config, ring *keyring.Ring)) {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		t.Run(engine, func(t *testing.T) {
			dir := t.TempDir()
			c := store.Config{File: filepath.Join(dir, "doorward.db")}
			if engine == "PostgreSQL" {
				c = store.Config{URL: servertest.Postgres(t)}
			}
			ring, err := keyring.Create(filepath.Join(dir, "keys.json"))
			if err != nil {
				t.Fatal(err)
			}
			beforeMessages(t, c, ring)
			test(t, c, ring)
		})
	}
}

func TestOpen_KeepsWhatWasThereBeforeMessages(t *testing.T) {
	onBothBefore(t, func(t *testing.T, c store.Config, ring *keyring.Ring) {
		db := reopen(t, database{ring: ring, config: c})
		o, err := db.Organization(t.Context(), "acme")
		p := o.Policy
		if err != nil || p.SessionIdle != time.Hour || p.RecoveryPhone != auth.PhoneOptional || p.TrustedDays != 0 || len(p.Methods) != 2 || p.Check() != nil {
			t.Errorf("policy %+v, %v", p, err)
		}
		u, err := db.User(t.Context(), "ada")
		if err != nil || u.NoticeEmail != "" || !u.PasswordLocked.IsZero() || !u.CheckedUp.IsZero() || !u.TwoFactor() {
			t.Errorf("user %+v, %v", u, err)
		}
		apps, err := db.Authenticators(t.Context(), "ada")
		if err != nil || len(apps) != 1 || apps[0].Method != auth.MethodTOTP || apps[0].Number != "" || string(apps[0].Secret) != string(oldSecret) {
			t.Errorf("authenticators %+v, %v", apps, err)
		}
		e, err := db.Enrollment(t.Context(), "ada")
		if err != nil || e.Method != auth.MethodTOTP || string(e.Secret) != string(oldSecret) {
			t.Errorf("enrollment %+v, %v", e, err)
		}
		link, err := db.LinkByDigest(t.Context(), auth.Token("link").Digest())
		if err != nil || link.ID != "link" || link.Data != "" {
			t.Errorf("link %+v, %v", link, err)
		}
		if n, err := db.VerifyAudit(t.Context()); n != 0 || err != nil {
			t.Errorf("audit: %d, %v", n, err)
		}
		if c.URL != "" {
			return
		}
		if info, err := os.Stat(c.File + ".before-0002"); err != nil || info.Mode() != 0o600 || info.Size() == 0 {
			t.Errorf("no copy from before stands beside the file: %v, %v", info, err)
		}
	})
}

func TestOpen_AnAccountFromBeforeMessagesSignsIn(t *testing.T) {
	onBothBefore(t, func(t *testing.T, c store.Config, ring *keyring.Ring) {
		p := servertest.New(t, "")
		if err := p.Store.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if p.Store, err = store.Open(t.Context(), c, ring); err != nil {
			t.Fatal(err)
		}
		p.Keys = ring
		p.Restart()
		b := p.Browser()
		next := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: oldPassword})
		if next.Path != "/sign-in/passcode" {
			t.Errorf("after the password: %+v", next)
		}
		servertest.Must(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: oldSecret.Passcode(auth.TimeStep(p.Clock.Now()))})
		if info := servertest.Must(t, b, api.Session, api.None{}); info.UserName != "ada" || !info.TwoFactor {
			t.Errorf("signed in as %+v", info)
		}
		other := p.Browser()
		servertest.Must(t, other, api.SignIn, api.SignInRequest{Name: "ada@example.org", Password: oldPassword})
		servertest.Must(t, other, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: oldRecovery})
		p.Deliver()
		if n := len(p.Post.Mails("ada@example.org")); n != 3 { // two browsers, one code
			t.Errorf("%d notices", n)
		}
	})
}
