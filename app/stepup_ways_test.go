//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var byText = api.SignInState{Ways: []api.Way{api.WayText, api.WayTOTP, api.WayRecoveryCode}, Texts: []api.TextWay{mine}}

func TestStepUp_ByTextMessage(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {active}, api.StepUpWays.Path: {byText},
		api.SendStepUpText.Path: {&api.Error{Code: check.TextLimit, Retry: 60}, *onItsWay()},
		api.StepUp.Path:         {&api.Error{Code: check.WrongTextCode}, &api.Error{Code: check.TextCodeExpired}, api.Proof{}},
	})
	s := &p.stepUp
	p.prepare(askCodes, "")
	reads(t, p, []string{"Six-digit code"}) // as long as the ways are not known
	settle()
	reads(t, p, []string{"Text a code to the number ending in 42", "Use your authenticator app instead", "Use a recovery code instead"}, "Six-digit code")
	s.submit(&p.account)
	if s.form.problems["password"] != check.Required || len(d.called(api.SendStepUpText.Path)) != 0 {
		t.Errorf("without a password the problems are %v", s.form.problems)
	}
	s.text(&p.account, "t1")
	settle()
	reads(t, p, []string{say().Code(check.TextLimit), "Try again in 60 seconds"})
	s.again = countdown{}
	s.form.set("password", "right")
	s.submit(&p.account) // Enter, where there is nothing to type yet
	settle()
	reads(t, p, []string{"Six-digit code from the message", "the number ending in 42", "Another code in"}, "Text a code to", say().Code(check.TextLimit))
	s.submit(&p.account)
	if s.form.problems["text_code"] != check.Required {
		t.Errorf("without a code the problems are %v", s.form.problems)
	}
	s.form.set("text_code", "123456")
	s.submit(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.WrongTextCode)})
	s.form.set("text_code", "123457")
	s.submit(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.TextCodeExpired), "Text a code to"})
	s.again = countdown{}
	s.text(&p.account, "t1")
	settle()
	s.form.set("text_code", "123458")
	s.submit(&p.account)
	settle()
	if got := d.called(api.StepUp.Path); !slices.Equal(got, []string{`{"password":"right","text_code":"123456"}`, `{"password":"right","text_code":"123457"}`, `{"password":"right","text_code":"123458"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Make new recovery codes?"}, "Is it still you?")
}

func TestStepUp_AnotherWay(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active}, api.StepUpWays.Path: {byText}})
	s := &p.stepUp
	p.prepare(askCodes, "")
	settle()
	for _, c := range []struct {
		way   api.Way
		field string
	}{{api.WayTOTP, "passcode"}, {api.WayRecoveryCode, "recovery_code"}, {api.WayText, "text_code"}} {
		s.choose(&p.account, c.way)
		if s.asks() != c.way || s.second() != c.field {
			t.Errorf("chosen %q, it asks for %q in %q", c.way, s.asks(), s.second())
		}
	}
	// Asked again it begins with the first way, and knows it at once.
	s.choose(&p.account, api.WayRecoveryCode)
	s.dismiss()
	p.prepare(askCodes, "")
	reads(t, p, []string{"Text a code to"})
}

func TestStepUp_WhoIsTypingIsLeftAlone(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active}, api.StepUpWays.Path: {byText}})
	p.prepare(askCodes, "")
	p.stepUp.form.set("passcode", "12")
	settle()
	reads(t, p, []string{"Six-digit code", "Use a text message instead"}, "Text a code to")
}

func TestStepUp_WithoutAnAnswerItAsksForAPasscode(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active},
		api.StepUpWays.Path: {&api.Error{Code: check.Offline}}})
	p.prepare(askCodes, "")
	settle()
	reads(t, p, []string{"Six-digit code", "Use a recovery code instead"}, "text message")
}

func TestStepUp_HearsTheMessageAndStopsListening(t *testing.T) {
	heard, stopped := hearing(t)
	waiting := byText
	waiting.Text = onItsWay()
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active},
		api.StepUpWays.Path: {waiting}, api.StepUp.Path: {api.Proof{}}})
	p.prepare(askCodes, "")
	settle()
	(*heard)("123456")
	settle()
	if p.stepUp.form.value("text_code") != "123456" || len(d.called(api.StepUp.Path)) != 0 {
		t.Error("without a password the code must be filled in, and wait")
	}
	p.stepUp.form.set("password", "right")
	p.stepUp.submit(&p.account)
	settle()
	if got := d.called(api.StepUp.Path); !slices.Equal(got, []string{`{"password":"right","text_code":"123456"}`}) || *stopped != 1 {
		t.Errorf("sent %v, stopped %d times", got, *stopped)
	}
}
