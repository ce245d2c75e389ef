package app

import (
	"slices"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// personActs returns what can be done with the account of i besides helping: reset
// links and sessions have their own places on the page.
func (p *personPage) personActs(i api.PersonInfo) []api.Act {
	return slices.DeleteFunc(offered(p.account.info(), []api.PersonRow{i.PersonRow}, time.Now()), func(act api.Act) bool {
		switch act {
		case api.ActResetLink, api.ActEndSessions:
			return true
		case api.ActRemind:
			return !i.MayHelp
		}
		return !i.MayAdminister
	})
}

// administer draws what can be done with the account, each explained before it is
// chosen.
func (p *personPage) administer(i api.PersonInfo) goapp.UI {
	w := &say().Acts
	var rows []goapp.UI
	for _, act := range p.personActs(i) {
		about, kind, what := w.Act(string(act)), secondary, act
		if act == api.ActSuspend || act == api.ActDelete {
			kind = danger
		}
		rows = append(rows, li("",
			spanOf("item-icon", actIcon(act).draw()),
			div("item-body wide-body", para("text", about.OfferText)),
			div("item-acts", button{Label: about.Offer, Kind: kind, Small: true, ID: "act-" + string(act), On: press(func() { p.beginAct(what) })}.draw()),
		))
	}
	if len(rows) == 0 {
		return div("no-acts")
	}
	return section{Title: w.Title, Text: w.Text, Flush: true}.draw(ul("items", rows...))
}

// beginAct opens the dialog of an act. Who was deleted has no page any more.
func (p *personPage) beginAct(act api.Act) {
	p.acts.begin(&p.account, act, []api.PersonRow{p.info.value.PersonRow}, func(api.ActResult) {
		if act == api.ActDelete {
			visit(p.page, p.path(peoplePath))
			return
		}
		p.reload()
	})
}

// asked draws what is open: help, or an act.
func (p *personPage) asked() *dialog {
	if d := p.question(); d != nil {
		return d
	}
	return p.acts.dialog(&p.account)
}

// standing returns what mandatory two-factor means for the person, as facts.
func standing(i api.PersonInfo, now time.Time) (facts []goapp.UI) {
	w := &say().People
	facts = append(facts, goapp.Dt().Text(w.LastSignIn), goapp.Dd().Body(moment(i.LastSignIn, now)))
	if exempt(i.PersonRow, now) {
		about := []goapp.UI{mark(badgeOff, iconInfo, w.Exempt), span("fine", with(w.ExemptUntil, "when", day(i.ExemptUntil)))}
		if i.ExemptReason != "" {
			about = append(about, span("fine address", with(w.ExemptReason, "reason", i.ExemptReason)))
		}
		facts = append(facts, goapp.Dt().Text(w.DueTitle), goapp.Dd().Body(div("row tight", about...)))
	} else if i.Due > 0 {
		facts = append(facts, goapp.Dt().Text(w.DueTitle), goapp.Dd().Body(div("row tight", mark(badgeWarning, iconClock, w.Due),
			span("fine", with(w.DueFrom, "when", exact(i.Due))))))
	}
	return facts
}
