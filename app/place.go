package app

import (
	"doorward/app/words"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// This file is where the client touches the browser beyond drawing. Natively
// (prerendering, tests) everything in it does nothing.

// say returns the words of the reader's language.
func say() *words.Words { return words.Current() }

// setTitle names the document.
func setTitle(title string) {
	if goapp.IsClient {
		goapp.Window().Get("document").Set("title", titled(title))
	}
}

// titled returns title as the document carries it.
func titled(title string) string {
	if title == "" || title == say().Frame.Product {
		return say().Frame.Product
	}
	return title + " · " + say().Frame.Product
}

// leave loads path as a new document: after signing in or out, when everything
// on the page changes hands. Anything but a path on this host leads home.
var leave = func(path string) {
	if !check.Path(path) {
		path = "/"
	}
	if goapp.IsClient {
		goapp.Window().Get("location").Set("href", path)
	}
}

// here returns the path and query of the page, for a sign-in to come back to.
func here() string {
	if !goapp.IsClient {
		return "/"
	}
	return goapp.Window().URL().RequestURI()
}

// focusOn moves the focus to the element with id once the page is drawn.
func focusOn(ctx goapp.Context, id string) {
	ctx.Defer(func(goapp.Context) {
		if e := goapp.Window().GetElementByID(id); e.Truthy() {
			e.Call("focus")
		}
	})
}

// focusBack is focusOn for when what had the focus is gone; nobody who has moved on is
// called back.
func focusBack(ctx goapp.Context, id string) {
	ctx.Defer(func(goapp.Context) {
		d := goapp.Window().Get("document")
		if e := goapp.Window().GetElementByID(id); e.Truthy() && d.Get("activeElement").Equal(d.Get("body")) {
			e.Call("focus")
		}
	})
}

// selectAll moves the focus to the input with id and selects what stands in it.
func selectAll(ctx goapp.Context, id string) {
	ctx.Defer(func(goapp.Context) {
		if e := goapp.Window().GetElementByID(id); e.Truthy() {
			e.Call("focus")
			e.Call("select")
		}
	})
}

// announce tells assistive technology text, politely, without moving the focus. While a dialog is open that is the dialog's
// to tell: nothing behind it is heard.
func announce(text string) {
	e := goapp.Window().GetElementByID("announcer")
	if !e.Truthy() {
		return
	}
	if d := goapp.Window().GetElementByID("dialog-announcer"); d.Truthy() {
		e.Set("textContent", "")
		e = d
	}
	e.Set("textContent", text)
}

// stillness reports whether the reader wants no motion.
func stillness() bool {
	m := goapp.Window().Call("matchMedia", "(prefers-reduced-motion: reduce)")
	return m.Truthy() && m.Get("matches").Truthy()
}

// typed returns what stands in the input with id, and whether there is one. It
// asks the browser, because what a password manager fills in is not always told.
func typed(id string) (string, bool) {
	e := goapp.Window().GetElementByID(id)
	if !goapp.IsClient || !e.Truthy() {
		return "", false
	}
	return e.Get("value").String(), true
}
