package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// pastTheGate are the calls of a session that answer somebody of whom a second factor is
// demanded now: the wizard's, those of the step-up that it asks for, what recovering
// leaves to do, and who one is.
var pastTheGate = []string{"/api/session", "/api/step-up", "/api/step-up/ways", "/api/step-up/text",
	"/api/enrollment", "/api/enrollment/start", "/api/enrollment/confirm", "/api/enrollment/finish", "/api/enrollment/cancel",
	"/api/enrollment/options", "/api/enrollment/resend",
	"/api/recovery-phone", "/api/recovery-phone/start", "/api/recovery-phone/resend", "/api/recovery-phone/confirm", "/api/recovery-phone/cancel",
	"/api/sign-in/recovered"}

// besideTheGate are the calls that are no session's: those of strangers, signing out
// among them, and of the second step.
var besideTheGate = append([]string{"/api/sign-in/totp", "/api/sign-in/recovery-code", "/api/sign-in/text", "/api/sign-in/text/send",
	"/api/sign-in/lost", "/api/sign-in/recovery-phone/send", "/api/sign-in/recovery-phone", "/api/sign-in/ask-staff", "/api/sign-in/state"}, open...)

// setUp is the page of the wizard.
const setUp = "/profile/security/set-up"

// outlasting has sessions go on for longer than the days that a test goes through.
func outlasting(policy *auth.Policy) {
	policy.SessionIdle, policy.SessionOverall = 30*24*time.Hour, 30*24*time.Hour
}

// mandate has by make two-factor mandatory from a moment on; zero: at once.
func mandate(t *testing.T, by *servertest.Person, from time.Time) {
	t.Helper()
	req := api.MakeMandatoryRequest{Version: servertest.Must(t, by.StepUp(), api.Adoption, api.OrganizationRequest{}).Version}
	if !from.IsZero() {
		req.From = from.UnixMilli()
	}
	servertest.Must(t, by, api.MakeMandatory, req)
}

func unmandate(t *testing.T, by *servertest.Person) {
	t.Helper()
	version := servertest.Must(t, by.StepUp(), api.Adoption, api.OrganizationRequest{}).Version
	servertest.Must(t, by, api.DisableMandatory, api.DisableMandatoryRequest{Version: version})
}

// forbidText has by forbid text messages, with until as the last day.
func forbidText(t *testing.T, by *servertest.Person, until time.Time) {
	t.Helper()
	now := servertest.Must(t, by.StepUp(), api.Policy, api.OrganizationRequest{})
	req := api.ChangePolicyRequest{Version: now.Version, PolicySettings: now.PolicySettings}
	req.Methods, req.Until = []api.Method{api.MethodTOTP}, map[api.Method]int64{api.MethodText: until.UnixMilli()}
	servertest.Must(t, by, api.ChangePolicy, req)
}

// Past the deadline nothing answers but the wizard, the step-up, recovery and signing
// out: no call and no plain form, to nobody of whatever role, in a session from before
// and in a fresh one (requirements 99, 103).
func TestGate_EveryCall(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp() // an operator without two-factor
		amy := p.Add("amy", auth.Admin, ada.User().Organization).SignIn()
		texter := p.Add("tess", auth.Member, ada.User().Organization).SignIn().EnrollText(german)
		p.SetPolicy(outlasting)
		ada.SignIn().StepUp()
		mandate(t, amy, time.Time{})
		forbidText(t, amy, p.Clock.Now().Add(time.Minute))
		p.Clock.Advance(time.Minute)
		for name, who := range map[string]*servertest.Person{
			"a session from before": ada, "a fresh session": ada.Elsewhere().SignIn().StepUp(), "an outdated method": texter.SignIn().StepUp(),
		} {
			calls := p.Server.Calls()
			slices.SortStableFunc(calls, func(a, b server.Call) int { // signing out comes last
				return strings.Compare(strings.TrimPrefix(a.Path, "/api/sign-out"), strings.TrimPrefix(b.Path, "/api/sign-out"))
			})
			slices.Reverse(calls)
			for _, c := range calls {
				passes := slices.Contains(pastTheGate, c.Path) || slices.Contains(besideTheGate, c.Path)
				_, answer, err := who.Copy().Send(t.Context(), c.Method, c.Path, []byte("{}"))
				if err != nil {
					t.Fatal(err)
				}
				if kept := strings.Contains(string(answer), `"code":"two_factor_required"`); kept == passes {
					t.Errorf("%s: %s answers %s", name, c.Path, answer)
				}
				if c.Form == "" || c.Path == "/api/sign-out" {
					continue
				}
				to := who.Copy().Post(c.Form, url.Values{}).Header().Get("Location")
				if kept := strings.Contains(to, "code=two_factor_required"); kept == passes {
					t.Errorf("%s: the form %s leads to %s", name, c.Form, to)
				}
			}
			if got := servertest.Refused(t, who, api.Session, api.None{}); got != check.SignedOut {
				t.Errorf("%s: after signing out: %q", name, got)
			}
		}
	}, servertest.WithTexts)
}

