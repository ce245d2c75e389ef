package app

import (
	"net/url"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// fewCodes is how many recovery codes are few enough to say so.
const fewCodes = 3

// homePage is the front page of a signed-in person: /.
type homePage struct {
	goapp.Compo
	account
	security remote[api.SecurityInfo]
	check    checkUp
	first    checklist
}

func (p *homePage) title() string { return "" }
func (p *homePage) at(*url.URL)   { p.check.begin() }

// OnNav implements goapp.Navigator.
func (p *homePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *homePage) load(ctx goapp.Context) {
	p.enter(ctx, func(goapp.Context, api.SessionInfo) { p.first.load(&p.account) })
	load(ctx, &p.security, api.Security, nil)
}

// Render implements goapp.Composer.
func (p *homePage) Render() goapp.UI {
	w := &say().Home
	f := p.frame(w.Title, w.Lead)
	if who := p.info(); who != nil && who.DisplayName != "" {
		f.Title = with(w.Greeting, "name", who.DisplayName)
	}
	body := []goapp.UI{block("card welcome",
		door(doorOpen),
		div("welcome-body", p.security.draw(p.state, p.load)),
	)}
	body = append(body, p.warnings()...)
	if who := p.info(); who != nil {
		body = append(body, operatorWarnings(who.Warnings)...)
	}
	body = append(body, p.check.draw(&p.account)...)
	body = append(body, p.first.draw(&p.account)...)
	tiles := []goapp.UI{
		tile(iconUser, say().Frame.Profile, w.ProfileNote, "/profile"),
		tile(iconShield, say().Frame.Security, w.SecurityNote, "/profile/security"),
		tile(iconDevice, say().Frame.Sessions, w.SessionsNote, "/profile/sessions"),
	}
	if isStaff(p.info()) {
		tiles = append(tiles, tile(iconUsers, say().Frame.People, w.PeopleNote, peoplePath))
	}
	body = append(body,
		heading("subtitle over-tiles", w.More),
		div("tiles", tiles...),
		p.over(nil),
	)
	return f.wide(body...)
}

// state draws how the account is protected.
func (p *homePage) state(s api.SecurityInfo) goapp.UI {
	w := &say().Home
	text, act := w.OffText, button{Label: w.SetUp, Icon: iconShield, Kind: primary, Href: WizardPath}
	if s.Active {
		text, act = w.ActiveText, button{Label: w.Manage, Href: "/profile/security"}
	}
	return div("stack",
		div("row", heading("subtitle", w.TwoFactor), activeBadge(s.Active)),
		para("text", text),
		actions(act.draw()),
	)
}

// warnings draws what must not wait.
func (p *homePage) warnings() []goapp.UI {
	w := &say().Home
	var list []goapp.UI
	if who := p.info(); who != nil && who.Recovery != nil {
		list = append(list, warning(w.NewCode, w.NewCodeText, button{Label: w.NewCodeAct, Small: true, Href: "/sign-in/recovered"}))
	}
	s := p.security.value
	if !s.Active {
		return list
	}
	if disabled(s.Authenticators) {
		list = append(list, warning(w.DisabledTitle, w.DisabledText, button{Label: w.Manage, Small: true, Href: "/profile/security"}))
	}
	if s.RecoveryCodesLeft <= fewCodes {
		list = append(list, warning(codesLeft(s.RecoveryCodesLeft), w.FewText, button{Label: w.FewAct, Small: true, Href: "/profile/security#codes"}))
	}
	return list
}

// codesLeft says how many recovery codes are left.
func codesLeft(n int) string {
	w := &say().Home
	if n == 0 {
		return w.FewNone
	}
	return words.Many(n, w.FewOne, w.FewMany)
}

func disabled(list []api.AuthenticatorRow) bool {
	for _, a := range list {
		if a.Disabled {
			return true
		}
	}
	return false
}

// warning draws a banner with the button that helps.
func warning(title, text string, act button) goapp.UI {
	return banner{Kind: bannerWarning, Title: title, Text: text,
		More: []goapp.UI{actions(act.draw())}}.draw()
}

// tile draws one place to go.
func tile(i icon, name, note, href string) goapp.UI {
	return goapp.A().Class("tile").Href(href).Body(
		spanOf("item-icon", i.draw()),
		spanOf("item-body",
			span("cell-name", name),
			span("cell-note", note),
		),
	)
}
