//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

var (
	mustNow    = &api.Demand{From: 1_800_000_000_000, Due: true, Why: api.DemandMandatory}
	mustSoon   = &api.Demand{From: time.Date(2027, 3, 3, 9, 0, 0, 0, time.UTC).UnixMilli(), Why: api.DemandMandatory}
	adaMust    = func() api.SessionInfo { s := ada; s.Demand, s.ProvedUntil = mustNow, freshly(); return s }()
	barredCall = &api.Error{Code: check.TwoFactorRequired}
)

func TestWizardFor(t *testing.T) {
	for path, want := range map[string]string{"/": WizardPath, "": WizardPath, "//evil.example": WizardPath, WizardPath + "?add=1": WizardPath,
		"/profile?x=1": WizardPath + "?next=%2Fprofile%3Fx%3D1"} {
		if got := WizardFor(path); got != want {
			t.Errorf("from %q it leads to %q, want %q", path, got, want)
		}
	}
}

// Who is led to the wizard in the middle of something is asked for the password first,
// and told there what for.
func TestGate_TheStepUpSaysWhy(t *testing.T) {
	who := adaMust
	who.ProvedUntil = 0
	for _, c := range []struct {
		who  api.SessionInfo
		says bool
	}{{who, true}, {ada, false}} {
		p := &wizardPage{}
		open(t, p, WizardPath, map[string][]any{api.Session.Path: {c.who}, api.Security.Path: {api.SecurityInfo{}}, api.EnrollmentOptions.Path: {api.EnrollmentChoices{}}})
		if !p.stepUp.open {
			t.Fatal("nothing is asked")
		}
		drawn := strings.Contains(goapp.HTMLString(div("", p.stepUp.questions(&p.account)...)), say().Adoption.Due)
		if drawn != c.says {
			t.Errorf("due %v: it says why: %v", due(c.who.Demand), drawn)
		}
	}
}

func TestGate_LeadsToTheWizard(t *testing.T) {
	left := departures(t)
	p := &homePage{}
	open(t, p, "/", map[string][]any{api.Session.Path: {adaMust}, api.Security.Path: {barredCall}})
	if !slices.Equal(*left, []string{WizardPath}) {
		t.Errorf("a page that is opened leads to %q", *left)
	}
	*left = nil
	s := &securityPage{}
	_, settle := open(t, s, "/profile/security", map[string][]any{api.Session.Path: {ada, adaMust}, api.Security.Path: {provedSecurity(active)}, api.RenameAuthenticator.Path: {barredCall}})
	s.prepare(askRename, "a1")
	s.form.set("name", "Pocket")
	s.onRename(s.page, goappEvent())
	settle()
	if !slices.Equal(*left, []string{WizardPath}) {
		t.Errorf("a call in an open session leads to %q", *left)
	}
}

func TestSecurityPage_TurningOffIsForbiddenWhereItIsMandatory(t *testing.T) {
	left := departures(t)
	two := provedSecurity(active)
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {two}, api.TurnOffTwoFactor.Path: {barredCall}})
	p.prepare(askOff, "")
	p.turnOff()
	settle()
	reads(t, p, []string{"Two-factor authentication is mandatory here", "it cannot be turned off"}, "Turn it off")
	p.onRemove("a1")
	reads(t, p, []string{"so the last authenticator stays", "Replace it"}, "Turn it off")
	if len(*left) != 0 {
		t.Errorf("somebody who has two-factor was led to %q", *left)
	}
}

func TestDemand_BannerIsEverywhereUntilItIsDue(t *testing.T) {
	who := ada
	who.Demand = mustSoon
	h := &homePage{}
	open(t, h, "/", map[string][]any{api.Session.Path: {who}, api.Security.Path: {inactive}})
	reads(t, h, []string{"Two-factor becomes mandatory on Wednesday, 3 March 2027, 09:00 UTC", "Set it up now"})
	s := &sessionsPage{}
	open(t, s, "/profile/sessions", map[string][]any{api.Session.Path: {who}, api.Sessions.Path: {api.SessionList{}}})
	reads(t, s, []string{"Two-factor becomes mandatory on Wednesday, 3 March 2027"})
	staff := graceTwo
	staff.Demand = mustSoon
	o := &outboxPage{}
	open(t, o, outboxPath, map[string][]any{api.Session.Path: {staff}, api.Outbox.Path: {api.OutboxInfo{}}})
	reads(t, o, []string{"Two-factor becomes mandatory on Wednesday, 3 March 2027"})
	who.Demand = &api.Demand{From: mustSoon.From, Why: api.DemandMethod, Method: api.MethodText}
	h = &homePage{}
	open(t, h, "/", map[string][]any{api.Session.Path: {who}, api.Security.Path: {inactive}})
	reads(t, h, []string{"From Wednesday, 3 March 2027, 09:00 UTC, text messages alone are no longer enough", "Add an authenticator app"}, "becomes mandatory")
	h = &homePage{}
	open(t, h, "/", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {inactive}})
	reads(t, h, nil, "becomes mandatory", "no longer enough")
}

