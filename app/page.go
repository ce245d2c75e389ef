package app

import (
	"net/url"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// page is what every page is: a component that knows its title and takes what the
// address says. A page keeps everything in unexported fields: go-app copies
// exported ones over when the same page is opened with another query.
type page interface {
	goapp.Composer
	// title is the document's title without the product.
	title() string
	// at takes the address: the server calls it before drawing, the browser each
	// time the page becomes the one shown. It must set every field that depends on
	// the address, also when the query no longer says anything about it.
	at(u *url.URL)
}

// entered is what OnNav of every page calls first: it takes the address, names the
// document and puts the focus where typing goes, unless something has it already.
// On a document's first page it leaves the focus alone: the browser has given it
// when the page came, and carry.js carries it over, but only after this has run.
func entered(ctx goapp.Context, p page) {
	p.at(ctx.Page().URL())
	setTitle(p.title())
	first := !moved
	moved = true
	if first || !goapp.IsClient {
		return
	}
	ctx.Defer(func(goapp.Context) {
		document := goapp.Window().Get("document")
		if !document.Get("activeElement").Equal(document.Get("body")) {
			return
		}
		target := document.Call("querySelector", "main [autofocus]")
		if !target.Truthy() {
			target = document.Call("querySelector", "h1")
		}
		if target.Truthy() {
			target.Call("focus")
		}
	})
}

// moved says that a page was opened within this document: from the second page on,
// the focus has to go to the new page by itself.
var moved bool
