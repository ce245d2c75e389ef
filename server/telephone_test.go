package server_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The recovery code that a caller reads out is used up once, turns two-factor off,
// ends everything that was under way, and is told to the person.
func TestTelephone_CodeCountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		grace.AddPhone(mobile)
		hugo.StepUp()
		req := api.HelpByRecoveryCodeRequest{ID: grace.ID(), RecoveryCode: grace.Codes[3], Reason: "called from the known number"}
		if n := once(func(i int) bool {
			b := hugo.Copy()
			b.Address = fmt.Sprintf("198.51.100.%d", i+1)
			_, err := api.HelpByRecoveryCode.Call(t.Context(), b, req)
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests used one code", n, parallel)
		}
		if got := servertest.Refused(t, hugo, api.HelpByRecoveryCode, req); got != check.NotActive {
			t.Errorf("once more: %q", got)
		}
		if got := servertest.Refused(t, grace, api.Session, api.None{}); got != check.SignedOut {
			t.Errorf("the person's session: %q", got)
		}
		if !slices.Contains(subjects(p, "grace@example.org"), "Two-factor authentication was turned off for you") || textsNot(p, mobile, "turned off by staff") {
			t.Error("the person is not told by mail and to their phone")
		}
		done := slices.DeleteFunc(grace.Events(auth.EventTwoFactorReset), func(e auth.Event) bool { return e.Outcome != auth.Allowed })
		if len(done) != 1 || done[0].Details["reason"] != req.Reason || done[0].Details["by"] != "The hugo" || done[0].Details["person"] != "grace" ||
			done[0].Actor != hugo.ID() {
			t.Errorf("the audit: %+v", done)
		}
		grace.Secret, grace.Browser = nil, p.Browser()
		grace.SignIn()
	}, servertest.WithTexts)
}

// Wrong codes count against the person and against the one who types them; a code
// that was not looked at counts against nobody.
func TestTelephone_WrongCodesCountAgainstBoth(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, hugo, grace := desk(t, p)
		other := p.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll()
		ada.SignIn().StepUp()
		hugo.StepUp()
		call := func(by, whom *servertest.Person, code string) check.Code {
			return servertest.Refused(t, by, api.HelpByRecoveryCode, api.HelpByRecoveryCodeRequest{ID: whom.ID(), RecoveryCode: code, Reason: "calls"})
		}
		for i := range auth.LimitSecondStep.Free {
			if got := call(hugo, grace, "0000-0000-0000-0000"); got != check.WrongRecoveryCode {
				t.Errorf("wrong code %d: %q", i+1, got)
			}
		}
		if got := call(hugo, other, other.Codes[0]); got != check.Throttled {
			t.Errorf("hugo helps somebody else: %q", got)
		}
		if got := call(ada, grace, grace.Codes[0]); got != check.Throttled {
			t.Errorf("somebody else helps the same person: %q", got)
		}
		if got := servertest.Refused(t, grace.Halfway(), api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: grace.Passcode()}); got == check.Throttled {
			t.Error("the person is kept out for longer than half a minute by it")
		}
		if got := len(grace.Events(auth.EventTwoFactorReset)); got != auth.LimitSecondStep.Free {
			t.Errorf("%d refusals in the audit", got)
		}
		// Ada was told to wait on grace's account: that must not cost ada a try.
		for range auth.LimitSecondStep.Free {
			call(hugo, grace, "0000-0000-0000-0000")
			p.Clock.Advance(15 * time.Minute)
			hugo.SignIn().StepUp()
		}
		ada.SignIn().StepUp()
		call(hugo, grace, "0000-0000-0000-0000")
		for range 2 * auth.LimitSecondStep.Free {
			if got := call(ada, grace, grace.Codes[0]); got != check.Throttled {
				t.Fatalf("while grace waits: %q", got)
			}
		}
		if got := call(ada, other, other.Codes[0]); got != "" {
			t.Errorf("ada, who has typed no wrong code: %q", got)
		}
		if got := call(ada, other, ""); got != check.Required {
			t.Errorf("without a code: %q", got)
		}
		if got := servertest.Refused(t, ada, api.HelpByRecoveryCode, api.HelpByRecoveryCodeRequest{ID: grace.ID(), RecoveryCode: grace.Codes[0]}); got != check.Required {
			t.Errorf("without a reason: %q", got)
		}
	})
}

