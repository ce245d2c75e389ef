package app

import (
	"net/url"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// signInPage asks for name and password: /sign-in. ?next is where to go then,
// ?notice one of signed_out, ready, password_chosen, password_link, not_set_up,
// email_confirmed, two_factor_off and locked_down.
type signInPage struct {
	goapp.Compo
	form   form
	next   string
	notice banner
	door   doorState
}

func (p *signInPage) title() string { return say().SignIn.Title }

func (p *signInPage) at(u *url.URL) {
	q := u.Query()
	p.form.ID, p.form.Again = "sign-in", "password"
	p.form.at(q)
	p.next, p.notice, p.door = "", banner{}, doorClosed
	if n := q.Get("next"); check.Path(n) {
		p.next = n
	}
	w := say().SignIn
	switch q.Get("notice") {
	case "signed_out":
		p.notice = banner{Kind: bannerGood, Text: w.SignedOut}
	case "ready":
		p.notice = banner{Kind: bannerGood, Text: w.Ready}
	case "password_chosen":
		p.notice = banner{Kind: bannerGood, Text: w.Chosen}
	case "not_set_up":
		p.notice = banner{Kind: bannerInfo, Text: w.NotSetUp}
	case "email_confirmed":
		p.notice = banner{Kind: bannerGood, Text: say().Email.Confirmed}
	case "password_link":
		p.notice = banner{Kind: bannerInfo, Text: say().Reset.PasswordLink}
	case "two_factor_off":
		p.notice = banner{Kind: bannerGood, Title: say().Reset.OffDone, Text: say().Reset.OffDoneText}
	case "locked_down":
		p.notice = banner{Kind: bannerWarning, Title: say().Email.LockedDown, Text: say().Email.LockedText}
		p.door = doorChained
	}
}

// OnNav implements goapp.Navigator.
func (p *signInPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.form.resume(ctx)
}

// Render implements goapp.Composer.
func (p *signInPage) Render() goapp.UI {
	w := say().SignIn
	body := []goapp.UI{p.form.notice()}
	if p.notice.Text != "" && p.form.failure.Code == "" {
		body = []goapp.UI{p.notice.draw()}
	}
	stands := p.door
	if p.form.failure.Code == check.PasswordLocked {
		stands = doorChained
	}
	return frame{Title: w.Title, Door: stands}.narrow(
		card(p.form.post("/sign-in", p.onSubmit, append(body,
			hidden("next", p.next),
			p.form.field(field{Name: "name", Label: w.Name, Autocomplete: "username", MaxLength: check.MaxEmail, Focus: true}),
			p.form.field(field{Name: "password", Label: w.Password, Type: "password", Autocomplete: "current-password"}),
			actions(p.form.submitButton(w.Submit)),
		)...)),
		div("links", goapp.A().Href("/forgot-password").Text(w.Forgot)),
	)
}

func (p *signInPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.SignInRequest{Name: p.form.value("name"), Password: p.form.value("password"), Next: p.next}
	submit(ctx, &p.form, api.SignIn, req, func(ctx goapp.Context, next api.NextStep) {
		p.door = doorOpen
		if isSecondStep(next.Path) {
			p.door = doorAjar
		}
		p.form.busy = true
		through(ctx, next)
	})
}

// swing is how long the door takes; style.css moves it in 160 ms.
const swing = 180 * time.Millisecond

// through goes to the next step once the door has been seen to move.
func through(ctx goapp.Context, next api.NextStep) {
	if stillness() {
		leave(next.Path)
		return
	}
	ctx.After(swing, func(goapp.Context) { leave(next.Path) })
}

// isSecondStep reports whether path asks for a second factor.
func isSecondStep(path string) bool {
	u, err := url.Parse(path)
	if err != nil {
		return false
	}
	switch u.Path {
	case "/sign-in/passcode", "/sign-in/text", "/sign-in/recovery-code", "/sign-in/another-way":
		return true
	}
	return false
}

// signInFor returns the address of the sign-in page that leads to path afterwards.
func signInFor(path string) string {
	if path == "" || path == "/" || !check.Path(path) {
		return "/sign-in"
	}
	return "/sign-in?next=" + url.QueryEscape(path)
}
