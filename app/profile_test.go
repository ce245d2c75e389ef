//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

func TestHomePage(t *testing.T) {
	disabledPhone := active
	disabledPhone.Authenticators = []api.AuthenticatorRow{{ID: "a1", Disabled: true}}
	few := active
	few.RecoveryCodesLeft = 1
	told := ada
	told.Recovery = &api.Recovery{Replacement: "AAAA", Left: 10}
	troubled := grace
	troubled.Warnings = []api.Warning{api.WarnMailUnset, api.WarnTextsPaused, api.WarnUndelivered, api.WarnDevelopment, "from_a_newer_server"}
	for _, c := range []struct {
		name  string
		who   api.SessionInfo
		state api.SecurityInfo
		want  []string
		never []string
	}{
		{"not set up", ada, inactive, []string{"Welcome, Ada Lovelace", "Not set up", "Set up two-factor authentication"}, []string{"codes left", "Active", "Outbox", "Does your authenticator still work?"}},
		{"active", adaTwo, active, []string{"Active", "Security settings"}, []string{"Not set up", "left", "authenticator is switched off"}},
		{"few codes", adaTwo, few, []string{"You have 1 recovery code left", "Make new codes"}, nil},
		{"a disabled one", adaTwo, disabledPhone, []string{"An authenticator is switched off"}, nil},
		{"an operator with everything wrong", troubled, inactive, []string{"No mail can be sent", "DOORWARD_SMTP", "Text messages are paused",
			"Some messages do not arrive", "This portal runs in development mode", "Open the outbox"}, []string{"from_a_newer_server"}},
		{"a code to note", told, inactive, []string{"Note your new recovery code"}, []string{"AAAA"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &homePage{}
			open(t, p, "/", map[string][]any{api.Session.Path: {c.who}, api.Security.Path: {c.state}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestHomePage_Failed(t *testing.T) {
	p := &homePage{}
	_, settle := open(t, p, "/", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {&api.Error{Code: check.Internal}, inactive}})
	reads(t, p, []string{"This could not be loaded", "Try again"})
	p.load(p.page)
	settle()
	reads(t, p, []string{"Not set up"}, "Try again")
}

func TestProfilePage_Name(t *testing.T) {
	renamed := ada
	renamed.DisplayName = "Ada King"
	p := &profilePage{}
	d, settle := open(t, p, "/profile", map[string][]any{
		api.Session.Path: {ada, renamed}, api.Security.Path: {inactive}, api.Profile.Path: {adaMail}, api.ChangeDisplayName.Path: {api.Done{}}})
	reads(t, p, []string{"Ada Lovelace", "ada@example.org", "Member", "Engines", "At least 15 characters"}, "Six-digit code")
	p.name.set("display_name", "Ada King")
	p.onName(p.page, goappEvent())
	settle()
	if got := d.called(api.ChangeDisplayName.Path); !slices.Equal(got, []string{`{"display_name":"Ada King"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Ada King", "AK"}, "Ada Lovelace")
}

func TestPasswordChange_ProvesAndChanges(t *testing.T) {
	p := &profilePage{}
	d, settle := open(t, p, "/profile", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {active}, api.Profile.Path: {adaMail},
		api.StepUp.Path:         {&api.Error{Code: check.WrongPassword}, &api.Error{Code: check.WrongPasscode}, api.Proof{}},
		api.ChangePassword.Path: {&api.Error{Problems: api.Problems{"new": check.PasswordCommon}}, api.Done{}}})
	c := &p.password
	c.submit(p)
	for name, want := range map[string]check.Code{"current": check.Required, "new": check.Required, "passcode": check.Required} {
		if c.form.problems[name] != want {
			t.Errorf("%s has the problem %q, want %q", name, c.form.problems[name], want)
		}
	}
	if len(d.called(api.StepUp.Path)) != 0 {
		t.Error("an empty form was sent")
	}
	c.form.set("current", "old password")
	c.form.set("new", "password1234")
	c.form.set("end_others", "true")
	for _, want := range []string{"That password is not right.", "That code is not right."} {
		c.form.set("passcode", "123456")
		c.submit(p)
		settle()
		reads(t, p, []string{want})
	}
	c.form.set("passcode", "123456")
	c.submit(p)
	settle()
	reads(t, p, []string{"on lists of known passwords"}, "Six-digit code")
	d.calls = nil
	c.form.set("new", "a door of my own")
	c.submit(p)
	settle()
	if got := d.calls[0]; got != api.ChangePassword.Path+` {"current":"old password","new":"a door of my own","end_others":true}` {
		t.Errorf("proved a moment ago, the first call is %s", got)
	}
	if c.form.value("new") != "" || c.form.busy {
		t.Error("the form is not as new after the change")
	}
}

func TestPasswordChange_AnswersWhileTyping(t *testing.T) {
	p := &profilePage{}
	open(t, p, "/profile", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {inactive}, api.Profile.Path: {adaMail}})
	c := &p.password
	for _, v := range []struct {
		typed string
		want  check.Code
	}{{"short", ""}, {"lovelaceengines2026", check.PasswordContext}, {"four unrelated words here", ""}} {
		c.form.set("new", v.typed)
		c.typed(p, v.typed)
		if got := c.form.problems["new"]; got != v.want {
			t.Errorf("%q has the problem %q, want %q", v.typed, got, v.want)
		}
	}
	c.form.set("current", "the old one of mine")
	c.form.set("new", "short")
	c.submit(p)
	if c.form.problems["new"] != check.PasswordTooShort {
		t.Errorf("sent too short, it has the problem %q", c.form.problems["new"])
	}
}
