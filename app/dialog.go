package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// dialog asks for one thing over the page. Draw it while it is open and leave it
// out when it is not; opening moves the focus in, keeps it there and makes the
// page behind inert (the browser's own modal dialog does all three), and closing
// gives the focus back. Escape, the cross and a press beside it ask to close.
type dialog struct {
	goapp.Compo
	// ID tells dialogs apart that follow one another: the next one opens anew and
	// takes the focus.
	ID    string
	Title string
	// Body draws what is inside, buttons included (in a div of class "actions").
	Body func() []goapp.UI
	// OnClose is told that the person wants out. Whoever opened the dialog then
	// leaves it out of the next drawing.
	OnClose func(goapp.Context)

	before goapp.Value // what had the focus
	self   goapp.Value
}

// CompoID implements goapp.DismountEnforcer.
func (d *dialog) CompoID() string { return d.ID }

// OnMount opens the dialog.
func (d *dialog) OnMount(ctx goapp.Context) {
	d.self = ctx.JSSrc()
	d.before = goapp.Window().Get("document").Get("activeElement")
	if d.self.Get("showModal").Truthy() {
		d.self.Call("showModal")
	}
	first := d.self.Call("querySelector", "[autofocus], .input")
	if !first.Truthy() {
		first = d.self.Call("querySelector", ".dialog-title") // reading begins there
	}
	first.Call("focus")
}

// OnDismount gives the focus back.
func (d *dialog) OnDismount() {
	if d.before != nil && d.before.Truthy() {
		d.before.Call("focus")
	}
}

// Render implements goapp.Composer.
func (d *dialog) Render() goapp.UI {
	var body []goapp.UI
	if d.Body != nil {
		body = d.Body()
	}
	return goapp.Dialog().Class("dialog").Aria("labelledby", "dialog-title").
		On("cancel", d.onCancel).OnClick(d.onClick).
		Body(
			div("dialog-box", append([]goapp.UI{
				div("dialog-head",
					goapp.H2().Class("dialog-title").ID("dialog-title").TabIndex(-1).Text(d.Title),
					button{Label: say().Parts.Close, Icon: iconClose, IconOnly: true, Kind: quiet, ID: "dialog-close", On: d.onCancel}.draw(),
				),
				goapp.P().ID("dialog-announcer").Class("out-of-sight").Aria("live", "polite"),
			}, body...)...),
		)
}

func (d *dialog) onCancel(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	if d.OnClose != nil {
		d.OnClose(ctx)
	}
}

// onClick closes on a press beside the box: there the target is the dialog itself.
func (d *dialog) onClick(ctx goapp.Context, e goapp.Event) {
	if d.self != nil && e.Get("target").Equal(d.self) {
		d.onCancel(ctx, e)
	}
}
