package server_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// A phone as the first factor: only the last step turns two-factor on, a reload
// loses nothing, and every other session is over then.
func TestTextEnrollment_First(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		eve := thief(p, ada).SignIn().StepUp()
		started := ada.StartText("0151 / 23 45 67 89", "")
		if started.Stage != api.StagePending || started.Method != api.MethodText || started.Name != germanMasked || started.Secret != "" || started.Text == nil || started.Text.Number != germanMasked {
			t.Errorf("started: %+v", started)
		}
		if again := servertest.Must(t, ada, api.CurrentEnrollment, api.None{}); again.Stage != api.StagePending || again.Text == nil || *again.Text != *started.Text {
			t.Errorf("after a reload: %+v", again)
		}
		if seen := servertest.Must(t, eve, api.CurrentEnrollment, api.None{}); seen.Stage != api.StageNone {
			t.Errorf("another session sees %+v", seen)
		}
		first := p.CodeAt(german)
		if refused := servertest.Refused(t, eve, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: first}); refused != check.EnrollmentExpired {
			t.Errorf("another session confirms: %q", refused)
		}
		if refused := servertest.Refused(t, eve, api.ResendEnrollmentCode, api.None{}); refused != check.EnrollmentExpired {
			t.Errorf("another session asks for a code: %q", refused)
		}
		if refused := servertest.Refused(t, ada, api.ResendEnrollmentCode, api.None{}); refused != check.TextTooSoon {
			t.Errorf("another code at once: %q", refused)
		}
		p.Clock.Advance(30 * time.Second)
		servertest.Must(t, ada, api.ResendEnrollmentCode, api.None{})
		code := p.CodeAt(german)
		for _, wrong := range []string{first, other(code)} {
			if refused := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: wrong}); refused != check.WrongTextCode {
				t.Errorf("a wrong code: %q", refused)
			}
		}
		if refused := servertest.Refused(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); refused != check.EnrollmentExpired {
			t.Errorf("finishing what was not confirmed: %q", refused)
		}
		confirmed := servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: code})
		if again := servertest.Must(t, ada, api.CurrentEnrollment, api.None{}); confirmed.Stage != api.StageConfirmed || len(confirmed.RecoveryCodes) != 10 || !slices.Equal(again.RecoveryCodes, confirmed.RecoveryCodes) {
			t.Errorf("confirmed: %+v, after a reload %+v", confirmed, again)
		}
		if servertest.Must(t, ada, api.Security, api.None{}).Active {
			t.Error("two-factor is on before the recovery codes are saved")
		}
		before := ada.Cookie("doorward")
		servertest.Must(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
		if refused := servertest.Refused(t, eve, api.Session, api.None{}); refused != check.SignedOut || ada.Cookie("doorward") == before {
			t.Errorf("the other session: %q; the identifier is new: %v", refused, ada.Cookie("doorward") != before)
		}
		if list := sessionsOf(t, p, ada); len(list) != 1 || list[0].Level != auth.TwoFactors || !slices.Equal(list[0].Factors, []auth.Factor{"pwd", "sms"}) {
			t.Errorf("sessions: %+v", list)
		}
		info := servertest.Must(t, ada, api.Security, api.None{})
		if len(info.Authenticators) != 1 || info.Authenticators[0].Method != api.MethodText || info.Authenticators[0].Number != germanMasked || info.RecoveryCodesLeft != 10 {
			t.Errorf("security: %+v", info)
		}
	}, servertest.WithTexts)
}

// Further phones beside an app: added, replaced, removed; the last is kept, one
// number is one phone, and six are too many.
func TestTextEnrollment_AddReplaceRemove(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp().AddText(german)
		start := func(number, replaces string) check.Code {
			t.Helper()
			return servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Name: "Mobile", Number: number, Country: "DE", Replaces: replaces})
		}
		rows := func() []api.AuthenticatorRow { return servertest.Must(t, ada, api.Security, api.None{}).Authenticators }
		if refused := start("0049 151 23456789", ""); refused != check.PhoneSame {
			t.Errorf("the same number again: %q", refused)
		}
		phone := rows()[1].ID
		if refused := start(british, phone); refused != "" {
			t.Fatalf("replacing it: %q", refused)
		}
		if now := rows(); len(now) != 2 || now[1].Number != germanMasked {
			t.Errorf("before the new one is confirmed: %+v", now)
		}
		done := servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: p.CodeAt(british)})
		if now := rows(); done.Stage != api.StageFinished || len(now) != 2 || now[1].Number != "+44 ••• 56" || now[1].Name != "Mobile" {
			t.Errorf("replaced: %+v, %+v", done, now)
		}
		servertest.Must(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: rows()[0].ID})
		if refused := servertest.Refused(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: rows()[0].ID}); refused != check.LastAuthenticator {
			t.Errorf("removing the last, a phone: %q", refused)
		}
		if refused := start(german, strings.Repeat("A", 22)); refused != check.NotFound {
			t.Errorf("replacing what is not there: %q", refused)
		}
		ada.Secret, ada.Number = nil, british
		p.Clock.Advance(time.Minute)
		ada.SignIn().StepUp()
		for _, name := range []string{"b", "c", "d", "e"} {
			secret := ada.Start(name, "")
			servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
		}
		if refused := start(german, ""); refused != check.TooManyAuthenticators {
			t.Errorf("a sixth: %q", refused)
		}
	}, servertest.WithTexts)
}

