package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// choice is one of the values of a choose.
type choice struct{ Value, Label string }

// choiceGroup is values of a choose that stand together under a title.
type choiceGroup struct {
	Title string
	Of    []choice
}

// choose is a field that takes one of a few values.
type choose struct {
	Name     string // the JSON name in the request
	Label    string
	Hint     string
	Of       []choice
	Groups   []choiceGroup // behind those of Of
	Value    string        // that stands there
	Required bool
	On       func(value string)
}

// anything is the value of the option that chooses nothing in particular: go-app drops
// an empty one, and the browser would take the option's text for it.
const anything = "any"

// choose draws a field of f that takes one of a few values.
func (f *form) choose(v choose) goapp.UI {
	f.note(v.Name)
	class, body := "field", []goapp.UI{f.label(v.Name, v.Label, false)}
	if v.Hint != "" {
		body = append(body, goapp.P().Class("hint").ID(f.id(v.Name)+"-hint").Text(v.Hint))
	}
	list := options(v.Value, v.Of)
	for _, g := range v.Groups {
		list = append(list, goapp.OptGroup().Label(attr(g.Title)).Body(options(v.Value, g.Of)...))
	}
	e := goapp.Select().Class("input").ID(f.id(v.Name)).Name(v.Name).Body(list...).
		OnChange(func(ctx goapp.Context, _ goapp.Event) {
			delete(f.problems, v.Name)
			v.On(chosen(ctx.JSSrc().Get("value").String()))
		}, goapp.EventScope(f.ID, v.Name))
	if v.Required {
		e = e.Aria("required", "true")
	}
	by := ""
	if v.Hint != "" {
		by = f.id(v.Name) + "-hint "
	}
	if f.problems[v.Name] != "" {
		class = "field wrong"
		by += f.id(v.Name) + "-problem"
		e = e.Aria("invalid", "true")
	}
	if by != "" {
		e = e.Aria("describedby", by)
	}
	return div(class, append(body, e, f.problem(v.Name))...)
}

// options draws those that can be chosen; value is chosen.
func options(value string, of []choice) (parts []goapp.UI) {
	for _, c := range of {
		o := goapp.Option().Value(attr(optionOf(c.Value))).Text(c.Label)
		if c.Value == value {
			o = o.Selected(true)
		}
		parts = append(parts, o)
	}
	return parts
}

// optionOf returns the value of the option that stands for value.
func optionOf(value string) string {
	if value == "" {
		return anything
	}
	return value
}

// chosen returns the value that an option stands for.
func chosen(option string) string {
	if option == anything {
		return ""
	}
	return option
}

// show has the browser show value in a field that it may show something else in.
func (f *form) show(name, value string) {
	e := goapp.Window().GetElementByID(f.id(name))
	if !e.Truthy() {
		return
	}
	if e.Get("options").Truthy() {
		value = optionOf(value)
	}
	e.Set("value", value)
}

// shows puts what the address says into the fields, also where something else was
// typed or chosen before. Inputs are not bound to values, see [form.input].
func (f *form) shows(ctx goapp.Context, fields [][2]string) {
	ctx.Defer(func(goapp.Context) {
		for _, v := range fields {
			f.show(v[0], v[1])
		}
	})
}
