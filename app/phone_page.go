package app

import (
	"net/url"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// phonePath is where a recovery phone is added or replaced.
const phonePath = "/profile/security/phone"

// phonePage verifies a recovery phone: a further one, or one in place of another
// (?replace=<id>).
type phonePage struct {
	goapp.Compo
	account
	phone    recoveryPhone
	query    string
	begun    bool
	security remote[api.SecurityInfo]
	choices  remote[api.EnrollmentChoices]
	current  remote[api.PhoneCheck]
}

func (p *phonePage) title() string {
	if p.phone.replaces != "" {
		return say().Phone.Replace
	}
	return say().Phone.Add
}

func (p *phonePage) at(u *url.URL) {
	if p.phone.number.form.ID != "" && p.query == u.RawQuery {
		return
	}
	*p = phonePage{Compo: p.Compo, account: p.account, query: u.RawQuery, phone: newRecoveryPhone()}
	if r := u.Query().Get("replace"); check.ID(r) == "" {
		p.phone.replaces = r
	}
}

// OnNav implements goapp.Navigator.
func (p *phonePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// OnDismount stops listening for a message.
func (p *phonePage) OnDismount() { p.phone.code.quiet() }

// load asks for everything once.
func (p *phonePage) load(ctx goapp.Context) {
	if p.begun {
		return
	}
	p.begun = true
	p.phone.on = p.done
	p.enter(ctx, func(goapp.Context, api.SessionInfo) { p.begin() })
	load(ctx, &p.security, api.Security, func(goapp.Context, api.SecurityInfo) { p.begin() })
	load(ctx, &p.choices, api.EnrollmentOptions, func(_ goapp.Context, c api.EnrollmentChoices) {
		p.phone.number.offer(c.Countries)
		p.begin()
	})
}

// begin asks for the step-up once everything is known.
func (p *phonePage) begin() {
	if p.who.ready() && p.security.ready() && p.choices.ready() && p.refusal() == "" {
		p.prove(p.security.value.ProvedUntil, p.resume, nil)
	}
}

// resume asks what is under way, so that a reload goes on where it was.
func (p *phonePage) resume() {
	p.current.status = loading
	perform(&p.account, api.CurrentRecoveryPhone, api.None{}, func(c api.PhoneCheck) {
		p.current.status = ready
		if c.Stage == api.StagePending {
			p.phone.take(&p.account, c)
		}
		p.phone.focus(&p.account)
	}, func(e api.Error) {
		p.current.status, p.current.failure = failed, e
		if e.Code == "" {
			p.current.status = idle // the step-up was declined
		}
	})
}

// refusal is why no phone can be added, if so.
func (p *phonePage) refusal() api.Code {
	s := &p.security.value
	switch {
	case !p.security.ready() || !p.choices.ready():
		return ""
	case p.choices.value.RecoveryPhone == api.PhoneOff || len(p.choices.value.Countries) == 0:
		return check.TextsUnavailable
	case p.phone.replaces == "" && s.MaxRecoveryPhones > 0 && len(s.RecoveryPhones) >= s.MaxRecoveryPhones:
		return check.TooManyPhones
	}
	return ""
}

// done goes back to the Security tab and says there that it worked: it listens a
// moment after it has been drawn.
func (p *phonePage) done() {
	said := with(say().Phone.Done, "end", ending(p.phone.check.Number))
	visit(p.page, "/profile/security")
	if goapp.IsClient {
		time.AfterFunc(100*time.Millisecond, func() { toast(p.page, said) })
	}
}

// away forgets what is under way and goes back.
func (p *phonePage) away() {
	p.phone.code.quiet()
	if p.phone.check.Stage == api.StagePending {
		perform(&p.account, api.CancelRecoveryPhone, api.None{}, func(api.Done) {}, func(api.Error) {})
	}
	visit(p.page, "/profile/security")
}

// Render implements goapp.Composer.
func (p *phonePage) Render() goapp.UI {
	lead := ""
	if p.current.ready() {
		lead = say().Phone.Lead
	}
	f := p.frame(p.title(), lead)
	f.Hold = true
	return f.narrow(append(p.body(), p.over(nil))...)
}

func (p *phonePage) body() []goapp.UI {
	for _, r := range []*progress{&p.who.progress, &p.security.progress, &p.choices.progress, &p.current.progress} {
		if r.status == failed {
			return []goapp.UI{failure(r.failure, p.again)}
		}
	}
	switch {
	case p.refusal() != "":
		return []goapp.UI{card(div("stack",
			para("text", say().Code(p.refusal())),
			actions(button{Label: say().Wizard.ToSecurity, Kind: primary, Href: "/profile/security"}.draw()),
		))}
	case p.current.ready():
		return []goapp.UI{
			div("card stack step", p.phone.draw(&p.account)...),
			div("wizard-foot", button{Label: say().Parts.Cancel, Kind: quiet, ID: "cancel", On: press(p.away)}.draw()),
		}
	case p.current.status == idle && p.who.ready() && p.security.ready() && p.choices.ready() && !p.stepUp.open:
		return []goapp.UI{needsProof(p.begin, button{Label: say().Parts.Back, Kind: quiet, Href: "/profile/security"}.draw())}
	}
	return []goapp.UI{waiting()}
}

// again loads everything anew.
func (p *phonePage) again(goapp.Context) {
	p.begun, p.current = false, remote[api.PhoneCheck]{}
	p.load(p.page)
}