// A new phone that is cancelled, times out or fails leaves the old one working
// (requirement 105).
func TestTextEnrollment_LeavesTheOldPhoneWorking(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		for _, tt := range []struct {
			name string
			end  func(code string)
		}{
			{"cancelled", func(code string) {
				servertest.Must(t, ada, api.CancelEnrollment, api.None{})
				if refused := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: code}); refused != check.EnrollmentExpired {
					t.Errorf("confirming what was cancelled: %q", refused)
				}
			}},
			{"timed out", func(code string) {
				p.Clock.Advance(auth.EnrollFor)
				ada.StepUp()
				if refused := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: code}); refused != check.EnrollmentExpired {
					t.Errorf("confirming after ten minutes: %q", refused)
				}
			}},
			{"failed", func(code string) {
				for range auth.TextCodeTries {
					servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: other(code)})
				}
				if refused := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: code}); refused != check.TextCodeExpired {
					t.Errorf("the right code after five wrong ones: %q", refused)
				}
			}},
		} {
			ada.StepUp()
			ada.StartText(british, "any")
			tt.end(p.CodeAt(british))
			p.Clock.Advance(time.Minute)
			ada.SignIn()
		}
	}, servertest.WithTexts)
}

// What is refused sends nothing and costs nothing: who presses twice, or names a
// number they have, can still be sent to.
func TestTextEnrollment_RefusalsAreNotCharged(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german).StepUp()
		ada.StartText(british, "")
		servertest.Must(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: american, Country: "US"})
		for range auth.TextsToUser + 1 {
			for _, refused := range []check.Code{
				servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: british, Country: "GB"}),
				servertest.Refused(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: american, Country: "US"}),
			} {
				if refused != check.TextTooSoon {
					t.Fatalf("at once again: %q", refused)
				}
			}
		}
		p.Clock.Advance(30 * time.Second)
		for range auth.TextsToUser + 1 {
			if refused := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: german, Country: "DE"}); refused != check.PhoneSame {
				t.Fatalf("a number that is there already: %q", refused)
			}
		}
		ada.StartText(british, "")
	}, servertest.WithTexts)
}

// Numbers in odd shapes are read, or refused with the reason at the field.
func TestTextEnrollment_OddNumbers(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	for i, tt := range []struct {
		name, number, country string
		want                  check.Code
	}{
		{"spaces and brackets", "(0151) 2345 67 89", "DE", ""},
		{"two zeros", "0049 151 23456789", "DE", ""},
		{"Arabic digits", "٠١٥١٢٣٤٥٦٧٨٩", "DE", ""},
		{"another country's, with its calling code", british, "DE", ""},
		{"nothing", "", "DE", check.Required},
		{"no country", "0151 23456789", "", check.PhoneCountry},
		{"a country that is none", "0151 23456789", "XX", check.PhoneCountry},
		{"words", "call me", "DE", check.PhoneShape},
		{"an extension", "0151 23456789 ext. 5", "DE", check.PhoneExtension},
		{"a landline", "030 123456", "DE", check.PhoneNotMobile},
		{"premium rate", "0900 1234567", "DE", check.PhonePremium},
		{"too short for the country", "0151 23", "DE", check.PhoneImpossible},
		{"a country that nothing is sent to", "+33612345678", "DE", check.PhoneCountry},
		{"NUL", "0151\x0023456789", "DE", check.PhoneShape},
		{"very long", strings.Repeat("1", 5000), "DE", check.PhoneShape},
	} {
		who := "person" + string(rune('a'+i))
		if i == 0 {
			p.SetUp()
		}
		ada := p.Invite(who).SignIn().StepUp()
		if refused := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: tt.number, Country: tt.country}); refused != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, refused, tt.want)
		}
		if refused := servertest.Refused(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: tt.number, Country: tt.country}); refused != tt.want {
			t.Errorf("%s, as a recovery phone: %q, want %q", tt.name, refused, tt.want)
		}
	}
}

// A number is told in full to the gateway and to nobody else: not in an answer, the
// audit, the outbox's list, the log.
func TestTextEnrollment_NumbersAreMasked(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german).StepUp()
	servertest.Must(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: british, Country: "GB"})
	servertest.Must(t, ada, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: p.CodeAt(british)})
	ada.StartText(american, "")
	p.Clock.Advance(time.Minute)
	b := half(t, p, ada)
	verifyText(t, b, other(p.CodeAt(german)))
	servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: german, Country: "DE"})
	var told strings.Builder
	for _, c := range p.Server.Calls() {
		if c.Method != "GET" {
			continue
		}
		who := ada.Browser
		if c.SigningIn {
			who = b
		}
		_, answer, err := who.Send(t.Context(), c.Method, c.Path, nil)
		if err != nil {
			t.Fatal(err)
		}
		told.Write(answer)
	}
	if err := p.Store.EachEntry(t.Context(), func(e auth.Entry) error { return json.NewEncoder(&told).Encode(e) }); err != nil {
		t.Fatal(err)
	}
	told.WriteString(p.Log.String())
	for _, digits := range []string{german[4:], british[4:], american[3:], german[3:10]} {
		if strings.Contains(told.String(), digits) {
			t.Errorf("%s is told in full: %s", digits, regexp.MustCompile(`.{0,80}`+digits).FindString(told.String()))
		}
	}
	for _, shown := range []string{germanMasked, "+44 ••• 56", "+1 ••• 23"} {
		if !strings.Contains(told.String(), shown) {
			t.Errorf("%s is not told at all", shown)
		}
	}
}
