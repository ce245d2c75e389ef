package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// lostPhonePage is the ladder of recovery in plain words: /sign-in/lost-phone. It is
// there for everybody, so it asks nothing; it only knows what a page before it knew.
type lostPhonePage struct {
	goapp.Compo
	secondStep
}

func (p *lostPhonePage) title() string { return say().Recovery.LostTitle }
func (p *lostPhonePage) at(*url.URL)   { p.look() }

// OnNav implements goapp.Navigator.
func (p *lostPhonePage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *lostPhonePage) Render() goapp.UI {
	w := say().Recovery
	rungs := []goapp.UI{rung(w.LostCode, w.LostCodeText,
		button{Label: w.LostCode, Kind: primary, Href: "/sign-in/recovery-code"}.draw())}
	if p.has(api.WayTOTP) {
		rungs = append(rungs, rung(w.LostOther, w.LostOtherText,
			button{Label: say().SignIn.UseAppInstead, Href: "/sign-in/passcode"}.draw()))
	}
	if p.known && p.has(api.WayText) {
		rungs = append(rungs, rung(say().Phone.NewCard, say().Phone.NewCardText,
			button{Label: say().SignIn.WayText, Href: "/sign-in/another-way"}.draw()))
	}
	return frame{Title: w.LostTitle, Lead: w.LostLead, Door: doorAjar}.narrow(
		goapp.Ol().Class("card", "rungs").Body(append(rungs,
			rung(w.LostAdmin, w.LostAdminText, para("fine", w.LostHost)))...),
		startOver(),
	)
}

func rung(title, text string, act goapp.UI) goapp.UI {
	return li("rung",
		heading("heading", title),
		para("text", text),
		div("rung-act", act),
	)
}
