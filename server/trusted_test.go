package server_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

const trusting = "doorward-trusted"

// trustDays has the portal trust browsers for n days.
func trustDays(p *servertest.Portal, n int) {
	p.SetPolicy(func(q *auth.Policy) { q.TrustedDays = n })
}

// trusted signs who in with a new browser that is trusted from then on.
func trusted(t *testing.T, p *servertest.Portal, who *servertest.Person) *servertest.Person {
	t.Helper()
	them := *who
	them.Browser = half(t, p, who)
	servertest.Must(t, them, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: who.Passcode(), Trust: true})
	return &them
}

// leads returns where the right password leads who.
func leads(t *testing.T, who *servertest.Person) string {
	t.Helper()
	return servertest.Must(t, who, api.SignIn, api.SignInRequest{Name: who.Name, Password: who.Password}).Path
}

// Off by default; where it is on, a trusted browser is asked for the password and
// not for the second factor, and its session says so and is worth one factor.
func TestTrusted_SkipsTheSecondFactorOnly(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		if off := trusted(t, p, ada); off.Cookie(trusting) != "" || servertest.Must(t, off, api.Security, api.None{}).TrustDays != 0 {
			t.Error("a browser is trusted although no policy allows it")
		}
		trustDays(p, 30)
		b := half(t, p, ada)
		if state := servertest.Must(t, b, api.CurrentSignIn, api.None{}); state.TrustDays != 30 {
			t.Errorf("the sign-in offers %d days", state.TrustDays)
		}
		mine := trusted(t, p, ada)
		rows := servertest.Must(t, mine, api.Security, api.None{}).TrustedDevices
		if len(rows) != 1 || !rows[0].Current || rows[0].Name != "Firefox on Linux" || rows[0].Expires != p.Clock.Now().Add(30*24*time.Hour).UnixMilli() {
			t.Errorf("trusted devices: %+v", rows)
		}
		servertest.Must(t, mine, api.SignOut, api.None{})
		if refused := servertest.Refused(t, mine, api.SignIn, api.SignInRequest{Name: "ada", Password: "wrong"}); refused != check.WrongPassword {
			t.Errorf("a wrong password in a trusted browser: %q", refused)
		}
		if at := leads(t, mine); at != "/" {
			t.Errorf("the right one leads to %q", at)
		}
		isTrusted := func(s auth.Session) bool {
			return s.Level == auth.OneFactor && slices.Equal(s.Factors, []auth.Factor{"pwd", "trusted_device"})
		}
		if !slices.ContainsFunc(sessionsOf(t, p, ada), isTrusted) {
			t.Errorf("sessions: %+v", sessionsOf(t, p, ada))
		}
		if refused := servertest.Refused(t, mine, api.StepUp, api.StepUpRequest{Password: ada.Password}); refused != check.Required {
			t.Errorf("a step-up with the password alone: %q", refused)
		}
		mine.StepUp()
		if slices.ContainsFunc(sessionsOf(t, p, ada), isTrusted) {
			t.Error("a session that has proved a second factor says that it was excused")
		}
	})
}

// The cookie is like the others, and kept for as long as the trust lasts.
func TestTrusted_Cookie(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	trustDays(p, 7)
	b := half(t, p, ada)
	r := httptest.NewRequest(http.MethodPost, api.VerifyTOTP.Path, strings.NewReader(`{"passcode":"`+ada.Passcode()+`","trust":true}`))
	r.Header.Set("Content-Type", "application/json")
	for _, k := range b.Do(r).Result().Cookies() {
		if k.Name != "__Host-"+trusting {
			continue
		}
		if !k.Secure || !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" || k.MaxAge != 7*24*3600 || len(k.Value) != 43 {
			t.Errorf("the cookie: %+v", k)
		}
		return
	}
	t.Error("no cookie")
}

// The cookie of another user excuses nobody, and is no session.
func TestTrusted_CookieOfAnotherUser(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		grace := p.Invite("grace").SignIn().Enroll()
		trustDays(p, 30)
		mine := trusted(t, p, ada)
		b := p.Browser()
		b.SetCookie(trusting, mine.Cookie(trusting))
		if refused := servertest.Refused(t, b, api.Session, api.None{}); refused != check.SignedOut {
			t.Errorf("the cookie alone: %q", refused)
		}
		if at := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password}).Path; at != "/sign-in/passcode" {
			t.Errorf("with ada's cookie grace is led to %q", at)
		}
		b.SetCookie(trusting, mine.Cookie("doorward"))
		if at := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}).Path; at != "/sign-in/passcode" {
			t.Errorf("with a session's cookie as the trusted one: %q", at)
		}
	})
}

