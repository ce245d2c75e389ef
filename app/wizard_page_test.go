//go:build !js

package app

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

var (
	secret    = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	pending   = api.Enrollment{Stage: api.StagePending, Name: "Phone", Secret: secret, URI: "otpauth://totp/D:ada?secret=" + secret, QR: []string{"10", "01"}, Expires: time.Now().Add(9 * time.Minute).UnixMilli()}
	confirmed = api.Enrollment{Stage: api.StageConfirmed, Name: "Phone", RecoveryCodes: []string{"AAAA-BBBB-CCCC-0000", "AAAA-BBBB-CCCC-0001"}}
)

func provedSecurity(s api.SecurityInfo) api.SecurityInfo {
	s.ProvedUntil = freshly()
	return s
}

func TestWizardPage_FirstAuthenticator(t *testing.T) {
	left := departures(t)
	p := &wizardPage{}
	d, settle := open(t, p, "/profile/security/set-up?next=%2Fapps", map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {provedSecurity(inactive)},
		api.CurrentEnrollment.Path: {api.Enrollment{}},
		api.StartEnrollment.Path:   {pending},
		api.ConfirmEnrollment.Path: {&api.Error{Code: check.WrongPasscode}, &api.Error{Code: check.SpentPasscode}, &api.Error{Code: check.ClockSlow, Minutes: 2}, confirmed},
		api.FinishEnrollment.Path:  {api.Done{}}, api.EndOtherSessions.Path: {api.Ended{Count: 1}},
	})
	reads(t, p, []string{"Choose a method", "Step 1 of 5", "Authenticator app", "Recommended"})
	p.show(p.w.next())
	reads(t, p, []string{"Step 2 of 5", "Aegis", "F-Droid", "I already have one"}, "KeePassXC")
	p.on = onDesktop
	reads(t, p, []string{"KeePassXC"}, "Aegis")
	p.show(p.w.next())
	reads(t, p, []string{"Step 3 of 5", "Name your device"})
	p.start(p.suggestion())
	settle()
	if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{`{"name":"Phone"}`}) {
		t.Errorf("started with %v", got)
	}
	reads(t, p, []string{"Connect your app", "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567", "minutes left", "For Phone"})
	p.show(p.w.next())
	reads(t, p, []string{"Step 4 of 5", "Enter the code", "that your app shows for Phone"})
	for _, want := range []string{"That code is not right.", "That code has been used.", "off by about 2 minutes"} {
		p.confirm("123 456")
		settle()
		reads(t, p, []string{want, "Step 4 of 5"})
	}
	reads(t, p, []string{"Your phone's clock is slow."}, "That code is not right.")
	p.confirm("123456")
	settle()
	reads(t, p, []string{"Step 5 of 5", "AAAA-BBBB-CCCC-0001", "Download, copy or print them first."})
	p.finish(p.page, goappEvent())
	settle()
	if n := len(d.called(api.FinishEnrollment.Path)); n != 0 {
		t.Error("it was turned on before the codes were saved")
	}
	p.keep.take()
	p.keep.tick(true)
	p.finish(p.page, goappEvent())
	settle()
	reads(t, p, []string{"Two-factor authentication is on", "Keep a second way in", "signed out everywhere else", "Finish"}, "Step")
	p.away()
	if !slices.Equal(*left, []string{"/apps"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestWizardPage_ReloadGoesOnWhereItWas(t *testing.T) {
	for _, c := range []struct {
		address string
		pending api.Enrollment
		want    string
	}{
		{"/profile/security/set-up", pending, "Connect your app"},
		{"/profile/security/set-up#code", pending, "Enter the code"},
		{"/profile/security/set-up", confirmed, "AAAA-BBBB-CCCC-0001"},
		{"/profile/security/set-up#code", confirmed, "Phone works"},
		{"/profile/security/set-up#codes", api.Enrollment{}, "Name your device"},
	} {
		p := &wizardPage{}
		open(t, p, c.address, map[string][]any{
			api.Session.Path: {ada}, api.Security.Path: {provedSecurity(inactive)}, api.CurrentEnrollment.Path: {c.pending}})
		reads(t, p, []string{c.want})
	}
}

func TestWizardPage_AsksForProofFirst(t *testing.T) {
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath, map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {inactive}, api.CurrentEnrollment.Path: {api.Enrollment{}}, api.StepUp.Path: {api.Proof{}}})
	reads(t, p, []string{"Is it still you?"}, "Choose a method", "Six-digit code")
	if len(d.called(api.CurrentEnrollment.Path)) != 0 {
		t.Error("what is pending was asked for without a proof")
	}
	p.stepUp.dismiss()
	reads(t, p, []string{"First we make sure that it is you"}, "Choose a method")
	p.begin()
	p.stepUp.form.set("password", "right")
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Choose a method"})
}

func TestWizardPage_AddingHasNoCodes(t *testing.T) {
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath+"?add=1#scan", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active)}, api.CurrentEnrollment.Path: {api.Enrollment{}},
		api.StartEnrollment.Path: {pending}, api.ConfirmEnrollment.Path: {api.Enrollment{Stage: api.StageFinished, Name: "Phone 2"}}})
	reads(t, p, []string{"Step 3 of 4", "Add an authenticator app"})
	if got := p.suggestion(); got != "Phone 2" {
		t.Errorf("the second phone is called %q", got)
	}
	p.start("Phone 2")
	settle()
	if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{`{"name":"Phone 2"}`}) {
		t.Errorf("started with %v", got)
	}
	p.show(stepCode)
	p.confirm("123456")
	settle()
	reads(t, p, []string{"Phone 2 is connected", "Signed in elsewhere?"}, "Keep a second way in", "Step")
}

