//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var (
	noPhones      = func() api.EnrollmentChoices { c := canText; c.RecoveryPhone = api.PhoneOff; return c }()
	onlyApp       = func() api.EnrollmentChoices { c := canText; c.Methods = c.Methods[:1]; return c }()
	textPending   = api.Enrollment{Stage: api.StagePending, Method: api.MethodText, Name: mine.Number, Text: onItsWay(), Expires: onItsWay().Expires}
	textConfirmed = api.Enrollment{Stage: api.StageConfirmed, Method: api.MethodText, Name: mine.Number, RecoveryCodes: confirmed.RecoveryCodes}
)

// wizardAnswers are what the wizard of somebody without two-factor asks for in any case.
func wizardAnswers(c api.EnrollmentChoices, more map[string][]any) map[string][]any {
	answers := map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {provedSecurity(inactive)}, api.EnrollmentOptions.Path: {c},
		api.CurrentEnrollment.Path: {api.Enrollment{}}, api.CurrentRecoveryPhone.Path: {api.PhoneCheck{}},
	}
	for path, list := range more {
		answers[path] = list
	}
	return answers
}

// saves goes through the recovery codes.
func (p *wizardPage) saves(settle func()) {
	p.keep.take()
	p.keep.tick(true)
	p.finish(p.page, goappEvent())
	settle()
}

func TestWizardPage_TextMessages(t *testing.T) {
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath, wizardAnswers(noPhones, map[string][]any{
		api.StartEnrollment.Path:      {&api.Error{Code: check.FactorForbidden}, &api.Error{Code: check.TextsPaused}, textPending},
		api.ResendEnrollmentCode.Path: {&api.Error{Code: check.TextLimit, Retry: 60}, textPending},
		api.ConfirmEnrollment.Path:    {&api.Error{Code: check.WrongTextCode}, &api.Error{Code: check.TextCodeExpired}, textConfirmed},
		api.FinishEnrollment.Path:     {api.Done{}},
	}))
	reads(t, p, []string{"Step 1 of 5", "Authenticator app", "Recommended", "Text message", "Weaker", "A number can be taken over", "is safer, and works without a network"},
		"This is the one method")
	p.w.method = api.MethodText
	reads(t, p, []string{"Step 1 of 4"})
	p.show(p.w.next())
	reads(t, p, []string{"Step 2 of 4", "Your mobile number", "Country", "DE +49"})
	p.number.form.set("number", "0170 1234542")
	for _, c := range []check.Code{check.FactorForbidden, check.TextsPaused} {
		p.startText()
		settle()
		reads(t, p, []string{say().Code(c), "Step 2 of 4"})
	}
	p.startText()
	settle()
	want := `{"method":"sms","number":"0170 1234542","country":"CA"}`
	if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{want, want, want}) {
		t.Errorf("started with %v", got)
	}
	reads(t, p, []string{"Step 3 of 4", "Enter the code", "the number ending in 42", "Another code in", "Not received?"}, "authenticator app")
	p.resendText()
	settle()
	reads(t, p, []string{say().Code(check.TextLimit), "Another code in 60 seconds"})
	p.resendText()
	settle()
	for _, c := range []check.Code{check.WrongTextCode, check.TextCodeExpired} {
		p.confirmText("123456")
		settle()
		reads(t, p, []string{say().Code(c), "Step 3 of 4"})
	}
	p.confirmText("654321")
	settle()
	reads(t, p, []string{"Step 4 of 4", "AAAA-BBBB-CCCC-0001"})
	p.show(stepCode)
	reads(t, p, []string{"Your number works", "Go on to the recovery codes"})
	p.show(stepMethod)
	reads(t, p, []string{"Text message", "Continue"}, "Authenticator app")
	p.show(stepCodes)
	p.saves(settle)
	reads(t, p, []string{"Two-factor authentication is on", "Keep a second way in"}, "Add a recovery phone")
}

func TestWizardPage_WhatIsWrongWithANumberStandsAtIt(t *testing.T) {
	p := &wizardPage{}
	_, settle := open(t, p, WizardPath+"#number", wizardAnswers(noPhones, map[string][]any{api.StartEnrollment.Path: atFields()}))
	p.number.form.set("number", "030 123456")
	for _, c := range numberRefusals {
		for range 2 {
			p.startText()
			settle()
			reads(t, p, []string{say().Code(c), "Your mobile number"})
		}
	}
}

