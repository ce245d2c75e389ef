package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// account is what the pages of a signed-in person share: who it is, and the dialog
// that asks to prove it again. A page embeds it and calls enter from its load.
type account struct {
	// page is the context of the page itself. What is started by a button inside a
	// dialog must outlive the button, so it runs on this one.
	page   goapp.Context
	who    remote[api.SessionInfo]
	stepUp stepUp
}

// enter notes the page and asks who is signed in.
func (a *account) enter(ctx goapp.Context, then func(goapp.Context, api.SessionInfo)) {
	a.page = ctx
	load(ctx, &a.who, api.Session, then)
}

// arrive moves to the part of the page that the address names behind its "#". Call
// it when that part has been drawn: it was not there yet when the page opened.
func (a *account) arrive(part string) {
	if part != "" {
		focusOn(a.page, part)
	}
}

// info returns who is signed in, or nil while that is not known.
func (a *account) info() *api.SessionInfo {
	if a.who.value.UserID == "" {
		return nil
	}
	return &a.who.value
}

// frame returns the frame of a page that needs the client.
func (a *account) frame(title, lead string) frame {
	return frame{Title: title, Lead: lead, Who: a.info(), Client: true}
}

// perform makes a call that may need a step-up: it then opens the dialog and makes
// the call again. A session that has ended leads to sign-in and back. done and
// refused run on the UI goroutine; refused gets the zero Error when the person did
// not want to step up.
func perform[Req api.Request, Resp any](a *account, e api.Endpoint[Req, Resp], req Req, done func(Resp), refused func(api.Error)) {
	var resp Resp
	a.attempt(func() (refusal *api.Error) {
		resp, refusal = call(e, req)
		return refusal
	}, func() { done(resp) }, refused)
}

// attempt is perform without the types of the call.
func (a *account) attempt(work func() *api.Error, done func(), refused func(api.Error)) {
	beside(a.page, work, func(_ goapp.Context, refusal *api.Error) {
		switch {
		case refusal == nil:
			done()
		case refusal.Code == check.SignedOut:
			leave(signInFor(here()))
		case refusal.Code == check.TwoFactorRequired:
			a.barred(*refusal, refused)
		case refusal.Code == check.StepUpRequired:
			a.stepUp.ask(a, func() { a.attempt(work, done, refused) }, func() { refused(api.Error{}) })
		default:
			refused(*refusal)
		}
	})
}

// refresh asks for r again and keeps showing what there is until the answer comes.
func refresh[T any](a *account, r *remote[T], e api.Endpoint[api.None, T]) {
	perform(a, e, api.None{}, func(v T) { r.status, r.value = ready, v }, func(api.Error) {})
}

// send is perform for a form: problems that both sides can see are shown without a
// call, and a refusal goes to the form.
func send[Req api.Request, Resp any](a *account, f *form, e api.Endpoint[Req, Resp], req Req, done func(Resp)) {
	if !f.begin(a.page, req) {
		return
	}
	perform(a, e, req, func(resp Resp) {
		f.busy = false
		done(resp)
	}, func(refusal api.Error) {
		f.busy = false
		f.refuse(a.page, refusal)
	})
}

// onField returns e with its Code, when it is about one of fields, as the problem
// of that field.
func onField(e api.Error, fields map[api.Code]string) api.Error {
	name, ok := fields[e.Code]
	if !ok {
		return e
	}
	return api.Error{Retry: e.Retry, Problems: api.Problems{name: e.Code}}
}

// visit goes to another page of the client.
var visit = func(ctx goapp.Context, path string) {
	if goapp.IsClient {
		ctx.Navigate(path)
	}
}

// followLink leaves a link to the browser. Without it go-app takes every press of a
// link for its own, and would open another window for an address like otpauth://.
func followLink(_ goapp.Context, e goapp.Event) { e.StopImmediatePropagation() }
