package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// suggestion is a password that was made up for a field of a form.
type suggestion struct {
	busy   bool
	field  string // that it was put into
	text   string
	shown  bool
	failed api.Code
}

// suggest draws the offer to make a password up. It needs the client, and stands in the
// line of the label, so that nothing moves when the client comes.
func (f *form) suggest(name string) goapp.UI {
	return goapp.Button().Class("link", "fine", "suggest", "with-client").Type("button").Text(say().Suggest.Offer).
		OnClick(func(ctx goapp.Context, _ goapp.Event) { f.makeUp(ctx, name) }, goapp.EventScope(f.ID, "suggest"))
}

// makeUp asks for a password and puts it into the field.
func (f *form) makeUp(ctx goapp.Context, name string) {
	if f.made.busy || f.busy {
		return
	}
	f.made = suggestion{busy: true}
	var made api.SuggestedPassword
	beside(ctx, func() (refusal *api.Error) {
		made, refusal = call(api.SuggestPassword, api.None{})
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		f.made = suggestion{}
		if refusal != nil {
			f.made.failed = refusal.Code
			return
		}
		f.set(name, made.Password)
		f.made = suggestion{field: name, text: made.Password, shown: true}
		if e := goapp.Window().GetElementByID(f.id(name)); e.Truthy() {
			e.Set("value", made.Password)
		}
		focusOn(ctx, f.id(name))
	})
}

// suggested says, below a field, what to do with the password that was made up, for as
// long as it stands there.
func (f *form) suggested(name string) goapp.UI {
	w, s := &say().Suggest, &f.made
	box := goapp.Div().Class("suggested").Role("status")
	switch {
	case s.failed == check.Offline:
		return box.Body(para("fine", say().Code(s.failed)))
	case s.failed != "":
		return box.Body(para("fine", w.Failed))
	case s.field != name || s.text == "" || f.values[name] != s.text:
		return box
	}
	return box.Body(para("fine", w.Keep), &copyButton{Text: s.text, Label: w.Copy})
}

// shown reports whether what is typed into a password field can be read.
func (f *form) shown(name string) bool { return f.revealed || f.made.shown && f.made.field == name }

// turn shows what is typed, or hides it again.
func (f *form) turn(name string) {
	f.revealed, f.made.shown = !f.shown(name), false
}
