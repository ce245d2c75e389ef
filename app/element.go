package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// The elements that pages are mostly made of, each in one call. In the client's
// machine code a call costs dozens of bytes, and go-app's own way takes three for
// an element, so this is also what keeps the client small.

func div(class string, body ...goapp.UI) goapp.UI {
	return goapp.Div().Class(class).Body(body...)
}

func ul(class string, rows ...goapp.UI) goapp.UI {
	return goapp.Ul().Class(class).Body(rows...)
}

func li(class string, body ...goapp.UI) goapp.UI {
	return goapp.Li().Class(class).Body(body...)
}

// block is a section of its own: a card.
func block(class string, body ...goapp.UI) goapp.UI {
	return goapp.Section().Class(class).Body(body...)
}

func span(class, text string) goapp.UI { return goapp.Span().Class(class).Text(text) }

func spanOf(class string, body ...goapp.UI) goapp.UI {
	return goapp.Span().Class(class).Body(body...)
}

func para(class, text string) goapp.UI { return goapp.P().Class(class).Text(text) }

func paraOf(class string, body ...goapp.UI) goapp.UI {
	return goapp.P().Class(class).Body(body...)
}

func heading(class, text string) goapp.UI { return goapp.H2().Class(class).Text(text) }

// actions holds the buttons of a page or a form.
func actions(buttons ...goapp.UI) goapp.UI { return div("actions", buttons...) }

// alerts is where something that went wrong appears. It is there before, empty, so
// that assistive technology hears it appear.
func alerts(body ...goapp.UI) goapp.UI {
	return goapp.Div().Class("notice").Role("alert").Body(body...)
}

// textButton is a button that looks like a link. The scope tells its handler from
// that of another one that may be drawn in its place.
func textButton(label, scope string, on func()) goapp.UI {
	return goapp.Button().Class("link").Type("button").Text(label).
		OnClick(func(goapp.Context, goapp.Event) { on() }, goapp.EventScope(scope))
}

// press makes a handler of what takes no interest in the event.
func press(on func()) goapp.EventHandler {
	return func(goapp.Context, goapp.Event) { on() }
}

// sent is press for the sending of a form, which the browser must not do itself.
func sent(on func()) goapp.EventHandler {
	return func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		on()
	}
}