func TestWizardPage_TextRunsOut(t *testing.T) {
	for _, act := range []func(*wizardPage){func(p *wizardPage) { p.confirmText("123456") }, (*wizardPage).resendText} {
		expired := []any{&api.Error{Code: check.EnrollmentExpired}}
		p := &wizardPage{}
		_, settle := open(t, p, WizardPath, wizardAnswers(noPhones, map[string][]any{
			api.CurrentEnrollment.Path: {textPending}, api.ConfirmEnrollment.Path: expired, api.ResendEnrollmentCode.Path: expired}))
		reads(t, p, []string{"the number ending in 42"})
		act(p)
		settle()
		reads(t, p, []string{"That took a little long", "Nothing was changed.", "Mobile number"}, "Six-digit code")
	}
}

func TestWizardPage_TextReloadsWhereItWas(t *testing.T) {
	for _, c := range []struct {
		hash    string
		pending api.Enrollment
		want    string
	}{
		{"", textPending, "the number ending in 42"},
		{"#code", textPending, "the number ending in 42"},
		{"#number", textPending, "Mobile number"},
		{"#codes", textPending, "the number ending in 42"},
		{"", textConfirmed, "AAAA-BBBB-CCCC-0001"},
		{"#number", textConfirmed, "Your number works"},
		{"#code", api.Enrollment{}, "Choose a method"},
		{"#number", api.Enrollment{}, "Mobile number"},
		{"#number", pending, "Mobile number"},      // the app's key waits elsewhere
		{"#scan", textPending, "Name your device"}, // and so does the number
		{"#scan", pending, "Connect your app"},
		{"#code", pending, "that your app shows for Phone"},
	} {
		p := &wizardPage{}
		open(t, p, WizardPath+c.hash, wizardAnswers(noPhones, map[string][]any{api.CurrentEnrollment.Path: {c.pending}}))
		reads(t, p, []string{c.want})
	}
}

func TestWizardPage_OnlyTextMessages(t *testing.T) {
	only := noPhones
	only.Methods = []api.Method{api.MethodText}
	p := &wizardPage{}
	open(t, p, WizardPath, wizardAnswers(only, nil))
	reads(t, p, []string{"Step 1 of 4", "Text message", "A number can be taken over"}, "Authenticator app Recommended", "This is the one method")
	p.show(p.w.next())
	reads(t, p, []string{"Your mobile number"})
}

func TestWizardPage_AddingAndReplacingANumber(t *testing.T) {
	texts := provedSecurity(active)
	texts.Authenticators = []api.AuthenticatorRow{phone, {ID: "a2", Method: api.MethodText, Name: "Mine", Number: mine.Number}}
	done := textPending
	done.Stage, done.Text = api.StageFinished, nil
	for query, want := range map[string]struct{ req, says string }{
		"?add=1#number": {`{"method":"sms","number":"0170 1234542","country":"CA"}`, "Your number is verified"},
		"?replace=a2":   {`{"method":"sms","replaces":"a2","number":"0170 1234542","country":"CA"}`, "Your number has taken over"},
	} {
		p := &wizardPage{}
		d, settle := open(t, p, WizardPath+query, wizardAnswers(noPhones, map[string][]any{
			api.Session.Path: {adaTwo}, api.Security.Path: {texts}, api.StartEnrollment.Path: {textPending}, api.ConfirmEnrollment.Path: {done}}))
		if !p.w.text() {
			t.Errorf("%s does not begin with text messages", query)
		}
		p.show(stepNumber)
		reads(t, p, []string{"Step 2 of 3"})
		p.number.form.set("number", "0170 1234542")
		p.startText()
		settle()
		if got := d.called(api.StartEnrollment.Path); !slices.Equal(got, []string{want.req}) {
			t.Errorf("%s started with %v", query, got)
		}
		p.show(stepCode)
		p.confirmText("123456")
		settle()
		reads(t, p, []string{want.says}, "Step")
	}
}

