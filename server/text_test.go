package server_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The phones of the tests, as a gateway has them, and how people see them.
const (
	german, germanMasked = "+4915123456789", "+49 ••• 89"
	british              = "+447400123456"
	american             = "+12015550123"
)

// withoutTexts takes the gateway away.
func withoutTexts(c *serverConfig) { c.Delivery.Texts, c.Delivery.Countries = nil, nil }

// sessionsOf returns the stored sessions of who.
func sessionsOf(t *testing.T, p *servertest.Portal, who *servertest.Person) []auth.Session {
	t.Helper()
	u, err := p.Store.UserByLogin(t.Context(), who.Name)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.Store.Sessions(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// half returns a new browser that has proved who's password.
func half(t *testing.T, p *servertest.Portal, who *servertest.Person) *servertest.Browser {
	t.Helper()
	b := p.Browser()
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: who.Name, Password: who.Password})
	return b
}

func verifyText(t *testing.T, b api.Transport, code string) check.Code {
	t.Helper()
	return servertest.Refused(t, b, api.VerifyText, api.VerifyTextRequest{Code: code})
}

// other returns six digits that are not code.
func other(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}

// A code by text message is the second step: sent with the password, right once,
// and the session says how it was proved.
func TestText_SecondStep(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		servertest.Must(t, ada, api.SignOut, api.None{})
		p.Clock.Advance(time.Minute)
		p.Post.Empty()
		b := p.Browser()
		if next := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password, Next: "/profile"}); next.Path != "/sign-in/text" {
			t.Errorf("the password leads to %q", next.Path)
		}
		state := servertest.Must(t, b, api.CurrentSignIn, api.None{})
		now := p.Clock.Now()
		if !slices.Equal(state.Ways, []api.Way{api.WayText, api.WayRecoveryCode}) || len(state.Texts) != 1 || state.Texts[0].Number != germanMasked || state.Text == nil ||
			*state.Text != (api.TextSent{Number: germanMasked, Resend: now.Add(30 * time.Second).UnixMilli(), Expires: now.Add(10 * time.Minute).UnixMilli()}) {
			t.Errorf("the sign-in: %+v %+v", state, state.Text)
		}
		code := p.CodeAt(german)
		if texts := p.Post.Texts(""); len(texts) != 1 || !strings.HasSuffix(texts[0].Body, "\n@auth.example.org #"+code) {
			t.Fatalf("text messages: %+v", texts)
		}
		if refused := verifyText(t, b, other(code)); refused != check.WrongTextCode {
			t.Errorf("a wrong code: %q", refused)
		}
		if next := servertest.Must(t, b, api.VerifyText, api.VerifyTextRequest{Code: " " + code[:3] + "-" + code[3:]}); next.Path != "/profile" {
			t.Errorf("the code leads to %q", next.Path)
		}
		if list := sessionsOf(t, p, ada); len(list) != 1 || list[0].Level != auth.TwoFactors || !slices.Equal(list[0].Factors, []auth.Factor{"pwd", "sms"}) {
			t.Errorf("the session: %+v", list)
		}
		p.Clock.Advance(time.Minute)
		again := half(t, p, ada)
		if refused := verifyText(t, again, code); refused != check.WrongTextCode {
			t.Errorf("a spent code in another sign-in: %q", refused)
		}
	}, servertest.WithTexts)
}

// The whole sign-in by plain forms, with a 303 each.
func TestText_PlainForms(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german)
	p.SetPolicy(func(q *auth.Policy) { q.TrustedDays = 30 })
	p.Clock.Advance(time.Minute)
	b := p.Browser()
	first := ""
	for _, step := range []struct {
		name, path string
		fields     func() url.Values
		want       string
	}{
		{"a code before the password", "/sign-in/text", func() url.Values { return url.Values{"code": {"123456"}} }, "/sign-in?code=sign_in_expired"},
		{"another message before the password", "/sign-in/text/send", func() url.Values { return nil }, "/sign-in?code=sign_in_expired"},
		{"the password", "/sign-in", func() url.Values {
			return url.Values{"name": {"ada"}, "password": {ada.Password}, "next": {"/profile/security"}}
		}, "/sign-in/text"},
		{"another message at once", "/sign-in/text/send", func() url.Values { first = p.CodeAt(german); return nil }, "/sign-in/text?code=text_too_soon&retry=30"},
		{"letters", "/sign-in/text", func() url.Values { return url.Values{"code": {"abc"}} }, "/sign-in/text?p.code=passcode_shape"},
		{"a wrong code", "/sign-in/text", func() url.Values { return url.Values{"code": {other(first)}} }, "/sign-in/text?code=wrong_text_code"},
		{"another message after a while", "/sign-in/text/send", func() url.Values {
			p.Clock.Advance(30 * time.Second)
			return url.Values{"authenticator": {""}}
		}, "/sign-in/text"},
		{"a phone that is not theirs", "/sign-in/text/send", func() url.Values { return url.Values{"authenticator": {strings.Repeat("A", 22)}} }, "/sign-in/text?code=not_found"},
		{"the code", "/sign-in/text", func() url.Values { return url.Values{"code": {p.CodeAt(german)}, "trust": {"on"}} }, "/profile/security"},
	} {
		if at := location(b.Post(step.path, step.fields())); at != step.want {
			t.Fatalf("%s leads to %q, want %q", step.name, at, step.want)
		}
	}
	if b.Cookie("doorward-trusted") == "" {
		t.Error("trust=on does not trust the browser")
	}
}

