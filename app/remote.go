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
	status  status
	value   T
	failure api.Error
}

// ready reports whether the value is good to show.
func (r *remote[T]) ready() bool { return r.status == ready }

// load asks e for r's value, and calls then (if not nil) on the UI goroutine once
// it is there. A session that has ended leads to sign-in and back. Call it from
// OnMount or a handler of the component that holds r.
func load[T any](ctx goapp.Context, r *remote[T], e api.Endpoint[api.None, T], then func(goapp.Context, T)) {
	r.status = loading
	ctx.Async(func() {
		value, refusal := call(e, api.None{})
		ctx.Dispatch(func(ctx goapp.Context) {
			switch {
			case refusal == nil:
				r.status, r.value = ready, value
				if then != nil {
					then(ctx, value)
				}
			case refusal.Code == check.SignedOut:
				leave(signInFor(here()))
			default:
				r.status, r.failure = failed, *refusal
			}
		})
	})
}

// call makes one call, with patience. The error is nil or says why not.
func call[Req api.Request, Resp any](e api.Endpoint[Req, Resp], req Req) (Resp, *api.Error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if transport == nil {
		var none Resp
		return none, &api.Error{Code: check.Offline}
	}
	resp, err := e.Call(ctx, transport, req)
	if err == nil {
		return resp, nil
	}
	if refusal, ok := errors.AsType[*api.Error](err); ok {
		return resp, refusal
	}
	return resp, &api.Error{Code: check.Internal}
}

// draw shows r: bones while it loads, a calm banner with a way to try again when
// it failed, and otherwise what show makes of the value. retry may be nil.
func (r *remote[T]) draw(show func(T) goapp.UI, retry func(goapp.Context)) goapp.UI {
	switch r.status {
	case ready:
		return show(r.value)
	case failed:
		return failure(r.failure, retry)
	}
	return waiting()
}

// failure says that something could not be loaded and, with retry, offers to try
// again.
func failure(e api.Error, retry func(goapp.Context)) goapp.UI {
	w := say()
	var again []goapp.UI
	if retry != nil {
		again = append(again, button{Label: w.Parts.TryAgain, Icon: iconAgain, Kind: secondary, ID: "again",
			On: func(ctx goapp.Context, _ goapp.Event) { retry(ctx) }}.draw())
	}
	return goapp.Div().Class("stack").Role("alert").Body(
		banner{Kind: bannerError, Title: w.Parts.Failed, Text: w.Code(e.Code)}.draw(),
		goapp.Div().Class("actions").Body(again...),
	)
}
