package app

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// copyButton copies Text to the clipboard and says so for two seconds. It is a
// component because it remembers that. Label is "Copy" when empty; OnCopied, when
// not nil, is told that it worked.
type copyButton struct {
	goapp.Compo
	Text     string
	Label    string
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
	b := button{Label: c.Label, Icon: iconCopy, On: c.onClick}
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
	c.state = copyFailed
	if copyText(c.Text) {
		c.state = copyDone
		announce(say().Parts.Copied)
		if c.OnCopied != nil {
			c.OnCopied(ctx)
		}
	}
	ctx.After(2*time.Second, func(goapp.Context) { c.state = copyIdle })
}

// copyText puts text on the clipboard and reports whether it could. The newer way
// is only there on HTTPS and on this machine itself, so the older one stands by.
func copyText(text string) bool {
	if clipboard := goapp.Window().Get("navigator").Get("clipboard"); clipboard.Truthy() {
		clipboard.Call("writeText", text)
		return true
	}
	document := goapp.Window().Get("document")
	area := document.Call("createElement", "textarea")
	area.Set("value", text)
	area.Set("className", "out-of-sight")
	document.Get("body").Call("append", area)
	area.Call("select")
	ok := document.Call("execCommand", "copy").Truthy()
	area.Call("remove")
	return ok
}
