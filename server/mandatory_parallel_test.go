package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Of administrators who change the policy at the same moment one is heard; the others are
// told, and what they do after looking again takes nothing of it away.
func TestPolicy_TwoAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy, ann := p.Add("amy", auth.Admin, here).SignIn(), p.Add("ann", auth.Admin, here).SignIn()
		amy.StepUp()
		ann.StepUp()
		days := func(r *api.ChangePolicyRequest) { r.TrustedDays = 30 }
		length := func(r *api.ChangePolicyRequest) { r.MinPassword = 20 }
		ask := func(who *servertest.Person, edit func(*api.ChangePolicyRequest)) api.ChangePolicyRequest {
			now := servertest.Must(t, who, api.Policy, api.OrganizationRequest{})
			req := api.ChangePolicyRequest{Version: now.Version, PolicySettings: now.PolicySettings}
			edit(&req)
			return req
		}
		made := []struct {
			by   *servertest.Person
			edit func(*api.ChangePolicyRequest)
			req  api.ChangePolicyRequest
			got  check.Code
		}{{by: amy, edit: days, req: ask(amy, days)}, {by: ann, edit: length, req: ask(ann, length)}}
		var both sync.WaitGroup
		for i := range made {
			both.Go(func() { made[i].got = servertest.Refused(t, made[i].by, api.ChangePolicy, made[i].req) })
		}
		both.Wait()
		answers := []check.Code{made[0].got, made[1].got}
		if slices.Sort(answers); !slices.Equal(answers, []check.Code{"", check.PolicyChanged}) {
			t.Fatalf("two at once: %q", answers)
		}
		for _, m := range made {
			if m.got != "" {
				servertest.Must(t, m.by, api.ChangePolicy, ask(m.by, m.edit))
			}
		}
		if now := servertest.Must(t, amy, api.Policy, api.OrganizationRequest{}); now.TrustedDays != 30 || now.MinPassword != 20 {
			t.Errorf("in the end: %+v", now)
		}
	})
}

// Changes of the policy, of whether two-factor is mandatory, reminders and ticks of the
// checklist, all at once: one change of the version goes through, and none of the rest is
// lost.
func TestPolicy_ManyAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		amy := p.Add("amy", auth.Admin, p.SetUp().User().Organization).SignIn().StepUp()
		now := servertest.Must(t, amy, api.Policy, api.OrganizationRequest{})
		change := api.ChangePolicyRequest{Version: now.Version, PolicySettings: now.PolicySettings}
		change.MinPassword = 20
		codes := make([]check.Code, parallel)
		once(func(i int) bool {
			b := amy.Copy()
			switch i % 5 {
			case 0:
				codes[i] = servertest.Refused(t, b, api.ChangePolicy, change)
			case 1, 2:
				codes[i] = servertest.Refused(t, b, api.MakeMandatory, api.MakeMandatoryRequest{Version: now.Version})
			case 3:
				codes[i] = servertest.Refused(t, b, api.RemindAll, api.OrganizationRequest{})
			case 4:
				codes[i] = servertest.Refused(t, b, api.TickChecklist, api.TickChecklistRequest{Item: api.ItemTexts, Done: true})
			}
			return codes[i] == ""
		})
		changed, reminded := 0, 0
		for i, code := range codes {
			switch {
			case i%5 < 3 && code == "":
				changed++
			case i%5 == 3 && code == "":
				reminded++
			case i%5 < 3 && code != check.PolicyChanged, i%5 == 3 && code != check.RemindedToday, i%5 == 4 && code != "":
				t.Errorf("the call of kind %d: %q", i%5, code)
			}
		}
		o, err := p.Store.Organization(t.Context(), amy.User().Organization)
		if err != nil {
			t.Fatal(err)
		}
		either := (o.Policy.MinPassword == 20) != !o.Policy.MandatoryFrom.IsZero()
		if changed != 1 || reminded != 1 || !either || o.Nudged.IsZero() || !slices.Equal(o.Ticked, []string{"texts"}) {
			t.Errorf("%d changes, %d reminders, and %+v", changed, reminded, o)
		}
	})
}

