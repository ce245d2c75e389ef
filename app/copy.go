package app

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// copyButton copies Text to the clipboard and says so for two seconds. It is a
// component because it remembers that. Label is "Copy" when empty; About is what is
// copied, where there are several; OnCopied, when not nil, is told that it worked.
type copyButton struct {
	goapp.Compo
	Text     string
	Label    string
	About    string
	OnCopied func(goapp.Context)

	state copyState
}

type copyState int

const (
	copyIdle copyState = iota
	copyDone
	copyFailed
)

// Render implements goapp.Composer.
func (c *copyButton) Render() goapp.UI {
	w := say().Parts
	b := button{Label: c.Label, About: c.About, Icon: iconCopy, On: c.onClick}
	if b.Label == "" {
		b.Label = w.Copy
	}
	switch c.state {
	case copyDone:
		b.Label, b.Icon = w.Copied, iconCheck
	case copyFailed:
		b.Label, b.Icon = w.CopyFailed, iconAlert
	}
	return b.draw()
}

func (c *copyButton) onClick(ctx goapp.Context, _ goapp.Event) {
	copyText(ctx, c.Text, func(ctx goapp.Context, ok bool) {
		c.state = copyFailed
		if ok {
			c.state = copyDone
			announce(say().Parts.Copied)
			if c.OnCopied != nil {
				c.OnCopied(ctx)
			}
		}
		ctx.After(2*time.Second, func(goapp.Context) { c.state = copyIdle })
	})
}

// copyText puts text on the clipboard and tells done whether it could. The newer
// way is only there on HTTPS and on this machine itself, and may be forbidden, so
// the older one stands by.
func copyText(ctx goapp.Context, text string, done func(goapp.Context, bool)) {
	clipboard := goapp.Window().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		done(ctx, copySelected(text))
		return
	}
	var yes, no goapp.Func
	settle := func(ok bool) {
		yes.Release()
		no.Release()
		ctx.Dispatch(func(ctx goapp.Context) { done(ctx, ok || copySelected(text)) })
	}
	yes = goapp.FuncOf(func(goapp.Value, []goapp.Value) any { settle(true); return nil })
	no = goapp.FuncOf(func(goapp.Value, []goapp.Value) any { settle(false); return nil })
	clipboard.Call("writeText", text).Call("then", yes, no)
}

// copySelected copies by way of a selection, which has to be made inside the open
// dialog if there is one: outside of it nothing can be selected.
func copySelected(text string) bool {
	document := goapp.Window().Get("document")
	area := document.Call("createElement", "textarea")
	area.Set("value", text)
	area.Set("className", "out-of-sight")
	holder := document.Call("querySelector", "dialog[open]")
	if !holder.Truthy() {
		holder = document.Get("body")
	}
	before := document.Get("activeElement")
	holder.Call("append", area)
	area.Call("select")
	ok := document.Call("execCommand", "copy").Truthy()
	area.Call("remove")
	if before.Truthy() {
		before.Call("focus")
	}
	return ok
}