// The way used last stands first, and its code is the one that is sent unasked.
func TestText_TheWayUsedLastStandsFirst(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp().AddText(german)
		totp := []api.Way{api.WayTOTP, api.WayText, api.WayRecoveryCode}
		text := []api.Way{api.WayText, api.WayTOTP, api.WayRecoveryCode}
		for _, tt := range []struct {
			name  string
			ways  []api.Way
			path  string
			sends bool
			then  func(b *servertest.Browser)
		}{
			{"at first", totp, "/sign-in/passcode", false, func(b *servertest.Browser) {
				servertest.Must(t, b, api.SendText, api.SendTextRequest{})
				servertest.Must(t, b, api.VerifyText, api.VerifyTextRequest{Code: p.CodeAt(german)})
			}},
			{"after a code by text", text, "/sign-in/text", true, func(b *servertest.Browser) {
				servertest.Must(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
			}},
			{"after a passcode", totp, "/sign-in/passcode", false, func(*servertest.Browser) {}},
		} {
			p.Clock.Advance(time.Minute)
			p.Deliver()
			p.Post.Empty()
			b := p.Browser()
			next := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
			state := servertest.Must(t, b, api.CurrentSignIn, api.None{})
			p.Deliver()
			if next.Path != tt.path || !slices.Equal(state.Ways, tt.ways) || (len(p.Post.Texts(german)) == 1) != tt.sends || (state.Text != nil) != tt.sends {
				t.Errorf("%s: %s, %v, %d messages", tt.name, next.Path, state.Ways, len(p.Post.Texts(german)))
			}
			tt.then(b)
		}
	}, servertest.WithTexts)
}

// A code is good for the request that asked and for no other (requirement 46).
func TestText_CodeIsBoundToWhatAskedForIt(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		grace := p.Invite("grace").SignIn().EnrollText(british)
		p.Clock.Advance(time.Minute)
		first := half(t, p, ada)
		mine := p.CodeAt(german)
		second := half(t, p, ada)
		newer := p.CodeAt(german)
		hers := half(t, p, grace)
		theirs := p.CodeAt(british)
		servertest.Must(t, ada, api.SendStepUpText, api.SendTextRequest{})
		stepUp := p.CodeAt(german)
		if mine == newer || newer == stepUp {
			t.Fatal("codes repeat")
		}
		for _, tt := range []struct {
			name string
			b    *servertest.Browser
			code string
		}{
			{"another sign-in's", first, newer}, {"an older sign-in's", second, mine}, {"another user's", first, theirs}, {"to another user", hers, mine},
			{"a step-up's", second, stepUp},
		} {
			if refused := verifyText(t, tt.b, tt.code); refused != check.WrongTextCode {
				t.Errorf("%s: %q", tt.name, refused)
			}
		}
		if refused := servertest.Refused(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, TextCode: mine}); refused != check.WrongTextCode {
			t.Errorf("a sign-in's code in a step-up: %q", refused)
		}
		elsewhere := thief(p, ada).SignIn()
		if refused := servertest.Refused(t, elsewhere, api.StepUp, api.StepUpRequest{Password: ada.Password, TextCode: stepUp}); refused != check.TextCodeExpired {
			t.Errorf("another session's code: %q", refused)
		}
		servertest.Must(t, first, api.VerifyText, api.VerifyTextRequest{Code: mine})
		servertest.Must(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, TextCode: stepUp})
	}, servertest.WithTexts)
}

