package store_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"os"
	"sync"
	"testing"

	"doorward/server/auth"
	"doorward/server/store"
)

// secrets stores one of every secret and returns how each could be spelled.
func secrets(t *testing.T, db database) map[string][]byte {
	t.Helper()
	key := auth.Secret("\x01\x02secret key 1234567")
	pending := auth.Secret("\x03\x04pending key 765432")
	var salt [16]byte
	u := auth.User{ID: id(), Organization: "acme", UserName: "eve", Email: "eve@example.org", State: auth.Active,
		Password: auth.NewHash("correct horse", salt, auth.Cost{Memory: 8, Time: 1, Threads: 1}), Created: now}
	session, in, link, trusted := token(), token(), token(), token()
	hash := auth.HashRecoveryCode("0123456789ABCDEF", salt[:], auth.Cost{Memory: 8, Time: 1, Threads: 1})
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		for _, err := range []error{
			tx.AddUser(ctx, u),
			tx.AddSession(ctx, auth.Session{ID: id(), User: u.ID, Digest: session.Digest(), Replacement: "REPLACEMENTCODES", Created: now, LastSeen: now}),
			tx.AddSignIn(ctx, auth.SignIn{ID: id(), User: u.ID, Digest: in.Digest(), Created: now}),
			tx.AddLink(ctx, auth.Link{ID: id(), User: u.ID, Digest: link.Digest(), Kind: auth.LinkEmail, Data: "confirm@example.org", Created: now, Expires: now}),
			tx.AddAuthenticator(ctx, auth.Authenticator{ID: id(), Method: auth.MethodTOTP, User: u.ID, Name: "phone", Secret: key, Added: now}),
			tx.PutEnrollment(ctx, auth.Enrollment{ID: id(), Method: auth.MethodTOTP, User: u.ID, Secret: pending, RecoveryCodes: []string{"PENDINGCODE00001", "PENDINGCODE00002"}, Expires: now}),
			tx.PutRecoverySet(ctx, auth.RecoverySet{ID: id(), User: u.ID, Salt: salt[:], Cost: auth.DefaultCost(), Made: now,
				Left: []auth.RecoveryCode{{ID: id(), Hash: hash}}}),
			tx.AddAuthenticator(ctx, auth.Authenticator{ID: id(), Method: auth.MethodText, User: u.ID, Name: "phone", Number: "+4915100000001", Added: now}),
			tx.AddRecoveryPhone(ctx, auth.RecoveryPhone{ID: id(), User: u.ID, Number: "+4915100000002", Added: now}),
			tx.PutPhoneCheck(ctx, auth.PhoneCheck{ID: id(), User: u.ID, Session: "s", Number: "+4915100000003", Expires: now}),
			tx.PutTextCode(ctx, auth.TextCode{Owner: "sealed", User: u.ID, Number: "+4915100000004", Code: "918273", Sent: now, Expires: now}),
			tx.AddTrustedDevice(ctx, auth.TrustedDevice{ID: id(), User: u.ID, Digest: trusted.Digest(), Added: now, LastUsed: now, Expires: now}),
			tx.Queue(ctx, auth.Message{ID: "sealed", Channel: auth.ByText, Recipient: "+4915100000005", Shown: "+49 ••• 05",
				Content: []byte("918273 is your code."), Created: now, Next: now, Expires: now}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	return map[string][]byte{
		"password hash": []byte(u.Password), "algorithm of a hash": []byte("argon2id"),
		"secret": key, "secret in base32": []byte(key.Base32()), "secret in hex": []byte(hex.EncodeToString(key)),
		"pending secret": pending, "pending secret in base32": []byte(pending.Base32()),
		"pending recovery code": []byte("PENDINGCODE00002"), "recovery code's hash": hash, "shown recovery code": []byte("REPLACEMENTCODES"),
		"session": []byte(session), "sign-in": []byte(in), "link": []byte(link), "trusted device": []byte(trusted),
		"number of a phone, or of a message": []byte("+49151000000"), "code": []byte("918273"), "what a message says": []byte("is your code"),
		"address to be confirmed": []byte("confirm@"),
	}
}

func TestDatabaseFile_HasNoSecretInTheClear(t *testing.T) {
	db := openSQLite(t)
	spelled := secrets(t, db)
	files := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(db.config.File + suffix)
		if err != nil {
			t.Fatal(err)
		}
		files[suffix] = b
	}
	if err := db.Close(); err != nil { // the log goes into the file
		t.Fatal(err)
	}
	whole, err := os.ReadFile(db.config.File)
	if err != nil {
		t.Fatal(err)
	}
	files["at rest"] = whole
	reopen(t, db)
	for name, content := range files {
		for what, secret := range spelled {
			if bytes.Contains(bytes.ToLower(content), bytes.ToLower(secret)) {
				t.Errorf("file %s has the %s in the clear", name, what)
			}
		}
	}
	if !bytes.Contains(whole, []byte("eve@example.org")) {
		t.Error("the file does not even have what is not secret: this test looks at the wrong place")
	}
}

// A value that is moved to another row or column does not open there.
func TestSealed_ForItsPlaceOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada, bea := db.user(t, "ada"), db.user(t, "bea")
		err := db.Tamper(t.Context(), "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE id = ?) WHERE id = ?", bea.ID, ada.ID)
		if err != nil {
			t.Fatal(err)
		}
		if u, err := db.User(t.Context(), ada.ID); err == nil {
			t.Errorf("opened %v", u.Password == bea.Password)
		}
		if _, err := db.User(t.Context(), bea.ID); err != nil {
			t.Error(err)
		}
	})
}

