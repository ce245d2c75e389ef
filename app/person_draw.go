package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// about draws who the person is and how the account is protected.
func (p *personPage) about(i api.PersonInfo) goapp.UI {
	w := &say().People
	two := []goapp.UI{activeBadge(i.TwoFactorSince > 0), span("fine", w.OffText)}
	if i.TwoFactorSince > 0 {
		two[1] = spanOf("fine", phrase(w.Since, "when", moment(i.TwoFactorSince, time.Now()))...)
	}
	facts := []goapp.UI{
		goapp.Dt().Text(w.UserName), goapp.Dd().Text(i.UserName),
		goapp.Dt().Text(w.Email), goapp.Dd().Text(i.Email),
		goapp.Dt().Text(w.Role), goapp.Dd().Text(w.RoleName(i.Role)),
		goapp.Dt().Text(w.State), goapp.Dd().Body(personState(i.PersonRow)...),
		goapp.Dt().Text(w.TwoFactor), goapp.Dd().Body(div("row tight", two...)),
	}
	facts = append(facts, standing(i, time.Now())...)
	if i.TwoFactorSince > 0 {
		codes := w.CodesNone
		if i.RecoveryCodesLeft > 0 {
			codes = words.Many(i.RecoveryCodesLeft, w.CodesOne, w.CodesLeft)
		}
		facts = append(facts,
			goapp.Dt().Text(w.Authenticators), goapp.Dd().Body(factorRows(i.Authenticators)),
			goapp.Dt().Text(w.Codes), goapp.Dd().Class("number-words").Text(codes),
			goapp.Dt().Text(w.Phones), goapp.Dd().Body(phoneRows(i.RecoveryPhones)),
		)
	}
	return section{Title: w.Account}.draw(goapp.Dl().Class("facts").Body(facts...))
}

func factorRows(list []api.AuthenticatorRow) goapp.UI {
	if len(list) == 0 {
		return span("", say().People.NoAuthenticators)
	}
	var rows []goapp.UI
	for _, a := range list {
		i, body := aboutAuthenticator(a)
		rows = append(rows, li("small-item", i.draw(), div("", body...)))
	}
	return ul("stack-tight", rows...)
}

func phoneRows(list []api.PhoneRow) goapp.UI {
	if len(list) == 0 {
		return span("", say().People.NoPhones)
	}
	var rows []goapp.UI
	for _, n := range list {
		rows = append(rows, li("small-item", iconMessage.draw(), div("",
			span("cell-name", n.Number),
			spanOf("cell-note", phrase(say().Security.Added, "when", moment(n.Added, time.Now()))...))))
	}
	return ul("stack-tight", rows...)
}

// sessions draws where the person is signed in.
func (p *personPage) sessions(i api.PersonInfo) goapp.UI {
	w := &say().People
	sec := section{Title: w.Sessions, Flush: true}
	if len(i.Sessions) == 0 {
		return sec.draw(para("fine card-foot quiet-end", w.NoSessions))
	}
	if i.MayHelp {
		sec.End = button{Label: say().Help.End.Offer, Kind: danger, Small: true, ID: "end", On: press(func() { p.begin(helpEnd) })}.draw()
	}
	var rows []goapp.UI
	for _, s := range i.Sessions {
		rows = append(rows, li("", spanOf("item-icon", deviceIcon(s).draw()), div("item-body", aboutSession(s)...)))
	}
	return sec.draw(ul("items", rows...))
}

// links draws the one-time links that wait.
func (p *personPage) links(i api.PersonInfo) goapp.UI {
	w := &say().People
	sec := section{Title: w.Links, Text: w.LinksText, Flush: true}
	if len(i.Links) == 0 {
		return sec.draw(para("fine card-foot quiet-end", w.NoLinks))
	}
	var rows []goapp.UI
	for _, l := range i.Links {
		id, acts := l.ID, []goapp.UI{}
		if i.MayHelp {
			acts = append(acts, button{Label: w.Revoke, Kind: danger, Small: true, ID: id, About: w.LinkName(l.Kind),
				On: press(func() { p.revoke(id) })}.draw())
		}
		rows = append(rows, li("",
			spanOf("item-icon", iconMail.draw()),
			div("item-body",
				span("cell-name", w.LinkName(l.Kind)),
				spanOf("cell-note", phrase(w.LinkMade, "when", moment(l.Created, time.Now()))...),
				span("cell-note", with(w.LinkUntil, "when", exact(l.Expires))),
			),
			div("item-acts", acts...),
		))
	}
	return sec.draw(ul("items", rows...))
}
