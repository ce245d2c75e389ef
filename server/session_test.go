package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The cookies are opaque, HttpOnly, SameSite=Lax, for the whole host and, under
// HTTPS, Secure and __Host- (requirements 64, 65, 74).
func TestSession_Cookies(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	servertest.Must(t, ada, api.SignOut, api.None{})
	seen := map[string]bool{}
	for _, step := range []*http.Request{
		httptest.NewRequest(http.MethodPost, api.SignIn.Path, strings.NewReader(`{"name":"ada","password":"`+ada.Password+`"}`)),
		httptest.NewRequest(http.MethodPost, api.VerifyTOTP.Path, strings.NewReader(`{"passcode":"`+ada.Passcode()+`"}`)),
	} {
		step.Header.Set("Content-Type", "application/json")
		answer := ada.Do(step)
		if answer.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %q", step.URL.Path, answer.Header().Get("Cache-Control"))
		}
		for _, k := range answer.Result().Cookies() {
			if !strings.HasPrefix(k.Name, "__Host-") || !k.Secure || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" {
				t.Errorf("cookie %+v", k)
			}
			if strings.Contains(k.Value, "ada") {
				t.Errorf("%s says who it belongs to: %s", k.Name, k.Value)
			}
			if k.MaxAge >= 0 {
				seen[k.Name] = true
			}
		}
	}
	if len(seen) != 2 && len(seen) != 3 {
		t.Errorf("cookies: %v", seen)
	}
	if len(ada.Cookie("doorward")) != 43 {
		t.Errorf("the session's cookie has %d characters, want 43 (256 bits)", len(ada.Cookie("doorward")))
	}
}

// Each step of authentication has an identifier of its own, and the old one is
// dead (requirement 66).
func TestSession_NewIdentifierAtEachStep(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn()
		first := ada.Copy()
		ada.StepUp()
		if ada.Cookie("doorward") == first.Cookie("doorward") {
			t.Error("a step-up keeps the identifier")
		}
		if code := servertest.Refused(t, first, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("the identifier from before the step-up: %q", code)
		}
		before := ada.Copy()
		ada.SignIn()
		if code := servertest.Refused(t, before, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("the session from before signing in anew: %q", code)
		}
		ada.Enroll()
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		half := ada.Copy()
		servertest.Must(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		if code := servertest.Refused(t, half, api.CurrentSignIn, api.None{}); code != check.SignInExpired {
			t.Errorf("the half-finished sign-in after it was finished: %q", code)
		}
		half.SetCookie("doorward", half.Cookie("doorward-sign-in"))
		if code := servertest.Refused(t, half, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("a sign-in's cookie as a session's: %q", code)
		}
	})
}

// Sessions end on the server: an hour unused, a day in all; a half-finished
// sign-in after ten minutes (requirement 67).
func TestSession_Limits(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn()
		p.Clock.Advance(59 * time.Minute)
		servertest.Must(t, ada, api.Session, api.None{})
		p.Clock.Advance(61 * time.Minute)
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("unused for an hour: %q", code)
		}
		ada.SignIn()
		for range 25 {
			p.Clock.Advance(57 * time.Minute)
			servertest.Refused(t, ada, api.Session, api.None{})
		}
		servertest.Must(t, ada, api.Session, api.None{})
		p.Clock.Advance(30 * time.Minute)
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("after a day of use: %q", code)
		}
		ada.SignIn().Enroll()
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		p.Clock.Advance(10 * time.Minute)
		if code := servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.SignInExpired {
			t.Errorf("a sign-in after ten minutes: %q", code)
		}
	})
}

// A step-up is good for ten minutes, and for the session that made it only.
func TestSession_StepUpRunsOut(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	other := *ada
	other.Browser = p.Browser()
	other.SignIn()
	ada.StepUp()
	if code := servertest.Refused(t, other, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"}); code != check.StepUpRequired {
		t.Errorf("the step-up of another session: %q", code)
	}
	p.Clock.Advance(10*time.Minute - time.Second)
	ada.Start("Phone", "")
	p.Clock.Advance(time.Second)
	if code := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"}); code != check.StepUpRequired {
		t.Errorf("after ten minutes: %q", code)
	}
}

