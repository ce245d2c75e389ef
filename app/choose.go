package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// choice is one of the values of a choose.
type choice struct{ Value, Label string }

// choose is a field that takes one of a few values.
type choose struct {
	Name  string // the JSON name in the request
	Label string
	Hint  string
	Of    []choice
	Value string // that stands there
	On    func(value string)
}

// choose draws a field of f that takes one of a few values.
func (f *form) choose(v choose) goapp.UI {
	f.note(v.Name)
	class, body := "field", []goapp.UI{f.label(v.Name, v.Label, false)}
	if v.Hint != "" {
		body = append(body, goapp.P().Class("hint").ID(f.id(v.Name)+"-hint").Text(v.Hint))
	}
	if f.problems[v.Name] != "" {
		class = "field wrong"
	}
	var options []goapp.UI
	for _, c := range v.Of {
		o := goapp.Option().Value(attr(c.Value)).Text(c.Label)
		if c.Value == v.Value {
			o = o.Selected(true)
		}
		options = append(options, o)
	}
	e := goapp.Select().Class("input").ID(f.id(v.Name)).Name(v.Name).Body(options...).
		OnChange(func(ctx goapp.Context, _ goapp.Event) {
			delete(f.problems, v.Name)
			v.On(ctx.JSSrc().Get("value").String())
		}, goapp.EventScope(f.ID, v.Name))
	by := ""
	if v.Hint != "" {
		by = f.id(v.Name) + "-hint "
	}
	if f.problems[v.Name] != "" {
		by += f.id(v.Name) + "-problem"
		e = e.Aria("invalid", "true")
	}
	if by != "" {
		e = e.Aria("describedby", by)
	}
	return div(class, append(body, e, f.problem(v.Name))...)
}

// show has the browser show value in a field that it may show something else in.
func (f *form) show(name, value string) {
	if e := goapp.Window().GetElementByID(f.id(name)); e.Truthy() {
		e.Set("value", value)
	}
}
