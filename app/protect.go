package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// protectPage asks those without two-factor to set it up: /sign-in/protect. ?next
// is where they were going.
type protectPage struct {
	goapp.Compo
	next string
	who  api.SessionInfo // zero while that is not known
}

func (p *protectPage) title() string { return say().Recovery.ProtectTitle }

func (p *protectPage) at(u *url.URL) {
	p.next = "/"
	if n := u.Query().Get("next"); check.Path(n) {
		p.next = n
	}
}

// OnNav implements goapp.Navigator.
func (p *protectPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// load asks whether it must be set up. The page does not wait for the answer.
func (p *protectPage) load(ctx goapp.Context) {
	var who api.SessionInfo
	beside(ctx, func() (refusal *api.Error) {
		who, refusal = call(api.Session, api.None{})
		return refusal
	}, func(_ goapp.Context, refusal *api.Error) {
		if refusal == nil {
			p.who = who
		}
	})
}

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
	demand := p.who.Demand
	out := button{Label: w.ProtectLater, Kind: quiet, Href: later}.draw()
	reasons := []goapp.UI{reason(iconPhone, w.ProtectWhy1), reason(iconCodes, w.ProtectWhy2), reason(iconShield, w.ProtectWhy3)}
	var said []goapp.UI
	if demand != nil {
		reasons = reasons[:2] // it cannot be turned off whenever one likes
	}
	switch {
	case due(demand):
		out, said = signOut(), []goapp.UI{why(demand)}
	case demand != nil:
		said = []goapp.UI{banner{Kind: bannerInfo, Title: with(say().Adoption.Soon, "when", longMoment(demand.From))}.draw()}
	}
	return frame{Title: w.ProtectTitle, Lead: w.ProtectLead, Door: doorOpen, Shut: due(demand)}.narrow(
		div("card stack-loose", append(said,
			ul("reasons", reasons...),
			actions(
				button{Label: w.ProtectSetUp, Kind: primary, Href: setUp}.draw(),
				out,
			),
		)...),
	)
}

func reason(i icon, text string) goapp.UI {
	return li("reason", i.draw(), span("", text))
}
