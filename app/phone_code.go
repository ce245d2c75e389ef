package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// phoneCode asks for the code that was sent to a number, while somebody who is
// signed in verifies it.
type phoneCode struct {
	texting
	form form
	once sentOnce
}

// begin takes a message that went out, in a form that knows nothing of those before;
// nil when its code has run out. got is called with the code if the browser reads it.
func (c *phoneCode) begin(a *account, sent *api.TextSent, got func(code string)) {
	if sent != nil && c.sent != nil && *sent == *c.sent {
		return // it is known
	}
	c.form, c.once = form{ID: c.form.ID}, sentOnce{}
	c.take(a.page, sent, c.expire)
	if sent == nil {
		c.expire()
		return
	}
	c.listen(a.page, func(code string) {
		if c.once.first(code) {
			c.form.fill("passcode", code)
			got(code)
		}
	})
}

// expire says that the code has run out.
func (c *phoneCode) expire() {
	c.form.failure = api.Error{Code: check.TextCodeExpired}
}

// draw draws the field, the button that asks for another message, and the help.
// confirm gets what was typed; resend asks for another message.
func (c *phoneCode) draw(confirm func(code string), resend func()) []goapp.UI {
	w, f := &say().Phone, &c.form
	return []goapp.UI{
		f.post("", sent(func() { confirm(f.value("passcode")) }),
			f.notice(),
			f.passcode(codeField{Name: "passcode", Label: w.Code, Hint: w.CodeHint, Focus: true,
				Whole: func(_ goapp.Context, code string) { confirm(code) }}, &c.once),
			actions(f.submitButton(w.CodeSubmit)),
		),
		div("again", c.resend(f.ID+"-resend", resend)),
		notReceived(),
	}
}

// refuse shows what was refused when the code was sent.
func (c *phoneCode) refuse(a *account, e api.Error) {
	f := &c.form
	f.busy = false
	f.refuse(a.page, onField(e, typedCode))
	if e.Code != "" && e.Retry == 0 {
		f.empty("passcode")
		focusOn(a.page, f.id("passcode"))
	}
}

// refuseMessage shows why no other message was sent.
func (c *phoneCode) refuseMessage(a *account, e api.Error) {
	c.refused(a.page, e)
	c.form.refuse(a.page, api.Error{Code: e.Code, Problems: e.Problems})
}

// typedCode says which refusals are about the code that was typed.
var typedCode = map[api.Code]string{check.WrongTextCode: "passcode"}
