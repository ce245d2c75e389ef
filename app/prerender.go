//go:build !js

package app

import (
	"net/url"
	"sync"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Shell is a page as the server draws it.
type Shell struct {
	Title       string // of the document, as plain text
	Body        string // the one element that goes into the body, as HTML
	NeedsClient bool   // the page does nothing until the client has come
}

// Personal is what a prerendered page may say about the person it is for. Only the
// pages after the password, those behind a link, and those that take Known use it;
// every other page is the same for everyone.
type Personal struct {
	Replacement string           // the recovery code that replaces the used one
	Left        int              // how many recovery codes there are now
	SignIn      *api.SignInState // how the second step can be proved; nil outside of a sign-in
	Lost        *api.LostInfo    // the ways back in; nil outside of a sign-in
	ByPhone     bool             // a recovery phone was used, and no code has to be replaced
	Known       *Known           // for who is signed in, or has a link; nil on other pages
}

// drawing is held while a page is drawn: components ask for the language in use.
var drawing sync.Mutex

// Prerender draws the page at u with the components that the client draws it with,
// so that it can be read and used before the client has come and without it. It
// reports false for an address that no page is at; the Shell is then the page that
// says so. Nothing in u can add an element or an attribute to the body. It says all
// in the language w; one page is drawn at a time.
func Prerender(u *url.URL, w *words.Words, personal Personal) (Shell, bool) {
	shell, ok := draw(u, w, personal)
	shell.Body = tidy(shell.Body) // most of the work, and everybody waits for the drawing
	return shell, ok
}

// draw is Prerender with a body that is not tidied.
func draw(u *url.URL, w *words.Words, personal Personal) (Shell, bool) {
	drawing.Lock()
	defer drawing.Unlock()
	words.Use(w)
	defer words.Use(&words.English)
	r, ok := find(u.Path)
	p := r.open()
	p.at(u)
	if recovered, is := p.(*recoveredPage); is {
		recovered.replacement, recovered.left, recovered.byPhone = personal.Replacement, personal.Left, personal.ByPhone
	}
	if lost, is := p.(interface{ knowLost(*api.LostInfo) }); is {
		lost.knowLost(personal.Lost)
	}
	if second, is := p.(interface{ know(*api.SignInState) }); is {
		second.know(personal.SignIn)
	}
	learn(p, personal.Known)
	return Shell{
		Title:       titled(p.title()),
		Body:        goapp.HTMLString(p),
		NeedsClient: r.client,
	}, ok
}

// IsPage reports whether a page is at path.
func IsPage(path string) bool {
	_, ok := find(path)
	return ok
}
