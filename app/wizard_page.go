package app

import (
	"net/url"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// WizardPath is where an authenticator is set up.
const WizardPath = "/profile/security/set-up"

// wizardPage sets up an authenticator: the first one, a further one (?add=1),
// or one in place of another (?replace=<id>, or "any"). ?next is where to go
// afterwards. The step stands behind the "#".
type wizardPage struct {
	goapp.Compo
	account
	w        wizard
	query    string
	next     string // empty, or a path of this host
	begun    bool
	proofed  bool // the step-up has been given; what is pending has been asked for
	security remote[api.SecurityInfo]
	choices  remote[api.EnrollmentChoices]
	pending  remote[api.Enrollment]
	number   phoneNumber // that codes are sent to
	text     phoneCode   // sent there
	phone    recoveryPhone
	skipped  bool // the recovery phone was not wanted: it is not asked for again
	device   device
	on       system // whose apps are listed
	form     form   // the name
	code     form
	once     sentOnce
	keep     keeping
	deadline time.Time // when the pending secret ends, by this clock
	watching bool
	pushed   int // steps pushed onto the browser's history in this document
	leaving  bool
	led      bool      // it was all that there was, until it was finished
	crowded  bool      // there was no room beside the others
	busy     bool      // canceling, finishing, ending other sessions
	failure  api.Error // of these
	ended    string    // what ending the other sessions came to
	name     string    // of the authenticator that is set up
	given    string    // the name that was given last, to offer it again
}

func (p *wizardPage) title() string {
	w, several := &say().Wizard, len(p.choices.value.Methods) > 1
	switch {
	case p.w.replaces != "" && several:
		return w.ReplaceAny
	case p.w.replaces != "":
		return w.Replace
	case several && p.w.active:
		return w.AddAny
	case p.w.active || p.query == "add=1":
		return w.Add
	}
	return w.SetUp
}

func (p *wizardPage) at(u *url.URL) {
	asked := wizardStep(u.Fragment)
	if p.query != u.RawQuery || p.w.finished && asked == "" {
		p.text.quiet()
		p.phone.code.quiet()
		*p = wizardPage{Compo: p.Compo, account: p.account, query: u.RawQuery, skipped: p.skipped}
	}
	q := u.Query()
	p.w.ask(asked)
	p.w.replaces, p.next = "", ""
	if r := q.Get("replace"); check.ID(r) == "" {
		p.w.replaces = r
	}
	if p.crowded {
		p.w.replaces = replaceAny
	}
	if n := q.Get("next"); n != "/" && check.Path(n) && !strings.HasPrefix(n, WizardPath) {
		p.next = n
	}
	p.form.ID, p.code.ID, p.keep.id = "name", "code", "codes"
	p.number.form.ID, p.text.form.ID = "number", "text-code"
	p.phone.number.form.ID, p.phone.code.form.ID = "phone", "phone-code"
}

// OnNav implements goapp.Navigator.
func (p *wizardPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// load begins the wizard once; after that only the step has changed.
func (p *wizardPage) load(ctx goapp.Context) {
	if p.begun {
		p.focus()
		return
	}
	p.begun = true
	p.device = thisDevice()
	p.on = p.device.system()
	p.phone.on = p.phoned
	p.enter(ctx, func(ctx goapp.Context, who api.SessionInfo) {
		if due(who.Demand) {
			p.know(securityOf(who))
			return
		}
		load(ctx, &p.security, api.Security, func(_ goapp.Context, s api.SecurityInfo) { p.know(s) })
	})
	load(ctx, &p.choices, api.EnrollmentOptions, func(_ goapp.Context, c api.EnrollmentChoices) {
		p.offer(c)
		setTitle(p.title())
		p.begin()
	})
}

// know notes how the account is protected so far.
func (p *wizardPage) know(s api.SecurityInfo) {
	p.security.status, p.security.value = ready, s
	p.w.active = s.Active
	p.name = newest(s.Authenticators).Name
	p.begin()
}

// offer notes what can be set up.
func (p *wizardPage) offer(c api.EnrollmentChoices) {
	p.choices.value = c
	p.number.offer(c.Countries)
	p.phone.number.offer(c.Countries)
}

// begin asks for the step-up once it is known who is there, and what is pending.
func (p *wizardPage) begin() {
	if !p.who.ready() || !p.security.ready() || !p.choices.ready() || p.w.step() == stepDone && !p.w.finished {
		return
	}
	p.prove(p.security.value.ProvedUntil, p.resume, nil)
}

// OnDismount stops listening for messages.
func (p *wizardPage) OnDismount() {
	p.text.quiet()
	p.phone.code.quiet()
}