// Staff see that somebody waits, until when, and let them try again, in browsers
// that they have signed in with before and in others.
func TestLiftThrottle(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		familiar, strange := grace.Browser, p.Browser()
		servertest.Must(t, grace, api.SignOut, api.None{})
		password := func(b *servertest.Browser, name string) func() check.Code {
			return func() check.Code {
				return servertest.Refused(t, b, api.SignIn, api.SignInRequest{Name: name, Password: "wrong"})
			}
		}
		second := func(b *servertest.Browser) func() check.Code {
			begun := false
			return func() check.Code {
				if !begun {
					servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password})
					begun = true
				}
				return servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"})
			}
		}
		for _, tt := range []struct {
			name string
			b    *servertest.Browser
			fail func() check.Code
		}{
			{"passwords by name", strange, password(strange, "Grace")},
			{"passwords by address", strange, password(strange, "grace@example.org")},
			{"passwords in a familiar browser", familiar, password(familiar, "grace")},
			{"the second step", strange, second(strange)},
			{"the second step in a familiar browser", familiar, second(familiar)},
		} {
			hugo.StepUp() // first, as it takes time, and the wait does not last
			for i := 0; tt.fail() != check.Throttled; i++ {
				if i > 30 {
					t.Fatalf("%s: there is no limit", tt.name)
				}
			}
			p.Restart()
			if until := servertest.Must(t, hugo, api.Person, api.PersonRequest{ID: grace.ID()}).ThrottledUntil; until <= p.Clock.Now().UnixMilli() {
				t.Errorf("%s: staff see that the wait ends at %d", tt.name, until)
			}
			servertest.Must(t, hugo, api.LiftThrottle, api.HelpRequest{ID: grace.ID(), Reason: "called"})
			if until := servertest.Must(t, hugo, api.Person, api.PersonRequest{ID: grace.ID()}).ThrottledUntil; until != 0 {
				t.Errorf("%s: it still ends at %d", tt.name, until)
			}
			who := *grace
			who.Browser = tt.b
			who.SignIn()
			servertest.Must(t, who, api.SignOut, api.None{})
		}
		if got := servertest.Refused(t, hugo, api.LiftThrottle, api.HelpRequest{ID: grace.ID(), Reason: "again"}); got != check.Throttled {
			t.Errorf("the sixth time in a day: %q", got) // staff who guess get no tries without end
		}
		if n := len(grace.Events(auth.EventThrottleLifted)); n != 5 || !slices.Contains(subjects(p, "grace@example.org"), "You can try to sign in again") {
			t.Errorf("%d events; or the person is not told", n)
		}
	})
}

// Lock-down by staff ends sessions, trust, links and half-finished sign-ins, asks
// for a new password, keeps the second factor, and tells the person where to go,
// and not where staff sit.
func TestLockDownPerson(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		hugo.Address = "198.51.100.77"
		forgot(t, p, "grace")
		p.Deliver()
		old, half := p.Post.Link("grace@example.org", "/password/"), grace.Halfway()
		hugo.StepUp()
		p.Post.Empty()
		servertest.Must(t, hugo, api.LockDownPerson, api.HelpRequest{ID: grace.ID(), Reason: "laptop stolen"})
		p.Deliver()
		for name, got := range map[string]check.Code{
			"the session":    servertest.Refused(t, grace, api.Session, api.None{}),
			"the sign-in":    servertest.Refused(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: grace.Passcode()}),
			"the older link": servertest.Refused(t, half, api.ChoosePassword, api.ChoosePasswordRequest{Token: old, Password: "seven owls watch the tide"}),
			"the password":   servertest.Refused(t, half, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password}),
		} {
			if got == "" {
				t.Errorf("%s still works", name)
			}
		}
		for _, m := range p.Post.Mails("grace@example.org") {
			if slices.ContainsFunc([]string{m.Text, m.HTML}, func(v string) bool { return contains(v, hugo.Address) }) {
				t.Errorf("%q tells where staff sit", m.Subject)
			}
		}
		if sent := grace.Events(auth.EventPasswordLinkSent); len(sent) != 2 || sent[0].Actor != hugo.ID() || len(hugo.Events(auth.EventPasswordLinkSent)) != 0 {
			t.Errorf("the link is not in the audit as one that staff sent to the person: %+v", sent)
		}
		row := servertest.Must(t, hugo, api.Person, api.PersonRequest{ID: grace.ID()})
		if !row.Locked || row.TwoFactorSince == 0 || len(row.Sessions) != 0 {
			t.Errorf("afterwards: %+v", row)
		}
		grace.Password = "seven owls watch the tide"
		p.Deliver()
		servertest.Must(t, half, api.ChoosePassword, api.ChoosePasswordRequest{Token: p.Post.Link("grace@example.org", "/password/"), Password: grace.Password})
		grace.SignIn()
		if got := servertest.Must(t, hugo, api.EndPersonSessions, api.HelpRequest{ID: grace.ID(), Reason: "asked"}); got.Count != 1 {
			t.Errorf("%d sessions ended", got.Count)
		}
		if got := servertest.Refused(t, grace, api.Session, api.None{}); got != check.SignedOut || !slices.Contains(subjects(p, "grace@example.org"), "You were signed out by an administrator") {
			t.Errorf("the session after it was ended: %q", got)
		}
	})
}
