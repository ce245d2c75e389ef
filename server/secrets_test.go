package server_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// The database file alone yields no usable secret (requirement 108), and the log
// none at all (24, 99).
func TestSecrets_NotInTheDatabaseNorTheLog(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	pending := ada.StepUp().Start("Tablet", "")
	link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	half := p.Browser()
	servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	recovered := half.Copy()
	servertest.Must(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
	servertest.Must(t, recovered, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	servertest.Must(t, recovered, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
	replacement := servertest.Must(t, recovered, api.Session, api.None{}).Recovery.Replacement
	servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "typed-in-the-wrong-field", Password: "and this too"})

	secrets := map[string]string{"the password": ada.Password, "a session": ada.Cookie("doorward"), "another session": recovered.Cookie("doorward"),
		"a link": link[len(link)-43:], "a replacement": strings.ReplaceAll(replacement, "-", ""), "a claimed name": "typed-in-the-wrong-field",
		"a password hash": "$argon2id$", "the familiar cookie": ada.Cookie("doorward-familiar")}
	for i, code := range ada.Codes {
		secrets["recovery code "+string(rune('0'+i))] = strings.ReplaceAll(code, "-", "")
		secrets["shown recovery code "+string(rune('0'+i))] = code
	}
	for name, secret := range map[string][]byte{"the TOTP secret": ada.Secret, "a pending secret": pending} {
		secrets[name] = string(secret)
		secrets[name+" in base32"] = auth.Secret(secret).Base32()
		secrets[name+" in hex"] = hex.EncodeToString(secret)
		secrets[name+" in base64"] = base64.RawStdEncoding.EncodeToString(secret)
	}
	keptSecret(t, p, secrets)
	if passcode := ada.Passcode(); strings.Contains(p.Log.String(), passcode) {
		t.Error("a passcode is in the log")
	}
}

// keptSecret reads what the portal has stored and logged, and wants none of secrets
// in either.
func keptSecret(t *testing.T, p *servertest.Portal, secrets map[string]string) {
	t.Helper()
	stored := []byte{}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(filepath.Join(p.Folder, "doorward.db"+suffix))
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, b...)
	}
	if !bytes.Contains(stored, []byte("ada@example.org")) {
		t.Fatal("the test does not look where things are stored")
	}
	for name, secret := range secrets {
		if secret == "" {
			t.Errorf("%s is not known to the test", name)
			continue
		}
		if bytes.Contains(stored, []byte(secret)) {
			t.Errorf("%s is in the database in the clear", name)
		}
		if strings.Contains(p.Log.String(), secret) {
			t.Errorf("%s is in the log", name)
		}
	}
}

// Nor is what people are sent: numbers, codes, links, and what a message says;
// whether it goes out or not (24, 108).
func TestSecrets_OfMessages(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german)
	p.SetPolicy(func(q *auth.Policy) { q.TrustedDays = 30 })
	ada.StepUp()
	servertest.Must(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: "07400 123456", Country: "GB"})
	secrets := map[string]string{"a number": german[3:], "the recovery phone": british[3:], "the number as it was typed": "07400 123456",
		"the code of the recovery phone": p.CodeAt(british), "the message of a code": "Nobody will ever ask", "a notice": "This was not me"}
	if said := p.Post.Mails("")[0].Text + p.Post.Texts("")[0].Body; !strings.Contains(said, secrets["a notice"]) || !strings.Contains(said, secrets["the message of a code"]) {
		t.Errorf("messages say something else: %q", said)
	}
	servertest.Must(t, ada, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: secrets["the code of the recovery phone"]})
	servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "lovelace@example.net"})
	secrets["the link that confirms an address"] = p.LinkAt("lovelace@example.net", "/email/")
	secrets["the link of a notice"] = p.LinkAt("ada@example.org", "/not-me/")

	p.Clock.Advance(time.Minute)
	b := half(t, p, ada)
	secrets["the code of a sign-in"] = p.CodeAt(german)
	servertest.Must(t, b, api.VerifyText, api.VerifyTextRequest{Code: secrets["the code of a sign-in"], Trust: true})
	secrets["the trusted device"] = b.Cookie("doorward-trusted")

	// What cannot be sent stays in the outbox.
	p.Post.Fail(errors.New("550 <ada@example.org>: no such mailbox; " + german + " is barred"))
	half(t, p, ada)
	servertest.Must(t, ada, api.RegenerateRecoveryCodes, api.None{})
	for range 3 {
		p.Clock.Advance(time.Minute)
		p.Deliver()
	}
	if !strings.Contains(p.Log.String(), "message not sent") {
		t.Error("that a message was not sent is not in the log")
	}
	secrets["what a gateway said of a number"] = "is barred"
	keptSecret(t, p, secrets)
	if strings.Contains(p.Log.String(), "@example") {
		t.Error("an address is in the log")
	}
}

// The audit has every sign-in, good and bad, with the factor, and each factor
// ever bound, with time and address (requirements 51, 98); what people type
// cannot break its lines (100).
func TestAudit_TellsWhatHappened(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Refused(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: "wrong"})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"})
		servertest.Must(t, ada, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[2]})
		got := kinds(t, p)
		want := "setup_link_made set_up signed_in:pwd stepped_up:pwd authenticator_added recovery_codes_made two_factor_on signed_out " +
			"sign_in_refused password_accepted second_step_refused recovery_code_used signed_in:pwd recovery_code"
		if got != want {
			t.Errorf("the audit tells\n%s\nwant\n%s", got, want)
		}
		if n, err := p.Store.VerifyAudit(t.Context()); err != nil || n != 13 {
			t.Errorf("%d events, %v", n, err)
		}
	})
}

func kinds(t *testing.T, p *servertest.Portal) string {
	t.Helper()
	var all []string
	if err := p.Store.EachEntry(t.Context(), func(e auth.Entry) error {
		kind := string(e.Event.Kind)
		if f := e.Event.Details["factors"]; f != "" {
			kind += ":" + f
		}
		if e.Event.Kind == auth.EventAuthenticatorAdded && (e.Event.Address != "203.0.113.7" || !e.At.Equal(p.Clock.Now()) && e.At.IsZero()) {
			t.Errorf("binding a factor is noted without time or address: %+v", e)
		}
		all = append(all, kind)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}
