package app

import (
	"slices"

	"doorward/shared/api"
)

// learn asks how the second factor can be proved. Until that is known the dialog
// asks for a passcode, as most people have one.
func (s *stepUp) learn(a *account) {
	times := s.times
	perform(a, api.StepUpWays, api.None{}, func(in api.SignInState) {
		if s.form.value("passcode") != "" && s.way == "" {
			s.way = api.WayTOTP // somebody is typing one
		}
		s.ways, s.texts = in.Ways, in.Texts
		if s.open && s.times == times && in.Text != nil && s.sent == nil {
			s.wait(a, *in.Text)
		}
	}, func(api.Error) {})
}

// known are the ways there are, as far as is known.
func (s *stepUp) known() []api.Way {
	if len(s.ways) == 0 {
		return []api.Way{api.WayTOTP, api.WayRecoveryCode}
	}
	return s.ways
}

// asks is the way that the dialog asks for now.
func (s *stepUp) asks() api.Way {
	switch ways := s.known(); {
	case s.recovery:
		return api.WayRecoveryCode
	case slices.Contains(ways, s.way):
		return s.way
	default:
		return ways[0]
	}
}

// choose asks for another way.
func (s *stepUp) choose(a *account, w api.Way) {
	s.recovery, s.way = w == api.WayRecoveryCode, w
	s.form.problems, s.form.failure = nil, api.Error{}
	focusOn(a.page, s.form.id(s.second()))
}

// unsent reports whether a text message is to be asked for first.
func (s *stepUp) unsent() bool {
	return s.asks() == api.WayText && s.sent == nil && len(s.texts) > 0
}

// text has a code sent to the phone called authenticator.
func (s *stepUp) text(a *account, authenticator string) {
	if s.busy || s.again.left > 0 {
		return
	}
	s.busy, s.last = true, authenticator
	announce(say().Parts.Working)
	perform(a, api.SendStepUpText, api.SendTextRequest{Authenticator: authenticator}, func(sent api.TextSent) {
		s.busy, s.once = false, sentOnce{}
		s.form.failure = api.Error{}
		s.form.empty("text_code")
		s.wait(a, sent)
		announce(with(say().Phone.SentTo, "end", ending(sent.Number)))
		focusOn(a.page, s.form.id("text_code"))
	}, func(e api.Error) {
		s.refused(a.page, e)
		s.form.refuse(a.page, api.Error{Code: e.Code, Problems: e.Problems})
	})
}

// wait waits for the message that was sent.
func (s *stepUp) wait(a *account, sent api.TextSent) {
	s.take(a.page, &sent, func() {
		s.sent = nil // a code that has run out cannot be typed
	})
	s.listen(a.page, func(code string) {
		if !s.open || s.asks() != api.WayText {
			return
		}
		s.form.fill("text_code", code)
		if s.form.value("password") != "" && s.once.first(code) {
			s.submit(a)
		}
	})
}
