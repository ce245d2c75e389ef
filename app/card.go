package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// card groups what belongs together on a hairline.
func card(body ...goapp.UI) goapp.UI {
	return div("card", body...)
}

// section is a card with a heading, and at its end a badge or a button. Rows that
// bring their own padding (items, a table) go in with Flush.
type section struct {
	Title string
	Text  string
	End   goapp.UI // may be nil
	Flush bool
}

// draw returns the section around body.
func (s section) draw(body ...goapp.UI) goapp.UI {
	head := []goapp.UI{heading("subtitle", s.Title)}
	if s.Text != "" {
		head = []goapp.UI{div("", head[0], para("muted text", s.Text))}
	}
	if s.End != nil {
		head = append(head, s.End)
	}
	class := "card"
	if s.Flush {
		class = "card flush"
	}
	return goapp.Section().Class(class).Body(append([]goapp.UI{
		div("card-head", head...),
	}, body...)...)
}

// nothing is what stands where a list is empty: what is missing, what to do next,
// and the button to do it.
type nothing struct {
	Icon  icon
	Title string
	Text  string
	Act   goapp.UI // may be nil
}

// draw returns the empty state.
func (n nothing) draw() goapp.UI {
	body := []goapp.UI{n.Icon.draw(), para("heading", n.Title), para("text", n.Text)}
	if n.Act != nil {
		body = append(body, actions(n.Act))
	}
	return div("none", body...)
}

// waiting keeps the place of what is still loading.
func waiting() goapp.UI {
	return goapp.Div().Class("card", "stack").Aria("busy", "true").Body(
		span("out-of-sight", say().Frame.Loading),
		goapp.Span().Class("bone", "w2"),
		goapp.Span().Class("bone", "w4"),
		goapp.Span().Class("bone", "w3"),
		goapp.Span().Class("bone", "tall"),
	)
}
