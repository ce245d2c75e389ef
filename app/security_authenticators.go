package app

import (
	"strconv"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// authenticators draws the authenticators of every kind.
func (p *securityPage) authenticators(s api.SecurityInfo) goapp.UI {
	w := &say().Security
	var rows []goapp.UI
	for _, a := range s.Authenticators {
		rows = append(rows, p.authenticator(a))
	}
	sec := section{Title: w.Apps, Text: w.AppsText, Flush: true}
	if len(s.Authenticators) < s.MaxAuthenticators {
		sec.End = button{Label: w.Add, Icon: iconAdd, Small: true, Href: WizardPath + "?add=1"}.draw()
	}
	parts := []goapp.UI{ul("items", rows...)}
	if sec.End == nil {
		parts = append(parts, para("fine card-foot", with(w.Full, "n", strconv.Itoa(s.MaxAuthenticators))))
	} else if advice := secondWay(s); advice != "" {
		parts = append(parts, div("card-foot", banner{Kind: bannerInfo, Title: w.OneOnly, Text: advice}.draw()))
	}
	return sec.draw(parts...)
}

// secondWay says what to add for a person with one way only (NIST 4.1.2.1), or "".
func secondWay(s api.SecurityInfo) string {
	w := &say().Security
	switch {
	case len(s.Authenticators) != 1:
		return ""
	case s.Authenticators[0].Method == api.MethodText:
		return w.OneIsText
	case len(s.RecoveryPhones) > 0:
		return ""
	case s.RecoveryPhone != "" && s.RecoveryPhone != api.PhoneOff:
		return w.OneOnlyOrPhone
	}
	return w.OneOnlyText
}

// authenticatorName is what an authenticator is called: its name, or its number.
func authenticatorName(a api.AuthenticatorRow) string {
	if a.Name == "" {
		return a.Number
	}
	return a.Name
}

// aboutAuthenticator draws what one authenticator is and since when.
func aboutAuthenticator(a api.AuthenticatorRow) (mark icon, body []goapp.UI) {
	w, now, called, mark := &say().Security, time.Now(), authenticatorName(a), iconPhone
	name := []goapp.UI{span("cell-name", called)}
	if a.Disabled {
		name = append(name, badge(badgeBad, w.Disabled))
	}
	body = []goapp.UI{div("row", name...)}
	if a.Method == api.MethodText {
		mark = iconMessage
		body = append(body, span("cell-note", w.ByText))
		if a.Number != called {
			body = append(body, span("cell-note", a.Number))
		}
	}
	used := []goapp.UI{goapp.Text(w.NeverUsed)}
	if a.LastUsed > 0 {
		used = phrase(w.Used, "when", moment(a.LastUsed, now))
	}
	body = append(body,
		spanOf("cell-note", phrase(w.Added, "when", moment(a.Added, now))...),
		spanOf("cell-note", used...),
	)
	return mark, body
}

// authenticator draws one authenticator with what can be done to it.
func (p *securityPage) authenticator(a api.AuthenticatorRow) goapp.UI {
	w, called := &say().Security, authenticatorName(a)
	mark, body := aboutAuthenticator(a)
	if a.Disabled {
		body = append(body, span("cell-note", w.DisabledText))
	}
	// The handlers keep the id only: a row drawn again after a change of its name
	// keeps the handlers it had.
	id := a.ID
	of := func(label string, kind buttonKind, on func()) goapp.UI {
		return button{Label: label, Small: true, Kind: kind, ID: id, About: called, On: press(on)}.draw()
	}
	return li("",
		spanOf("item-icon", mark.draw()),
		div("item-body", body...),
		div("item-acts",
			of(w.Rename, secondary, func() { p.prepare(askRename, id) }),
			of(w.Replace, secondary, func() { visit(p.page, replacing(id)) }),
			of(w.Remove, danger, func() { p.onRemove(id) }),
		),
	)
}

// replacing is where the authenticator with id is replaced.
func replacing(id string) string { return WizardPath + "?replace=" + id }
