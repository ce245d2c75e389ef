package server_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		if bytes.Contains(stored, []byte(secret)) {
			t.Errorf("%s is in the database in the clear", name)
		}
		if strings.Contains(p.Log.String(), secret) {
			t.Errorf("%s is in the log", name)
		}
	}
	if passcode := ada.Passcode(); strings.Contains(p.Log.String(), passcode) {
		t.Error("a passcode is in the log")
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
