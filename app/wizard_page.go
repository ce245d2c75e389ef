package app

import (
	"net/url"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// wizardPath is where an authenticator app is set up.
const wizardPath = "/profile/security/set-up"

// wizardPage sets up an authenticator app: the first one, a further one (?add=1),
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
	pending  remote[api.Enrollment]
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
	busy     bool      // canceling, finishing, ending other sessions
	failure  api.Error // of these
	ended    string    // what ending the other sessions came to
	name     string    // of the authenticator that is set up
	given    string    // the name that was given last, to offer it again
}

func (p *wizardPage) title() string {
	w := &say().Wizard
	switch {
	case p.w.replaces != "":
		return w.Replace
	case p.w.active || p.query == "add=1":
		return w.Add
	}
	return w.SetUp
}

func (p *wizardPage) at(u *url.URL) {
	asked := wizardStep(u.Fragment)
	if p.query != u.RawQuery || p.w.finished && asked == "" {
		*p = wizardPage{Compo: p.Compo, account: p.account, query: u.RawQuery}
	}
	q := u.Query()
	p.w.asked, p.w.replaces, p.next = asked, "", ""
	if r := q.Get("replace"); check.ID(r) == "" {
		p.w.replaces = r
	}
	if n := q.Get("next"); n != "/" && check.Path(n) && !strings.HasPrefix(n, wizardPath) {
		p.next = n
	}
	p.form.ID, p.code.ID, p.keep.id = "name", "code", "codes"
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
	p.enter(ctx, func(goapp.Context, api.SessionInfo) { p.begin() })
	load(ctx, &p.security, api.Security, func(_ goapp.Context, s api.SecurityInfo) {
		p.w.active = s.Active
		p.name = newest(s.Authenticators).Name
		p.begin()
	})
}

// begin asks for the step-up once it is known who is there, and what is pending.
func (p *wizardPage) begin() {
	if !p.who.ready() || !p.security.ready() || p.w.step() == stepDone && !p.w.finished {
		return
	}
	p.prove(p.security.value.ProvedUntil, p.resume, nil)
}

// resume asks what is pending, so that a reload goes on where it was.
func (p *wizardPage) resume() {
	p.pending.status = loading
	perform(&p.account, api.CurrentEnrollment, api.None{},
		func(e api.Enrollment) {
			p.pending.status = ready
			p.proofed = true
			p.take(e)
			p.focus()
		},
		func(e api.Error) {
			p.pending.status, p.pending.failure = failed, e
			if e.Code == "" {
				p.pending.status = idle // the step-up was declined
			}
		})
}

// take notes what the server says is pending.
func (p *wizardPage) take(e api.Enrollment) {
	p.w.take(e)
	if p.w.pending.Name != "" {
		p.name, p.given = p.w.pending.Name, p.w.pending.Name
	}
	switch p.w.pending.Stage {
	case api.StagePending:
		p.deadline = deadline(e.Expires, time.Now())
		p.watch()
	case api.StageConfirmed:
		if len(p.keep.codes) == 0 {
			p.keep.codes, p.keep.made = e.RecoveryCodes, time.Now()
		}
	}
}
