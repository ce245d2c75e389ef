package app

import (
	"net/url"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// lostPhonePage is the ladder of recovery in plain words: /sign-in/lost-phone.
type lostPhonePage struct{ goapp.Compo }

func (p *lostPhonePage) title() string { return say().Recovery.LostTitle }
func (p *lostPhonePage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *lostPhonePage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *lostPhonePage) Render() goapp.UI {
	w := say().Recovery
	return frame{Title: w.LostTitle, Lead: w.LostLead, Door: doorAjar}.narrow(
		goapp.Ol().Class("card", "rungs").Body(
			rung(w.LostCode, w.LostCodeText,
				button{Label: w.LostCode, Kind: primary, Href: "/sign-in/recovery-code"}.draw()),
			rung(w.LostOther, w.LostOtherText,
				button{Label: say().SignIn.UseAppInstead, Href: "/sign-in/passcode"}.draw()),
			rung(w.LostAdmin, w.LostAdminText, para("fine", w.LostHost)),
		),
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
