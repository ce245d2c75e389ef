package server

import (
	"context"
	"errors"
	"net/http"

	"doorward/server/auth"
	"doorward/server/message"
)

// What tests may see of the portal's inside.

// Call is one line of the route table.
type Call struct {
	Method, Path, Form string
	Anyone, SigningIn  bool
	Rank               auth.Role
	Proved, Second     bool
}

// Calls returns the route table.
func (s *Server) Calls() []Call {
	var calls []Call
	for _, rt := range s.table() {
		c := Call{Method: rt.method, Path: rt.path, Anyone: rt.who == anyone, SigningIn: rt.who == signingIn,
			Rank: rt.who.rank(), Proved: rt.who.stepUp(), Second: rt.who.second()}
		if rt.form != nil {
			c.Form = rt.form.action
		}
		calls = append(calls, c)
	}
	return calls
}

// HashesRun returns how many hashes have run.
func (s *Server) HashesRun() uint64 { return s.hashes.ran.Load() }

// Notices returns which events people are told of, and by which message.
func Notices() map[auth.EventKind]message.Kind { return notices }

// Interrupted makes the call at path as the request r does, but lets between happen
// after the caller has been found to be allowed and before anything is done.
func (s *Server) Interrupted(r *http.Request, body string, between func()) error {
	for _, rt := range s.table() {
		if rt.path != r.URL.Path {
			continue
		}
		c, err := s.identify(r.Context(), r, rt.who)
		if err != nil {
			return err
		}
		if err := c.require(rt.who); err != nil {
			return err
		}
		between()
		_, err = rt.serve(r.Context(), c, []byte(body))
		return err
	}
	return errors.New("no such call")
}

// RemindOne reminds one user, as RemindDue does of each that it has found.
func (s *Server) RemindOne(ctx context.Context, id auth.ID) (told bool, err error) {
	return s.remind(ctx, id, s.now())
}
