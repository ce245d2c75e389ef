package app

import (
	"strconv"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// draw draws the tab.
func (p *securityPage) draw(s api.SecurityInfo) goapp.UI {
	if !s.Active {
		return div("settings", p.state(s), p.passwordCard(s), activityCard())
	}
	parts := append([]goapp.UI{p.state(s)}, p.check.draw(&p.account)...)
	parts = append(parts, p.authenticators(s))
	parts = append(parts, p.phones(s)...)
	parts = append(parts, p.codesCard(s))
	parts = append(parts, p.trusted(s)...)
	return div("settings", append(parts, p.passwordCard(s), activityCard(), p.offCard())...)
}

// state says, large, whether two-factor is on.
func (p *securityPage) state(s api.SecurityInfo) goapp.UI {
	w := &say().Security
	head := div("row", heading("subtitle", w.TwoFactor), activeBadge(s.Active))
	if !s.Active {
		return block("card state off",
			spanOf("state-icon", iconShieldOff.draw()),
			div("state-body stack", head,
				para("text", w.OffText),
				actions(button{Label: w.SetUp, Kind: primary, Href: WizardPath}.draw()),
			),
		)
	}
	body := []goapp.UI{head, para("text", w.ActiveText)}
	if since := oldest(s.Authenticators); since > 0 {
		body = append(body, paraOf("fine", phrase(w.ActiveSince, "when", moment(since, time.Now()))...))
	}
	return block("card state on",
		spanOf("state-icon", iconShieldOn.draw()),
		div("state-body stack", body...),
	)
}

// oldest returns when the first of the authenticators was added.
func oldest(list []api.AuthenticatorRow) int64 {
	var first int64
	for _, a := range list {
		if first == 0 || a.Added < first {
			first = a.Added
		}
	}
	return first
}

// codesCard draws how many recovery codes there are.
func (p *securityPage) codesCard(s api.SecurityInfo) goapp.UI {
	w := &say().Security
	var parts []goapp.UI
	if s.RecoveryCodesLeft <= fewCodes {
		title := w.FewTitle
		if s.RecoveryCodesLeft == 0 {
			title = w.NoneTitle
		}
		parts = append(parts, banner{Kind: bannerWarning, Title: title, Text: w.FewText}.draw())
	}
	left := with(w.Left, "n", strconv.Itoa(s.RecoveryCodesLeft), "total", strconv.Itoa(s.RecoveryCodesTotal))
	parts = append(parts, div("row apart",
		div("",
			para("strong number-words", left),
			paraOf("fine", phrase(w.Made, "when", moment(s.RecoveryCodesMade, time.Now()))...),
		),
		button{Label: w.New, Icon: iconAgain, Small: true, ID: "new-codes",
			On: func(goapp.Context, goapp.Event) { p.prepare(askCodes, "") }}.draw(),
	))
	return goapp.Div().ID("codes").TabIndex(-1).Body(section{Title: w.Codes, Text: w.CodesText}.draw(div("stack", parts...)))
}

func (p *securityPage) passwordCard(s api.SecurityInfo) goapp.UI {
	w := &say().Security
	var changed []goapp.UI
	if s.PasswordChanged > 0 {
		changed = phrase(w.PasswordText, "when", moment(s.PasswordChanged, time.Now()))
	}
	return section{Title: w.Password, End: button{Label: w.PasswordAct, Small: true, Href: "/profile#password"}.draw()}.
		draw(paraOf("fine", changed...))
}

// activityCard leads to what has happened to the account.
func activityCard() goapp.UI {
	w := &say().Feed
	return section{Title: w.MineTitle, End: button{Label: w.ToActivity, Small: true, Href: myActivityPath}.draw()}.
		draw(para("fine", w.MineLead))
}

func (p *securityPage) offCard() goapp.UI {
	w := &say().Security
	if p.bound {
		a := &say().Adoption
		return goapp.Div().ID("off").TabIndex(-1).Body(section{Title: a.OffRefused, Text: a.OffRefusedText}.draw())
	}
	return section{Title: w.Off, Text: w.OffWhat,
		End: button{Label: w.OffSubmit, Kind: danger, Small: true, ID: "turn-off",
			On: func(goapp.Context, goapp.Event) { p.prepare(askOff, "") }}.draw()}.draw()
}
