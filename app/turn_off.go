package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// turnOffPage turns two-factor authentication off by a link from staff and the
// password: /turn-off/<token>. Opening it changes nothing.
type turnOffPage struct {
	goapp.Compo
	form  form
	token string
	link  link
	door  doorState
}

func (p *turnOffPage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Reset.OffTitle
}

func (p *turnOffPage) at(u *url.URL) {
	p.form.ID, p.form.Again, p.form.Words, p.door = "turn-off", "password", ownPassword(), doorAjar
	p.form.at(u.Query())
	p.token = tokenOf(u, "/turn-off/")
}

// OnNav implements goapp.Navigator.
func (p *turnOffPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *turnOffPage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkReset)
}

// Render implements goapp.Composer.
func (p *turnOffPage) Render() goapp.UI {
	w := &say().Reset
	if p.link.dead(p.token, &p.form) {
		return deadLinkTo(w.OffDead, say().Welcome.ToSignIn, "/sign-in")
	}
	name, lead := p.link.info.value.UserName, w.OffLead
	if name != "" {
		lead += " " + with(w.OffFor, "name", name)
	}
	return frame{Title: w.OffTitle, Lead: lead, Door: p.door}.narrow(
		card(p.form.post("/turn-off", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			ul("reasons",
				reason(iconKey, w.OffPassword), reason(iconPhone, w.OffSecrets),
				reason(iconSignOut, w.OffSessions), reason(iconShieldOn, w.OffAgain),
			),
			userNameForManagers(name),
			p.form.field(field{Name: "password", Label: say().SignIn.Password, Type: "password", Autocomplete: "current-password", Focus: true}),
			actions(p.form.submitButton(w.OffSubmit)),
			para("fine center", w.OffNot),
		)),
	)
}

func (p *turnOffPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.TurnOffByLinkRequest{Token: p.token, Password: p.form.value("password")}
	submit(ctx, &p.form, api.TurnOffByLink, req, func(ctx goapp.Context, next api.NextStep) {
		p.door, p.form.busy = doorClosed, true
		through(ctx, next)
	})
}
