package server_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The numbers that tests use: a recovery phone, another, and a phone that takes the
// codes of the second step.
const (
	mobile, otherMobile, codesMobile = "+4915123456789", "+4915123456788", "+4915123456787"
)

func textsNot(p *servertest.Portal, to, words string) bool {
	return !slices.ContainsFunc(p.Post.Texts(to), func(m message.Text) bool { return strings.Contains(m.Body, words) })
}

// Password and recovery phone are full level, lead to binding a new authenticator
// first, and are told to every address and phone.
func TestRecoveryPhone_SignsInAndTells(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().AddPhone(mobile).AddPhone(otherMobile)
		p.Change("ada", func(u *auth.User) { u.NoticeEmail = "ada@elsewhere.example" })
		b := ada.Halfway()
		lost := servertest.Must(t, b, api.LostWays, api.None{})
		if !lost.RecoveryCodes || len(lost.Phones) != 2 || lost.Phones[0].Number == mobile || lost.Text != nil || lost.Staff || lost.Asked {
			t.Fatalf("the ways back: %+v", lost)
		}
		if next := servertest.Must(t, b, api.SendRecoveryText, api.SendTextRequest{Authenticator: lost.Phones[1].ID}); next.Path != "/sign-in/recovery-phone" {
			t.Errorf("after asking for a code one goes to %q", next.Path)
		}
		p.Deliver()
		if text := servertest.Must(t, b, api.LostWays, api.None{}).Text; text == nil || text.Number != lost.Phones[1].Number {
			t.Errorf("the code on its way: %+v", text)
		}
		p.Post.Empty()
		if code := p.Post.Code(mobile); code != "" {
			t.Error("the other phone got the code too")
		}
		servertest.Must(t, b, api.SendRecoveryText, advanced(p, lost.Phones[0].ID))
		p.Deliver()
		if next := servertest.Must(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: p.Post.Code(mobile)}); next.Path != "/sign-in/recovered" {
			t.Errorf("the code leads to %q", next.Path)
		}
		session := sessions(t, p, ada)[0]
		if session.Level != auth.TwoFactors || !slices.Equal(session.Factors, []auth.Factor{auth.FactorPassword, auth.FactorRecoveryPhone}) {
			t.Errorf("the session: %+v", session)
		}
		p.Deliver()
		for _, to := range []string{"ada@example.org", "ada@elsewhere.example"} {
			if !slices.ContainsFunc(p.Post.Mails(to), func(m message.Mail) bool { return m.Subject == "Your recovery phone was used to sign in" }) {
				t.Errorf("%s is not told", to)
			}
		}
		for _, to := range []string{mobile, otherMobile} {
			if textsNot(p, to, "your recovery phone was used") {
				t.Errorf("%s is not told", to)
			}
		}
		if page := b.Get("/sign-in/recovered"); page.Code != 200 {
			t.Errorf("the page after it: %d, to %q", page.Code, location(page))
		}
		old := ada.Secret
		if next := servertest.Must(t, b, api.AcknowledgeRecovery, api.AcknowledgeRecoveryRequest{Then: "replace"}); next.Path != "/profile/security/set-up?replace=any" {
			t.Errorf("replacing leads to %q", next.Path)
		}
		ada.Browser = b
		ada.Secret = ada.Start("New phone", "any")
		servertest.Must(t, b, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: ada.Passcode()})
		half := ada.Halfway()
		p.Clock.Advance(30 * time.Second)
		if code := servertest.Refused(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: old.Passcode(auth.TimeStep(p.Clock.Now()))}); code != check.WrongPasscode {
			t.Errorf("the old authenticator: %q", code)
		}
		ada.Elsewhere().SignIn()
	}, servertest.WithTexts)
}

// advanced moves the clock past the wait for another code and asks for one.
func advanced(p *servertest.Portal, phone string) api.SendTextRequest {
	p.Clock.Advance(auth.ResendAfter)
	return api.SendTextRequest{Authenticator: phone}
}

// sessions returns a person's sessions.
func sessions(t *testing.T, p *servertest.Portal, who *servertest.Person) []auth.Session {
	t.Helper()
	list, err := p.Store.Sessions(t.Context(), who.User().ID)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(list, func(a, b auth.Session) int { return b.Created.Compare(a.Created) })
	return list
}