func TestReseal(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		secrets(t, db)
		for _, name := range []string{"ada", "bea"} {
			db.session(t, db.user(t, name))
		}
		db.event(t, 1)
		read := func() (all []any) {
			users, err := db.Users(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range users {
				sessions, err1 := db.Sessions(t.Context(), u.ID)
				apps, err2 := db.Authenticators(t.Context(), u.ID)
				set, err3 := db.RecoverySet(t.Context(), u.ID)
				pending, err4 := db.Enrollment(t.Context(), u.ID)
				if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
					t.Fatal(err1, err2, err3, err4)
				}
				for _, s := range sessions {
					all = append(all, s.Replacement)
				}
				for _, a := range apps {
					all = append(all, a.Secret.Base32(), a.Number)
				}
				for _, c := range set.Left {
					all = append(all, string(c.Hash))
				}
				all = append(all, u.Password, pending.Secret.Base32(), len(pending.RecoveryCodes))
				all = append(all, messaging(t, db, u)...)
			}
			return all
		}
		before := read()
		if err := db.ring.AddKey(); err != nil {
			t.Fatal(err)
		}
		// users 3, sessions 3, authenticators 2, code, enrollment 2, link, phone, phone check, text code 2, message 2
		if n, err := db.Reseal(t.Context()); n != 18 || err != nil {
			t.Errorf("%d sealed anew, %v; want 18", n, err)
		}
		if err := db.ring.DropOldKeys(); err != nil {
			t.Fatal(err)
		}
		after := read()
		if len(after) != len(before) {
			t.Fatalf("%v; want %v", after, before)
		}
		for i := range after {
			if after[i] != before[i] {
				t.Errorf("secret %d: %q; want %q", i, after[i], before[i])
			}
		}
		db.event(t, 2)
		if n, err := db.VerifyAudit(t.Context()); n != 2 || err != nil {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}

// messaging returns what is sealed about the phones and messages of u.
func messaging(t *testing.T, db database, u auth.User) (all []any) {
	t.Helper()
	link, err1 := db.PendingLink(t.Context(), u.ID, auth.LinkEmail, now.Add(-1))
	phones, err2 := db.RecoveryPhones(t.Context(), u.ID)
	checked, err3 := db.PhoneCheck(t.Context(), u.ID)
	code, err4 := db.TextCode(t.Context(), "sealed")
	m, err5 := db.Message(t.Context(), "sealed")
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	for _, p := range phones {
		all = append(all, p.Number)
	}
	return append(all, link.Data, checked.Number, code.Number, code.Code, m.Recipient, string(m.Content))
}

// Servers write while keys are rotated, and nothing is lost.
func TestReseal_BesideServers(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		var users []auth.User
		var servers []database
		for _, name := range []string{"ada", "bea", "cleo", "dora"} {
			users, servers = append(users, db.user(t, name)), append(servers, reopen(t, db))
		}
		for range 10 {
			rotateBeside(t, db, servers, users)
		}
		for _, u := range users {
			if got, err := db.User(t.Context(), u.ID); err != nil || len(got.Password) <= len(u.Password) {
				t.Errorf("%v", err)
			}
			if list, err := db.Sessions(t.Context(), u.ID); err != nil || len(list) == 0 || list[0].Replacement != "CODE" {
				t.Errorf("%d sessions, %v", len(list), err)
			}
		}
		if _, err := db.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// rotateBeside rotates the keys once while each of the servers writes for its user: the new
// key comes while somebody has sealed with the one before and has not committed.
func rotateBeside(t *testing.T, db database, servers []database, users []auth.User) {
	t.Helper()
	sealed, added, over := make(chan struct{}), make(chan struct{}), make(chan struct{})
	pause := sync.OnceFunc(func() { close(sealed); <-added })
	var wg sync.WaitGroup
	for i, server := range servers {
		wg.Go(func() {
			for range 3 {
				server.update(t, func(ctx context.Context, tx *store.Tx) error {
					u, err := tx.LockUser(ctx, users[i].ID)
					if err != nil {
						return err
					}
					if err := tx.AddSession(ctx, auth.Session{ID: id(), Digest: token().Digest(), User: u.ID, Replacement: "CODE", Created: now, LastSeen: now}); err != nil {
						return err
					}
					pause()
					u.Password += "x"
					return tx.SaveUser(ctx, u)
				})
				server.event(t, i)
			}
		})
	}
	go func() { wg.Wait(); close(over) }()
	defer func() { <-over }()
	select {
	case <-sealed:
	case <-over:
		t.Fatal("no server has written")
	}
	err := db.ring.AddKey()
	if close(added); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.ring.DropOldKeys(); err != nil {
		t.Fatal(err)
	}
}