// Only who has two-factor makes it mandatory, also when they lose it while they do.
func TestMandatory_WhoeverTurnsItOnHasIt(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		if got := servertest.Refused(t, ada, api.MakeMandatory, api.MakeMandatoryRequest{}); got != check.TwoFactorFirst {
			t.Errorf("without two-factor: %q", got)
		}
		amy := p.Add("amy", auth.Admin, ada.User().Organization)
		for name, tt := range map[string]struct {
			between func(u *auth.User)
			want    check.Code
		}{
			"who loses it meanwhile":     {func(u *auth.User) { u.TwoFactorSince = time.Time{} }, check.TwoFactorFirst},
			"who is demoted meanwhile":   {func(u *auth.User) { u.Role = auth.Helper }, check.Forbidden},
			"who is suspended meanwhile": {func(u *auth.User) { u.State = auth.Suspended }, check.SignedOut},
		} {
			before := amy.User()
			version := servertest.Must(t, amy.SignIn().StepUp(), api.Adoption, api.OrganizationRequest{}).Version
			r := httptest.NewRequest(http.MethodPost, "/api/adoption/mandatory", nil)
			r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: amy.Cookie("doorward")})
			err := p.Server.Interrupted(r, fmt.Sprintf(`{"version":%d}`, version), func() { p.Change("amy", tt.between) })
			if got, _ := auth.Refused(err); got != tt.want {
				t.Errorf("%s: %v, want %q", name, err, tt.want)
			}
			p.Change("amy", func(u *auth.User) {
				u.TwoFactorSince, u.Role, u.State = before.TwoFactorSince, before.Role, before.State
			})
		}
		if o, err := p.Store.Organization(t.Context(), amy.User().Organization); err != nil || !o.Policy.MandatoryFrom.IsZero() {
			t.Errorf("it is mandatory: %+v, %v", o, err)
		}
	})
}

// While it is mandatory the last factor is replaced and not removed; before the date, and
// by who is exempt, it is turned off.
func TestMandatory_TheLastFactorIsReplaced(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy, gus := p.Add("amy", auth.Admin, here), p.Add("gus", auth.Member, here).SignIn().Enroll()
		off := func() check.Code { return servertest.Refused(t, gus.StepUp(), api.TurnOffTwoFactor, api.None{}) }
		app := func() string { return appID(t, gus) }
		mandate(t, amy.SignIn(), time.Time{})
		if got := off(); got != check.TwoFactorRequired || !gus.User().TwoFactor() {
			t.Errorf("turning off: %q", got)
		}
		if got := servertest.Refused(t, gus, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: app()}); got != check.LastAuthenticator {
			t.Errorf("removing the last: %q", got)
		}
		before := app()
		gus.Secret = gus.Start("New phone", before)
		servertest.Must(t, gus, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: gus.Passcode()})
		if app() == before || !gus.User().TwoFactor() || servertest.Refused(t, gus, api.Sessions, api.None{}) != "" {
			t.Error("it is not replaced")
		}
		p.Change("gus", func(u *auth.User) { u.ExemptUntil = p.Clock.Now().Add(time.Hour) })
		if got := off(); got != "" {
			t.Errorf("who is exempt: %q", got)
		}
		if gus.Secret = nil; servertest.Refused(t, gus, api.Sessions, api.None{}) != "" {
			t.Error("who is exempt is kept to the wizard")
		}
		p.Change("gus", func(u *auth.User) { u.ExemptUntil = time.Time{} })
		gus.Enroll()
		mandate(t, amy, p.Clock.Now().Add(time.Hour))
		if got := off(); got != "" {
			t.Errorf("before the date: %q", got)
		}
	})
}

// Whoever loses their factors to a link, to staff or on the host is let in by the
// password, and to the wizard only (requirement 103).
func TestMandatory_WhoeverLosesFactors(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy := p.Add("amy", auth.Admin, here)
		mandate(t, amy.SignIn(), time.Time{})
		for name, lose := range map[string]func(gus *servertest.Person){
			"by link": func(gus *servertest.Person) {
				link := tokenOf(resetLink(t, amy, gus, 0).Link)
				servertest.Must(t, p.Browser(), api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: gus.Password})
			},
			"by telephone": func(gus *servertest.Person) {
				servertest.Must(t, amy.StepUp(), api.HelpByRecoveryCode, api.HelpByRecoveryCodeRequest{ID: gus.ID(), Reason: "called", RecoveryCode: gus.Codes[0]})
			},
			"on the host": func(gus *servertest.Person) {
				if _, err := p.Server.ResetTwoFactor(t.Context(), gus.Name, "because"); err != nil {
					t.Fatal(err)
				}
			},
		} {
			p.Clock.Advance(25 * time.Hour)
			gus := p.Add("gus-"+name[3:5], auth.Member, here).SignIn().Enroll()
			amy.SignIn()
			lose(gus)
			if got := servertest.Refused(t, gus, api.Session, api.None{}); got != check.SignedOut {
				t.Errorf("%s: the session: %q", name, got)
			}
			gus.Secret = nil
			next := servertest.Must(t, gus, api.SignIn, api.SignInRequest{Name: gus.Name, Password: gus.Password})
			if got := servertest.Refused(t, gus, api.Sessions, api.None{}); got != check.TwoFactorRequired || next.Path != setUp {
				t.Errorf("%s: signing in leads to %s, and beyond it is %q", name, next.Path, got)
			}
			if gus.Enroll(); servertest.Refused(t, gus, api.Sessions, api.None{}) != "" {
				t.Errorf("%s: the wizard does not open it again", name)
			}
		}
	})
}
