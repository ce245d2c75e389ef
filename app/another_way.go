package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// anotherWayPage lists the ways to prove the second step: /sign-in/another-way.
type anotherWayPage struct {
	goapp.Compo
	secondStep
}

func (p *anotherWayPage) title() string { return say().SignIn.WaysTitle }
func (p *anotherWayPage) at(*url.URL)   { p.look() }

// OnNav implements goapp.Navigator.
func (p *anotherWayPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *anotherWayPage) load(ctx goapp.Context) { p.ask(ctx, nil) }

// Render implements goapp.Composer.
func (p *anotherWayPage) Render() goapp.UI {
	w := say().SignIn
	list := goapp.Ul().Class("card flush ways").Body(otherWays(&p.secondStep, true)...)
	if state := p.write(); state != "" {
		list = list.DataSet("sign-in", attr(state))
	}
	return frame{Title: w.WaysTitle, Lead: w.WaysLead, Door: doorAjar}.narrow(
		list,
		startOver(),
	)
}

// otherWays draws the ways that this sign-in has, in the server's order, and the
// help for who has none of them; text messages only if texts. While it is not known
// which there are, it draws those that everybody has.
func otherWays(s *secondStep, texts bool) []goapp.UI {
	w := &say().SignIn
	ways := s.state.Ways
	if !s.known {
		ways = []api.Way{api.WayTOTP, api.WayRecoveryCode}
	}
	var rows []goapp.UI
	for _, way := range ways {
		switch {
		case way == api.WayTOTP:
			rows = append(rows, wayTo(iconPhone, w.WayApp, w.WayAppNote, "/sign-in/passcode"))
		case way == api.WayRecoveryCode:
			rows = append(rows, wayTo(iconCodes, w.WayCode, w.WayCodeNote, "/sign-in/recovery-code"))
		case way == api.WayText && texts:
			for _, t := range s.state.Texts {
				rows = append(rows, wayByText(t))
			}
		}
	}
	return append(rows, wayTo(iconHelp, w.WayLost, w.WayLostNote, "/sign-in/lost-phone"))
}

// wayTo is one line to choose from, as a list item.
func wayTo(i icon, name, note, href string) goapp.UI {
	return li("",
		goapp.A().Class("way").Href(attr(href)).Body(wayBody(i, name, note)...),
	)
}

// wayByText is the line that sends a code to t when it is chosen: a form, which
// works without the client.
func wayByText(t api.TextWay) goapp.UI {
	w := &say().SignIn
	return li("",
		goapp.Form().Method("post").Action("/sign-in/text/send").Body(
			hidden("authenticator", t.ID),
			goapp.Button().Class("way").Type("submit").Body(
				wayBody(iconMessage, w.WayText, with(w.WayTextNote, "end", ending(t.Number)))...),
		),
	)
}

func wayBody(i icon, name, note string) []goapp.UI {
	return []goapp.UI{
		i.draw(),
		spanOf("way-body",
			span("way-name", name),
			span("way-note", note),
		),
		spanOf("way-go", iconGo.draw()),
	}
}
