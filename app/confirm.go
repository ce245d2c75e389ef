package app

import (
	"strconv"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// confirm asks before something that cannot be taken back. It opens with the focus
// on the button that changes nothing.
type confirm struct {
	ID     string
	Title  string
	Text   string
	Points []string // what will happen, one thing a line
	Act    string   // the button that does it
	Keep   string   // the button that does not; "Cancel" when empty
	Danger bool
	// Unwise makes the button that changes nothing the loud one.
	Unwise bool
	Busy   bool
	// Failure is why it did not work; with More below it, such as a way out.
	Failure api.Error
	More    []goapp.UI
	On      func()
	OnClose func()
}

// dialog returns the question as a dialog.
func (c confirm) dialog() *dialog {
	return &dialog{ID: c.ID, Title: c.Title, Body: c.body, OnClose: func(goapp.Context) {
		if !c.Busy {
			c.OnClose()
		}
	}}
}

func (c confirm) body() []goapp.UI {
	keep, kind, keepKind := c.Keep, primary, quiet
	if keep == "" {
		keep = say().Parts.Cancel
	}
	switch {
	case c.Danger:
		kind = dangerPrimary
	case c.Unwise:
		kind, keepKind = secondary, primary
	}
	var points []goapp.UI
	for _, p := range c.Points {
		points = append(points, li("", goapp.Text(p)))
	}
	parts := []goapp.UI{refusalNotice(c.Failure, c.More...), para("text", c.Text)}
	if len(points) > 0 {
		parts = append(parts, ul("points", points...))
	}
	return []goapp.UI{
		div("stack", parts...),
		actions(
			button{Label: keep, Kind: keepKind, ID: c.ID + "-keep", Focus: true, On: press(c.OnClose)}.draw(),
			button{Label: c.Act, Kind: kind, ID: c.ID + "-act", Busy: c.Busy, On: press(c.On)}.draw(),
		),
	}
}

// refusalNotice draws why something did not work, and is there, empty, before it
// is tried, so that assistive technology hears it appear.
func refusalNotice(e api.Error, more ...goapp.UI) goapp.UI {
	if e.Code == "" {
		return alerts()
	}
	if e.Minutes != 0 {
		more = append([]goapp.UI{para("", with(say().Parts.ClockOff, "n", strconv.Itoa(e.Minutes)))}, more...)
	}
	if e.Retry > 0 {
		more = append([]goapp.UI{para("", with(say().Parts.TryAgainIn, "wait", say().Wait(e.Retry)))}, more...)
	}
	return alerts(banner{Kind: bannerError, Text: say().Code(e.Code), More: more}.draw())
}
