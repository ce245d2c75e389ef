package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Render implements goapp.Composer.
func (p *textPage) Render() goapp.UI {
	w := &say().SignIn
	if p.known && p.state.Text == nil {
		return frame{Title: w.TextTitle, Lead: w.TextNone, Door: p.door}.narrow(
			p.card(p.unsent()...),
			p.others(),
			startOver(),
		)
	}
	lead := w.TextLead
	if p.state.Text != nil {
		lead = with(w.TextSent, "end", ending(p.state.Text.Number))
	}
	other, links := say().Phone.OtherWay, []goapp.UI{
		goapp.A().Href("/sign-in/another-way").Text(w.AnotherWay),
		goapp.A().Href("/sign-in/lost-phone").Text(w.LostPhone),
	}
	if p.lost {
		other, links = say().Recovery.TextOther, []goapp.UI{goapp.A().Href("/sign-in/lost-phone").Text(w.AnotherWay)}
	}
	return frame{Title: w.TextTitle, Lead: lead, Door: p.door}.narrow(
		p.card(
			p.form.post(p.action(), p.onSubmit,
				p.form.notice(),
				p.form.passcode(codeField{Name: "code", Label: w.Passcode, Focus: true, Whole: p.send}, &p.once),
				p.form.trust(p.state.TrustDays),
				actions(p.form.submitButton(w.PasscodeSubmit)),
			),
			p.sender("again", p.phone(), p.resend("again", nil)),
			notReceived(other),
		),
		div("links", links...),
		startOver(),
	)
}

// unsent draws what stands where no code is waited for: the phones that one can be
// sent to.
func (p *textPage) unsent() []goapp.UI {
	w := &say().SignIn
	parts := []goapp.UI{p.form.notice()}
	for i, t := range p.state.Texts {
		b := button{Label: with(w.TextSend, "end", ending(t.Number)), Icon: iconMessage, ID: t.ID, Submit: true,
			Busy: p.busy, Disabled: p.again.left > 0}
		if i == 0 {
			b.Kind = primary
		}
		parts = append(parts, p.sender("send-"+t.ID, t, b.draw()))
	}
	if p.again.left > 0 && p.form.left == 0 {
		parts = append(parts, goapp.P().Class("fine countdown").Aria("live", "off").
			Text(with(say().Parts.TryAgainIn, "wait", say().Wait(p.again.left))))
	}
	return []goapp.UI{div("stack", parts...)}
}

// sender draws the form that has a message sent to t. It works without the client.
func (p *textPage) sender(id string, t api.TextWay, act goapp.UI) goapp.UI {
	return goapp.Form().Class("again").Method("post").Action(p.action()+"/send").
		OnSubmit(func(ctx goapp.Context, e goapp.Event) {
			e.PreventDefault()
			p.sendAnother(ctx, t.ID)
		}, goapp.EventScope(id, t.ID)).
		Body(hidden("authenticator", t.ID), act)
}

// others lists the ways that need no message.
func (p *textPage) others() goapp.UI {
	return div("other-ways", ul("card flush ways", otherWays(&p.secondStep, false)...))
}
