package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// checkUp is the card that asks, once, whether the authenticator still works.
type checkUp struct {
	form form
	once sentOnce
}

// begin makes the form ready.
func (c *checkUp) begin() { c.form.ID = "check-up" }

// draw draws the card while the server wants it asked, and nothing otherwise.
func (c *checkUp) draw(a *account) []goapp.UI {
	if !a.who.value.CheckUp {
		return nil
	}
	w, f := &say().Security, &c.form
	return []goapp.UI{goapp.Section().Class("card", "check-up").Aria("labelledby", "check-up-title").Body(
		goapp.H2().Class("subtitle").ID("check-up-title").Text(w.CheckTitle),
		para("text muted", w.CheckText),
		f.post("", sent(func() { c.submit(a, f.value("passcode")) }),
			f.notice(),
			f.passcode(codeField{Name: "passcode", Label: w.CheckField,
				Whole: func(_ goapp.Context, passcode string) { c.submit(a, passcode) }}, &c.once),
			actions(
				f.submitButton(w.CheckSubmit),
				button{Label: w.CheckSkip, Kind: quiet, ID: "check-up-skip", On: press(func() { c.skip(a) })}.draw(),
				button{Label: w.CheckLost, Kind: quiet, Href: replacing("any")}.draw(),
			),
		),
	)}
}

// submit sends the passcode.
func (c *checkUp) submit(a *account, passcode string) {
	c.once.last = passcode
	c.send(a, api.CheckUpRequest{Passcode: passcode}, say().Security.CheckGood)
}

// skip has the server not ask again.
func (c *checkUp) skip(a *account) {
	c.send(a, api.CheckUpRequest{Skip: true}, say().Security.CheckSkipped)
}

// send answers the question; the card goes when the answer counts, and said is told.
func (c *checkUp) send(a *account, req api.CheckUpRequest, said string) {
	f := &c.form
	if !f.begin(a.page, req) {
		return
	}
	perform(a, api.CheckUp, req, func(api.Done) {
		f.clear()
		c.once = sentOnce{}
		a.who.value.CheckUp = false
		announce("")
		toast(a.page, said)
		focusOn(a.page, "title")
	}, func(e api.Error) {
		f.busy = false
		f.refuse(a.page, onField(e, proving))
		if e.Code != "" && e.Code != check.Offline && e.Retry == 0 { // what was not heard can be sent again
			f.empty("passcode")
			focusOn(a.page, f.id("passcode"))
		}
	})
}
