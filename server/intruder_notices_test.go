package server_test

import (
	"database/sql"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// A link that locks the account down tells nothing about it: it also goes to phones and
// to addresses that are not the account's any more.
func TestIntruder_NotMeTellsNothing(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german).StepUp()
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "nine geese cross the marsh"})
	p.Deliver()
	info := servertest.Must(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: p.Post.TextLink(german, "/not-me/"), Kind: api.LinkNotMe})
	if info.UserName+info.Email+info.DisplayName != "" || info.MinPassword != check.MinPassword {
		t.Errorf("the link in a text message tells %+v", info)
	}
}

// A display name with an "@" in it is no way to put a link into our mails.
func TestIntruder_NameIsNoLink(t *testing.T) {
	for _, name := range []string{"Reset at evil.example/login @you", "www.evil.example/@"} {
		_, text, html, err := message.English.Compose(message.NewDevice, message.Facts{Name: name, Portal: "https://auth.example.org"})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "evil.example/") || strings.Contains(html, "evil.example/") {
			t.Errorf("%q is a link in the mail", name)
		}
	}
}

// A mail to a stranger says nothing that the sender chose.
func TestIntruder_StrangersAreToldNothingChosen(t *testing.T) {
	_, text, _, err := message.English.Compose(message.EmailConfirm, message.Facts{Name: "You have won, call +49 900 123456", Portal: "https://auth.example.org", Link: "https://auth.example.org/email/x"})
	if err != nil || strings.Contains(text, "You have won") {
		t.Errorf("%v: %s", err, strings.SplitN(text, "\n", 2)[0])
	}
}

// A message that cannot be read any more keeps no other from being sent.
func TestIntruder_ADamagedMessageStopsNoOther(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	p.Deliver()
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
		m := auth.Message{ID: "damaged", Channel: auth.ByMail, Kind: "test", User: "x", Recipient: adas, Shown: "x", Content: []byte("{}"), Created: p.Clock.Now(), Next: p.Clock.Now(),
			Expires: p.Clock.Now().Add(time.Hour)}
		return tx.Queue(t.Context(), m)
	}); err != nil {
		t.Fatal(err)
	}
	damage(t, p, "UPDATE outbox SET content = x'00' WHERE id = 'damaged'")
	p.Post.Empty()
	ada.Enroll()
	if _, err := p.Server.DeliverDue(t.Context()); err != nil {
		t.Errorf("sending: %v", err)
	}
	if len(p.Post.Mails(adas)) == 0 {
		t.Error("nothing is sent any more")
	}
}

// damage runs a statement on the file of the database.
func damage(t *testing.T, p *servertest.Portal, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(p.Folder, "doorward.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// trap is a source of randomness that runs do once before it is read, when it is armed.
type trap struct {
	io.Reader
	mu sync.Mutex
	do func()
}

func (r *trap) Read(b []byte) (int, error) {
	r.mu.Lock()
	do := r.do
	r.do = nil
	r.mu.Unlock()
	if do != nil {
		do()
	}
	return r.Reader.Read(b)
}

// What a session had under way when its user ended it binds nothing.
func TestIntruder_AnEndedSessionFinishesNothing(t *testing.T) {
	random := &trap{}
	p := servertest.New(t, "", func(c *serverConfig) { random.Reader, c.Random = c.Random, random })
	ada := p.SetUp().SignIn()
	thief := &servertest.Person{Browser: ada.Copy()}
	ada.StepUp() // the copy of the cookie is void: the thief has a session of their own
	servertest.Must(t, thief, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	servertest.Must(t, thief, api.StepUp, api.StepUpRequest{Password: ada.Password})
	started := servertest.Must(t, thief, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Mine"})
	secret := servertest.SecretOf(t, started.Secret)
	servertest.Must(t, thief, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
	random.mu.Lock()
	random.do = func() { servertest.Must(t, ada, api.EndOtherSessions, api.None{}) } // while the recovery codes are hashed
	random.mu.Unlock()
	if refused := servertest.Refused(t, thief, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); refused != check.SignedOut {
		t.Errorf("finishing: %q", refused)
	}
	u, err := p.Store.UserByLogin(t.Context(), "ada")
	if err != nil || u.TwoFactor() {
		t.Errorf("%v; two-factor is on, with the intruder's app, and the owner is signed out: %q", err, servertest.Refused(t, ada, api.Session, api.None{}))
	}
}

// Everything at once ends in answers: no transaction breaks.
func TestIntruder_EverythingAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp().AddText(german)
		grace := p.Invite("grace").SignIn().Enroll().StepUp().AddText(german)
		p.Deliver()
		notMe := p.Post.Link(adas, "/not-me/")
		var all sync.WaitGroup
		for i := range 60 {
			who := []*servertest.Person{ada, grace}[i%2]
			b := who.Copy()
			if i%3 == 0 {
				b = elsewhere(p, i)
			}
			all.Go(func() {
				switch i % 10 {
				case 0, 1:
					api.SignIn.Call(t.Context(), b, api.SignInRequest{Name: who.Name, Password: who.Password})
					api.SendText.Call(t.Context(), b, api.SendTextRequest{})
					api.VerifyText.Call(t.Context(), b, api.VerifyTextRequest{Code: "000000"})
					api.UseRecoveryCode.Call(t.Context(), b, api.UseRecoveryCodeRequest{RecoveryCode: "0000-0000-0000-0000"})
				case 2:
					api.SendStepUpText.Call(t.Context(), b, api.SendTextRequest{})
				case 3:
					api.StepUp.Call(t.Context(), b, api.StepUpRequest{Password: who.Password, TextCode: "000000"})
				case 4:
					api.CheckUp.Call(t.Context(), b, api.CheckUpRequest{Passcode: "000000"})
				case 5:
					api.ChangeEmail.Call(t.Context(), b, api.ChangeEmailRequest{Email: "new@example.net"})
				case 6:
					api.StartRecoveryPhone.Call(t.Context(), b, api.StartRecoveryPhoneRequest{Number: german, Country: "DE"})
				case 7:
					api.ChangePassword.Call(t.Context(), b, api.ChangePasswordRequest{Current: who.Password, New: "nine geese cross the marsh"})
				case 8:
					api.TurnOffTwoFactor.Call(t.Context(), b, api.None{})
				case 9:
					if i > 40 {
						api.LockDown.Call(t.Context(), b, api.LinkRequest{Token: notMe})
					}
					p.Server.DeliverDue(t.Context())
				}
			})
		}
		all.Wait()
		for line := range strings.Lines(p.Log.String()) {
			if strings.Contains(line, "msg=fault") {
				t.Error(line)
			}
		}
	}, servertest.WithTexts)
}
