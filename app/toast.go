package app

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// toastAction is the go-app action that a toast travels by.
const toastAction = "doorward:toast"

// toast says text for five seconds at the foot of the page: that something worked.
// Never use it for what a person must read or can get wrong.
func toast(ctx goapp.Context, text string) {
	ctx.NewActionWithValue(toastAction, text)
}

// toasts shows toasts and, when a new version is ready, the offer to reload. The
// frame draws it. Hold keeps the offer back: nothing reloads under a wizard.
type toasts struct {
	goapp.Compo
	Hold bool

	text   string
	shown  int // counts toasts, so that an old timer does not end a new one
	update bool
}

// OnMount listens for toasts and asks whether an update came before.
func (t *toasts) OnMount(ctx goapp.Context) {
	t.update = ctx.AppUpdateAvailable()
	ctx.Handle(toastAction, func(ctx goapp.Context, a goapp.Action) {
		t.text, _ = a.Value.(string)
		t.shown++
		this := t.shown
		ctx.After(5*time.Second, func(goapp.Context) {
			if t.shown == this {
				t.text = ""
			}
		})
	})
}

// OnAppUpdate implements goapp.AppUpdater.
func (t *toasts) OnAppUpdate(goapp.Context) { t.update = true }

// Render implements goapp.Composer.
func (t *toasts) Render() goapp.UI {
	w := say().Frame
	var list []goapp.UI
	if t.text != "" {
		list = append(list, div("toast", span("", t.text)))
	}
	if t.update && !t.Hold {
		list = append(list, div("toast",
			span("", w.Update),
			goapp.Button().Class("link").Type("button").Text(w.UpdateNow).OnClick(t.onReload),
		))
	}
	return goapp.Div().Class("toasts").Role("status").Body(list...)
}

// onReload lets the waiting version take over; start.js reloads when it has.
func (t *toasts) onReload(goapp.Context, goapp.Event) {
	if f := goapp.Window().Get("doorwardUpdate"); f.Truthy() {
		f.Invoke()
	}
}
