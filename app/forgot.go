package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// forgotPage has a link mailed to choose a new password with: /forgot-password. The
// answer is the same for everyone.
type forgotPage struct {
	goapp.Compo
	form form
}

func (p *forgotPage) title() string { return say().Reset.ForgotTitle }

func (p *forgotPage) at(u *url.URL) {
	p.form.ID = "forgot"
	p.form.at(u.Query())
}

// OnNav implements goapp.Navigator.
func (p *forgotPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *forgotPage) load(ctx goapp.Context) { p.form.resume(ctx) }

// Render implements goapp.Composer.
func (p *forgotPage) Render() goapp.UI {
	w := &say().Reset
	return frame{Title: w.ForgotTitle, Lead: w.ForgotLead, Door: doorClosed}.narrow(
		card(p.form.post("/forgot-password", p.onSubmit,
			p.form.notice(),
			p.form.field(field{Name: "name", Label: say().SignIn.Name, Hint: w.ForgotFor, Autocomplete: "username",
				MaxLength: check.MaxEmail, Focus: true}),
			actions(p.form.submitButton(w.ForgotSubmit)),
			para("fine center", w.ForgotStays),
		)),
		div("links",
			goapp.A().Href("/sign-in").Text(w.ToSignIn),
			goapp.A().Href("/sign-in/lost-phone").Text(say().SignIn.LostPhone),
		),
	)
}

func (p *forgotPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	submit(ctx, &p.form, api.ForgotPassword, api.ForgotPasswordRequest{Name: p.form.value("name")},
		func(_ goapp.Context, next api.NextStep) {
			p.form.busy = true
			leave(next.Path)
		})
}
