package app

import (
	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mostFound is how many people are offered while one types.
const mostFound = 6

// finding is the choice of one person: whom the list is about, or the search for one.
type finding struct {
	id, called string // who it is; called is empty while that is not known
	typed      string
	people     []api.PersonRow
	answered   bool // people are those called typed
	turn       int
}

// at takes whom the address names.
func (f *finding) at(id string) {
	if id != f.id {
		*f = finding{id: id, turn: f.turn + 1}
	}
}

// name asks what the person is called.
func (f *finding) name(a *account, id string) {
	if id == "" || f.called != "" {
		return
	}
	perform(a, api.Person, api.PersonRequest{ID: id}, func(info api.PersonInfo) {
		if f.id == id {
			f.called = personName(info.PersonRow)
		}
	}, func(api.Error) {})
}

// search looks for those called typed, once no more is typed for a moment.
func (f *finding) search(a *account, organization, typed string) {
	f.turn++
	turn := f.turn
	f.typed, f.answered = typed, false
	if typed == "" {
		f.people = nil
		return
	}
	later(a.page, pause, func() {
		if turn != f.turn {
			return
		}
		perform(a, api.People, api.PeopleRequest{Organization: organization, Search: typed}, func(list api.PeopleList) {
			if turn == f.turn {
				f.people, f.answered = list.People[:min(len(list.People), mostFound)], true
			}
		}, func(api.Error) {})
	})
}

// filters draws what can be looked for.
func (p *auditPage) filters() goapp.UI {
	w, f := &say().Feed, &p.form
	return goapp.Section().Class("card", "seek").Aria("label", w.Filters).Body(
		f.post("", sent(func() {
			s := p.seeks
			if s.address = f.value("address"); check.Text(s.address, check.MaxLabel) != "" {
				s.address = ""
			}
			p.seek(s, "")
		}),
			div("seek-fields",
				p.person(),
				p.kind(),
				p.outcome(),
				p.date("from", w.From, p.seeks.from),
				p.date("to", w.To, p.seeks.to),
				f.field(field{Name: "address", Label: w.Address, Value: p.seeks.address, Autocomplete: "off", MaxLength: check.MaxLabel, Optional: true, Plain: true}),
			),
			div("row",
				button{Label: w.Search, Icon: iconSearch, Submit: true, Small: true, ID: "seek"}.draw(),
				p.everything(),
			),
		),
	)
}

// everything draws the way back to the whole list.
func (p *auditPage) everything() goapp.UI {
	if p.seeks.nothing() {
		return span("", "")
	}
	return goapp.A().Class("link").Href(attr(p.area.path(activityPath))).Text(say().Feed.NoMatchAct)
}

// person draws the choice of a person.
func (p *auditPage) person() goapp.UI {
	w, f := &say().Feed, &p.find
	if f.id != "" {
		called := f.called
		if called == "" {
			called = say().Frame.Loading
		}
		return div("field",
			span("label", w.Person),
			goapp.Button().Class("button", "small", "picked").Type("button").ID("person-drop").Aria("label", attr(with(w.PersonDrop, "name", called))).
				OnClick(press(func() { p.pick("") }), goapp.EventScope("drop", f.id)).
				Body(span("button-words", called), iconClose.draw()),
		)
	}
	var rows []goapp.UI
	for _, r := range f.people {
		id := r.ID
		rows = append(rows, li("", goapp.Button().Class("way").Type("button").
			OnClick(press(func() { p.pick(id) }), goapp.EventScope("pick", id)).
			Body(goapp.Span().Body(span("way-name", personName(r)), span("way-note", r.Email)))))
	}
	told := goapp.P().Class("fine").Role("status")
	switch {
	case f.answered && len(rows) == 0:
		told = told.Text(w.PersonNone)
	case f.answered: // is seen
		told = told.Body(span("out-of-sight", words.Many(len(rows), say().People.AllOne, say().People.AllMany)))
	}
	return div("",
		p.form.field(field{Name: "person", Label: w.Person, Type: "search", Placeholder: w.PersonHint, Autocomplete: "off", MaxLength: api.MaxSearch,
			Optional: true, Plain: true, OnInput: func(_ goapp.Context, v string) { f.search(&p.account, p.area.organization, v) }}),
		ul("found", rows...),
		told,
	)
}

// pick looks for what is about one person, or with "" about everybody.
func (p *auditPage) pick(id string) {
	s, focus := p.seeks, "person-drop"
	if s.person = id; id == "" {
		focus = p.form.id("person")
	}
	p.seek(s, focus)
}

// date draws a field for a day.
func (p *auditPage) date(name, label, now string) goapp.UI {
	f := &p.form
	f.note(name)
	class := "field"
	if f.problems[name] != "" {
		class = "field wrong"
	}
	e := goapp.Input().Class("input").Type("date").ID(f.id(name)).Name(name)
	if now != "" {
		e = e.Value(attr(now))
	}
	return div(class, f.label(name, label, false),
		f.described(e, name, false).OnChange(func(ctx goapp.Context, _ goapp.Event) { p.change(name, ctx.JSSrc().Get("value").String()) }, goapp.EventScope(f.ID, name)),
		f.problem(name))
}

// change looks for something else in one field.
func (p *auditPage) change(name, value string) {
	s := p.seeks
	switch name {
	case "kind":
		s.kind = value
	case "outcome":
		s.outcome = value
	case "from":
		s.from = value
	case "to":
		s.to = value
	}
	p.seek(s, "")
}

// kind draws the choice of what can have happened, in groups.
func (p *auditPage) kind() goapp.UI {
	w := &say().Feed
	v := choose{Name: "kind", Label: w.Kind, Of: []choice{{"", w.AnyKind}}, Value: p.seeks.kind, On: func(kind string) { p.change("kind", kind) }}
	for _, g := range say().Activity.Groups {
		group := choiceGroup{Title: g.Title}
		for _, k := range g.Kinds {
			group.Of = append(group.Of, choice{k.Kind, k.Name})
		}
		v.Groups = append(v.Groups, group)
	}
	return p.form.choose(v)
}

// outcome draws the choice of how it can have ended.
func (p *auditPage) outcome() goapp.UI {
	w := &say().Feed
	return p.form.choose(choose{Name: "outcome", Label: w.Outcome, Of: []choice{{"", w.All}, {"allowed", w.Allowed}, {"denied", w.Refused}},
		Value: p.seeks.outcome, On: func(outcome string) { p.change("outcome", outcome) }})
}

// exports draws the ways to have it all as a file: plain forms, whose answer the
// browser saves.
func (p *auditPage) exports() goapp.UI {
	w := &say().Feed
	as := func(format, label string) goapp.UI {
		req := p.seeks.request(p.area)
		if len(req.Problems()) > 0 {
			req.To = 0
		}
		return goapp.Form().Method("post").Action("/admin/activity/export").Body(append(hiddenFields(req), hidden("format", format),
			button{Label: label, Icon: iconDownload, Submit: true, Small: true, ID: format, About: w.Export}.draw())...)
	}
	return section{Title: w.Export, Text: w.ExportText}.draw(div("row", as("csv", w.ExportCSV), as("jsonl", w.ExportJSON)))
}
