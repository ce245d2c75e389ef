//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var (
	canText  = api.EnrollmentChoices{Methods: []api.Method{api.MethodTOTP, api.MethodText}, RecoveryPhone: api.PhoneOptional, Countries: countries}
	checking = api.PhoneCheck{Stage: api.StagePending, Number: mine.Number, Text: onItsWay()}
	verified = api.PhoneCheck{Stage: api.StageFinished, Number: mine.Number}
)

// phoneAnswers are what the page of a recovery phone asks for in any case.
func phoneAnswers(more map[string][]any) map[string][]any {
	answers := map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active)}, api.EnrollmentOptions.Path: {canText},
		api.CurrentRecoveryPhone.Path: {api.PhoneCheck{}},
	}
	for path, list := range more {
		answers[path] = list
	}
	return answers
}

func TestPhonePage_NumberCodeDone(t *testing.T) {
	left := departures(t)
	p := &phonePage{}
	d, settle := open(t, p, phonePath, phoneAnswers(map[string][]any{
		api.StartRecoveryPhone.Path:   {checking},
		api.ConfirmRecoveryPhone.Path: {&api.Error{Code: check.WrongTextCode}, &api.Error{Code: check.TextCodeExpired}, verified},
		api.ResendRecoveryPhone.Path:  {&api.Error{Code: check.TextLimit, Retry: 120}, checking},
	}))
	reads(t, p, []string{"Add a recovery phone", "In case you lose your authenticator", "Country", "DE +49", "Mobile number", "Send a code"}, "Skip")
	p.phone.start(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.Required)})
	p.phone.number.form.set("number", "0170 1234542")
	p.phone.start(&p.account)
	settle()
	if got := d.called(api.StartRecoveryPhone.Path); !slices.Equal(got, []string{`{"number":"0170 1234542","country":"CA"}`}) {
		t.Errorf("started with %v", got)
	}
	reads(t, p, []string{"the number ending in 42", "It is good for 10 minutes.", "Another code in", "Use another number", "Not received?"}, "Country")
	p.phone.confirm(&p.account, "123456")
	settle()
	reads(t, p, []string{say().Code(check.WrongTextCode)})
	p.phone.confirm(&p.account, "123457")
	settle()
	reads(t, p, []string{say().Code(check.TextCodeExpired)})
	p.phone.resend(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.TextLimit), "Another code in 2 minutes"})
	p.phone.resend(&p.account)
	settle()
	p.phone.confirm(&p.account, "123458")
	settle()
	if !slices.Equal(*left, []string{"/profile/security"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestPhonePage_WhatIsWrongWithANumberStandsAtIt(t *testing.T) {
	p := &phonePage{}
	_, settle := open(t, p, phonePath, phoneAnswers(map[string][]any{api.StartRecoveryPhone.Path: atFields()}))
	p.phone.number.form.set("number", "030 123456")
	for _, c := range numberRefusals {
		for range 2 {
			p.phone.start(&p.account)
			settle()
			if got := p.phone.number.form.problems[atNumber[c]]; got != c {
				t.Errorf("%s: at its field stands %q", c, got)
			}
			reads(t, p, []string{say().Code(c)})
		}
	}
}

func TestPhonePage_ReplacingAnother(t *testing.T) {
	p := &phonePage{}
	d, settle := open(t, p, phonePath+"?replace=p1", phoneAnswers(map[string][]any{
		api.StartRecoveryPhone.Path: {&api.Error{Code: check.TextsPaused}, checking}, api.CancelRecoveryPhone.Path: {api.Done{}}}))
	left := departures(t)
	reads(t, p, []string{"Change your recovery phone"})
	p.phone.number.form.set("number", "+44 7700 900123")
	p.phone.start(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.TextsPaused)})
	p.phone.start(&p.account)
	settle()
	want := `{"number":"+44 7700 900123","country":"CA","replaces":"p1"}`
	if got := d.called(api.StartRecoveryPhone.Path); !slices.Equal(got, []string{want, want}) {
		t.Errorf("started with %v", got)
	}
	p.phone.change(&p.account)
	reads(t, p, []string{"Mobile number"}, "Six-digit code")
	p.away()
	settle()
	if n := len(d.called(api.CancelRecoveryPhone.Path)); n != 1 || !slices.Equal(*left, []string{"/profile/security"}) {
		t.Errorf("cancelled %d times, left for %v", n, *left)
	}
}

func TestPhonePage_ReloadAndRunningOut(t *testing.T) {
	p := &phonePage{}
	_, settle := open(t, p, phonePath, phoneAnswers(map[string][]any{
		api.CurrentRecoveryPhone.Path: {checking}, api.ConfirmRecoveryPhone.Path: {&api.Error{Code: check.EnrollmentExpired}}}))
	reads(t, p, []string{"the number ending in 42", "Six-digit code"}, "Country")
	p.phone.confirm(&p.account, "123456")
	settle()
	reads(t, p, []string{say().Code(check.EnrollmentExpired), "Mobile number"}, "Six-digit code")

	p = &phonePage{}
	gone := checking
	gone.Text = nil
	open(t, p, phonePath, phoneAnswers(map[string][]any{api.CurrentRecoveryPhone.Path: {gone}}))
	reads(t, p, []string{"ending in 42", say().Code(check.TextCodeExpired), "Send another code"})
}

func TestPhonePage_WhereThereIsNone(t *testing.T) {
	off := canText
	off.RecoveryPhone = api.PhoneOff
	p := &phonePage{}
	open(t, p, phonePath, phoneAnswers(map[string][]any{api.EnrollmentOptions.Path: {off}}))
	reads(t, p, []string{say().Code(check.TextsUnavailable)}, "Mobile number")

	full := provedSecurity(active)
	full.MaxRecoveryPhones, full.RecoveryPhones = 1, []api.PhoneRow{{ID: "p1"}}
	p = &phonePage{}
	open(t, p, phonePath, phoneAnswers(map[string][]any{api.Security.Path: {full}}))
	reads(t, p, []string{say().Code(check.TooManyPhones)}, "Mobile number")
	p = &phonePage{}
	open(t, p, phonePath+"?replace=p1", phoneAnswers(map[string][]any{api.Security.Path: {full}}))
	reads(t, p, []string{"Mobile number"})
}

func TestPhonePage_AsksForProofFirst(t *testing.T) {
	p := &phonePage{}
	d, settle := open(t, p, phonePath, phoneAnswers(map[string][]any{api.Security.Path: {active}, api.StepUp.Path: {api.Proof{}}}))
	reads(t, p, []string{"Is it still you?"}, "Mobile number")
	if len(d.called(api.CurrentRecoveryPhone.Path)) != 0 {
		t.Error("what is under way was asked for without a proof")
	}
	p.stepUp.dismiss()
	reads(t, p, []string{"First we make sure that it is you"})
	p.begin()
	p.stepUp.form.set("password", "right")
	p.stepUp.form.set("passcode", "123456")
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Mobile number"})
}

func TestPhonePage_HearsTheMessage(t *testing.T) {
	heard, stopped := hearing(t)
	left := departures(t)
	p := &phonePage{}
	d, settle := open(t, p, phonePath, phoneAnswers(map[string][]any{
		api.CurrentRecoveryPhone.Path: {checking}, api.ConfirmRecoveryPhone.Path: {verified}}))
	(*heard)("123456")
	settle()
	if got := d.called(api.ConfirmRecoveryPhone.Path); !slices.Equal(got, []string{`{"passcode":"123456"}`}) || len(*left) != 1 || *stopped == 0 {
		t.Errorf("sent %v, left for %v, stopped %d times", got, *left, *stopped)
	}
}
