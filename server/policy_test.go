package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// change returns the policy of the only organization as a request to change it.
func change(t *testing.T, who *servertest.Person, edit func(*api.PolicySettings)) api.ChangePolicyRequest {
	t.Helper()
	now := servertest.Must(t, who, api.Policy, api.OrganizationRequest{})
	edit(&now.PolicySettings)
	return api.ChangePolicyRequest{Version: now.Version, PolicySettings: now.PolicySettings}
}

func TestPolicy_ChangeIsPreviewedKeptAndAudited(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		gus := p.Invite("gus").SignIn().EnrollText("+4915123456789")
		hal := p.Invite("hal").SignIn().EnrollText("+4915123456780").StepUp()
		hal.Start("Phone", "") // has an app soon, but not yet
		until := p.Clock.Now().Add(10 * 24 * time.Hour).UnixMilli()
		req := change(t, ada, func(s *api.PolicySettings) {
			s.Methods, s.Until = []api.Method{api.MethodTOTP}, map[api.Method]int64{api.MethodText: until}
			s.TrustedDays, s.IdleMinutes, s.OverallMinutes, s.StaySignedIn, s.MinPassword = 14, 30, 600, true, 20
		})
		preview := servertest.Must(t, ada, api.PreviewPolicy, req)
		if len(preview.Changes) != 7 {
			t.Errorf("changes: %+v", preview.Changes)
		}
		if len(preview.Affected) != 1 || preview.Affected[0].People != 2 || preview.Affected[0].Only != 2 || len(preview.Affected[0].First) != 2 ||
			preview.Affected[0].First[0].UserName != gus.Name {
			t.Errorf("affected: %+v", preview.Affected)
		}
		if got := servertest.Must(t, ada, api.Policy, api.OrganizationRequest{}); got.TrustedDays != 0 {
			t.Error("the preview has changed something")
		}
		p.Clock.Advance(11 * time.Minute)
		if got := servertest.Refused(t, ada, api.ChangePolicy, req); got != check.StepUpRequired {
			t.Errorf("without a step-up: %q", got)
		}
		ada.StepUp()
		after := servertest.Must(t, ada, api.ChangePolicy, req)
		if after.Version != req.Version+1 || after.TrustedDays != 14 || after.MinPassword != 20 || after.Until[api.MethodText] != until || !after.StaySignedIn {
			t.Errorf("after: %+v", after)
		}
		if got := servertest.Refused(t, ada, api.ChangePolicy, req); got != check.PolicyChanged {
			t.Errorf("of an older version: %q", got)
		}
		if got := servertest.Refused(t, ada, api.PreviewPolicy, req); got != check.PolicyChanged {
			t.Errorf("a preview of an older version: %q", got)
		}
		last := ""
		if err := p.Store.EachEntry(t.Context(), func(e auth.Entry) error {
			if e.Event.Kind == auth.EventPolicyChanged {
				last = e.Event.Actor + " " + e.Event.Details["trusted_days_before"] + "→" + e.Event.Details["trusted_days_after"] + " " + e.Event.Details["methods_after"]
			}
			return nil
		}); err != nil || last != ada.ID()+" 0→14 totp" {
			t.Errorf("audit: %q, %v", last, err)
		}
	}, servertest.WithTexts)
}

// The preview tells how many sessions a tighter limit ends, and it ends them.
func TestPolicy_TighterLimitsEndSessions(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	gus := p.Invite("gus").SignIn()
	p.Clock.Advance(40 * time.Minute)
	ada.StepUp()
	req := change(t, ada, func(s *api.PolicySettings) { s.IdleMinutes = 30 })
	if got := servertest.Must(t, ada, api.PreviewPolicy, req).Sessions; got != 1 {
		t.Errorf("%d sessions end, want 1", got)
	}
	servertest.Must(t, ada, api.ChangePolicy, req)
	if got := servertest.Refused(t, gus, api.Session, api.None{}); got != check.SignedOut {
		t.Errorf("the session goes on: %q", got)
	}
}

func TestPolicy_WhatIsAskedOfPasswords(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	servertest.Must(t, ada, api.ChangePolicy, change(t, ada, func(s *api.PolicySettings) { s.MinPassword = 24 }))
	if got := servertest.Must(t, ada, api.Security, api.None{}).MinPassword; got != 24 {
		t.Errorf("at least %d", got)
	}
	if got := servertest.Refused(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls of the tide"}); got != check.PasswordTooShort {
		t.Errorf("22 letters: %q", got)
	}
}

// A session outlasts the closing of the browser where the policy says so, and no
// longer than the session lives.
func TestPolicy_StaySignedIn(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for _, tt := range []struct {
		stay bool
		want int
	}{{false, 0}, {true, 24 * 60 * 60}} {
		p.SetPolicy(func(policy *auth.Policy) { policy.StaySignedIn = tt.stay })
		var kept *http.Cookie
		for _, k := range p.Browser().Post("/sign-in", url.Values{"name": {"ada"}, "password": {"umbrella kitchen orbit"}}).Result().Cookies() {
			if strings.HasSuffix(k.Name, "doorward") {
				kept = k
			}
		}
		if kept == nil || kept.MaxAge != tt.want {
			t.Errorf("stay signed in %v: %+v", tt.stay, kept)
		}
	}
}

