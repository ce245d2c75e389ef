package app

import (
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// codeField is the one big field that a code is typed into.
type codeField struct {
	Name  string
	Label string
	Hint  string
	Focus bool // typing goes here when the page opens
	// Whole is called once for each new value that is a whole passcode, and never
	// again with a value that was just refused. Only for passcodes; may be nil.
	Whole func(ctx goapp.Context, passcode string)
}

// passcode draws the field for the six digits of an authenticator app, or of a text
// message. Pasting "123 456", "123-456" or a sentence that holds the code leaves the
// six digits.
func (f *form) passcode(v codeField, once *sentOnce) goapp.UI {
	input := goapp.Input().Class("input", "code").ID(f.id(v.Name)).Name(v.Name).Type("text").
		Attr("inputmode", "numeric").Attr("autocomplete", "one-time-code").Attr("pattern", "[0-9]*").
		Attr("autocapitalize", "none").Attr("spellcheck", "false").
		Aria("required", "true")
	if v.Focus {
		input = input.AutoFocus(true)
	}
	return f.code(v, f.described(input, v.Name, v.Hint != "").
		OnInput(func(ctx goapp.Context, _ goapp.Event) {
			f.typedPasscode(ctx, v, once)
		}, goapp.EventScope(f.ID, v.Name)))
}

// typedPasscode tidies what stands in the field and says when it is whole.
func (f *form) typedPasscode(ctx goapp.Context, v codeField, once *sentOnce) {
	text := ctx.JSSrc().Get("value").String()
	f.set(v.Name, text)
	code, problem := check.Passcode(text)
	if problem != "" {
		once.reset(text)
		return
	}
	if code != text {
		ctx.JSSrc().Set("value", code)
		f.set(v.Name, code)
	}
	if v.Whole != nil && once.first(code) {
		v.Whole(ctx, code)
	}
}

// fill puts v into a field, in the browser too, as if it had been typed.
func (f *form) fill(name, v string) {
	f.set(name, v)
	if e := goapp.Window().GetElementByID(f.id(name)); e.Truthy() {
		e.Set("value", v)
	}
}

// sentOnce remembers the passcode that was sent last, so that one value is sent by
// itself only once: a refused code must not be sent again by a stray key.
type sentOnce struct{ last string }

// first reports whether code is new, and remembers it.
func (s *sentOnce) first(code string) bool {
	if code == s.last {
		return false
	}
	s.last = code
	return true
}

// reset forgets the last value once the field is emptied: who types the same code
// anew means it.
func (s *sentOnce) reset(text string) {
	if text == "" {
		s.last = ""
	}
}

// recoveryCode draws the field for a recovery code.
func (f *form) recoveryCode(v codeField) goapp.UI {
	input := goapp.Input().Class("input", "code", "words").ID(f.id(v.Name)).Name(v.Name).Type("text").
		Attr("autocomplete", "off").Attr("autocapitalize", "characters").Attr("autocorrect", "off").
		Attr("spellcheck", "false").MaxLength(100).Aria("required", "true")
	if v.Focus {
		input = input.AutoFocus(true)
	}
	return f.code(v, f.described(input, v.Name, v.Hint != "").
		OnInput(func(ctx goapp.Context, _ goapp.Event) {
			f.set(v.Name, ctx.JSSrc().Get("value").String())
		}, goapp.EventScope(f.ID, v.Name)))
}

func (f *form) code(v codeField, input goapp.UI) goapp.UI {
	f.note(v.Name)
	class, body := "field", []goapp.UI{f.label(v.Name, v.Label, false)}
	if v.Hint != "" {
		body = append(body, goapp.P().Class("hint").ID(f.id(v.Name)+"-hint").Text(v.Hint))
	}
	if f.problems[v.Name] != "" {
		class = "field wrong"
	}
	return goapp.Div().Class(class).Body(append(body, input, f.problem(v.Name))...)
}
