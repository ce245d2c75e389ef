package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// thief returns somebody who knows who's password, in a browser of their own.
func thief(p *servertest.Portal, who *servertest.Person) *servertest.Person {
	other := *who
	other.Browser = p.Browser()
	other.Address = "192.0.2.66"
	return &other
}

// A thief who is signed in with the password sees nothing of the enrollment that
// the owner begins, cannot finish it, and is out once two-factor is on.
func TestIntruder_OwnersEnrollment(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		eve := thief(p, ada).SignIn().StepUp()
		secret := ada.Start("Phone", "")
		if seen := servertest.Must(t, eve, api.CurrentEnrollment, api.None{}); seen.Stage != api.StageNone || seen.Secret != "" {
			t.Errorf("the pending secret in another session: %+v", seen)
		}
		passcode := secret.Passcode(auth.TimeStep(p.Clock.Now()))
		if code := servertest.Refused(t, eve, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: passcode}); code != check.EnrollmentExpired {
			t.Errorf("confirming it from another session: %q", code)
		}
		servertest.Must(t, eve, api.CancelEnrollment, api.None{})
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: passcode})
		if seen := servertest.Must(t, eve, api.CurrentEnrollment, api.None{}); len(seen.RecoveryCodes) != 0 {
			t.Errorf("the recovery codes in another session: %+v", seen)
		}
		if code := servertest.Refused(t, eve, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); code != check.EnrollmentExpired {
			t.Errorf("finishing it from another session: %q", code)
		}
		before := ada.Cookie("doorward")
		servertest.Must(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
		if code := servertest.Refused(t, eve, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("a session with one factor once two are asked for: %q", code)
		}
		if ada.Cookie("doorward") == before {
			t.Error("a session that has proved more keeps its identifier")
		}
		servertest.Must(t, ada, api.Session, api.None{})
	})
}

// A step-up counts no more once what it proved has changed.
func TestIntruder_ProofFromBeforeTheChange(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		for _, change := range []struct {
			name string
			make func()
		}{
			{"the password", func() {
				servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
				ada.Password = "seven owls watch the tide"
			}},
			{"the recovery codes", func() { servertest.Must(t, ada, api.RegenerateRecoveryCodes, api.None{}) }},
			{"an authenticator", func() {
				secret := ada.Start("Tablet", "")
				p.Clock.Advance(30 * time.Second)
				servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
			}},
		} {
			p.Clock.Advance(time.Minute)
			eve := thief(p, ada).SignIn().StepUp()
			ada.SignIn().StepUp()
			change.make()
			if code := servertest.Refused(t, eve, api.RegenerateRecoveryCodes, api.None{}); code != check.StepUpRequired {
				t.Errorf("a proof from before %s changed: %q", change.name, code)
			}
		}
	})
}

// A sign-in that proved the old password is over when the password changes.
func TestIntruder_SignInByTheOldPassword(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		eve := thief(p, ada)
		servertest.Must(t, eve, api.SignIn, api.SignInRequest{Name: "ada", Password: eve.Password})
		p.Clock.Advance(time.Second)
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide", EndOthers: true})
		if code := servertest.Refused(t, eve, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.SignInExpired {
			t.Errorf("the second step of a sign-in by the old password: %q", code)
		}
	})
}

// Who has the password cannot push out the owner's half-finished sign-in, nor try
// the password for ever.
func TestIntruder_PushesNobodyOut(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		servertest.Must(t, ada, api.SignOut, api.None{})
		ada.SignIn() // the browser is familiar with two-factor on
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		eve := thief(p, ada)
		var code check.Code
		for range 20 {
			code = servertest.Refused(t, eve, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		}
		if code != check.Throttled {
			t.Errorf("twenty right passwords without a second step: %q", code)
		}
		servertest.Must(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
	})
}

// Nothing tells that a name and an address belong to one account.
func TestIntruder_NamesAreNotLinked(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for range auth.LimitAccount.Free + 1 {
		wrongPassword(t, p.Browser(), "ada")
	}
	if e := wrongPassword(t, p.Browser(), "ada@example.org"); e.Code != check.WrongPassword {
		t.Errorf("the first try at the address after many at the name: %+v", e)
	}
}

