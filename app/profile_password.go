package app

import (
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// passwordChange is the form that changes the password. Who is not freshly proved
// is proved with what the form asks for anyway, so there is one form and no dialog.
type passwordChange struct {
	form form
	once sentOnce
}

// begin makes the form ready.
func (c *passwordChange) begin() { c.form.ID, c.form.Words = "change-password", ownPassword() }

// asksPasscode reports whether a passcode has to go with the current password.
func (c *passwordChange) asksPasscode(a *account, s api.SecurityInfo) bool {
	return s.Active && !a.stepUp.fresh(s.ProvedUntil, time.Now())
}

// draw draws the form.
func (c *passwordChange) draw(p *profilePage, s api.SecurityInfo) goapp.UI {
	w, f := &say().Profile, &c.form
	parts := []goapp.UI{
		f.notice(),
		userNameForManagers(p.who.value.UserName),
		f.field(field{Name: "current", Label: w.Current, Type: "password", Autocomplete: "current-password"}),
	}
	if c.asksPasscode(&p.account, s) {
		parts = append(parts,
			f.passcode(codeField{Name: "passcode", Label: w.Passcode, Hint: w.PasscodeHint}, &c.once),
			textButton(w.OtherWay, "other-way", func() {
				p.stepUp.ask(&p.account, func() { focusOn(p.page, f.id("current")) }, nil)
				p.stepUp.recovery = true
			}),
		)
	}
	parts = append(parts,
		f.field(field{Name: "new", Label: w.New, Type: "password", Autocomplete: "new-password", Least: s.MinPassword, Suggest: true,
			Hint: with(w.NewHint, "n", strconv.Itoa(s.MinPassword)), OnInput: func(_ goapp.Context, v string) { c.typed(p, v) }}),
		f.tick("end_others", w.EndOthers, nil),
		actions(button{Label: w.Submit, Submit: true, Busy: f.busy, ID: "change-password"}.draw()),
	)
	return f.post("", sent(func() { c.submit(p) }), parts...)
}

// judge says what both sides can see is wrong with a new password.
func (c *passwordChange) judge(p *profilePage, v string) api.Code {
	who := p.who.value
	return check.Password(v, p.security.value.MinPassword, who.Organization, who.UserName, who.Email, who.DisplayName)
}

// typed answers while the new password is typed. That it is too short yet is told
// by the counter below the field; the rest is said at once.
func (c *passwordChange) typed(p *profilePage, v string) {
	if bad := c.judge(p, v); bad != "" && bad != check.PasswordTooShort && bad != check.Required {
		if c.form.problems == nil {
			c.form.problems = api.Problems{}
		}
		c.form.problems["new"] = bad
	}
}

// submit proves the person, unless that is fresh, and changes the password.
func (c *passwordChange) submit(p *profilePage) {
	f := &c.form
	if f.busy {
		return
	}
	req := api.ChangePasswordRequest{Current: f.value("current"), New: f.value("new"), EndOthers: f.ticked("end_others")}
	proof := api.StepUpRequest{Password: req.Current}
	problems := req.Problems()
	if problems["new"] == "" || problems["new"] == check.PasswordTooShort {
		problems.Add("new", c.judge(p, req.New))
	}
	if c.asksPasscode(&p.account, p.security.value) {
		proof.Passcode = f.value("passcode")
		_, bad := check.Passcode(proof.Passcode)
		problems.Add("passcode", bad)
	}
	if len(problems) > 0 {
		f.refuse(p.page, api.Error{Problems: problems})
		return
	}
	if p.stepUp.fresh(p.security.value.ProvedUntil, time.Now()) {
		c.change(p, req)
		return
	}
	f.busy, f.failure, f.problems = true, api.Error{}, nil
	announce(say().Parts.Working)
	perform(&p.account, api.StepUp, proof, func(api.Proof) {
		f.busy = false
		p.stepUp.until = time.Now().Add(proofFor)
		c.change(p, req)
	}, c.refuse(p))
}

// change changes the password of a person who is proved.
func (c *passwordChange) change(p *profilePage, req api.ChangePasswordRequest) {
	f := &c.form
	f.busy, f.failure, f.problems = true, api.Error{}, nil
	perform(&p.account, api.ChangePassword, req, func(api.Done) {
		c.form.clear()
		announce("")
		toast(p.page, say().Profile.PasswordSaved)
		refresh(&p.account, &p.security, api.Security)
	}, c.refuse(p))
}

// refuse shows what was refused at the field it is about.
func (c *passwordChange) refuse(p *profilePage) func(api.Error) {
	return func(e api.Error) {
		fields := map[api.Code]string{check.WrongPassword: "current", check.WrongPasscode: "passcode", check.SpentPasscode: "passcode"}
		c.form.busy = false
		c.form.refuse(p.page, onField(e, fields))
		if fields[e.Code] == "passcode" {
			c.form.empty("passcode")
		}
	}
}