// Past the deadline every page leads to the wizard, and back to where one was going
// after it. No document holds anything about the person.
func TestGate_EveryPage(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	amy := p.Add("amy", auth.Admin, ada.User().Organization).SignIn()
	mandate(t, amy, time.Time{})
	if next := servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password, Next: "/profile/sessions"}); next.Path != setUp+"?next=%2Fprofile%2Fsessions" {
		t.Errorf("signing in leads to %s", next.Path)
	}
	for path, want := range map[string]string{"/": setUp, "/profile": setUp + "?next=%2Fprofile", "/profile/security": setUp + "?next=%2Fprofile%2Fsecurity",
		"/profile/sessions": setUp + "?next=%2Fprofile%2Fsessions", "/admin/people?search=x": setUp + "?next=%2Fadmin%2Fpeople%3Fsearch%3Dx",
		"/admin/people/" + amy.ID(): setUp + "?next=" + url.QueryEscape("/admin/people/"+amy.ID()), "/admin/outbox": setUp + "?next=%2Fadmin%2Foutbox",
		"/profile/security/phone": setUp + "?next=%2Fprofile%2Fsecurity%2Fphone"} {
		answer := ada.Get(path)
		if got := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || got != want {
			t.Errorf("%s: %d, to %q, want %q", path, answer.Code, got, want)
		}
	}
	for _, path := range []string{setUp, setUp + "?next=%2Fprofile", "/no/such/page", "/forgot-password", "/offline"} {
		answer := ada.Get(path)
		if answer.Code != http.StatusOK && answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.Code)
		}
		for _, personal := range []string{"Lovelace", "ada@example.org", "Analytical", "amy"} {
			if strings.Contains(answer.Body.String(), personal) {
				t.Errorf("%s holds %q", path, personal)
			}
		}
	}
}

// Who is past the gate is kept from nothing else: the wizard goes through to its end,
// and everything is open after.
func TestGate_TheWizardOpensIt(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		amy := p.Add("amy", auth.Admin, ada.User().Organization).SignIn()
		ada.SignIn()
		mandate(t, amy, time.Time{})
		if d := servertest.Must(t, ada, api.Session, api.None{}).Demand; d == nil || !d.Due || d.Why != api.DemandMandatory || d.From > p.Clock.Now().UnixMilli() {
			t.Errorf("told: %+v", d)
		}
		ada.Enroll()
		if got := servertest.Refused(t, ada, api.Sessions, api.None{}); got != "" {
			t.Errorf("after the wizard: %q", got)
		}
		if d := servertest.Must(t, ada, api.Session, api.None{}).Demand; d != nil {
			t.Errorf("still told: %+v", d)
		}
	})
}

