package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mandatory draws whether two-factor is mandatory, and what can be done about it.
func (p *adoptionPage) mandatory(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	if i.MandatoryFrom == 0 {
		body := []goapp.UI{div("row", heading("subtitle", w.Mandatory), mark(badgeOff, iconShieldOff, w.OffBadge)), para("text", w.OffText)}
		if !i.HasTwo {
			body = append(body, banner{Kind: bannerInfo, Title: w.NeedsOwn, Text: w.NeedsOwnText, More: []goapp.UI{actions(
				button{Label: say().Home.SetUp, Icon: iconShield, Kind: primary, Href: WizardFor(p.path(adoptionPath))}.draw())}}.draw())
		} else {
			body = append(body, actions(button{Label: w.MakeIt, Kind: primary, ID: "make-it", On: press(func() { p.begin(planWho) })}.draw()))
		}
		return block("card state off", spanOf("state-icon", iconShieldOff.draw()), div("state-body stack", body...))
	}
	title, text, sign := w.Since, w.OnText, mark(badgeGood, iconShieldOn, w.SinceBadge)
	if i.MandatoryFrom > max(time.Now().UnixMilli(), i.MandatorySet) { // decided at once it is so, also where the clock here is behind
		title, text, sign = w.From, w.AheadText, mark(badgeWarning, iconClock, w.OnBadge)
	}
	by := with(w.BySomebody, "when", exact(i.MandatorySet))
	if i.MandatoryBy != "" {
		by = with(w.By, "name", i.MandatoryBy, "when", exact(i.MandatorySet))
	}
	body := []goapp.UI{
		div("row", heading("subtitle", w.Mandatory), sign),
		para("strong", with(title, "when", longMoment(i.MandatoryFrom))),
		para("text", text),
	}
	if i.MandatorySet > 0 {
		body = append(body, para("fine", by))
	}
	body = append(body, actions(
		button{Label: w.ChangeDate, ID: "change-date", On: press(func() { p.begin(planWhen) })}.draw(),
		button{Label: w.Disable, Kind: danger, ID: "disable", On: press(func() { p.asking(adoptionDisable, api.PersonRow{}) })}.draw(),
	))
	return block("card state on", spanOf("state-icon", iconShieldOn.draw()), div("state-body stack", body...))
}

// now draws how many are ready now, and by what.
func (p *adoptionPage) now(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	open := max(i.People-i.Ready-i.Exempt, 0)
	sec := section{Title: w.Now, End: p.tableSwitch("now")}
	rows := []tally{
		{"ready", w.Ready, i.Ready}, {"exempt", w.Exempt, i.Exempt}, {"open", w.Open, open},
	}
	var body []goapp.UI
	if p.asTable["now"] {
		body = append(body, tallyTable(w.Now, w.State, i.People, rows), tallyTable(w.ByMethod, w.Method, i.Ready, methodTallies(i)))
	} else {
		body = append(body,
			div("big-number", span("number-words", words.Grouped(i.Ready)), span("fine", with(words.Many(i.People, w.OfOne, w.OfAll), "all", words.Grouped(i.People), "share", share(i.Ready, i.People)))),
			barChart(with(w.NowPicture, "ready", words.Grouped(i.Ready), "all", words.Grouped(i.People), "share", share(i.Ready, i.People)), i.People,
				slice{"ready", i.Ready}, slice{"exempt", i.Exempt}),
			legend(i.People, rows),
			p.byMethod(i))
	}
	if i.Invited > 0 {
		body = append(body, para("fine", words.Many(i.Invited, w.InvitedOne, w.Invited)))
	}
	return sec.draw(div("stack", body...))
}

// tally is how many there are of something.
type tally struct {
	Class string
	Name  string
	Count int
}

// legend says what the parts of a bar are.
func legend(all int, rows []tally) goapp.UI {
	var list []goapp.UI
	for _, r := range rows {
		if r.Class == "exempt" && r.Count == 0 {
			continue
		}
		list = append(list, li("key-of "+r.Class, span("", with(say().Adoption.Of, "name", r.Name, "n", words.Grouped(r.Count), "share", share(r.Count, all)))))
	}
	return ul("legend", list...)
}

