package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// notMePage locks an account down by the link that stands in every notice:
// /not-me/<token>. Opening it changes nothing.
type notMePage struct {
	goapp.Compo
	form  form
	token string
	link  link
	door  doorState
}

func (p *notMePage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Email.NotMeTitle
}

func (p *notMePage) at(u *url.URL) {
	p.form.ID, p.door = "not-me", doorAjar
	p.form.at(u.Query())
	p.token = tokenOf(u, "/not-me/")
}

// OnNav implements goapp.Navigator.
func (p *notMePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *notMePage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkNotMe)
}

// Render implements goapp.Composer.
func (p *notMePage) Render() goapp.UI {
	w := &say().Email
	if p.link.dead(p.token, &p.form) {
		return deadLinkTo(w.NotMeDead, w.NotMeDeadAct, "/profile/sessions")
	}
	return frame{Title: w.NotMeTitle, Lead: w.NotMeLead, Door: p.door}.narrow(
		card(p.form.post("/not-me", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			ul("reasons",
				reason(iconSignOut, w.NotMeSessions), reason(iconDevice, w.NotMeTrust),
				reason(iconLock, w.NotMePassword), reason(iconShield, w.NotMeStays),
			),
			actions(button{Label: w.NotMeSubmit, Kind: dangerPrimary, Submit: true, Busy: p.form.busy, ID: p.form.ID}.draw()),
			paraOf("fine center", span("strong", w.WasMe+" "), span("", w.WasMeText)),
		)),
	)
}

func (p *notMePage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	submit(ctx, &p.form, api.LockDown, api.LinkRequest{Token: p.token}, func(ctx goapp.Context, next api.NextStep) {
		p.door, p.form.busy = doorChained, true
		through(ctx, next)
	})
}
