package app

import (
	"context"
	"errors"
	"syscall/js"

	"doorward/shared/api"
)

// transport carries the client's calls: the browser's own fetch. (Go's net/http
// would do the same and cost the client more than a megabyte.)
var transport api.Transport = fetcher{}

type fetcher struct{}

var errNoAnswer = errors.New("no answer")

// Send implements [api.Transport]. The cookies of this origin go along; a
// redirect is an error, since the API never sends one. When ctx ends, the
// request is aborted.
func (fetcher) Send(ctx context.Context, method, path string, body []byte) (int, []byte, error) {
	abort := js.Global().Get("AbortController").New()
	options := map[string]any{
		"method": method, "credentials": "same-origin", "cache": "no-store", "redirect": "error",
		"signal": abort.Get("signal"),
	}
	if body != nil {
		options["body"] = string(body)
		options["headers"] = map[string]any{"Content-Type": "application/json"}
	}
	response, err := await(ctx, js.Global().Call("fetch", path, options))
	if err != nil {
		abort.Call("abort")
		return 0, nil, err
	}
	text, err := await(ctx, response.Call("text"))
	if err != nil {
		abort.Call("abort")
		return 0, nil, err
	}
	return response.Get("status").Int(), []byte(text.String()), nil
}

// await returns what promise settles to, or an error when it is rejected or ctx
// ends first.
func await(ctx context.Context, promise js.Value) (js.Value, error) {
	settled := make(chan js.Value, 1)
	failed := make(chan struct{}, 1)
	then := js.FuncOf(func(_ js.Value, args []js.Value) any {
		settled <- args[0]
		return nil
	})
	catch := js.FuncOf(func(js.Value, []js.Value) any {
		failed <- struct{}{}
		return nil
	})
	promise.Call("then", then, catch)
	select {
	case v := <-settled:
		then.Release()
		catch.Release()
		return v, nil
	case <-failed:
		then.Release()
		catch.Release()
		return js.Value{}, errNoAnswer
	case <-ctx.Done():
		// The callbacks stay: the promise may still settle into them.
		return js.Value{}, ctx.Err()
	}
}