// The deadline is reckoned anew with each request: a later date, disabling, an
// exemption and its end count at once in a session that runs.
func TestGate_CountsAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy := p.Add("amy", auth.Admin, here)
		gus := p.Add("gus", auth.Member, here)
		p.SetPolicy(outlasting)
		amy.SignIn()
		gus.SignIn()
		exempt := func(until time.Time) func() {
			return func() { p.Change("gus", func(u *auth.User) { u.ExemptUntil, u.ExemptReason = until, "travels" }) }
		}
		in := func(d time.Duration) time.Time { return p.Clock.Now().Add(d) }
		day := 24 * time.Hour
		for _, tt := range []struct {
			name string
			meet func()
			want check.Code
		}{
			{"mandatory in three days", func() { mandate(t, amy, in(3*day)) }, ""},
			{"an hour before the date", func() { p.Clock.Advance(3*day - time.Hour) }, ""},
			{"on the date", func() { p.Clock.Advance(time.Hour) }, check.TwoFactorRequired},
			{"a later date", func() { mandate(t, amy, in(day)) }, ""},
			{"at once", func() { mandate(t, amy, time.Time{}) }, check.TwoFactorRequired},
			{"disabled", func() { unmandate(t, amy) }, ""},
			{"at once again", func() { mandate(t, amy, time.Time{}) }, check.TwoFactorRequired},
			{"exempt for a day", func() { exempt(in(day))() }, ""},
			{"the day before last of the exemption", func() { p.Clock.Advance(day - time.Millisecond) }, ""},
			{"the exemption is over", func() { p.Clock.Advance(time.Millisecond) }, check.TwoFactorRequired},
			{"exempt for longer", func() { exempt(in(day))() }, ""},
			{"the exemption is taken away", func() { exempt(time.Time{})() }, check.TwoFactorRequired},
		} {
			tt.meet()
			for name, b := range map[string]*servertest.Person{"a session that runs": gus, "a fresh one": gus.Elsewhere().SignIn()} {
				if got := servertest.Refused(t, b, api.Sessions, api.None{}); got != tt.want {
					t.Errorf("%s: %s: %q, want %q", tt.name, name, got, tt.want)
				}
				if d := servertest.Must(t, b, api.Session, api.None{}).Demand; (d != nil && d.Due) != (tt.want != "") {
					t.Errorf("%s: %s is told %+v", tt.name, name, d)
				}
			}
		}
		late := p.Invite("nora")
		if got := servertest.Refused(t, late.SignIn(), api.Sessions, api.None{}); got != check.TwoFactorRequired {
			t.Errorf("who joins after the date: %q", got)
		}
	})
}

// Whose only method is forbidden goes on with it until the day, and from then on is let
// in by it to set up another, and nowhere else.
func TestGate_MethodThatIsForbidden(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy := p.Add("amy", auth.Admin, here)
		p.SetPolicy(outlasting)
		amy.SignIn()
		gus := p.Add("gus", auth.Member, here).SignIn().EnrollText(german)
		p.Clock.Advance(time.Hour)
		until := p.Clock.Now().Add(24 * time.Hour)
		forbidText(t, amy, until)
		fresh := func() *servertest.Person { return gus.Elsewhere().SignIn() }
		for name, b := range map[string]*servertest.Person{"a session that runs": gus, "a fresh one": fresh()} {
			if got := servertest.Refused(t, b, api.Sessions, api.None{}); got != "" {
				t.Errorf("before the day: %s: %q", name, got)
			}
			if d := servertest.Must(t, b, api.Session, api.None{}).Demand; d == nil || d.Due || d.Why != api.DemandMethod || d.Method != api.MethodText || d.From != until.UnixMilli() {
				t.Errorf("before the day: %s is told %+v", name, d)
			}
		}
		p.Clock.Advance(24 * time.Hour)
		late := fresh()
		for name, b := range map[string]*servertest.Person{"a session that runs": gus, "a fresh one": late} {
			if got := servertest.Refused(t, b, api.Sessions, api.None{}); got != check.TwoFactorRequired {
				t.Errorf("after the day: %s: %q", name, got)
			}
		}
		p.Clock.Advance(time.Hour)
		gus.StepUp()
		secret := gus.Start("Phone", "")
		servertest.Must(t, gus, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
		for name, b := range map[string]*servertest.Person{"the session that ran": gus, "the other": late} {
			if got := servertest.Refused(t, b, api.Sessions, api.None{}); got != "" {
				t.Errorf("with an app: %s: %q", name, got)
			}
		}
		half := gus.Halfway()
		if got := servertest.Refused(t, half, api.SendText, api.SendTextRequest{}); got == "" {
			t.Error("with an app, a code is still sent for the second step")
		}
		gus.Secret, gus.Number = secret, ""
		gus.Elsewhere().SignIn()
	}, servertest.WithTexts)
}
