package app

import (
	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// previewed says what the draft does, and asks whether it shall be so.
func (p *policyPage) previewed() goapp.UI {
	w, v := &say().Policy, *p.preview
	title, lead := w.PreviewTitle, w.PreviewLead
	var rows [][]goapp.UI
	for _, c := range v.Changes {
		if c.Name == "until" {
			continue // it is said beside whom it is about
		}
		rows = append(rows, []goapp.UI{span("strong", w.NameOf(c.Name)), span("", settingWords(c.Name, c.Before)), span("", settingWords(c.Name, c.After))})
	}
	nothing := len(rows) == 0
	if nothing {
		lead = w.NothingText
		if !p.dated() {
			title = w.Nothing
		}
	}
	body := []goapp.UI{goapp.H2().Class("subtitle").ID("preview-title").TabIndex(-1).Text(title), para("muted text", lead)}
	if !nothing {
		body = append(body, div("plain-table", table(title, []column{{Label: w.Setting}, {Label: w.Before}, {Label: w.After}}, rows)))
	}
	body = append(body, p.affected(v)...)
	if p.dated() {
		body = append(body, p.askUntil()...)
	}
	switch {
	case v.Sessions > 0:
		body = append(body, banner{Kind: bannerWarning, Text: words.Many(v.Sessions, w.SessionsOne, w.SessionsMany)}.draw())
	case !nothing:
		body = append(body, para("fine", w.SessionsNone))
	}
	acts := []goapp.UI{button{Label: w.Edit, ID: "edit", On: press(p.edit)}.draw()}
	if !nothing || p.dated() {
		acts = append([]goapp.UI{button{Label: w.Confirm, Kind: primary, ID: "enact", Busy: p.busy, On: press(p.enact)}.draw()}, acts...)
	}
	body = append(body, refusalNotice(p.failure), actions(acts...))
	return goapp.Section().Class("card stack").Aria("labelledby", "preview-title").Body(body...)
}

// affected says who uses what would be forbidden.
func (p *policyPage) affected(v api.PolicyPreview) (body []goapp.UI) {
	w := &say().Policy
	for _, m := range v.Affected {
		if m.People == 0 {
			continue
		}
		only := w.OnlyNone
		if m.Only > 0 {
			only = words.Many(m.Only, w.OnlyOne, w.OnlyMany)
		}
		method := say().Adoption.MethodName(string(m.Method))
		body = append(body, heading("heading", w.Affected), para("text", with(words.Many(m.People, w.AffectedOne, w.AffectedMany), "method", method)+" "+only))
		var rows []goapp.UI
		for _, r := range m.First {
			rows = append(rows, li("", goapp.A().Href(attr(personPath(r.ID))).Text(personName(r))))
		}
		if len(rows) > 0 {
			body = append(body, ul("names", rows...))
		}
		if len(rows) > 0 && len(rows) < m.Only {
			body = append(body, para("fine", with(w.OnlyFirst, "n", words.Grouped(len(rows)))))
		}
	}
	return body
}

// askUntil asks until when it is enough to have nothing else.
func (p *policyPage) askUntil() []goapp.UI {
	w := &say().Policy
	list := []goapp.UI{choices(w.Affected,
		radio("until", "date", w.UntilDate, w.UntilDateText, !p.open, func() { p.open = false }),
		radio("until", "open", w.UntilOpen, w.UntilOpenText, p.open, func() { p.open = true }),
	)}
	if p.open {
		return list
	}
	a := &say().Adoption
	list = append(list, p.until.field(a.Date, "", a.Time, p.offered))
	if at := p.moment(); at > 0 && p.until.form.problems[whenDay] == "" {
		list = append(list, goapp.P().Class("text").Aria("live", "polite").Text(with(w.UntilSays, "when", longMoment(at))))
	}
	return list
}
