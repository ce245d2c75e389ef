package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// emailPage confirms an address by the link that was mailed there: /email/<token>.
// Opening it changes nothing: programs open links in mails too.
type emailPage struct {
	goapp.Compo
	form  form
	token string
	link  link
}

func (p *emailPage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Email.ConfirmTitle
}

func (p *emailPage) at(u *url.URL) {
	p.form.ID = "email"
	p.form.at(u.Query())
	p.token = tokenOf(u, "/email/")
}

// OnNav implements goapp.Navigator.
func (p *emailPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *emailPage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkEmail)
}

// Render implements goapp.Composer.
func (p *emailPage) Render() goapp.UI {
	w := &say().Email
	if p.link.dead(p.token, &p.form) {
		return deadLinkTo(w.ConfirmDead, say().Welcome.ToSignIn, "/sign-in?next=%2Fprofile")
	}
	lead := w.ConfirmLead
	if email := p.link.info.value.Email; email != "" {
		lead = with(w.ConfirmLeadTo, "email", email)
	}
	return frame{Title: w.ConfirmTitle, Lead: lead, Door: doorClosed}.narrow(
		card(p.form.post("/email", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			actions(p.form.submitButton(w.ConfirmSubmit)),
			para("fine center", w.ConfirmNot),
		)),
	)
}

func (p *emailPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	submit(ctx, &p.form, api.ConfirmEmail, api.LinkRequest{Token: p.token}, func(_ goapp.Context, next api.NextStep) {
		p.form.busy = true
		leave(next.Path)
	})
}
