package app

import (
	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// doneWords says what has been reached.
func (p *wizardPage) doneWords() (title, lead string) {
	w := &say().Wizard
	switch {
	case p.w.replaces != "" && p.w.active && p.w.text():
		return w.NumberReplaced, w.NumberReplacedLead
	case p.w.active && p.w.finished && p.w.text():
		return w.NumberAdded, w.NumberAddedLead
	case p.w.replaces != "" && p.w.active:
		return with(w.DoneReplace, "name", p.name), w.DoneReplaceLead
	case p.w.active && p.w.finished:
		return with(w.DoneAdd, "name", p.name), w.DoneAddLead
	}
	return w.DoneSetUp, w.DoneSetUpLead
}

// done draws the end: a second way in, the other sessions, and the way on.
func (p *wizardPage) done() []goapp.UI {
	w := &say().Wizard
	var parts []goapp.UI
	if p.alone() {
		parts = append(parts, offer(iconPhone, w.SecondTitle, w.SecondText,
			button{Label: w.SecondAct, Icon: iconAdd, Href: WizardPath + "?add=1"}.draw()))
	}
	if c := p.choices.value; p.policy() != api.PhoneOff && !c.HasPhone {
		w := &say().Phone
		parts = append(parts, offer(iconMessage, w.Offer, w.OfferText,
			button{Label: w.OfferAct, Icon: iconAdd, Href: phonePath}.draw()))
	}
	parts = append(parts, p.others())
	on := button{Label: w.ToSecurity, Kind: primary, Href: p.after()}
	if p.next != "" || p.led {
		on.Label = w.GoOn
	}
	return []goapp.UI{
		div("card flush", parts...),
		div("actions wizard-end", on.draw()),
	}
}

// alone reports whether there is one authenticator now: the list is as old as the
// beginning of the wizard.
func (p *wizardPage) alone() bool {
	n := len(p.security.value.Authenticators)
	switch {
	case !p.w.finished:
		return n == 1
	case !p.w.active:
		return true
	case p.w.replaces == replaceAny:
		return true
	case p.w.replaces != "":
		return n == 1
	}
	return false
}

// others draws what has become of the other browsers, or the offer to sign them out.
func (p *wizardPage) others() goapp.UI {
	w := &say().Wizard
	if !p.w.active { // turning it on has signed them out
		return offer(iconGood, w.OthersEnded, w.OthersEndedText)
	}
	if p.ended != "" {
		return offer(iconGood, p.ended, "")
	}
	return offer(iconDevice, w.OthersTitle, w.OthersText, refusalNotice(p.failure),
		button{Label: w.OthersAct, ID: "end-others", Busy: p.busy, On: p.endOthers}.draw())
}

// offer draws one thing that can be done next.
func offer(i icon, title, text string, acts ...goapp.UI) goapp.UI {
	body := []goapp.UI{heading("heading", title)}
	if text != "" {
		body = append(body, para("text muted", text))
	}
	if len(acts) > 0 {
		body = append(body, div("offer-acts", acts...))
	}
	return div("offer", spanOf("item-icon", i.draw()), div("item-body", body...))
}

// endedWords says how many sessions were ended.
func endedWords(n int) string {
	w := &say().Wizard
	if n == 0 {
		return w.OthersNone
	}
	return words.Many(n, w.OthersOne, w.OthersMany)
}