func TestWizardPage_IsAllThereIsWhenDue(t *testing.T) {
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath+"?next=%2Fprofile%2Fsessions", map[string][]any{
		api.Session.Path: {adaMust}, api.CurrentEnrollment.Path: {api.Enrollment{}},
		api.StartEnrollment.Path: {pending}, api.ConfirmEnrollment.Path: {confirmed}, api.FinishEnrollment.Path: {api.Done{}}})
	reads(t, p, []string{"Two-factor authentication is mandatory here", "and then you go on to where you wanted to go", "Sign out", "Step 1 of 5"}, "Cancel", "Profile", "Sessions")
	for _, to := range linksOf(t, p) {
		if to != "#main" {
			t.Errorf("there is a way out to %q", to)
		}
	}
	if got := d.called(api.Security.Path); len(got) != 0 {
		t.Error("it asks for what is refused")
	}
	p.show(stepScan)
	p.form.set("name", "Phone")
	p.onName(p.page, goappEvent())
	settle()
	p.confirm("123456")
	settle()
	p.keep.taken, p.keep.ticked = true, true
	p.finish(p.page, goappEvent())
	settle()
	reads(t, p, []string{"Two-factor authentication is on", say().Wizard.GoOn}, "is mandatory here")
	if links := linksOf(t, p); !slices.Contains(links, "/profile/sessions") {
		t.Errorf("it leads on to %q", links)
	}
}

func TestWizardPage_WithoutAnAimLeadsHomeWhenDue(t *testing.T) {
	p := &wizardPage{}
	open(t, p, WizardPath, map[string][]any{api.Session.Path: {adaMust}, api.CurrentEnrollment.Path: {api.Enrollment{}}})
	if got := p.after(); got != "/" {
		t.Errorf("it leads on to %q", got)
	}
	if !p.ready() {
		t.Error("it waits for something")
	}
}

func TestWizardPage_AnotherMethodIsDemanded(t *testing.T) {
	who := adaTwo
	who.ProvedUntil, who.Demand = freshly(), &api.Demand{From: 1_800_000_000_000, Due: true, Why: api.DemandMethod, Method: api.MethodText}
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath, map[string][]any{
		api.Session.Path: {who}, api.CurrentEnrollment.Path: {api.Enrollment{}},
		api.StartEnrollment.Path:   {&api.Error{Code: check.TooManyAuthenticators}, pending},
		api.ConfirmEnrollment.Path: {api.Enrollment{Stage: api.StageFinished}}})
	reads(t, p, []string{"Text messages alone are no longer enough", "Step 1 of 4", "Sign out"}, "Cancel")
	p.show(stepScan)
	p.form.set("name", "Phone")
	p.onName(p.page, goappEvent())
	settle()
	if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{`{"name":"Phone"}`, `{"name":"Phone","replaces":"any"}`}) {
		t.Errorf("without room for another one it sends %q", got)
	}
	p.confirm("123456")
	settle()
	reads(t, p, []string{say().Wizard.GoOn}, "no longer enough")
}

func TestProtectPage_OffersNoLaterWhenDue(t *testing.T) {
	for _, c := range []struct {
		name        string
		who         any
		want, never []string
	}{
		{"nothing is asked", ada, []string{"Protect your account", "Later"}, []string{"mandatory", "Sign out"}},
		{"it will be", func() api.SessionInfo { s := ada; s.Demand = mustSoon; return s }(), []string{"Later", "Two-factor becomes mandatory on Wednesday"}, []string{"Sign out"}},
		{"it is due", adaMust, []string{"Sign out", "Two-factor authentication is mandatory here"}, []string{"Later"}},
		{"that is not known", &api.Error{Code: check.Offline}, []string{"Later"}, []string{"mandatory"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &protectPage{}
			open(t, p, "/sign-in/protect?next=%2Fprofile", map[string][]any{api.Session.Path: {c.who}})
			reads(t, p, c.want, c.never...)
		})
	}
}
