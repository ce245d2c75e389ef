//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

// adaDue is a person who is to be asked whether the authenticator still works.
var adaDue = func() api.SessionInfo { s := adaTwo; s.CheckUp = true; return s }()

func TestCheckUp_OnHomeAndSecurity(t *testing.T) {
	answers := func() map[string][]any {
		return map[string][]any{api.Session.Path: {adaDue}, api.Security.Path: {active}, api.CheckUp.Path: {api.Done{}}}
	}
	card := []string{"Does your authenticator still work?", "Six-digit code", "Not now", "I no longer have it"}

	home := &homePage{}
	_, settle := open(t, home, "/", answers())
	reads(t, home, card)
	if !slices.Contains(linksOf(t, home), "/profile/security/set-up?replace=any") {
		t.Error("nothing leads to a new authenticator")
	}
	home.check.submit(&home.account, "123456")
	settle()
	reads(t, home, nil, card...)

	tab := &securityPage{}
	d, settle := open(t, tab, "/profile/security", answers())
	reads(t, tab, card)
	tab.check.skip(&tab.account)
	settle()
	reads(t, tab, nil, card...)
	if got := d.called(api.CheckUp.Path); !slices.Equal(got, []string{`{"skip":true}`}) {
		t.Errorf("sent %v", got)
	}
}

func TestCheckUp_Refused(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaDue}, api.Security.Path: {active}, api.CheckUp.Path: {
		&api.Error{Code: check.WrongPasscode}, &api.Error{Code: check.SpentPasscode}, &api.Error{Code: check.ClockSlow, Minutes: 2},
		&api.Error{Code: check.Throttled, Retry: 1}, &api.Error{Code: check.Offline}, api.Done{}}})
	p.check.submit(&p.account, "12")
	reads(t, p, []string{"Enter the six digits"})
	if n := len(d.called(api.CheckUp.Path)); n != 0 {
		t.Fatalf("half a code was sent")
	}
	for _, want := range []string{"That code is not right.", "Please wait for the next one.", "Your phone's clock is slow.",
		"There were too many tries.", "The server cannot be reached."} {
		p.check.form.set("passcode", "123456")
		p.check.submit(&p.account, "123456")
		settle()
		reads(t, p, []string{want, "Does your authenticator still work?"})
	}
	if got := p.check.form.value("passcode"); got != "123456" {
		t.Errorf("what the server did not hear is %q now", got)
	}
	p.check.submit(&p.account, "123456")
	settle()
	reads(t, p, nil, "Does your authenticator still work?")
}
