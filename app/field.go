package app

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"doorward/app/words"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// with fills the {placeholders} of a sentence; see [words.With].
func with(sentence string, pairs ...string) string { return words.With(sentence, pairs...) }

// labelled returns a label and what it names, as the language joins them.
func labelled(label, value string) string {
	return with(say().Parts.Labelled, "label", label, "value", value)
}

// field is one line that a person types: label, hint, input and problem, tied
// together for assistive technology.
type field struct {
	Name  string // the JSON name in the request
	Label string
	Hint  string
	// Type is the type of the input: "text" when empty. "password" brings a button
	// that reveals it.
	Type         string
	Autocomplete string // as HTML names it: username, current-password, …
	InputMode    string
	Value        string // what stands in it at first
	Placeholder  string
	MaxLength    int
	Optional     bool
	Focus        bool // typing goes here when the page opens
	ReadOnly     bool
	Plain        bool // optional, and need not say so: a search
	// Least is the least length of a new password; how many characters are still
	// missing is said while it is typed.
	Least int
	// Suggest offers to make a password up.
	Suggest bool
	// OnInput, when not nil, is told what is typed besides the form.
	OnInput func(ctx goapp.Context, value string)
}

// field draws one field of f.
func (f *form) field(v field) goapp.UI {
	f.note(v.Name)
	class, body := "field", []goapp.UI{f.label(v.Name, v.Label, v.Optional && !v.Plain)}
	if v.Hint != "" {
		body = append(body, goapp.P().Class("hint").ID(f.id(v.Name)+"-hint").Text(v.Hint))
	}
	input := f.input(v)
	if v.Type == "password" {
		input = div("with-end", input, f.reveal(v.Name))
	}
	body = append(body, input, f.problem(v.Name))
	if v.Suggest {
		class = "field offers"
		body = append(body, f.suggest(v.Name))
	}
	if v.Least > 0 && f.problems[v.Name] == "" {
		body = append(body, f.progress(v))
	}
	if v.Suggest {
		body = append(body, f.suggested(v.Name))
	}
	if f.problems[v.Name] != "" {
		class += " wrong"
	}
	return goapp.Div().Class(class).Body(body...)
}

// input draws the input of a field. It is not bound to a value: what a person types
// stays as it is while everything around is drawn again.
func (f *form) input(v field) goapp.UI {
	kind := v.Type
	switch {
	case kind == "":
		kind = "text"
	case kind == "password" && f.shown(v.Name):
		kind = "text"
	}
	e := goapp.Input().Class("input").ID(f.id(v.Name)).Name(v.Name).Type(kind)
	if v.Value != "" {
		e = e.Value(attr(v.Value))
	}
	e = withAttr(e, "autocomplete", v.Autocomplete)
	e = withAttr(e, "inputmode", v.InputMode)
	e = withAttr(e, "placeholder", attr(v.Placeholder))
	if v.MaxLength > 0 {
		e = e.MaxLength(v.MaxLength)
	}
	if v.Type == "password" || v.Type == "email" || v.Autocomplete == "username" {
		e = e.Attr("autocapitalize", "none").Attr("spellcheck", "false").Attr("autocorrect", "off")
	}
	if !v.Optional && !v.ReadOnly {
		e = e.Aria("required", "true")
	}
	if v.Focus {
		e = e.AutoFocus(true)
	}
	if v.ReadOnly {
		e = e.ReadOnly(true)
	}
	return f.described(e, v.Name, v.Hint != "").
		OnInput(func(ctx goapp.Context, ev goapp.Event) {
			text := ctx.JSSrc().Get("value").String()
			f.set(v.Name, text)
			if v.OnInput != nil {
				v.OnInput(ctx, text)
			}
		}, goapp.EventScope(f.ID, v.Name))
}

// described ties an input to its hint and its problem.
func (f *form) described(e goapp.HTMLInput, name string, hint bool) goapp.HTMLInput {
	by := ""
	if hint {
		by = f.id(name) + "-hint "
	}
	if f.problems[name] != "" {
		by += f.id(name) + "-problem"
		e = e.Aria("invalid", "true")
	}
	if by != "" {
		e = e.Aria("describedby", by)
	}
	return e
}

func withAttr(e goapp.HTMLInput, name, value string) goapp.HTMLInput {
	if value == "" {
		return e
	}
	return e.Attr(name, value)
}

// note remembers the order in which the fields of f are drawn.
func (f *form) note(name string) {
	if !slices.Contains(f.order, name) {
		f.order = append(f.order, name)
	}
}

func (f *form) label(name, text string, optional bool) goapp.UI {
	e := goapp.Label().Class("label").For(f.id(name))
	if !optional {
		return e.Text(text)
	}
	return e.Body(span("", text+" "), span("optional", "("+say().Parts.Optional+")"))
}

// problem draws what is wrong with a field; empty and unseen when nothing is.
func (f *form) problem(name string) goapp.UI {
	e := goapp.P().Class("problem").ID(f.id(name) + "-problem")
	c := f.problems[name]
	if c == "" {
		return e
	}
	return e.Body(iconAlert.draw(), span("", f.words(c)))
}

// reveal draws the button that shows what is typed into a password field. It needs
// the client.
func (f *form) reveal(name string) goapp.UI {
	label, mark := say().Parts.Show, iconEye // says what it does, so it is not pressed or not besides
	if f.shown(name) {
		label, mark = say().Parts.Hide, iconEyeOff
	}
	return goapp.Button().Class("inside", "with-client").Type("button").Title(label).
		Aria("label", label).Aria("controls", f.id(name)).
		OnClick(func(goapp.Context, goapp.Event) { f.turn(name) }, goapp.EventScope(f.ID, "reveal")).
		Body(mark.draw())
}

// progress says how many characters a new password still needs.
func (f *form) progress(v field) goapp.UI {
	e := goapp.P().Class("fine", "progress-words").Aria("live", "polite")
	switch n := utf8.RuneCountInString(f.values[v.Name]); {
	case n == 0:
		return e
	case n < v.Least:
		return e.Text(with(say().Parts.CharactersLeft, "n", strconv.Itoa(v.Least-n)))
	}
	return e.Text(say().Parts.Enough)
}

// tick draws a box to tick, with its words beside it.
func (f *form) tick(name, label string, on func(ctx goapp.Context, ticked bool)) goapp.UI {
	f.note(name)
	class := "field"
	if f.problems[name] != "" {
		class = "field wrong"
	}
	box := goapp.Input().Type("checkbox").ID(f.id(name)).Name(name).Value("yes")
	return goapp.Div().Class(class).Body(
		goapp.Label().Class("check").For(f.id(name)).Body(
			f.described(box, name, false).OnChange(func(ctx goapp.Context, _ goapp.Event) {
				ticked := ctx.JSSrc().Get("checked").Truthy()
				f.set(name, strconv.FormatBool(ticked))
				if on != nil {
					on(ctx, ticked)
				}
			}, goapp.EventScope(f.ID, name)),
			span("", label),
		),
		f.problem(name),
	)
}

// ticked reports whether a box is ticked.
func (f *form) ticked(name string) bool { return f.values[name] == "true" }

// hidden draws a value that goes along with the form unseen.
func hidden(name, value string) goapp.UI {
	e := goapp.Input().Type("hidden").Name(name)
	if value == "" {
		return e
	}
	return e.Value(attr(value))
}
