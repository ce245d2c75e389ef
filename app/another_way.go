package app

import (
	"net/url"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// anotherWayPage lists the ways to prove the second step: /sign-in/another-way.
type anotherWayPage struct{ goapp.Compo }

func (p *anotherWayPage) title() string { return say().SignIn.WaysTitle }
func (p *anotherWayPage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *anotherWayPage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *anotherWayPage) Render() goapp.UI {
	w := say().SignIn
	return frame{Title: w.WaysTitle, Lead: w.WaysLead, Door: doorAjar}.narrow(
		ul("card flush ways",
			way(iconPhone, w.WayApp, w.WayAppNote, "/sign-in/passcode"),
			way(iconCodes, w.WayCode, w.WayCodeNote, "/sign-in/recovery-code"),
			way(iconHelp, w.WayLost, w.WayLostNote, "/sign-in/lost-phone"),
		),
		startOver(),
	)
}

// way is one line to choose from, as a list item.
func way(i icon, name, note, href string) goapp.UI {
	return li("",
		goapp.A().Class("way").Href(attr(href)).Body(
			i.draw(),
			spanOf("",
				span("way-name", name),
				span("way-note", note),
			),
			spanOf("way-go", iconGo.draw()),
		),
	)
}
