package app

import (
	"net/url"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// accountTabs draws the tabs of the profile; here is the path of the one shown.
func accountTabs(here string) goapp.UI {
	w := say().Frame
	return tabs(say().Profile.Tabs, here,
		tab{iconUser, w.Profile, "/profile"},
		tab{iconShield, w.Security, "/profile/security"},
		tab{iconDevice, w.Sessions, "/profile/sessions"},
		tab{iconHistory, w.Activity, myActivityPath},
	)
}

// profilePage is who one is here, and the password: /profile.
type profilePage struct {
	goapp.Compo
	account
	security remote[api.SecurityInfo]
	part     string // what the address names behind its "#"
	name     form
	email    emailCard
	language languageCard
	password passwordChange
}

func (p *profilePage) title() string { return say().Profile.Title }

func (p *profilePage) at(u *url.URL) {
	p.part = u.Fragment
	p.name.ID = "name"
	p.password.begin()
	p.email.begin(u.Query())
	p.language.begin(u.Query())
}

// OnNav implements goapp.Navigator.
func (p *profilePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *profilePage) load(ctx goapp.Context) {
	p.enter(ctx, func(goapp.Context, api.SessionInfo) { p.arrive(p.part) })
	load(ctx, &p.security, api.Security, func(goapp.Context, api.SecurityInfo) { p.arrive(p.part) })
	load(ctx, &p.email.info, api.Profile, func(goapp.Context, api.ProfileInfo) { p.arrive(p.part) })
}

// Render implements goapp.Composer.
func (p *profilePage) Render() goapp.UI {
	w := &say().Profile
	return p.frame(w.Title, w.Lead).wide(
		accountTabs("/profile"),
		p.who.draw(p.draw, p.load),
		p.over(p.email.question(p)),
	)
}

func (p *profilePage) draw(who api.SessionInfo) goapp.UI {
	w := &say().Profile
	return div("settings",
		p.person(who),
		section{Title: w.NameTitle}.draw(p.name.post("", p.onName,
			p.name.notice(),
			p.name.field(field{Name: "display_name", Label: w.NameField, Hint: w.NameHint, Value: who.DisplayName,
				Autocomplete: "name", MaxLength: check.MaxName}),
			actions(button{Label: w.NameSubmit, Submit: true, Busy: p.name.busy, ID: "save-name"}.draw()),
		)),
		p.email.draw(p),
		p.language.draw(p),
		goapp.Section().Class("card").ID("password").TabIndex(-1).Aria("labelledby", "password-title").Body(
			div("card-head", goapp.H2().Class("subtitle").ID("password-title").Text(w.PasswordTitle), p.changed()),
			p.security.draw(func(s api.SecurityInfo) goapp.UI { return p.password.draw(p, s) }, p.load),
		),
	)
}

// changed says when the password was changed last.
func (p *profilePage) changed() goapp.UI {
	if !p.security.ready() || p.security.value.PasswordChanged == 0 {
		return span("", "")
	}
	return paraOf("fine", phrase(say().Profile.Changed, "when", moment(p.security.value.PasswordChanged, time.Now()))...)
}

// person draws what only an administrator can change.
func (p *profilePage) person(who api.SessionInfo) goapp.UI {
	w := &say().Profile
	pairs := [][2]string{{w.UserName, who.UserName}, {w.Role, w.RoleName(who.Role)}}
	if who.Organization != "" {
		pairs = append(pairs, [2]string{w.Organization, who.Organization})
	}
	return block("card",
		div("person",
			goapp.Span().Class("avatar", "big").Aria("hidden", "true").Text(initials(who.DisplayName, who.UserName)),
			div("item-body",
				heading("subtitle", who.DisplayName),
				facts(pairs...),
				para("fine", w.AccountHint),
			),
		),
	)
}

func (p *profilePage) onName(_ goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.ChangeDisplayNameRequest{DisplayName: p.name.value("display_name")}
	if _, told := p.name.values["display_name"]; !told && req.DisplayName == "" {
		req.DisplayName = p.who.value.DisplayName
	}
	send(&p.account, &p.name, api.ChangeDisplayName, req, func(api.Done) {
		p.who.value.DisplayName = req.DisplayName
		toast(p.page, say().Profile.NameSaved)
		refresh(&p.account, &p.who, api.Session)
	})
}