// A step-up asks for the password and, once there is one, a second factor; each
// wrong one is refused, and counted as at sign-in (requirements 56, 57).
func TestSession_StepUpProvesBothFactors(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		for _, tt := range []struct {
			name string
			req  api.StepUpRequest
			want check.Code
		}{
			{"the password alone", api.StepUpRequest{Password: ada.Password}, check.Required},
			{"a wrong password", api.StepUpRequest{Password: "wrong", Passcode: "123456"}, check.WrongPassword},
			{"a wrong passcode", api.StepUpRequest{Password: ada.Password, Passcode: "000000"}, check.WrongPasscode},
			{"a wrong recovery code", api.StepUpRequest{Password: ada.Password, RecoveryCode: "0000000000000000"}, check.WrongRecoveryCode},
		} {
			if code := servertest.Refused(t, ada, api.StepUp, tt.req); code != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, code, tt.want)
			}
		}
		proof := servertest.Must(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, RecoveryCode: ada.Codes[1]})
		if proof.Recovery == nil || proof.Recovery.Left != 10 || proof.Until != p.Clock.Now().Add(10*time.Minute).UnixMilli() {
			t.Errorf("a step-up with a recovery code: %+v", proof)
		}
		if code := servertest.Refused(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, RecoveryCode: ada.Codes[1]}); code != check.WrongRecoveryCode {
			t.Errorf("the same recovery code again: %q", code)
		}
	})
}

// The list shows each session of the user and of nobody else; ending one, or all
// others, ends them at once (requirement 70).
func TestSession_ListAndEnd(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn()
		grace := p.Invite("grace").SignIn()
		second, third := *ada, *ada
		second.Browser, third.Browser = p.Browser(), p.Browser()
		second.SignIn()
		third.SignIn()
		list := servertest.Must(t, ada, api.Sessions, api.None{}).Sessions
		if len(list) != 3 || !list[0].Current || list[1].Current || list[0].Device != "Firefox on Linux" || list[0].Address != "203.0.113.7" {
			t.Fatalf("sessions: %+v", list)
		}
		ada.StepUp()
		grace.StepUp()
		if code := servertest.Refused(t, grace, api.EndSession, api.EndSessionRequest{ID: list[1].ID}); code != check.NotFound {
			t.Errorf("ending somebody else's session: %q", code)
		}
		servertest.Must(t, ada, api.EndSession, api.EndSessionRequest{ID: list[1].ID})
		alive := 0
		for _, b := range []*servertest.Person{&second, &third} {
			if servertest.Refused(t, b, api.Session, api.None{}) == "" {
				alive++
			}
		}
		if alive != 1 {
			t.Errorf("after ending one of two others %d are alive", alive)
		}
		if n := servertest.Must(t, ada, api.EndOtherSessions, api.None{}).Count; n != 1 {
			t.Errorf("%d others ended, want 1", n)
		}
		servertest.Must(t, ada, api.Session, api.None{})
		servertest.Must(t, grace, api.Session, api.None{})
	})
}

// Suspending a user ends every session at once, and the half-finished ones
// (requirement 71).
func TestSession_SuspendedUserIsOut(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		half := p.Browser()
		servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		id := auth.ID(servertest.Must(t, ada, api.Session, api.None{}).UserID)
		if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
			u, err := tx.LockUser(t.Context(), id)
			if err != nil {
				return err
			}
			u.State = auth.Suspended
			return tx.SaveUser(t.Context(), u)
		}); err != nil {
			t.Fatal(err)
		}
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("the session of a suspended user: %q", code)
		}
		if code := servertest.Refused(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.SignInExpired {
			t.Errorf("the sign-in of a suspended user: %q", code)
		}
		if code := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); code != check.WrongPassword {
			t.Errorf("signing in suspended: %q", code)
		}
	})
}

// A browser that somebody is signed in with takes another person's sign-in, which
// ends the first one's session there.
func TestSession_AnotherPersonSignsIn(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		grace := p.Invite("grace").SignIn()
		before := grace.Copy()
		servertest.Must(t, grace, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if info := servertest.Must(t, grace, api.Session, api.None{}); info.UserName != "grace" {
			t.Errorf("half signed in as ada: %+v", info)
		}
		servertest.Must(t, grace, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		if info := servertest.Must(t, grace, api.Session, api.None{}); info.UserName != "ada" {
			t.Errorf("signed in as ada: %+v", info)
		}
		if code := servertest.Refused(t, before, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("grace's session in that browser: %q", code)
		}
	})
}
