package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// buttonKind is how loud a button is.
type buttonKind string

// The kinds of button. A page has at most one primary button.
const (
	secondary     buttonKind = ""
	primary       buttonKind = "primary"
	quiet         buttonKind = "quiet"
	danger        buttonKind = "danger"
	dangerPrimary buttonKind = "danger primary" // confirms the dangerous thing in a dialog
)

// button is a button, or with Href a link that looks like one.
type button struct {
	Label string
	Icon  icon // before the label; zero for none
	Kind  buttonKind
	// IconOnly hides the label from the eye; it stays the name of the button.
	IconOnly bool
	Small    bool
	// About is what the button is for, in a list where each row has the same ones:
	// assistive technology reads it behind the label.
	About string

	Href   string // a link then; On is not used
	Submit bool   // sends its form
	Name   string // with Submit: what it adds to the form
	Value  string

	// Busy keeps the words and turns a ring over them; pressing does nothing.
	Busy     bool
	Disabled bool
	Focus    bool // the focus goes here when its dialog opens
	// ID tells apart buttons with the same label in the same place, such as those
	// of table rows. Without it a button redrawn for another row would keep the
	// handler of the first.
	ID string
	On goapp.EventHandler
}

// draw returns the button.
func (b button) draw() goapp.UI {
	class := []string{"button", string(b.Kind)}
	if b.Small {
		class = append(class, "small")
	}
	if b.IconOnly {
		class = append(class, "icon-only")
	}
	if b.Busy {
		class = append(class, "busy")
	}
	var body []goapp.UI
	if b.Icon != "" {
		body = append(body, b.Icon.draw())
	}
	words := goapp.Span().Class("button-words").Text(b.Label)
	if b.IconOnly {
		words = goapp.Span().Class("out-of-sight").Text(b.Label)
	}
	body = append(body, words)
	if b.About != "" {
		body = append(body, goapp.Span().Class("out-of-sight").Text(" "+b.About))
	}
	if b.Href != "" {
		return goapp.A().Class(class...).Href(attr(b.Href)).Body(body...)
	}
	return b.button(class, body)
}

func (b button) button(class []string, body []goapp.UI) goapp.UI {
	e := goapp.Button().Class(class...).Type("button").Body(body...)
	if b.Submit {
		e = e.Type("submit")
	}
	if b.IconOnly {
		e = e.Title(attr(b.Label))
	}
	if b.Name != "" {
		e = e.Name(b.Name).Value(b.Value)
	}
	if b.Disabled {
		e = e.Disabled(true)
	}
	if b.Busy {
		e = e.Aria("disabled", "true")
	}
	if b.Focus {
		e = e.AutoFocus(true)
	}
	if b.On != nil && !b.Busy {
		e = e.OnClick(b.On, goapp.EventScope(b.Label, b.ID))
	}
	return e
}
