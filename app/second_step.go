package app

import (
	"encoding/json"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// secondStep is what a page of the second step knows about the sign-in. A page
// embeds it, calls look from at and ask from its load, and draws its card with it.
//
// The server draws what it knows into the page. The client takes it from there
// before it draws the page again, and asks the server when it is not there.
type secondStep struct {
	lost  bool // the code goes to a recovery phone: the ways back in are asked for
	known bool
	fresh bool // it came with this very document, so it need not be asked for
	state api.SignInState
}

// remembered is what a page before this one in the same document knew, so that the
// next one looks right at once. It stays empty on the server.
var remembered api.SignInState

// know takes what the server says about the sign-in; nil is nothing.
func (s *secondStep) know(state *api.SignInState) {
	if state == nil {
		return
	}
	s.known, s.state = true, *state
	if goapp.IsClient && !s.lost {
		remembered = *state
	}
}

// look takes what stands in the document.
func (s *secondStep) look() {
	if !goapp.IsClient || s.known {
		return
	}
	if e := goapp.Window().Get("document").Call("querySelector", "[data-"+s.place()+"]"); e.Truthy() {
		s.read(e.Call("getAttribute", "data-"+s.place()).String())
		s.fresh = s.known
		return
	}
	if !s.lost && len(remembered.Ways) > 0 {
		s.know(&remembered)
	}
}

// place is where in the document it stands: data-sign-in, or data-back-in.
func (s *secondStep) place() string {
	if s.lost {
		return "back-in"
	}
	return "sign-in"
}

// read takes what write wrote.
func (s *secondStep) read(text string) {
	var state api.SignInState
	if json.Unmarshal([]byte(text), &state) == nil {
		s.know(&state)
	}
}

// write returns the state as it stands in the document; empty when it is not known.
func (s *secondStep) write() string {
	b, err := json.Marshal(s.state)
	if !s.known || err != nil {
		return ""
	}
	return string(b)
}

// ask asks the server how far the sign-in is, unless the document has just said so.
// then may be nil. Without an answer the page stays as it is.
func (s *secondStep) ask(ctx goapp.Context, then func(goapp.Context)) {
	if s.fresh {
		s.fresh = false
		if then != nil {
			then(ctx)
		}
		return
	}
	var state api.SignInState
	beside(ctx, func() (refusal *api.Error) {
		if s.lost {
			var lost api.LostInfo
			lost, refusal = call(api.LostWays, api.None{})
			state = byRecoveryPhone(lost)
			return refusal
		}
		state, refusal = call(api.CurrentSignIn, api.None{})
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		if refusal != nil {
			over(refusal)
			return
		}
		s.know(&state)
		if then != nil {
			then(ctx)
		}
	})
}

// over leaves for the sign-in page when there is no second step any more, and
// reports whether it did.
func over(refusal *api.Error) bool {
	if refusal == nil || refusal.Code != check.SignInExpired && refusal.Code != check.SignedOut {
		return false
	}
	leave("/sign-in?code=" + string(check.SignInExpired))
	return true
}

// card is card with what is known about the sign-in drawn into it.
func (s *secondStep) card(body ...goapp.UI) goapp.UI {
	e := goapp.Div().Class("card").Body(body...)
	if state := s.write(); state != "" {
		e = e.DataSet(s.place(), attr(state))
	}
	return e
}

// byRecoveryPhone is lost as the page of a code by text message sees it.
func byRecoveryPhone(lost api.LostInfo) api.SignInState {
	s := api.SignInState{Texts: lost.Phones, Text: lost.Text}
	if lost.RecoveryCodes {
		s.Ways = []api.Way{api.WayRecoveryCode}
	}
	return s
}

// ending returns the last digits of a masked number, which is all that is said of
// it, or the mask itself where it has none.
func ending(masked string) string {
	digits := masked[len(strings.TrimRight(masked, "0123456789")):]
	if digits == "" {
		return masked
	}
	return digits
}
