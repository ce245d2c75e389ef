//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

func TestForgot_TheSameAnswerForEveryone(t *testing.T) {
	left := departures(t)
	p := &forgotPage{}
	d, _ := open(t, p, "/forgot-password", map[string][]any{api.ForgotPassword.Path: {&api.Error{Code: check.Busy}, api.NextStep{Path: "/sign-in?notice=password_link"}}})
	ctx, settle := handler(t)
	p.onSubmit(ctx, goappEvent())
	settle()
	reads(t, p, []string{"Please fill this in.", "The second step stays"})
	p.form.set("name", "ada")
	p.onSubmit(ctx, goappEvent())
	settle()
	reads(t, p, []string{say().Code(check.Busy)})
	p.onSubmit(ctx, goappEvent())
	settle()
	if got := d.called(api.ForgotPassword.Path); !slices.Equal(got, []string{`{"name":"ada"}`, `{"name":"ada"}`}) {
		t.Errorf("sent %v", got)
	}
	if !slices.Equal(*left, []string{"/sign-in?notice=password_link"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestForgot_IsAPlainForm(t *testing.T) {
	shell, root := drawn(t, "/forgot-password?code=busy", Personal{})
	if got := forms(root)["/forgot-password"]; !slices.Equal(got, []string{"name="}) || shell.NeedsClient {
		t.Errorf("the form has %v", got)
	}
	if !strings.Contains(shell.Body, say().Code(check.Busy)) {
		t.Error("it does not say what the address says")
	}
}

func TestTurnOff_AsksForThePassword(t *testing.T) {
	left := departures(t)
	p := &turnOffPage{}
	d, _ := open(t, p, "/turn-off/"+testToken, map[string][]any{
		api.CheckLink.Path:     {api.LinkInfo{UserName: strings.Repeat("grace", 12)}},
		api.TurnOffByLink.Path: {&api.Error{Code: check.WrongPassword}, api.NextStep{Path: "/sign-in?notice=two_factor_off"}},
	})
	ctx, settle := handler(t)
	reads(t, p, []string{"It is for the account gracegrace", "the password alone opens the door", "set it up again", "Every session ends"})
	for range 2 {
		p.form.set("password", "sonnet marble lantern g")
		p.onSubmit(ctx, goappEvent())
		settle()
		if len(*left) == 0 {
			reads(t, p, []string{"That password is not right."}, say().Code(check.WrongPassword))
		}
	}
	if got := d.called(api.TurnOffByLink.Path); len(got) != 2 || got[0] != `{"token":"`+testToken+`","password":"sonnet marble lantern g"}` {
		t.Errorf("sent %v", got)
	}
	if !slices.Equal(*left, []string{"/sign-in?notice=two_factor_off"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestTurnOff_DeadLink(t *testing.T) {
	p := &turnOffPage{}
	open(t, p, "/turn-off/"+testToken, map[string][]any{api.CheckLink.Path: {&api.Error{Code: check.LinkDead}}})
	reads(t, p, []string{"This link does not open anything", "was taken back"}, "Turn it off")
}