// Signing in again and again makes no throttle anew, and a familiar browser is one
// no more once the password has changed.
func TestIntruder_FamiliarCookiesAreNotHoarded(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	var browsers []*servertest.Browser
	for range 4 {
		eve := thief(p, ada).SignIn()
		browsers = append(browsers, eve.Browser)
	}
	tries := func() (n int) {
		for _, b := range browsers {
			for range auth.LimitAccount.Free {
				if wrongPassword(t, b, "ada").Code == check.WrongPassword {
					n++
				}
			}
		}
		return n
	}
	if n := tries(); n != auth.LimitAccount.Free {
		t.Errorf("four familiar browsers at one address have %d tries, want %d", n, auth.LimitAccount.Free)
	}
	p.Clock.Advance(24 * time.Hour)
	ada.SignIn().StepUp()
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
	if n := tries(); n != auth.LimitAccount.Free {
		t.Errorf("after the password has changed they have %d tries, want %d", n, auth.LimitAccount.Free)
	}
	for range 3 {
		wrongPassword(t, p.Browser(), "ada")
	}
	if e := wrongPassword(t, p.Browser(), "ada"); e.Code != check.Throttled {
		t.Errorf("they have a throttle of their own still: %+v", e)
	}
}

// Dead links and wrong passwords count apart, and a familiar browser is not kept
// out by who shares its address.
func TestIntruder_SharedAddress(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	servertest.Must(t, ada, api.SignOut, api.None{})
	b := p.Browser()
	for range auth.LimitLink.Free {
		servertest.Refused(t, b, api.CheckLink, api.CheckLinkRequest{Token: strings.Repeat("A", 43), Kind: api.LinkSetup})
	}
	if e := wrongPassword(t, b, "somebody"); e.Code != check.WrongPassword {
		t.Errorf("a wrong password after dead links: %+v", e)
	}
	for i := range auth.LimitAddress.Free {
		wrongPassword(t, b, "nobody"+strings.Repeat("x", i))
	}
	if e := wrongPassword(t, b, "somebody else"); e.Code != check.Throttled {
		t.Errorf("the address after so many: %+v", e)
	}
	ada.SignIn()
}

// A replacement that was never acknowledged is told only while its proof lasts.
func TestIntruder_ReplacementIsNotToldForLong(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	b := p.Browser()
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	servertest.Must(t, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
	if servertest.Must(t, b, api.Session, api.None{}).Recovery == nil {
		t.Fatal("the replacement is not told at all")
	}
	p.Clock.Advance(auth.StepUpFor)
	if servertest.Must(t, b, api.Session, api.None{}).Recovery != nil || location(b.Get("/sign-in/recovered")) != "/" {
		t.Error("the replacement is told after the proof has run out")
	}
}

// An organization's name of any length makes an enrollment that works, and no
// secret gets into the log.
func TestIntruder_LongNamesMakeAQRCode(t *testing.T) {
	p := servertest.New(t, "")
	link, _, err := p.Server.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := p.Browser()
	servertest.Must(t, b, api.Setup, api.SetupRequest{Token: link[len(link)-43:], Organization: strings.Repeat("🚪", 100), DisplayName: "Ada",
		UserName: "ada", Email: "ada@example.org", Password: "umbrella kitchen orbit"})
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: "umbrella kitchen orbit"})
	servertest.Must(t, b, api.StepUp, api.StepUpRequest{Password: "umbrella kitchen orbit"})
	if e := servertest.Must(t, b, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"}); len(e.QR) == 0 {
		t.Error("no QR code")
	}
	if strings.Contains(p.Log.String(), "otpauth") {
		t.Error("a secret is in the log")
	}
}

// A late answer to an old cookie does not take the new one away; a form that is not
// UTF-8 is malformed.
func TestIntruder_SmallThings(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	old := ada.Copy()
	ada.StepUp()
	answer := old.Do(httptest.NewRequest(http.MethodGet, api.Session.Path, nil))
	if answer.Code != http.StatusUnauthorized || len(answer.Result().Cookies()) != 0 {
		t.Errorf("the old cookie: %d, %v", answer.Code, answer.Result().Cookies())
	}
	if at := location(p.Browser().Post("/sign-in", url.Values{"name": {"ada\xff"}, "password": {"x"}})); at != "/sign-in?code=malformed" {
		t.Errorf("a form that is not UTF-8 leads to %q", at)
	}
}
