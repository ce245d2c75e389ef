package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// menu is a button that opens a short list. It is the browser's own disclosure
// element, so it opens before the client has arrived too; the client adds that
// Escape and leaving it close it.
type menu struct {
	goapp.Compo
	Label  string // what the button is called, behind what it shows
	Title  string // what is said of it under the pointer
	Button func() goapp.UI
	Body   func() []goapp.UI
}

// Render implements goapp.Composer.
func (m *menu) Render() goapp.UI {
	return goapp.Details().Class("menu").
		OnKeyDown(m.onKey).On("focusout", m.onLeave).
		Body(
			goapp.Summary().Class("avatar-button").Title(attr(m.Title)).Body(m.Button(), span("out-of-sight button-words", m.Label)),
			div("menu-list", m.Body()...),
		)
}

func (m *menu) onKey(ctx goapp.Context, e goapp.Event) {
	if e.Get("key").String() != "Escape" {
		return
	}
	ctx.JSSrc().Set("open", false)
	if s := ctx.JSSrc().Call("querySelector", "summary"); s.Truthy() {
		s.Call("focus")
	}
}

// onLeave closes the menu when the focus goes elsewhere. A press on something that
// takes no focus gives no relatedTarget; the pointer then decides.
func (m *menu) onLeave(ctx goapp.Context, e goapp.Event) {
	to := e.Get("relatedTarget")
	if to.Truthy() && ctx.JSSrc().Call("contains", to).Truthy() {
		return
	}
	if !to.Truthy() && ctx.JSSrc().Call("matches", ":hover").Truthy() {
		return
	}
	ctx.JSSrc().Set("open", false)
}

// menuLink is one place to go in a menu.
func menuLink(i icon, label, href string) goapp.UI {
	return goapp.A().Class("menu-item").Href(attr(href)).Body(i.draw(), span("", label))
}

// menuAct is one thing to do in a menu, by a plain form: it works without the
// client as well.
func menuAct(i icon, label, action string) goapp.UI {
	return goapp.Form().Method("post").Action(action).Body(
		goapp.Button().Class("menu-item").Type("submit").Body(i.draw(), span("", label)),
	)
}