// A method that is no longer allowed goes on working until its day, and for who has
// nothing else after it: at the door, and then only to set up another.
func TestPolicy_ForbiddenMethod(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		only := p.Invite("only").SignIn().EnrollText("+4915123456789")
		both := p.Invite("both").SignIn().Enroll().StepUp().AddText("+4915123456780")
		p.SetPolicy(func(policy *auth.Policy) {
			policy.Methods, policy.Until = []auth.Method{auth.MethodTOTP}, map[auth.Method]time.Time{auth.MethodText: p.Clock.Now().Add(24 * time.Hour)}
		})
		texts := func(who *servertest.Person) []api.TextWay {
			half := who.Halfway()
			p.Deliver() // so that the next code is the last to arrive
			return servertest.Must(t, half, api.CurrentSignIn, api.None{}).Texts
		}
		if len(texts(only)) != 1 || len(texts(both)) != 1 {
			t.Error("before its day it does not work any more")
		}
		p.Clock.Advance(25 * time.Hour)
		if len(texts(only)) != 1 || len(texts(both)) != 0 {
			t.Errorf("after its day: %v, %v", texts(only), texts(both))
		}
		half := both.Halfway()
		if got := servertest.Refused(t, half, api.SendText, api.SendTextRequest{}); got != check.NotFound {
			t.Errorf("a code for somebody with an app: %q", got)
		}
		only.SignIn()
		if got := servertest.Refused(t, only, api.Sessions, api.None{}); got != check.TwoFactorRequired {
			t.Errorf("somebody with nothing else: %q", got)
		}
		info := servertest.Must(t, only, api.Session, api.None{})
		if info.Demand == nil || !info.Demand.Due || info.Demand.Why != api.DemandMethod || info.Demand.Method != api.MethodText {
			t.Errorf("demand: %+v", info.Demand)
		}
		only.StepUp()
		secret := only.Start("App", "")
		servertest.Must(t, only, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
		servertest.Must(t, only, api.Sessions, api.None{})
	}, servertest.WithTexts)
}

func TestChecklist(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	done := func() (names []string) {
		for _, row := range servertest.Must(t, ada, api.Checklist, api.None{}).Items {
			if row.Done {
				names = append(names, string(row.Item))
			}
		}
		return names
	}
	if got := strings.Join(done(), " "); got != "mail https" {
		t.Errorf("at first: %s", got)
	}
	gus := p.Invite("gus")
	ada.Enroll()
	servertest.Must(t, ada, api.TickChecklist, api.TickChecklistRequest{Item: api.ItemBackup, Done: true})
	if got := strings.Join(done(), " "); got != "two_factor invite mail https backup" {
		t.Errorf("then: %s", got)
	}
	if !servertest.Must(t, ada, api.TickChecklist, api.TickChecklistRequest{Item: api.ItemAll, Done: true}).Away {
		t.Error("it was not put away")
	}
	if got := servertest.Refused(t, gus.SignIn(), api.Checklist, api.None{}); got != check.Forbidden {
		t.Errorf("a member: %q", got)
	}
}

// What is suggested is good enough for everybody, and another each time.
func TestSuggestPassword(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	first, second := servertest.Must(t, ada, api.SuggestPassword, api.None{}).Password, servertest.Must(t, ada, api.SuggestPassword, api.None{}).Password
	if first == second || len(first) != 23 {
		t.Errorf("%q and %q", first, second)
	}
	ada.StepUp()
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: first})
}

// Who has just signed in and is kept to the wizard is not asked for the password again;
// anybody else is, and who was there before the date too.
func TestGate_SigningInIsProofEnoughForTheWizard(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	p.SetUp()
	gus := p.Invite("gus").SignIn()
	texter := p.Invite("texter").SignIn().EnrollText("+4915123456789")
	start := func(who *servertest.Person) check.Code {
		return servertest.Refused(t, who, api.StartEnrollment, api.StartEnrollmentRequest{Name: "App"})
	}
	if got := start(gus); got != check.StepUpRequired {
		t.Errorf("while nothing is asked: %q", got)
	}
	p.Clock.Advance(11 * time.Minute)
	p.SetPolicy(func(policy *auth.Policy) {
		policy.MandatoryFrom = p.Clock.Now()
		policy.Methods, policy.Until = []auth.Method{auth.MethodTOTP}, map[auth.Method]time.Time{auth.MethodText: p.Clock.Now()}
	})
	if got := start(gus); got != check.StepUpRequired {
		t.Errorf("in a session from before: %q", got)
	}
	if got := start(gus.SignIn()); got != "" {
		t.Errorf("after signing in: %q", got)
	}
	p.Deliver()
	if got := start(texter.SignIn()); got != "" {
		t.Errorf("after signing in with a method that is no longer enough: %q", got)
	}
	p.Clock.Advance(11 * time.Minute)
	if got := start(gus); got != check.StepUpRequired {
		t.Errorf("eleven minutes later: %q", got)
	}
}