// "I still have it" goes on to where the person was going.
func TestRecoveryPhone_Continues(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().Enroll().AddPhone(mobile)
	b := p.Browser()
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password, Next: "/profile"})
	servertest.Must(t, b, api.SendRecoveryText, advanced(p, ""))
	p.Deliver()
	servertest.Must(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: p.Post.Code(mobile)})
	if next := servertest.Must(t, b, api.AcknowledgeRecovery, api.AcknowledgeRecoveryRequest{Then: "continue"}); next.Path != "/profile" {
		t.Errorf("continuing leads to %q", next.Path)
	}
	if next := location(b.Get("/sign-in/recovered")); next != "/" {
		t.Errorf("the page again leads to %q", next)
	}
}

func TestRecoveryPhone_CodeCountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().AddPhone(mobile)
		p.Clock.Advance(time.Minute)
		browsers := halves(t, p, ada)
		servertest.Must(t, browsers[0], api.SendRecoveryText, api.SendTextRequest{})
		p.Deliver()
		code := p.Post.Code(mobile)
		if n := once(func(i int) bool {
			_, err := api.VerifyRecoveryText.Call(t.Context(), browsers[i], api.VerifyRecoveryTextRequest{Code: code})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests signed in with one code", n, parallel)
		}
		if used := ada.Events(auth.EventRecoveryPhoneUsed); len(used) != 1 {
			t.Errorf("%d events", len(used))
		}
	}, servertest.WithTexts)
}

// A code is good for what it was sent for: a recovery phone's is no second factor,
// that of a phone which takes the codes is no way back, and that of one sign-in is
// none of another.
func TestRecoveryPhone_CodesAreNotInterchangeable(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().AddPhone(mobile).StepUp()
		servertest.Must(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: codesMobile, Country: "DE"})
		p.Deliver()
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: p.Post.Code(codesMobile)})
		again := func() *servertest.Browser {
			p.Clock.Advance(24 * time.Hour)
			return ada.Halfway()
		}
		b := again()
		servertest.Must(t, b, api.SendRecoveryText, advanced(p, ""))
		p.Deliver()
		if code := servertest.Refused(t, b, api.VerifyText, api.VerifyTextRequest{Code: p.Post.Code(mobile)}); code != check.TextCodeExpired {
			t.Errorf("a recovery phone's code as a second factor: %q", code)
		}
		b = again()
		servertest.Must(t, b, api.SendText, advanced(p, ""))
		p.Deliver()
		if code := servertest.Refused(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: p.Post.Code(codesMobile)}); code != check.TextCodeExpired {
			t.Errorf("a second factor's code as a way back: %q", code)
		}
		servertest.Must(t, b, api.VerifyText, api.VerifyTextRequest{Code: p.Post.Code(codesMobile)}) // and it was not spent by that
		b = again()
		servertest.Must(t, b, api.SendRecoveryText, advanced(p, ""))
		p.Deliver()
		if code := servertest.Refused(t, ada.Halfway(), api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: p.Post.Code(mobile)}); code != check.TextCodeExpired {
			t.Errorf("the code of another sign-in: %q", code)
		}
		if code := servertest.Refused(t, b, api.SendRecoveryText, api.SendTextRequest{Authenticator: servertest.Must(t, b, api.CurrentSignIn, api.None{}).Texts[0].ID}); code != check.NotFound {
			t.Errorf("a recovery code to a phone that is none: %q", code)
		}
	}, servertest.WithTexts)
}