// A code lives ten minutes and five tries; another one voids it, and is not sent
// before half a minute has passed (requirements 24, 31, 45).
func TestText_CodeRunsOut(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		ask := func() string {
			t.Helper()
			p.Clock.Advance(30 * time.Second)
			servertest.Must(t, ada, api.SendStepUpText, api.SendTextRequest{})
			return p.CodeAt(german)
		}
		try := func(code string) check.Code {
			t.Helper()
			return servertest.Refused(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, TextCode: code})
		}
		code := ask()
		p.Clock.Advance(10 * time.Minute)
		if refused := try(code); refused != check.TextCodeExpired {
			t.Errorf("after ten minutes: %q", refused)
		}
		code = ask()
		p.Clock.Advance(10*time.Minute - time.Second)
		if refused := try(code); refused != "" {
			t.Errorf("a second before: %q", refused)
		}
		if refused := try(code); refused != check.TextCodeExpired {
			t.Errorf("once more: %q", refused)
		}
		ada.SignIn() // which clears the throttle
		code = ask()
		for i := range auth.TextCodeTries {
			if refused := try(other(code)); refused != check.WrongTextCode {
				t.Errorf("wrong code %d: %q", i+1, refused)
			}
		}
		p.Clock.Advance(time.Minute)
		if ways := servertest.Must(t, ada, api.StepUpWays, api.None{}); ways.Text != nil {
			t.Errorf("a code that was tried too often is still shown: %+v", ways.Text)
		}
		if refused := try(code); refused != check.TextCodeExpired {
			t.Errorf("the right one after five wrong ones: %q", refused)
		}
		p.Clock.Advance(24 * time.Hour)
		ada.SignIn()
		old := ask()
		if refused := servertest.Refused(t, ada, api.SendStepUpText, api.SendTextRequest{}); refused != check.TextTooSoon {
			t.Errorf("another message at once: %q", refused)
		}
		code = ask()
		if refused := try(old); refused != check.WrongTextCode {
			t.Errorf("the code before: %q", refused)
		}
		if refused := try(code); refused != "" {
			t.Errorf("the newest: %q", refused)
		}
	}, servertest.WithTexts)
}

func TestText_CodeCountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		p.Clock.Advance(time.Minute)
		browsers := halves(t, p, ada)
		code := p.CodeAt(german)
		if n := once(func(i int) bool {
			_, err := api.VerifyText.Call(t.Context(), browsers[i], api.VerifyTextRequest{Code: code})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests signed in with one code", n, parallel)
		}
	}, servertest.WithTexts)
}

// A hundred wrong codes in a row switch the phone off until it is set up anew;
// recovery codes still help (requirements 22, 101).
func TestText_AHundredFailuresDisableThePhone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		for range auth.MaxFailures / auth.TextCodeTries {
			p.Clock.Advance(25 * time.Hour)
			b := half(t, p, ada)
			code := p.CodeAt(german)
			for range auth.TextCodeTries {
				if refused := verifyText(t, b, other(code)); refused != check.WrongTextCode {
					t.Fatalf("a wrong code: %q", refused)
				}
			}
		}
		p.Clock.Advance(25 * time.Hour)
		p.Post.Empty()
		b := p.Browser()
		if next := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); next.Path != "/sign-in/recovery-code" {
			t.Errorf("with a disabled phone the password leads to %q", next.Path)
		}
		if refused := servertest.Refused(t, b, api.SendText, api.SendTextRequest{}); refused != check.NotFound {
			t.Errorf("a message to a disabled phone: %q", refused)
		}
		servertest.Must(t, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
		ada.Browser = b
		if rows := servertest.Must(t, ada, api.Security, api.None{}).Authenticators; len(rows) != 1 || !rows[0].Disabled {
			t.Errorf("authenticators: %+v", rows)
		}
		ada.StartText(german, "any")
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: p.CodeAt(german)})
		p.Clock.Advance(time.Minute)
		ada.SignIn()
	}, servertest.WithTexts)
}

// The code that was sent to a phone is dead once the phone is removed.
func TestText_RemovedPhone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp().AddText(german)
		p.Clock.Advance(time.Minute)
		b := half(t, p, ada)
		servertest.Must(t, b, api.SendText, api.SendTextRequest{})
		code := p.CodeAt(german)
		rows := servertest.Must(t, ada, api.Security, api.None{}).Authenticators
		servertest.Must(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: rows[1].ID})
		if refused := verifyText(t, b, code); refused != check.TextCodeExpired {
			t.Errorf("the code of a removed phone: %q", refused)
		}
		servertest.Must(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
	}, servertest.WithTexts)
}

// Codes by text, passcodes and recovery codes are one second step: their tries are
// counted together, whatever the address (requirements 23, 47).
func TestText_SharesTheThrottle(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp().AddText(german)
		p.Clock.Advance(time.Minute)
		b := half(t, p, ada)
		servertest.Must(t, b, api.SendText, api.SendTextRequest{})
		code := p.CodeAt(german)
		for i := range auth.LimitSecondStep.Free {
			b.Address = "198.51.100." + string(rune('1'+i))
			if refused := verifyText(t, b, other(code)); refused != check.WrongTextCode {
				t.Fatalf("wrong code %d: %q", i+1, refused)
			}
		}
		for _, refused := range []check.Code{verifyText(t, b, code),
			servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Secret.Passcode(auth.TimeStep(p.Clock.Now()) + 1)}),
			servertest.Refused(t, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})} {
			if refused != check.Throttled {
				t.Errorf("after five wrong codes by text: %q", refused)
			}
		}
	}, servertest.WithTexts)
}