func TestWizardPage_RecoveryPhone(t *testing.T) {
	inWizard := api.PhoneCheck{Stage: api.StageConfirmed, Number: mine.Number}
	p := &wizardPage{}
	_, settle := open(t, p, WizardPath+"#app", wizardAnswers(onlyApp, map[string][]any{
		api.StartRecoveryPhone.Path:   {&api.Error{Code: check.TextLimit, Retry: 60}, checking},
		api.ConfirmRecoveryPhone.Path: {&api.Error{Code: check.WrongTextCode}, inWizard},
		api.StartEnrollment.Path:      {pending}, api.ConfirmEnrollment.Path: {confirmed}, api.FinishEnrollment.Path: {api.Done{}},
	}))
	reads(t, p, []string{"Step 2 of 6", "Get an authenticator app"})
	p.show(p.w.next())
	reads(t, p, []string{"Step 3 of 6", "Your recovery phone", "In case you lose your authenticator", "Skip for now"})
	p.phone.number.form.set("number", "0170 1234542")
	p.phone.start(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.TextLimit), "Try again in 60 seconds"})
	p.phone.start(&p.account)
	settle()
	reads(t, p, []string{"Step 3 of 6", "the number ending in 42", "Use another number"}, "Skip for now")
	p.phone.confirm(&p.account, "111111")
	settle()
	reads(t, p, []string{say().Code(check.WrongTextCode)})
	p.phone.confirm(&p.account, "123456")
	settle()
	reads(t, p, []string{"Step 4 of 6", "Name your device"})
	p.show(stepPhone)
	reads(t, p, []string{"Step 3 of 6", "The number ending in 42 is verified."}, "Skip for now")
	p.show(p.w.next())
	p.start("Phone")
	settle()
	p.show(stepCode)
	reads(t, p, []string{"Step 5 of 6"})
	p.confirm("123456")
	settle()
	reads(t, p, []string{"Step 6 of 6"})
	p.saves(settle)
	reads(t, p, []string{"Two-factor authentication is on"}, "Add a recovery phone")
}

func TestWizardPage_RecoveryPhoneSkippedOrNotAskedFor(t *testing.T) {
	p := &wizardPage{}
	open(t, p, WizardPath+"#phone", wizardAnswers(onlyApp, nil))
	reads(t, p, []string{"Step 3 of 6", "Skip for now"})
	p.skipPhone()
	reads(t, p, []string{"Step 4 of 6", "Name your device"})
	p.w.finished = true
	reads(t, p, []string{"Keep a second way in", "Add a recovery phone", "Add a phone number"})
	p.at(mustParse(t, WizardPath+"?add=1")) // it is not asked for again in this visit
	if !p.skipped {
		t.Error("what was skipped is forgotten")
	}

	required, has, off := onlyApp, onlyApp, onlyApp
	required.RecoveryPhone, has.HasPhone, off.RecoveryPhone = api.PhoneRequired, true, api.PhoneOff
	p = &wizardPage{}
	open(t, p, WizardPath+"#phone", wizardAnswers(required, nil))
	reads(t, p, []string{"Step 3 of 6", "Your organization asks for one."}, "Skip for now")
	for _, c := range []api.EnrollmentChoices{has, off} {
		p = &wizardPage{}
		open(t, p, WizardPath+"#phone", wizardAnswers(c, nil))
		reads(t, p, []string{"Step 1 of 5"}, "Your recovery phone")
		p.w.finished = true
		reads(t, p, []string{"Keep a second way in"}, "Add a recovery phone")
	}
}

func TestWizardPage_RecoveryPhoneReloads(t *testing.T) {
	has := onlyApp
	has.HasPhone = true
	for _, c := range []struct {
		choices api.EnrollmentChoices
		phone   api.PhoneCheck
		want    string
	}{
		{onlyApp, checking, "the number ending in 42"},
		{has, api.PhoneCheck{Stage: api.StageConfirmed, Number: mine.Number}, "The number ending in 42 is verified."},
	} {
		p := &wizardPage{}
		open(t, p, WizardPath+"#phone", wizardAnswers(c.choices, map[string][]any{api.CurrentRecoveryPhone.Path: {c.phone}}))
		reads(t, p, []string{"Step 3 of 6", c.want})
	}
}