// A phone that is removed opens nothing any more, also with a code that is on its
// way; wrong codes are counted, and the tries at one code are few.
func TestRecoveryPhone_RemovedWrongAndLate(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().AddPhone(mobile)
		b := ada.Halfway()
		servertest.Must(t, b, api.SendRecoveryText, advanced(p, ""))
		p.Deliver()
		code := p.Post.Code(mobile)
		wrong := "000000"
		if code == wrong {
			wrong = "000001"
		}
		for i := range auth.LimitSecondStep.Free {
			if got := servertest.Refused(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: wrong}); got != check.WrongTextCode {
				t.Errorf("wrong code %d: %q", i+1, got)
			}
		}
		if got := servertest.Refused(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: code}); got != check.Throttled {
			t.Errorf("after that: %q", got)
		}
		p.Clock.Advance(time.Minute)
		if got := servertest.Refused(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: code}); got != check.TextCodeExpired {
			t.Errorf("a code that was tried too often: %q", got)
		}
		p.Deliver()
		if !slices.ContainsFunc(p.Post.Mails("ada@example.org"), func(m message.Mail) bool { return m.Subject == "Right password, wrong second step" }) {
			t.Error("the person is not told of the wrong codes")
		}
		p.Clock.Advance(time.Hour)
		b = ada.Halfway()
		servertest.Must(t, b, api.SendRecoveryText, advanced(p, ""))
		p.Deliver()
		p.Clock.Advance(time.Minute)
		ada.Browser = p.Browser()
		ada.SignIn().StepUp()
		servertest.Must(t, ada, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: servertest.Must(t, ada, api.Security, api.None{}).RecoveryPhones[0].ID})
		if got := servertest.Refused(t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: p.Post.Code(mobile)}); got != check.TextCodeExpired {
			t.Errorf("the code of a removed phone: %q", got)
		}
		if got := servertest.Refused(t, b, api.SendRecoveryText, advanced(p, "")); got != check.NotFound {
			t.Errorf("another code to it: %q", got)
		}
	}, servertest.WithTexts)
}

// Staff are asked once an hour; only those who may help are mailed; where nobody is,
// or nobody can be told, it is refused and not counted.
func TestAskStaff(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll() // the only operator
		here, there := ada.User().Organization, p.Organization("Elsewhere")
		grace := p.Add("grace", auth.Member, here).SignIn().Enroll()
		hugo := p.Add("hugo", auth.Helper, here).SignIn()
		p.Add("idle", auth.Helper, here)
		p.Change("idle", func(u *auth.User) { u.State = auth.Suspended })
		p.Add("amy", auth.Admin, here)
		p.Add("alien", auth.Admin, there)
		asked := func() (mailed []string) {
			p.Post.Empty()
			p.Deliver()
			for _, m := range p.Post.Mails("") {
				if m.Subject == "Somebody cannot sign in and asks for help" {
					mailed = append(mailed, strings.TrimSuffix(m.To, "@example.org"))
				}
			}
			slices.Sort(mailed)
			return mailed
		}
		for _, tt := range []struct {
			who  *servertest.Person
			want []string
		}{{grace, []string{"ada", "amy", "hugo"}}, {hugo, []string{"ada", "amy"}}} {
			b := tt.who.Halfway()
			if lost := servertest.Must(t, b, api.LostWays, api.None{}); !lost.Staff || !lost.Mail || lost.Asked {
				t.Errorf("%s, before: %+v", tt.who.Name, lost)
			}
			servertest.Must(t, b, api.AskStaff, api.None{})
			if got := asked(); !slices.Equal(got, tt.want) {
				t.Errorf("%s asks %v, want %v", tt.who.Name, got, tt.want)
			}
			if got := servertest.Refused(t, tt.who.Halfway(), api.AskStaff, api.None{}); got != check.Throttled {
				t.Errorf("%s asks again: %q", tt.who.Name, got)
			}
			if !servertest.Must(t, b, api.LostWays, api.None{}).Asked {
				t.Errorf("%s is not told that staff were asked", tt.who.Name)
			}
			p.Clock.Advance(time.Hour)
			servertest.Must(t, tt.who.Halfway(), api.AskStaff, api.None{})
			asked()
			if len(tt.who.Events(auth.EventHelpAsked)) != 2 {
				t.Errorf("%s: %d events", tt.who.Name, len(tt.who.Events(auth.EventHelpAsked)))
			}
			p.Clock.Advance(time.Hour)
		}
		b := ada.Halfway()
		for range 2 { // nobody is above ada: it is refused for that reason each time
			if got := servertest.Refused(t, b, api.AskStaff, api.None{}); got != check.NotFound {
				t.Errorf("ada asks: %q", got)
			}
		}
		if lost := servertest.Must(t, b, api.LostWays, api.None{}); lost.Staff || lost.Asked {
			t.Errorf("ada: %+v", lost)
		}
		p.Reconfigure(func(c *server.Config) { c.Delivery.Mail = nil })
		if got := servertest.Refused(t, grace.Halfway(), api.AskStaff, api.None{}); got != check.NotFound {
			t.Errorf("without a mail server: %q", got)
		}
	})
}
