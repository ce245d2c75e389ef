package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// securityPage is the Security tab: /profile/security.
type securityPage struct {
	goapp.Compo
	account
	info    remote[api.SecurityInfo]
	part    string // what the address names behind its "#"
	asks    securityAsk
	row     api.AuthenticatorRow // what is asked about
	phone   api.PhoneRow         // the recovery phone that is asked about
	form    form                 // the new name
	busy    bool
	failure api.Error
	keep    keeping   // new recovery codes, while they wait to be saved
	hurry   bool      // the person wanted out before they were
	revoke  string    // the trusted device that is about to be asked again
	refused api.Error // why one was not
	check   checkUp
	bound   bool // the organization asks for two-factor: it cannot be turned off
}

// securityAsk is what the Security tab asks about in a dialog.
type securityAsk string

const (
	askNothing securityAsk = ""
	askRename  securityAsk = "rename"
	askRemove  securityAsk = "remove"
	askLast    securityAsk = "last" // removing the only authenticator
	askCodes   securityAsk = "codes"
	askKeep    securityAsk = "keep" // the new codes are shown
	askOff     securityAsk = "off"
	askPhone   securityAsk = "phone" // removing a recovery phone
	askTrust   securityAsk = "trust" // asking again in every browser
)

func (p *securityPage) title() string { return say().Security.Title }

func (p *securityPage) at(u *url.URL) {
	p.part = u.Fragment
	p.check.begin()
}

// OnNav implements goapp.Navigator.
func (p *securityPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *securityPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	load(ctx, &p.info, api.Security, func(goapp.Context, api.SecurityInfo) { p.arrive(p.part) })
}

// OnDismount implements goapp.Dismounter.
func (p *securityPage) OnDismount() { holdPage(false) }

// Render implements goapp.Composer.
func (p *securityPage) Render() goapp.UI {
	w := &say().Security
	f := p.frame(w.Title, w.Lead)
	f.Hold = p.asks == askKeep
	body := []goapp.UI{
		accountTabs("/profile/security"),
		p.info.draw(p.draw, p.load),
		p.over(p.question()),
	}
	if p.asks == askKeep {
		body = append(body, p.keep.paper(p.who.value))
	}
	return f.wide(body...)
}

// prepare asks for a step-up if one is due, and then asks the question; id is the
// authenticator or the recovery phone it is about, if it is about one.
func (p *securityPage) prepare(ask securityAsk, id string) {
	p.prove(p.info.value.ProvedUntil, func() {
		p.asks, p.row, p.phone, p.failure = ask, p.find(id), p.findPhone(id), api.Error{}
		if ask == askRename {
			p.form = form{ID: "rename-" + id}
		}
	}, nil)
}

// find returns the authenticator with id, as it is now.
func (p *securityPage) find(id string) api.AuthenticatorRow {
	for _, a := range p.info.value.Authenticators {
		if a.ID == id {
			return a
		}
	}
	return api.AuthenticatorRow{}
}

// onRemove asks before an authenticator is removed; of the last one it explains
// what can be done in place of that, and needs no proof for it.
func (p *securityPage) onRemove(id string) {
	if len(p.info.value.Authenticators) == 1 {
		p.asks, p.row, p.failure = askLast, p.find(id), api.Error{}
		return
	}
	p.prepare(askRemove, id)
}

// close leaves the question without an answer.
func (p *securityPage) close() {
	if p.busy {
		return
	}
	p.asks, p.failure = askNothing, api.Error{}
}

// act answers the question that is open.
func act[Req api.Request, Resp any](p *securityPage, e api.Endpoint[Req, Resp], req Req, done func(Resp)) {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, e, req, func(resp Resp) {
		p.busy, p.asks = false, askNothing
		done(resp)
	}, func(refusal api.Error) { p.busy, p.failure = false, refusal })
}

// happened says what has been done and shows what is now. What was pressed may be
// gone, so the focus goes to the title.
func (p *securityPage) happened(text string) {
	toast(p.page, text)
	refresh(&p.account, &p.info, api.Security)
	focusOn(p.page, "title")
}

func (p *securityPage) remove() {
	name := authenticatorName(p.row)
	act(p, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: p.row.ID}, func(api.Done) {
		p.happened(with(say().Security.Removed, "name", name))
	})
}

// turnOff turns two-factor off. Where it is mandatory, that is said in the place of the
// button.
func (p *securityPage) turnOff() {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.TurnOffTwoFactor, api.None{}, func(api.Done) {
		p.busy, p.asks, p.who.value.TwoFactor = false, askNothing, false
		p.happened(say().Security.OffDone)
	}, func(e api.Error) {
		p.busy, p.failure = false, e
		if e.Code == check.TwoFactorRequired {
			p.asks, p.bound = askNothing, true
			focusOn(p.page, "off")
		}
	})
}

// onRename saves the name that was typed.
func (p *securityPage) onRename(_ goapp.Context, e goapp.Event) {
	e.PreventDefault()
	req := api.RenameAuthenticatorRequest{ID: p.row.ID, Name: p.form.value("name")}
	if _, told := p.form.values["name"]; !told && req.Name == "" {
		req.Name = p.row.Name
	}
	send(&p.account, &p.form, api.RenameAuthenticator, req, func(api.Done) {
		p.asks = askNothing
		announce("")
		toast(p.page, say().Security.Renamed)
		refresh(&p.account, &p.info, api.Security)
	})
}
