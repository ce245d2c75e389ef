package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// recoveryCodePage asks for a recovery code: /sign-in/recovery-code.
type recoveryCodePage struct {
	goapp.Compo
	form form
	door doorState
}

func (p *recoveryCodePage) title() string { return say().SignIn.CodeTitle }

func (p *recoveryCodePage) at(u *url.URL) {
	p.form.ID, p.form.Again = "recovery", "recovery_code"
	p.form.at(u.Query())
	p.door = doorAjar
}

// OnNav implements goapp.Navigator.
func (p *recoveryCodePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.form.resume(ctx)
}

// Render implements goapp.Composer.
func (p *recoveryCodePage) Render() goapp.UI {
	w := say().SignIn
	return frame{Title: w.CodeTitle, Lead: w.CodeLead, Door: p.door}.narrow(
		card(p.form.post("/sign-in/recovery-code", p.onSubmit,
			p.form.notice(),
			p.form.recoveryCode(codeField{Name: "recovery_code", Label: w.Code, Hint: w.CodeHint, Focus: true}),
			actions(p.form.submitButton(w.CodeSubmit)),
		)),
		div("links",
			goapp.A().Href("/sign-in/passcode").Text(w.UseAppInstead),
			goapp.A().Href("/sign-in/lost-phone").Text(w.LostPhone),
		),
		startOver(),
	)
}

func (p *recoveryCodePage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.UseRecoveryCodeRequest{RecoveryCode: p.form.value("recovery_code")}
	submit(ctx, &p.form, api.UseRecoveryCode, req, func(ctx goapp.Context, next api.NextStep) {
		p.door, p.form.busy = doorOpen, true
		through(ctx, next)
	})
}