// tallyTable says the same as a bar and its legend.
func tallyTable(caption, first string, all int, rows []tally) goapp.UI {
	w := &say().Adoption
	var lines [][]goapp.UI
	for _, r := range rows {
		lines = append(lines, []goapp.UI{span("", r.Name), span("", words.Grouped(r.Count)), span("", share(r.Count, all))})
	}
	return div("plain-table", heading("heading", caption),
		table(caption, []column{{Label: first}, {Label: w.People, Number: true}, {Label: w.Part, Number: true}}, lines))
}

// methodTallies counts those who are ready by what they have.
func methodTallies(i api.AdoptionInfo) (rows []tally) {
	for _, m := range i.Methods {
		rows = append(rows, tally{"ready", say().Adoption.MethodName(string(m.Method)), m.People})
	}
	return rows
}

// byMethod draws a bar for each method.
func (p *adoptionPage) byMethod(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	body := []goapp.UI{heading("heading", w.ByMethod), para("fine", w.ByMethodText)}
	if i.Ready == 0 {
		return div("by-method stack-tight", body[0], para("fine", w.MethodNone))
	}
	for _, r := range methodTallies(i) {
		label := words.Grouped(r.Count) + " · " + share(r.Count, i.Ready)
		body = append(body, div("method-bar",
			div("row apart", span("", r.Name), span("fine number-words", label)),
			barChart(labelled(r.Name, label), i.Ready, slice{"ready", r.Count})))
	}
	return div("by-method stack-tight", body...)
}

// tableSwitch draws the button that shows a drawing as a table, and back.
func (p *adoptionPage) tableSwitch(name string) goapp.UI {
	w := &say().Adoption
	label := w.AsTable
	if p.asTable[name] {
		label = w.AsPicture
	}
	return textButton(label, "table-"+name, func() {
		if p.asTable == nil {
			p.asTable = map[string]bool{}
		}
		p.asTable[name] = !p.asTable[name]
	})
}

// line draws how it went on over time.
func (p *adoptionPage) line(i api.AdoptionInfo) goapp.UI {
	w, list := &say().Adoption, i.Line
	sec := section{Title: w.Line, Text: w.LineText}
	if len(list) == 0 {
		return sec.draw(para("muted", w.LineNone))
	}
	sec.End = p.tableSwitch("line")
	first, last := list[0], list[len(list)-1]
	if p.asTable["line"] {
		return sec.draw(lineTable(list))
	}
	ready, all, top := curve{Class: "ready", Filled: true}, curve{Class: "all"}, 1
	for _, d := range list {
		ready.Points = append(ready.Points, point{d.Day - first.Day, d.Ready})
		all.Points = append(all.Points, point{d.Day - first.Day, d.People})
		top = max(top, d.People, d.Ready)
	}
	from, to := dayUTC(first.Day), dayUTC(last.Day)
	name := with(w.LinePicture, "from", from, "to", to, "firstAll", words.Grouped(first.People), "lastAll", words.Grouped(last.People), "first", words.Grouped(first.Ready), "last", words.Grouped(last.Ready))
	body := []goapp.UI{
		lineChart(name, roundTop(top), from, to, all, ready),
		ul("legend", li("key-of ready", span("", w.LineReady)), li("key-of all", span("", w.LineAll))),
	}
	if len(list) == 1 {
		body = append(body, para("fine", with(w.LineOne, "day", from)))
	}
	return sec.draw(div("stack", body...))
}

// lineTable says the same as the line, the newest day first.
func lineTable(list []api.AdoptionPoint) goapp.UI {
	w := &say().Adoption
	var rows [][]goapp.UI
	for n := len(list) - 1; n >= 0; n-- {
		d := list[n]
		rows = append(rows, []goapp.UI{span("", dayUTC(d.Day)), span("", words.Grouped(d.Ready)), span("", words.Grouped(d.People)), span("", share(d.Ready, d.People))})
	}
	return goapp.Div().Class("plain-table", "long-table").TabIndex(0).Role("region").Aria("label", w.Line).Body(
		table(w.Line, []column{{Label: w.Day}, {Label: w.LineReady, Number: true}, {Label: w.LineAll, Number: true}, {Label: w.Part, Number: true}}, rows))
}
