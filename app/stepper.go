package app

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// stepper says where a wizard is: "Step 3 of 6 · name", with a bar. Steps count
// from 1.
func stepper(step, steps int, name string) goapp.UI {
	var bar []goapp.UI
	for i := 1; i <= steps; i++ {
		class := ""
		switch {
		case i < step:
			class = "done"
		case i == step:
			class = "now"
		}
		bar = append(bar, goapp.Span().Class(class))
	}
	words := with(say().Parts.StepOf, "step", strconv.Itoa(step), "steps", strconv.Itoa(steps))
	return div("steps",
		goapp.Div().Class("steps-bar").Aria("hidden", "true").Body(bar...),
		para("", words+" · "+name),
	)
}

// tab is one of a page's tabs: a link to a page of its own.
type tab struct {
	Icon  icon
	Label string
	Href  string
}

// tabs draws the tabs of a page; here is the path of the one that is shown.
func tabs(label, here string, list ...tab) goapp.UI {
	var links []goapp.UI
	for _, t := range list {
		a := goapp.A().Class("tab").Href(attr(t.Href)).Body(t.Icon.draw(), span("", t.Label))
		if t.Href == here {
			a = a.Aria("current", "page")
		}
		links = append(links, a)
	}
	return goapp.Nav().Class("tabs").Aria("label", label).Body(links...)
}
