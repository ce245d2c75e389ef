package app

import (
	"net/url"
	"strconv"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// setupPage makes the first organization and its administrator: /setup/<token>.
type setupPage struct {
	goapp.Compo
	form  form
	token string
	link  link
}

func (p *setupPage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Welcome.SetupTitle
}

func (p *setupPage) at(u *url.URL) {
	p.form.ID = "setup"
	p.form.at(u.Query())
	p.token = tokenOf(u, "/setup/")
}

// OnNav implements goapp.Navigator.
func (p *setupPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkSetup)
}

// Render implements goapp.Composer.
func (p *setupPage) Render() goapp.UI {
	w := say().Welcome
	if p.link.dead(p.token, &p.form) {
		return deadLink(w.LinkDeadSetup, p.form.failure.Code)
	}
	least := p.link.least()
	return frame{Title: w.SetupTitle, Lead: w.SetupLead, Door: doorClosed, Hold: true}.narrow(
		card(p.form.post("/setup", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			p.form.field(field{Name: "organization", Label: w.Organization, Hint: w.OrgHint, Autocomplete: "organization", MaxLength: check.MaxName, Focus: true}),
			p.form.field(field{Name: "display_name", Label: w.DisplayName, Hint: w.DisplayHint, Autocomplete: "name", MaxLength: check.MaxName}),
			p.form.field(field{Name: "user_name", Label: w.UserName, Hint: w.UserNameHint, Autocomplete: "username", MaxLength: check.MaxUserName}),
			p.form.field(field{Name: "email", Label: w.Email, Hint: w.EmailHint, Type: "email", Autocomplete: "email", MaxLength: check.MaxEmail}),
			p.form.field(newPassword(w.Password, least)),
			actions(p.form.submitButton(w.SetupSubmit)),
		)),
	)
}

func (p *setupPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	v := p.form.value
	req := api.SetupRequest{Token: p.token, Organization: v("organization"), DisplayName: v("display_name"),
		UserName: v("user_name"), Email: v("email"), Password: v("password")}
	submit(ctx, &p.form, api.Setup, req, func(_ goapp.Context, next api.NextStep) {
		p.form.busy = true
		leave(next.Path)
	})
}

// invitationPage chooses the password of an invited user: /invitation/<token>.
type invitationPage struct {
	goapp.Compo
	form  form
	token string
	link  link
}

func (p *invitationPage) title() string {
	if p.link.dead(p.token, &p.form) {
		return say().Welcome.LinkDeadTitle
	}
	return say().Welcome.InviteTitle
}

func (p *invitationPage) at(u *url.URL) {
	p.form.ID = "invitation"
	p.form.at(u.Query())
	p.token = tokenOf(u, "/invitation/")
}

// OnNav implements goapp.Navigator.
func (p *invitationPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.form.resume(ctx)
	p.link.ask(ctx, p, p.token, api.LinkInvitation)
}

// Render implements goapp.Composer.
func (p *invitationPage) Render() goapp.UI {
	w := say().Welcome
	if p.link.dead(p.token, &p.form) {
		return deadLink(w.LinkDeadInvite, p.form.failure.Code)
	}
	info := p.link.info.value
	lead := w.InviteLeadPlain
	if info.Organization != "" {
		lead = with(w.InviteLead, "organization", info.Organization)
	}
	if info.UserName != "" {
		lead += " " + with(w.InviteAs, "name", info.UserName)
	}
	return frame{Title: w.InviteTitle, Lead: lead, Door: doorClosed, Hold: true}.narrow(
		card(p.form.post("/invitation", p.onSubmit,
			p.form.notice(),
			hidden("token", p.token),
			userNameForManagers(info.UserName),
			p.form.field(newPassword(w.Password, p.link.least())),
			actions(p.form.submitButton(w.InviteSubmit)),
		)),
	)
}

func (p *invitationPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.AcceptInvitationRequest{Token: p.token, Password: p.form.value("password")}
	info := p.link.info.value
	if c := check.Password(req.Password, p.link.least(), info.Organization, info.UserName, info.Email, info.DisplayName); c != "" {
		p.form.refuse(ctx, api.Error{Problems: api.Problems{"password": c}})
		return
	}
	submit(ctx, &p.form, api.AcceptInvitation, req, func(_ goapp.Context, next api.NextStep) {
		p.form.busy = true
		leave(next.Path)
	})
}

// newPassword is the field for a password that is being chosen.
func newPassword(label string, least int) field {
	return field{Name: "password", Label: label, Type: "password", Autocomplete: "new-password", Least: least, Suggest: true,
		Hint: with(say().Welcome.PasswordHint, "n", strconv.Itoa(least))}
}

// userNameForManagers tells password managers whose password is being chosen.
func userNameForManagers(name string) goapp.UI {
	e := goapp.Input().Class("out-of-sight").Type("text").Attr("autocomplete", "username").
		ReadOnly(true).TabIndex(-1).Aria("hidden", "true")
	if name == "" {
		return e
	}
	return e.Value(attr(name))
}

// tokenOf returns the token of a one-time link's address, or "".
func tokenOf(u *url.URL, prefix string) string {
	token, ok := strings.CutPrefix(u.Path, prefix)
	if !ok || check.Token(token) != "" {
		return ""
	}
	return token
}
