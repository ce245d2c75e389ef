package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// newPasswordPage chooses a new password for an account that was locked down, by a
// mailed link: /password/<token>.
type newPasswordPage struct {
	goapp.Compo
	form  form
	token string
	link  link
	door  doorState
}

func (p *newPasswordPage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Email.PasswordTitle
}

func (p *newPasswordPage) at(u *url.URL) {
	p.form.ID, p.door = "new-password", doorChained
	p.form.at(u.Query())
	p.token = tokenOf(u, "/password/")
}

// OnNav implements goapp.Navigator.
func (p *newPasswordPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *newPasswordPage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkPassword)
}

// Render implements goapp.Composer.
func (p *newPasswordPage) Render() goapp.UI {
	w := &say().Email
	if p.link.dead(p.token, &p.form) {
		return deadLinkTo(w.PasswordDead, say().Welcome.ToSignIn, "/sign-in")
	}
	name, lead := p.link.info.value.UserName, w.PasswordLead
	if name != "" {
		lead = with(w.PasswordFor, "name", name) + " " + lead
	}
	return frame{Title: w.PasswordTitle, Lead: lead, Door: p.door, Hold: true}.narrow(
		card(p.form.post("/password", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			userNameForManagers(name),
			p.form.field(newPassword(say().Welcome.Password, p.link.least())),
			actions(p.form.submitButton(w.PasswordSubmit)),
		)),
	)
}

func (p *newPasswordPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.ChoosePasswordRequest{Token: p.token, Password: p.form.value("password")}
	// How long it must be and what it must not be built on is told with the link.
	if info := p.link.info.value; p.link.info.ready() {
		if c := check.Password(req.Password, p.link.least(), info.Organization, info.UserName, info.Email, info.DisplayName); c != "" {
			p.form.refuse(ctx, api.Error{Problems: api.Problems{"password": c}})
			return
		}
	}
	submit(ctx, &p.form, api.ChoosePassword, req, func(ctx goapp.Context, next api.NextStep) {
		p.door, p.form.busy = doorClosed, true
		through(ctx, next)
	})
}