func TestWizardPage_Replacing(t *testing.T) {
	for address, want := range map[string]string{
		WizardPath + "?replace=a1#scan":  `{"name":"Phone","replaces":"a1"}`,
		WizardPath + "?replace=any#scan": `{"name":"Phone","replaces":"any"}`,
	} {
		p := &wizardPage{}
		d, settle := open(t, p, address, map[string][]any{
			api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active)}, api.CurrentEnrollment.Path: {api.Enrollment{}},
			api.StartEnrollment.Path: {pending}, api.ConfirmEnrollment.Path: {api.Enrollment{Stage: api.StageFinished, Name: "Phone"}}})
		p.start(p.suggestion())
		settle()
		if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{want}) {
			t.Errorf("%s started with %v", address, got)
		}
		p.show(stepCode)
		p.confirm("123456")
		settle()
		reads(t, p, []string{"Phone has taken over", "The old one no longer works."})
	}
}

func TestWizardPage_RunsOut(t *testing.T) {
	p := &wizardPage{}
	_, settle := open(t, p, WizardPath+"#code", map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {provedSecurity(inactive)}, api.CurrentEnrollment.Path: {pending, api.Enrollment{}},
		api.ConfirmEnrollment.Path: {&api.Error{Code: check.EnrollmentExpired}}, api.StartEnrollment.Path: {pending}})
	p.confirm("123456")
	settle()
	reads(t, p, []string{"That took a little long", "Nothing was changed.", "Start again"})
	p.start(p.nameAgain())
	settle()
	reads(t, p, []string{"Connect your app"}, "That took a little long")
	// The clock here says that it is over: the server is asked whether it is.
	p.recheck()
	settle()
	reads(t, p, []string{"That took a little long"})
}

func TestWizardPage_CancelAsks(t *testing.T) {
	left := departures(t)
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath+"#scan", map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {provedSecurity(inactive)}, api.CurrentEnrollment.Path: {pending},
		api.CancelEnrollment.Path: {&api.Error{Code: check.Offline}, api.Done{}}})
	p.onCancel(p.page, goappEvent())
	reads(t, p, []string{"Stop setting it up?", "Nothing has been changed"})
	p.cancel()
	settle()
	reads(t, p, []string{"Stop setting it up?", "The server cannot be reached."})
	p.cancel()
	settle()
	if n := len(d.called(api.CancelEnrollment.Path)); n != 2 || !slices.Equal(*left, []string{"/profile/security"}) {
		t.Errorf("%d calls, left for %v", n, *left)
	}
}

func TestWizardPage_NoRoom(t *testing.T) {
	five := provedSecurity(active)
	five.Authenticators = make([]api.AuthenticatorRow, 5)
	p := &wizardPage{}
	open(t, p, WizardPath+"?add=1", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {five}, api.CurrentEnrollment.Path: {api.Enrollment{}}})
	reads(t, p, []string{"There is no room for another one"}, "Choose a method")
}

func TestWizardPage_ANewPurposeBeginsAnew(t *testing.T) {
	p := &wizardPage{}
	p.at(mustParse(t, WizardPath))
	p.w.finished, p.begun = true, true
	p.at(mustParse(t, WizardPath+"#done"))
	if !p.begun {
		t.Error("the end of the wizard began it anew")
	}
	p.at(mustParse(t, WizardPath+"?add=1"))
	if p.begun || p.w.finished {
		t.Error("adding another does not begin anew")
	}
}

func TestDeadline(t *testing.T) {
	now := time.Unix(10_000, 0)
	for _, c := range []struct{ expires, want time.Duration }{
		{9 * time.Minute, 9 * time.Minute},
		{2 * time.Hour, 10 * time.Minute},  // the clock here is behind
		{-2 * time.Hour, 10 * time.Minute}, // or ahead: the server will say
	} {
		if got := deadline(now.Add(c.expires).UnixMilli(), now).Sub(now); got != c.want {
			t.Errorf("expiring in %v it is given %v, want %v", c.expires, got, c.want)
		}
	}
}

func TestDevice(t *testing.T) {
	const (
		iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
		android = "Mozilla/5.0 (Linux; Android 15; Pixel 9)"
		linux   = "Mozilla/5.0 (X11; Linux x86_64)"
	)
	for _, c := range []struct {
		agent, replaces string
		list            []api.AuthenticatorRow
		want            string
		on              system
	}{
		{iphone, "", nil, "iPhone", onIOS},
		{android, "", nil, "Android phone", onAndroid},
		{linux, "", nil, "Phone", onAndroid},
		{linux, "", []api.AuthenticatorRow{{Name: "phone"}, {Name: "Phone 2"}}, "Phone 3", onAndroid},
		{iphone, "a1", []api.AuthenticatorRow{{ID: "a1", Name: "Old"}}, "Old", onIOS},
		{iphone, replaceAny, []api.AuthenticatorRow{{ID: "a1", Name: "One"}, {ID: "a2", Name: "iPhone"}}, "iPhone", onIOS},
	} {
		d := device{agent: c.agent}
		if got := d.suggestion(c.replaces, c.list); got != c.want || d.system() != c.on {
			t.Errorf("%s: %q on %d, want %q on %d", c.agent, got, d.system(), c.want, c.on)
		}
	}
}