// Trust ends with every change of the password or of an authenticator, with a
// stricter policy, by revoking, and by itself.
func TestTrusted_Ends(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		trustDays(p, 30)
		add := func(replaces string) {
			secret := ada.Start("Another", replaces)
			p.Clock.Advance(30 * time.Second)
			servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
			if replaces != "" {
				ada.Secret = secret
			}
		}
		rows := func() []api.AuthenticatorRow { return servertest.Must(t, ada, api.Security, api.None{}).Authenticators }
		for _, tt := range []struct {
			name string
			end  func()
		}{
			{"the password changes", func() {
				servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
				ada.Password = "seven owls watch the tide"
			}},
			{"an authenticator is added", func() { add("") }},
			{"an authenticator is removed", func() {
				servertest.Must(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: rows()[1].ID})
			}},
			{"an authenticator is replaced", func() { add(rows()[0].ID) }},
			{"two-factor is turned off and on", func() {
				servertest.Must(t, ada, api.TurnOffTwoFactor, api.None{})
				ada.Secret = nil
				ada.Enroll()
			}},
			{"it is reset on the host", func() {
				if _, err := p.Server.ResetTwoFactor(t.Context(), "ada", "a test"); err != nil {
					t.Fatal(err)
				}
				ada.Secret = nil
				ada.SignIn().Enroll()
			}},
			{"the policy forbids it", func() { trustDays(p, 0) }},
			{"the policy allows less", func() { p.Clock.Advance(2 * 24 * time.Hour); trustDays(p, 1) }},
			{"all are revoked", func() {
				if n := servertest.Must(t, ada, api.RevokeTrustedDevices, api.None{}).Count; n == 0 {
					t.Error("none was revoked")
				}
			}},
			{"it is over", func() { p.Clock.Advance(30 * 24 * time.Hour) }},
		} {
			trustDays(p, 30)
			p.Clock.Advance(time.Minute)
			ada.SignIn().StepUp()
			mine := trusted(t, p, ada)
			if at := leads(t, mine); at != "/" {
				t.Fatalf("before %s: %q", tt.name, at)
			}
			tt.end()
			mine.Password = ada.Password
			if at := leads(t, mine); at != "/sign-in/passcode" {
				t.Errorf("after %s the password leads to %q", tt.name, at)
			}
		}
	})
}

// One is revoked by its owner and nobody else; the others stay.
func TestTrusted_RevokeOne(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		grace := p.Invite("grace").SignIn()
		trustDays(p, 30)
		first, second := trusted(t, p, ada), trusted(t, p, ada)
		rows := servertest.Must(t, second, api.Security, api.None{}).TrustedDevices
		if len(rows) != 2 || !rows[0].Current || rows[1].Current {
			t.Fatalf("trusted devices: %+v", rows)
		}
		if refused := servertest.Refused(t, grace, api.RevokeTrustedDevice, api.RevokeTrustedDeviceRequest{ID: rows[1].ID}); refused != check.NotFound {
			t.Errorf("somebody else's: %q", refused)
		}
		servertest.Must(t, second, api.RevokeTrustedDevice, api.RevokeTrustedDeviceRequest{ID: rows[1].ID})
		if refused := servertest.Refused(t, second, api.RevokeTrustedDevice, api.RevokeTrustedDeviceRequest{ID: rows[1].ID}); refused != check.NotFound {
			t.Errorf("once more: %q", refused)
		}
		if at := leads(t, first); at != "/sign-in/passcode" {
			t.Errorf("the revoked one: %q", at)
		}
		if at := leads(t, second); at != "/" {
			t.Errorf("the other: %q", at)
		}
		b := half(t, p, ada)
		b.SetCookie(trusting, second.Cookie(trusting))
		servertest.Must(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode(), Trust: true})
		if rows := servertest.Must(t, b, api.Security, api.None{}).TrustedDevices; len(rows) != 1 {
			t.Errorf("a browser that is trusted anew is listed %d times", len(rows))
		}
	})
}

// A sign-in that another request has finished meanwhile trusts nothing.
func TestTrusted_OnlyByTheSignInThatCounts(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		trustDays(p, 30)
		browsers := halves(t, p, ada)
		p.Clock.Advance(time.Minute)
		step := auth.TimeStep(p.Clock.Now())
		once(func(i int) bool {
			passcode := ada.Secret.Passcode(step - 1 + int64(i%3))
			_, err := api.VerifyTOTP.Call(t.Context(), browsers[i], api.VerifyTOTPRequest{Passcode: passcode, Trust: true})
			return err == nil
		})
		u, err := p.Store.UserByLogin(t.Context(), "ada")
		if err != nil {
			t.Fatal(err)
		}
		if list, err := p.Store.TrustedDevices(t.Context(), u.ID); err != nil || len(list) != 1 {
			t.Errorf("%d trusted devices of one sign-in: %v", len(list), err)
		}
	})
}