func TestWizardPage_FinishDemandsARecoveryPhone(t *testing.T) {
	for _, at := range []struct {
		pending api.Enrollment
		steps   string
	}{{confirmed, "of 6"}, {textConfirmed, "of 5"}} {
		required := canText
		required.RecoveryPhone = api.PhoneRequired
		p := &wizardPage{}
		d, settle := open(t, p, WizardPath, wizardAnswers(noPhones, map[string][]any{
			api.CurrentEnrollment.Path: {at.pending}, api.EnrollmentOptions.Path: {noPhones, required},
			api.StartRecoveryPhone.Path: {checking}, api.ConfirmRecoveryPhone.Path: {api.PhoneCheck{Stage: api.StageConfirmed, Number: mine.Number}},
			api.FinishEnrollment.Path: {&api.Error{Code: check.RecoveryPhoneRequired}, api.Done{}}}))
		p.saves(settle)
		reads(t, p, []string{"Your recovery phone", "Your organization asks for a recovery phone.", at.steps}, "Skip for now")
		p.phone.number.form.set("number", "0170 1234542")
		p.phone.start(&p.account)
		settle()
		p.phone.confirm(&p.account, "123456")
		settle()
		reads(t, p, []string{"AAAA-BBBB-CCCC-0001"})
		p.finish(p.page, goappEvent())
		settle()
		reads(t, p, []string{"Two-factor authentication is on"})
		if n := len(d.called(api.FinishEnrollment.Path)); n != 2 {
			t.Errorf("finished %d times", n)
		}
	}
}

func TestWizardPage_CancelForgetsThePhoneToo(t *testing.T) {
	for _, e := range []api.Enrollment{{}, pending} {
		left := departures(t)
		p := &wizardPage{}
		d, settle := open(t, p, WizardPath, wizardAnswers(onlyApp, map[string][]any{
			api.CurrentEnrollment.Path: {e}, api.CurrentRecoveryPhone.Path: {checking},
			api.CancelEnrollment.Path: {api.Done{}}, api.CancelRecoveryPhone.Path: {api.Done{}}}))
		p.onCancel(p.page, goappEvent())
		reads(t, p, []string{"Stop setting it up?"})
		p.cancel()
		settle()
		if n := len(d.called(api.CancelRecoveryPhone.Path)); n != 1 || !slices.Equal(*left, []string{"/profile/security"}) {
			t.Errorf("forgotten %d times, left for %v", n, *left)
		}
	}
}

func TestWizardPage_HearsTheMessage(t *testing.T) {
	heard, stopped := hearing(t)
	p := &wizardPage{}
	d, settle := open(t, p, WizardPath, wizardAnswers(noPhones, map[string][]any{
		api.CurrentEnrollment.Path: {textPending}, api.ConfirmEnrollment.Path: {textConfirmed}}))
	(*heard)("123456")
	settle()
	if got := d.called(api.ConfirmEnrollment.Path); !slices.Equal(got, []string{`{"passcode":"123456"}`}) || *stopped == 0 {
		t.Errorf("sent %v, stopped %d times", got, *stopped)
	}
	reads(t, p, []string{"AAAA-BBBB-CCCC-0001"})
}

func TestWizard_BackInEachPath(t *testing.T) {
	for _, c := range []struct {
		w    wizard
		want []wizardStep
	}{
		{wizard{}, []wizardStep{stepMethod, stepApp, stepScan, stepCode, stepCodes}},
		{wizard{phone: true}, []wizardStep{stepMethod, stepApp, stepPhone, stepScan, stepCode, stepCodes}},
		{wizard{method: api.MethodText, phone: true}, []wizardStep{stepMethod, stepNumber, stepCode, stepCodes}},
		{wizard{method: api.MethodText, active: true}, []wizardStep{stepMethod, stepNumber, stepCode}},
		{wizard{method: api.MethodText, demanded: true}, []wizardStep{stepMethod, stepNumber, stepCode, stepPhone, stepCodes}},
		{wizard{active: true, demanded: true}, []wizardStep{stepMethod, stepApp, stepPhone, stepScan, stepCode}},
	} {
		w := c.w
		if !slices.Equal(w.steps(), c.want) {
			t.Errorf("%+v has the steps %v", c.w, w.steps())
		}
		method := w.method
		w.pending = api.Enrollment{Stage: api.StagePending, Method: method}
		for i, s := range c.want {
			if s == stepCodes {
				w.pending.Stage = api.StageConfirmed
			}
			w.asked = s
			if w.step() != s || w.number() != i+1 {
				t.Errorf("%+v: %q is shown as %q, number %d", c.w, s, w.step(), w.number())
			}
			if i > 0 && w.back() != c.want[i-1] {
				t.Errorf("%+v: back from %q is %q", c.w, s, w.back())
			}
		}
	}
}
