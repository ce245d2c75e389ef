package app

import (
	"context"
	"errors"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// patience is how long a call may take before it counts as offline.
const patience = 15 * time.Second

// status is where a remote value stands.
type status int

const (
	idle    status = iota // not asked for
	loading               // on its way; value is the last one, if there was one
	failed                // failure says why
	ready                 // value is good
)

// remote is a value that lives on the server: one status, and what belongs to it.
type remote[T any] struct {
	progress
	value T
}

// progress is a remote value without the value.
type progress struct {
	status  status
	failure api.Error
	fresh   bool // the value came with the document; see Known
}

// ready reports whether the value is good to show.
func (p *progress) ready() bool { return p.status == ready }

// settle notes how a call for the value went and reports whether it brought one. A
// session that has ended leads to sign-in and back, and one that reaches the wizard
// only leads there and back.
func (p *progress) settle(refusal *api.Error) bool {
	switch {
	case refusal == nil:
		p.status = ready
		return true
	case refusal.Code == check.SignedOut:
		leave(signInFor(here()))
	case refusal.Code == check.TwoFactorRequired && toWizard():
	default:
		p.status, p.failure = failed, *refusal
	}
	return false
}

// load asks e for r's value, and calls then (if not nil) on the UI goroutine once
// it is there. A session that has ended leads to sign-in and back. Call it from
// OnMount or a handler of the component that holds r.
func load[T any](ctx goapp.Context, r *remote[T], e api.Endpoint[api.None, T], then func(goapp.Context, T)) {
	ask(ctx, r, e, api.None{}, then)
}

// ask is load for a call that takes input.
func ask[Req api.Request, T any](ctx goapp.Context, r *remote[T], e api.Endpoint[Req, T], req Req, then func(goapp.Context, T)) {
	if r.fresh {
		r.fresh = false
		if then != nil {
			then(ctx, r.value)
		}
		return
	}
	r.status = loading
	var value T
	beside(ctx, func() (refusal *api.Error) {
		value, refusal = call(e, req)
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		if !r.settle(refusal) {
			return
		}
		r.value = value
		if then != nil {
			then(ctx, value)
		}
	})
}

// beside runs work beside the UI goroutine, and then done on it. It and what it
// calls have no type parameters: the client would hold them once for every call.
func beside(ctx goapp.Context, work func() *api.Error, done func(goapp.Context, *api.Error)) {
	ctx.Async(func() {
		refusal := work()
		ctx.Dispatch(func(ctx goapp.Context) { done(ctx, refusal) })
	})
}

// call makes one call, with patience. The error is nil or says why not.
func call[Req api.Request, Resp any](e api.Endpoint[Req, Resp], req Req) (Resp, *api.Error) {
	var resp Resp
	refusal := patiently(func(ctx context.Context) (err error) {
		resp, err = e.Call(ctx, transport, req)
		return err
	})
	return resp, refusal
}

func patiently(send func(context.Context) error) *api.Error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if transport == nil {
		return &api.Error{Code: check.Offline}
	}
	err := send(ctx)
	if err == nil {
		return nil
	}
	if refusal, ok := errors.AsType[*api.Error](err); ok {
		return refusal
	}
	return &api.Error{Code: check.Internal}
}

// draw shows r: bones while it loads, a calm banner with a way to try again when
// it failed, and otherwise what show makes of the value. retry may be nil.
func (r *remote[T]) draw(show func(T) goapp.UI, retry func(goapp.Context)) goapp.UI {
	if r.status == ready {
		return show(r.value)
	}
	return r.unready(retry)
}

func (p *progress) unready(retry func(goapp.Context)) goapp.UI {
	if p.status == failed {
		return failure(p.failure, retry)
	}
	return waiting()
}

// failure says that something could not be loaded and, with retry, offers to try
// again; or to set up two-factor, where that has to come first.
func failure(e api.Error, retry func(goapp.Context)) goapp.UI {
	w := say()
	b := banner{Kind: bannerError, Title: w.Parts.Failed, Text: w.Code(e.Code)}
	var again []goapp.UI
	switch {
	case e.Code == check.TwoFactorFirst: // nothing went wrong
		b.Kind, b.Title = bannerInfo, w.Adoption.NeedsOwn
		again = append(again, button{Label: w.Home.SetUp, Icon: iconShield, Kind: primary, Href: WizardFor(here())}.draw())
	case retry != nil:
		again = append(again, button{Label: w.Parts.TryAgain, Icon: iconAgain, Kind: secondary, ID: "again",
			On: func(ctx goapp.Context, _ goapp.Event) { retry(ctx) }}.draw())
	}
	return goapp.Div().Class("stack").Role("alert").Body(
		b.draw(),
		actions(again...),
	)
}
