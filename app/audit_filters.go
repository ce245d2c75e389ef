package app

import (
	"time"

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
	later(a.page, 250*time.Millisecond, func() {
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
				p.choice("kind", w.Kind, p.kinds()),
				p.choice("outcome", w.Outcome, options(p.seeks.outcome, [][2]string{{"", w.All}, {"allowed", w.Allowed}, {"denied", w.Refused}})),
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
	none := goapp.P().Class("fine").Role("status")
	if f.answered && len(rows) == 0 {
		none = none.Text(w.PersonNone)
	}
	return div("",
		p.form.field(field{Name: "person", Label: w.Person, Type: "search", Placeholder: w.PersonHint, Autocomplete: "off", MaxLength: api.MaxSearch,
			Optional: true, Plain: true, OnInput: func(_ goapp.Context, v string) { f.search(&p.account, p.area.organization, v) }}),
		ul("found", rows...),
		none,
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

// choice draws a field with options; choosing one looks for it at once.
func (p *auditPage) choice(name, label string, list []goapp.UI) goapp.UI {
	f := &p.form
	return div("field",
		f.label(name, label, false),
		goapp.Select().Class("input").ID(f.id(name)).Name(name).Body(list...).
			OnChange(func(ctx goapp.Context, _ goapp.Event) { p.change(name, chosen(ctx)) }, goapp.EventScope(f.ID, name)),
	)
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

// anything is the value of the option that chooses nothing in particular: go-app drops
// an empty one, and the browser would take the option's text for it.
const anything = "any"

// chosen returns what is chosen in the select that an event came from.
func chosen(ctx goapp.Context) string {
	if v := ctx.JSSrc().Get("value").String(); v != anything {
		return v
	}
	return ""
}

// options draws the options of a choice, by value and name.
func options(now string, list [][2]string) (parts []goapp.UI) {
	for _, o := range list {
		value := o[0]
		if value == "" {
			value = anything
		}
		e := goapp.Option().Value(attr(value)).Text(o[1])
		if o[0] == now {
			e = e.Selected(true)
		}
		parts = append(parts, e)
	}
	return parts
}

// kinds draws what can have happened, in groups.
func (p *auditPage) kinds() []goapp.UI {
	list := options(p.seeks.kind, [][2]string{{"", say().Feed.AnyKind}})
	for _, g := range say().Activity.Groups {
		var names [][2]string
		for _, k := range g.Kinds {
			names = append(names, [2]string{k.Kind, k.Name})
		}
		list = append(list, goapp.OptGroup().Label(attr(g.Title)).Body(options(p.seeks.kind, names)...))
	}
	return list
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

// shows puts what the address says into the fields, also where something else was
// typed or chosen before. Inputs are not bound to values, see [form.input].
func (f *form) shows(ctx goapp.Context, fields [][2]string) {
	ctx.Defer(func(goapp.Context) {
		for _, v := range fields {
			e := goapp.Window().GetElementByID(f.id(v[0]))
			if !e.Truthy() {
				continue
			}
			if e.Set("value", v[1]); v[1] == "" && e.Get("options").Truthy() {
				e.Set("value", anything)
			}
		}
	})
}
