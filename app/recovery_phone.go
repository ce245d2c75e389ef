package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// recoveryPhone verifies a number that helps when the authenticator is lost: first
// the number, then the code that was sent to it. The wizard and the page of the
// Security tab draw it.
type recoveryPhone struct {
	number   phoneNumber
	code     phoneCode
	check    api.PhoneCheck // as the server told last
	replaces string         // the phone whose place it takes
	another  bool           // a number is asked for although a code is on its way, or one is verified
	on       func()         // the number has been verified
}

// newRecoveryPhone returns one whose forms have ids of their own.
func newRecoveryPhone() recoveryPhone {
	r := recoveryPhone{}
	r.number.form.ID, r.code.form.ID = "phone", "phone-code"
	return r
}

// verified reports whether the number has been verified.
func (r *recoveryPhone) verified() bool {
	return !r.another && (r.check.Stage == api.StageConfirmed || r.check.Stage == api.StageFinished)
}

// waits reports whether a code is waited for.
func (r *recoveryPhone) waits() bool { return !r.another && r.check.Stage == api.StagePending }

// take notes what the server says of the verification.
func (r *recoveryPhone) take(a *account, c api.PhoneCheck) {
	r.check, r.another = c, false
	if !r.waits() {
		r.code.quiet()
		return
	}
	r.code.begin(a, c.Text, func(code string) { r.confirm(a, code) })
}

// start sends a code to the number that was typed.
func (r *recoveryPhone) start(a *account) {
	f := &r.number.form
	number, country := r.number.typed()
	req := api.StartRecoveryPhoneRequest{Number: number, Country: country, Replaces: r.replaces}
	if !f.begin(a.page, req) {
		return
	}
	perform(a, api.StartRecoveryPhone, req, func(c api.PhoneCheck) {
		f.busy = false
		r.take(a, c)
		announce("")
		r.focus(a)
	}, func(e api.Error) {
		f.busy = false
		f.refuse(a.page, onField(e, atNumber))
	})
}

// confirm proves the number with the code.
func (r *recoveryPhone) confirm(a *account, code string) {
	req := api.ConfirmRecoveryPhoneRequest{Passcode: code}
	if !r.code.form.begin(a.page, req) {
		return
	}
	perform(a, api.ConfirmRecoveryPhone, req, func(c api.PhoneCheck) {
		r.code.form.busy = false
		announce("")
		r.take(a, c)
		r.on()
	}, func(e api.Error) {
		if e.Code == check.EnrollmentExpired {
			r.lost(a)
			return
		}
		r.code.refuse(a, e)
	})
}

// lost begins anew: the verification ran out, and nothing was changed.
func (r *recoveryPhone) lost(a *account) {
	r.code.form.busy = false
	r.take(a, api.PhoneCheck{})
	r.number.form.refuse(a.page, api.Error{Code: check.EnrollmentExpired})
	r.focus(a)
}

// resend asks for another message.
func (r *recoveryPhone) resend(a *account) {
	if r.code.busy {
		return
	}
	r.code.busy = true
	perform(a, api.ResendRecoveryPhone, api.None{}, func(c api.PhoneCheck) {
		r.code.busy = false
		r.take(a, c)
		announce(say().Phone.SentAgain)
		r.focus(a)
	}, func(e api.Error) {
		if e.Code == check.EnrollmentExpired {
			r.code.busy = false
			r.lost(a)
			return
		}
		r.code.refuseMessage(a, e)
	})
}

// change asks for another number in place of the one that a code was sent to.
func (r *recoveryPhone) change(a *account) {
	r.another = true
	r.code.quiet()
	r.number.form = form{ID: r.number.form.ID}
	r.focus(a)
}

// focus puts the focus where the part begins.
func (r *recoveryPhone) focus(a *account) {
	switch {
	case r.verified():
		focusOn(a.page, "title")
	case r.waits():
		focusOn(a.page, r.code.form.id("passcode"))
	default:
		focusOn(a.page, r.number.form.id("number"))
	}
}

// draw draws what is due. More stands below the number, such as the way past it.
func (r *recoveryPhone) draw(a *account, more ...goapp.UI) []goapp.UI {
	w := &say().Phone
	if r.waits() {
		return append([]goapp.UI{sentTo(r.check.Text, r.check.Number, func() { r.change(a) })},
			r.code.draw(func(code string) { r.confirm(a, code) }, func() { r.resend(a) })...)
	}
	return append([]goapp.UI{r.number.draw(w.SendCode, func() { r.start(a) }, para("fine", w.Cost))}, more...)
}

// sentTo says where a code went, and how to choose another number.
func sentTo(text *api.TextSent, number string, change func()) goapp.UI {
	w := &say().Phone
	if text != nil {
		number = text.Number
	}
	return paraOf("text",
		goapp.Text(with(w.SentTo, "end", ending(number))+" "),
		textButton(w.ChangeNumber, "change-number", change),
	)
}
