package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Nothing says whether an account exists: the same status, body and headers, and
// the same number of hashes, for wrong passwords and for users who are not there,
// are invited or suspended (requirements 39, 58).
func TestSignIn_UnknownAndKnownAccountsAreAlike(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		if _, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "invited", Email: "invited@example.org"}); err != nil {
			t.Fatal(err)
		}
		grace := p.Invite("grace").SignIn().Enroll()
		servertest.Must(t, grace, api.SignOut, api.None{})
		var want string
		for _, name := range []string{"ada", "ada@example.org", "nobody", "nobody@example.org", "invited", "grace", "Ω not a user name"} {
			ran := p.Server.HashesRun()
			r := httptest.NewRequest(http.MethodPost, api.SignIn.Path, strings.NewReader(`{"name":"`+name+`","password":"wrong"}`))
			r.Header.Set("Content-Type", "application/json")
			answer := p.Browser().Do(r)
			got := http.StatusText(answer.Code) + answer.Body.String()
			for _, h := range []string{"Set-Cookie", "Content-Type", "Content-Length", "Retry-After", "Cache-Control"} {
				got += "|" + answer.Header().Get(h)
			}
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%s is answered\n%s, others\n%s", name, got, want)
			}
			if n := p.Server.HashesRun() - ran; n != 1 {
				t.Errorf("%s costs %d hashes", name, n)
			}
		}
	})
}

// The whole password counts: case, the last of 256 characters, and any way to
// type the same letters (requirements 2, 3).
func TestSignIn_TheWholePasswordCounts(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	long := "quiet café harbour " + strings.Repeat("x1y", 79)
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: long})
	for _, tt := range []struct {
		name, password string
		want           check.Code
	}{
		{"as chosen", long, ""},
		{"decomposed", strings.ReplaceAll(long, "é", "e\u0301"), ""},
		{"without the last character", long[:len(long)-1], check.WrongPassword},
		{"in upper case", strings.ToUpper(long), check.WrongPassword},
		{"with a space behind", long + " ", check.WrongPassword},
		{"the old one", ada.Password, check.WrongPassword},
	} {
		if code := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: tt.password}); code != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, code, tt.want)
		}
	}
}

// A password whose hash was made at a lower cost is hashed anew at sign-in (12).
func TestSignIn_RaisesTheCostOfOldHashes(t *testing.T) {
	costly := auth.Cost{Memory: 128, Time: 2, Threads: 1}
	p := servertest.New(t, "")
	ada := p.SetUp()
	p.Reconfigure(func(c *serverConfig) { c.Cost = costly })
	ada.SignIn()
	u, err := p.Store.UserByLogin(t.Context(), "ada")
	if err != nil || u.Password.Outdated(costly) {
		t.Errorf("after sign-in the hash is still %v old: %v", u.Password.Outdated(costly), err)
	}
	ada.SignIn()
}

// The plain forms alone sign a person in, and back to where they were going
// (DESIGN section 6); every wrong turn leads back with a code.
func TestForms_SignInWithoutTheClient(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		b := p.Browser()
		if at := location(b.Get("/profile/security")); at != "/sign-in?next=%2Fprofile%2Fsecurity" {
			t.Errorf("a page for the signed-in sends a stranger to %q", at)
		}
		for _, step := range []struct {
			name, path string
			fields     url.Values
			want       string
		}{
			{"nothing typed", "/sign-in", url.Values{"name": {""}, "password": {""}, "next": {"/profile/security"}}, "/sign-in?next=%2Fprofile%2Fsecurity&p.name=required&p.password=required"},
			{"a wrong password", "/sign-in", url.Values{"name": {"ada"}, "password": {"wrong"}, "next": {"/profile/security"}}, "/sign-in?code=wrong_password&next=%2Fprofile%2Fsecurity"},
			{"the passcode before the password", "/sign-in/totp", url.Values{"passcode": {"123456"}}, "/sign-in?code=sign_in_expired"},
			{"the password", "/sign-in", url.Values{"name": {"ada"}, "password": {ada.Password}, "next": {"/profile/security"}}, "/sign-in/passcode"},
			{"a wrong passcode", "/sign-in/totp", url.Values{"passcode": {"000000"}}, "/sign-in/passcode?code=wrong_passcode"},
			{"letters for a passcode", "/sign-in/totp", url.Values{"passcode": {"abc"}}, "/sign-in/passcode?p.passcode=passcode_shape"},
			{"a wrong recovery code", "/sign-in/recovery-code", url.Values{"recovery_code": {"0000 0000 0000 0000"}}, "/sign-in/recovery-code?code=wrong_recovery_code"},
			{"the passcode", "/sign-in/totp", url.Values{"passcode": {ada.Passcode()}}, "/profile/security"},
		} {
			if at := location(b.Post(step.path, step.fields)); at != step.want {
				t.Fatalf("%s leads to %q, want %q", step.name, at, step.want)
			}
		}
		if answer := b.Get("/profile/security"); answer.Code != http.StatusOK {
			t.Errorf("the page asked for: %d", answer.Code)
		}
		if at := location(b.Post("/sign-out", nil)); at != "/sign-in?notice=signed_out" {
			t.Errorf("signing out leads to %q", at)
		}
		servertest.Refused(t, b, api.Session, api.None{})
	})
}

