package app

import (
	"net/url"

	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// protectPage asks those without two-factor to set it up: /sign-in/protect. ?next
// is where they were going.
type protectPage struct {
	goapp.Compo
	next string
}

func (p *protectPage) title() string { return say().Recovery.ProtectTitle }

func (p *protectPage) at(u *url.URL) {
	p.next = "/"
	if n := u.Query().Get("next"); check.Path(n) {
		p.next = n
	}
}

// OnNav implements goapp.Navigator.
func (p *protectPage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *protectPage) Render() goapp.UI {
	w := say().Recovery
	setUp := "/profile/security/set-up"
	if p.next != "" && p.next != "/" {
		setUp += "?next=" + url.QueryEscape(p.next)
	}
	later := p.next
	if later == "" {
		later = "/"
	}
	return frame{Title: w.ProtectTitle, Lead: w.ProtectLead, Door: doorOpen}.narrow(
		div("card stack-loose",
			ul("reasons",
				reason(iconPhone, w.ProtectWhy1), reason(iconCodes, w.ProtectWhy2), reason(iconShield, w.ProtectWhy3),
			),
			actions(
				button{Label: w.ProtectSetUp, Kind: primary, Href: setUp}.draw(),
				button{Label: w.ProtectLater, Kind: quiet, Href: later}.draw(),
			),
		),
	)
}

func reason(i icon, text string) goapp.UI {
	return li("reason", i.draw(), span("", text))
}
