// Package api is the contract between the client and the server: every call is
// declared once, as an [Endpoint] with the types of its request and its answer.
// The client can only go out through [Endpoint.Call] and the server can only
// read through [Endpoint.Decode]; both run the request's Problems, so neither
// side can skip validation.
package api

import (
	"context"
	"encoding/json"
)

// Request is what a caller sends. Problems returns what is wrong with its
// fields, by their JSON names; an empty result means that it may be served.
type Request interface{ Problems() Problems }

// None is the request of a call that takes no input.
type None struct{}

// Problems returns nothing: there is no input to be wrong.
func (None) Problems() Problems { return nil }

// Done is the answer of a call that has nothing to say but that it worked.
type Done struct{}

// Endpoint declares one call. Make it with get or post only.
type Endpoint[Req Request, Resp any] struct {
	Method string // GET or POST
	Path   string // below /api/
}

// get declares a call that reads what the cookie names; it takes no input.
func get[Resp any](path string) Endpoint[None, Resp] {
	return Endpoint[None, Resp]{"GET", path}
}

// post declares a call that changes something or needs input, as strict JSON.
func post[Req Request, Resp any](path string) Endpoint[Req, Resp] {
	return Endpoint[Req, Resp]{"POST", path}
}

// Transport carries one request to the server. It returns the status and the
// body of the answer; an error means that no answer came.
type Transport interface {
	Send(ctx context.Context, method, path string, body []byte) (status int, answer []byte, err error)
}

// Call checks req and sends it. The error is always an *Error: with Problems
// when a field is wrong (here or there), otherwise with the Code of the refusal;
// check.Offline when no answer came.
func (e Endpoint[Req, Resp]) Call(ctx context.Context, t Transport, req Req) (Resp, error) {
	var resp Resp
	err := exchange(ctx, t, e.Method, e.Path, req, &resp)
	return resp, err
}

// exchange is Call without its types. They would make it anew for every endpoint,
// which is what the client has least room for.
func exchange(ctx context.Context, t Transport, method, path string, req Request, resp any) error {
	if p := req.Problems(); len(p) > 0 {
		return &Error{Problems: p}
	}
	var body []byte
	if method == "POST" {
		var err error
		if body, err = json.Marshal(req); err != nil {
			return &Error{Code: malformed}
		}
	}
	status, answer, err := t.Send(ctx, method, path, body)
	if err != nil {
		return &Error{Code: offline}
	}
	if status/100 != 2 {
		refusal := &Error{}
		if json.Unmarshal(answer, refusal) != nil || refusal.Code == "" && len(refusal.Problems) == 0 {
			refusal = &Error{Code: internal}
		}
		return refusal
	}
	if err := json.Unmarshal(answer, resp); err != nil {
		return &Error{Code: internal}
	}
	return nil
}
