package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// system is where an authenticator app runs.
type system int

// The systems, in the order of their tabs.
const (
	onIOS system = iota
	onAndroid
	onDesktop
)

// authenticatorApp is an app that can be recommended: kept up, and without charge.
type authenticatorApp struct {
	name   string
	open   bool // its source is
	backup bool // it can keep an encrypted backup
	places []appPlace
}

// appPlace is where to get an app on one system.
type appPlace struct {
	on   system
	shop shop
	href string
}

type shop int

const (
	appStore shop = iota
	playStore
	fDroid
	website
)

// name returns what the shop is called.
func (s shop) name() string {
	w := &say().Wizard
	return [...]string{appStore: w.AppStore, playStore: w.PlayStore, fDroid: w.FDroid, website: w.Website}[s]
}

// authenticatorApps are the apps we name. None of them is ours, none pays.
func authenticatorApps() []authenticatorApp {
	const apple, play, droid = "https://apps.apple.com/app/", "https://play.google.com/store/apps/details?id=", "https://f-droid.org/packages/"
	return []authenticatorApp{
		{"2FAS", true, true, []appPlace{
			{onIOS, appStore, apple + "id1217793794"},
			{onAndroid, playStore, play + "com.twofasapp"}}},
		{"Aegis", true, true, []appPlace{
			{onAndroid, fDroid, droid + "com.beemdevelopment.aegis/"},
			{onAndroid, playStore, play + "com.beemdevelopment.aegis"}}},
		{"Ente Auth", true, true, []appPlace{
			{onIOS, appStore, apple + "id6444121398"},
			{onAndroid, playStore, play + "io.ente.auth"},
			{onAndroid, fDroid, droid + "io.ente.auth/"},
			{onDesktop, website, "https://ente.io/auth/"}}},
		{"Proton Authenticator", true, true, []appPlace{
			{onIOS, appStore, apple + "id6741758667"},
			{onAndroid, playStore, play + "proton.android.authenticator"},
			{onDesktop, website, "https://proton.me/authenticator"}}},
		{"Bitwarden Authenticator", true, false, []appPlace{
			{onIOS, appStore, apple + "id6497335175"},
			{onAndroid, playStore, play + "com.bitwarden.authenticator"}}},
		{"KeePassXC", true, true, []appPlace{
			{onDesktop, website, "https://keepassxc.org/download/"}}},
		{"Google Authenticator", false, false, []appPlace{
			{onIOS, appStore, apple + "id388497605"},
			{onAndroid, playStore, play + "com.google.android.apps.authenticator2"}}},
		{"Microsoft Authenticator", false, false, []appPlace{
			{onIOS, appStore, apple + "id983156458"},
			{onAndroid, playStore, play + "com.azure.authenticator"}}},
	}
}

// appList draws the apps there are for a system.
func appList(on system) goapp.UI {
	w := &say().Wizard
	var rows []goapp.UI
	for _, a := range authenticatorApps() {
		var links []goapp.UI
		for _, p := range a.places {
			if p.on == on {
				links = append(links, p.link(a.name))
			}
		}
		if len(links) == 0 {
			continue
		}
		note := ""
		switch {
		case a.open && a.backup:
			note = w.OpenSource + ", " + w.Backup
		case a.open:
			note = w.OpenSource
		}
		rows = append(rows, li("app",
			div("item-body",
				span("cell-name", a.name),
				span("cell-note", note),
			),
			div("app-links", links...),
		))
	}
	return ul("apps", rows...)
}

// link leads to the shop in a new tab, so that the wizard stays where it is.
func (p appPlace) link(app string) goapp.UI {
	return goapp.A().Class("link").Href(p.href).Target("_blank").Rel("noopener noreferrer").
		Aria("label", app+", "+p.shop.name()+", "+say().Wizard.NewTab).
		Body(span("", p.shop.name()), iconOutside.draw())
}
