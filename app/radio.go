package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// radio draws one of several things of which one is chosen. Name is what they share;
// it and value tell the choice from the others of the page.
func radio(name, value, title, text string, chosen bool, on func()) goapp.UI {
	id := name + "-" + value
	box := goapp.Input().Type("radio").Name(name).ID(id).Value(value).OnChange(press(on), goapp.EventScope(id))
	if chosen {
		box = box.Checked(true)
	}
	body := []goapp.UI{span("heading", title)}
	if text != "" {
		body = append(body, span("text", text))
	}
	return goapp.Label().Class("choice").For(id).Body(box, spanOf("item-body", body...))
}

// choices draws choices under a question, which is there for those who hear it.
func choices(question string, list ...goapp.UI) goapp.UI {
	return goapp.Div().Class("choices").Role("radiogroup").Aria("label", question).Body(list...)
}

// box draws a thing that is chosen or not, with a line about it.
func box(id, title, text string, ticked, fixed bool, on func(bool)) goapp.UI {
	e := goapp.Input().Type("checkbox").ID(id).Name(id).Value("yes").OnChange(func(ctx goapp.Context, _ goapp.Event) {
		on(ctx.JSSrc().Get("checked").Truthy())
	}, goapp.EventScope(id))
	if ticked {
		e = e.Checked(true)
	}
	if fixed {
		e = e.Disabled(true)
	}
	return goapp.Label().Class("choice").For(id).Body(e, spanOf("item-body", span("heading", title), span("text", text)))
}
