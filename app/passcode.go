package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// passcodePage asks for the six digits: /sign-in/passcode. It sends itself on the
// sixth digit.
type passcodePage struct {
	goapp.Compo
	secondStep
	form form
	once sentOnce
	door doorState
}

func (p *passcodePage) title() string { return say().SignIn.PasscodeTitle }

func (p *passcodePage) at(u *url.URL) {
	p.form.ID, p.form.Again = "passcode", "passcode"
	p.form.at(u.Query())
	p.door = doorAjar
	p.look()
}

// OnNav implements goapp.Navigator.
func (p *passcodePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *passcodePage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.ask(ctx, nil)
}

// Render implements goapp.Composer.
func (p *passcodePage) Render() goapp.UI {
	w := say().SignIn
	return frame{Title: w.PasscodeTitle, Lead: w.PasscodeLead, Door: p.door}.narrow(
		p.card(p.form.post("/sign-in/totp", p.onSubmit,
			p.form.notice(),
			p.form.passcode(codeField{Name: "passcode", Label: w.Passcode, Focus: true, Whole: p.send}, &p.once),
			p.form.trust(p.state.TrustDays),
			actions(p.form.submitButton(w.PasscodeSubmit)),
		)),
		div("links",
			goapp.A().Href("/sign-in/another-way").Text(w.AnotherWay),
			goapp.A().Href("/sign-in/lost-phone").Text(w.LostPhone),
		),
		startOver(),
	)
}

func (p *passcodePage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	p.once.last = p.form.value("passcode")
	p.send(ctx, p.form.value("passcode"))
}

func (p *passcodePage) send(ctx goapp.Context, passcode string) {
	req := api.VerifyTOTPRequest{Passcode: passcode, Trust: p.form.trusted()}
	submit(ctx, &p.form, api.VerifyTOTP, req, func(ctx goapp.Context, next api.NextStep) {
		p.door, p.form.busy = doorOpen, true
		through(ctx, next)
	})
}

// startOver leaves the half-finished sign-in, by a plain form.
func startOver() goapp.UI {
	return goapp.Form().Method("post").Action("/sign-in/cancel").Class("links").Body(
		goapp.Button().Class("link", "fine").Type("submit").Text(say().SignIn.StartOver),
	)
}