// A recovery code by plain forms: the replacement is on the page until it is
// acknowledged, and on no other.
func TestForms_RecoveryCodeWithoutTheClient(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	b := p.Browser()
	b.Post("/sign-in", url.Values{"name": {"ada"}, "password": {ada.Password}, "next": {"/profile"}})
	if at := location(b.Post("/sign-in/recovery-code", url.Values{"recovery_code": {ada.Codes[0]}})); at != "/sign-in/recovered" {
		t.Fatalf("a recovery code leads to %q", at)
	}
	shown := servertest.Must(t, b, api.Session, api.None{}).Recovery.Replacement
	page := b.Get("/sign-in/recovered")
	if !strings.Contains(strings.ReplaceAll(page.Body.String(), "\n", ""), shown[:4]) || page.Header().Get("Cache-Control") != "no-store" {
		t.Error("the page does not show the new code, or may be kept")
	}
	if strings.Contains(b.Get("/").Body.String(), shown) {
		t.Error("another page shows the new code")
	}
	if at := location(b.Post("/sign-in/recovered", url.Values{"then": {"continue"}})); at != "/profile" {
		t.Errorf("going on leads to %q", at)
	}
	if at := location(b.Get("/sign-in/recovered")); at != "/" {
		t.Errorf("the page once acknowledged: %q", at)
	}
}

// Where one goes after signing in is always on this host (requirement 91).
func TestSignIn_NextStaysOnThisHost(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	for _, next := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "\\evil", "/%09/evil\t", "javascript:alert(1)", "/a\"b", "/<script>"} {
		if code := servertest.Refused(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password, Next: next}); code != check.BadCharacters {
			t.Errorf("next %q: %q", next, code)
		}
		if at := location(ada.Post("/sign-in", url.Values{"name": {"ada"}, "password": {ada.Password}, "next": {next}})); strings.Contains(at, "evil") || !strings.HasPrefix(at, "/") {
			t.Errorf("next %q by form leads to %q", next, at)
		}
	}
	ada.SignIn()
	for _, next := range []string{"//evil.example", "https://evil.example"} {
		if at := location(ada.Get("/sign-in?next=" + url.QueryEscape(next))); at != "/" {
			t.Errorf("somebody signed in, next %q: %q", next, at)
		}
	}
}

// Time comes from the server: a passcode one step away counts, two steps away
// does not, and no step that came before one that was used (16, 17, 19).
func TestPasscode_Window(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	for _, tt := range []struct {
		name string
		off  int64
		want check.Code
	}{
		{"two steps behind", -2, check.WrongPasscode},
		{"two steps ahead", 2, check.WrongPasscode},
		{"one step behind", -1, ""},
		{"one step ahead", 1, ""},
		{"now", 0, ""},
	} {
		p.Clock.Advance(10 * time.Minute)
		b := p.Browser()
		servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		passcode := ada.Secret.Passcode(auth.TimeStep(p.Clock.Now()) + tt.off)
		if code := servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode}); code != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, code, tt.want)
		}
	}
	p.Clock.Advance(10 * time.Minute)
	ahead, now := ada.Secret.Passcode(auth.TimeStep(p.Clock.Now())+1), ada.Secret.Passcode(auth.TimeStep(p.Clock.Now()))
	for i, passcode := range []string{ahead, now} {
		b := p.Browser()
		servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if code := servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode}); (code == "") != (i == 0) {
			t.Errorf("passcode %d: %q; a step before the last used one never counts", i, code)
		}
	}
}

func location(answer *httptest.ResponseRecorder) string { return answer.Header().Get("Location") }
