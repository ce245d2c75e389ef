package app

import (
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// proofFor is how long a step-up is good for; the server decides, this spares a
// call that it would refuse.
const proofFor = 10 * time.Minute

// proofMargin keeps from asking for something with a proof about to run out.
const proofMargin = 15 * time.Second

// stepUp is the dialog that asks to prove again who it is.
type stepUp struct {
	texting
	open     bool
	form     form
	times    int           // counts the askings: each has inputs of its own
	recovery bool          // asks for a recovery code, whatever the ways are
	way      api.Way       // the way chosen otherwise; empty: the first
	ways     []api.Way     // that there are; empty while that is not known
	texts    []api.TextWay // the phones that a code can be sent to
	last     string        // the phone that the last message was asked for; empty: the one used last
	told     *api.Recovery // the replacement, to be noted before going on
	until    time.Time     // how long the last proof given here is good, by this clock
	proved   func()
	given    func() // the person did not want to
	once     sentOnce
}

// fresh reports whether a proof that the server dates until (Unix milliseconds), or
// one given here, is still good.
func (s *stepUp) fresh(until int64, now time.Time) bool {
	edge := now.Add(proofMargin)
	return edge.Before(s.until) || edge.Before(time.UnixMilli(until))
}

// prove calls then at once when there is a fresh proof, and otherwise once the
// person has given one. Call it before a form is shown, so that nobody fills in
// something twice. given may be nil.
func (a *account) prove(until int64, then, given func()) {
	if a.stepUp.fresh(until, time.Now()) {
		then()
		return
	}
	a.stepUp.ask(a, then, given)
}

// ask opens the dialog.
func (s *stepUp) ask(a *account, proved, given func()) {
	s.open, s.recovery, s.way, s.told, s.once = true, false, "", nil, sentOnce{}
	s.proved, s.given = proved, given
	s.times++
	s.form = form{ID: "step-up-" + strconv.Itoa(s.times), Words: ownPassword()}
	s.take(a.page, nil, nil)
	if a.who.value.TwoFactor {
		s.learn(a)
	}
}

// dismiss closes the dialog without a proof. A replaced recovery code has to be
// noted first.
func (s *stepUp) dismiss() {
	if s.told != nil || s.form.busy {
		return
	}
	s.open = false
	s.quiet()
	if s.given != nil {
		s.given()
	}
}

// request returns what was typed, and what both sides can see is wrong with it.
func (s *stepUp) request(twoFactor bool) (api.StepUpRequest, api.Problems) {
	req := api.StepUpRequest{Password: s.form.value("password")}
	switch {
	case !twoFactor:
	case s.asks() == api.WayRecoveryCode:
		req.RecoveryCode = s.form.value("recovery_code")
	case s.asks() == api.WayText:
		req.TextCode = s.form.value("text_code")
	default:
		req.Passcode = s.form.value("passcode")
	}
	p := req.Problems()
	if twoFactor && req.Passcode == "" && req.TextCode == "" && req.RecoveryCode == "" {
		p.Add(s.second(), check.Required)
	}
	return req, p
}

// second is the field of the second step.
func (s *stepUp) second() string {
	switch s.asks() {
	case api.WayRecoveryCode:
		return "recovery_code"
	case api.WayText:
		return "text_code"
	}
	return "passcode"
}

// submit sends what was typed.
func (s *stepUp) submit(a *account) {
	if s.form.busy {
		return
	}
	req, problems := s.request(a.who.value.TwoFactor)
	if a.who.value.TwoFactor && s.unsent() && problems["password"] == "" {
		s.text(a, s.texts[0].ID) // there is no field yet that a code could stand in
		return
	}
	if len(problems) > 0 {
		s.form.refuse(a.page, api.Error{Problems: problems})
		return
	}
	s.form.busy, s.form.failure, s.form.problems = true, api.Error{}, nil
	announce(say().Parts.Working)
	perform(a, api.StepUp, req, func(p api.Proof) { s.accept(a, p) }, func(e api.Error) { s.refuse(a, e) })
}

// accept goes on with what the proof was wanted for, at once or after a replaced
// recovery code has been noted.
func (s *stepUp) accept(a *account, p api.Proof) {
	s.form.busy = false
	s.until = time.Now().Add(proofFor)
	announce("")
	if p.Recovery != nil && p.Recovery.Replacement != "" {
		s.told = p.Recovery
		return
	}
	s.goOn()
}

// noted goes on after the replacement has been noted, and lets the server forget it.
func (s *stepUp) noted(a *account) {
	s.told = nil
	perform(a, api.AcknowledgeRecovery, api.AcknowledgeRecoveryRequest{Then: "continue"},
		func(api.NextStep) {}, func(api.Error) {})
	s.goOn()
}

func (s *stepUp) goOn() {
	s.open = false
	s.quiet()
	if s.proved != nil {
		s.proved()
	}
}

// refuse shows what was refused, at the field it is about.
func (s *stepUp) refuse(a *account, e api.Error) {
	s.form.busy = false
	if e.Code == check.TextCodeExpired {
		s.sent = nil // another has to be asked for
	}
	s.form.refuse(a.page, onField(e, proving))
	if second := proving[e.Code]; second != "" && second != "password" {
		s.form.empty(second)
	}
}

// proving says which field each refusal of a proof is about.
var proving = map[api.Code]string{
	check.WrongPassword:     "password",
	check.WrongPasscode:     "passcode",
	check.SpentPasscode:     "passcode",
	check.WrongRecoveryCode: "recovery_code",
	check.WrongTextCode:     "text_code",
}

// ownPassword has the words for a password that is asked for alone: there is no
// name that it could fail to match.
func ownPassword() map[api.Code]string {
	return map[api.Code]string{check.WrongPassword: say().StepUp.WrongPassword}
}
