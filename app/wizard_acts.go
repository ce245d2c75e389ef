package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// onName asks for a new secret under the name that was typed.
func (p *wizardPage) onName(_ goapp.Context, e goapp.Event) {
	e.PreventDefault()
	name := p.form.value("name")
	if _, told := p.form.values["name"]; name == "" && !told {
		name = p.nameAgain() // left as it was offered
	}
	p.start(name)
}

func (p *wizardPage) suggestion() string {
	return p.device.suggestion(p.w.wanted(), p.security.value.Authenticators)
}

func (p *wizardPage) start(name string) {
	req := api.StartEnrollmentRequest{Name: name, Replaces: p.w.wanted()}
	if !p.form.begin(p.page, req) {
		return
	}
	perform(&p.account, api.StartEnrollment, req, func(e api.Enrollment) {
		p.form.busy = false
		p.code, p.once = form{ID: p.code.ID}, sentOnce{}
		p.w.expired = false
		p.name = name
		p.take(e)
		announce("")
		p.show(stepScan)
	}, func(e api.Error) {
		p.form.busy = false
		if p.makeRoom(e) {
			p.start(name)
			return
		}
		p.form.refuse(p.page, e)
	})
}

// rename gives up the pending secret to ask for another name. The secret itself
// stays good until a new one is made.
func (p *wizardPage) rename() {
	p.form = form{ID: p.form.ID}
	p.w.pending = api.Enrollment{}
	p.focus()
}

// onCode sends the passcode of the form.
func (p *wizardPage) onCode(_ goapp.Context, e goapp.Event) {
	e.PreventDefault()
	p.confirm(p.code.value("passcode"))
}

// confirm proves that the app works.
func (p *wizardPage) confirm(passcode string) {
	f := &p.code
	req := api.ConfirmEnrollmentRequest{Passcode: passcode}
	if f.busy {
		return
	}
	if problems := req.Problems(); len(problems) > 0 {
		f.refuse(p.page, api.Error{Problems: problems})
		return
	}
	f.busy, f.failure, f.problems = true, api.Error{}, nil
	announce(say().Parts.Working)
	perform(&p.account, api.ConfirmEnrollment, req, p.confirmed, p.unconfirmed)
}

func (p *wizardPage) confirmed(e api.Enrollment) {
	p.code.busy, p.text.form.busy = false, false
	announce("")
	p.take(e)
	if e.Stage == api.StageFinished {
		p.show(stepDone)
		return
	}
	p.show(p.w.next())
}

func (p *wizardPage) unconfirmed(e api.Error) {
	f := &p.code
	f.busy = false
	if e.Code == check.EnrollmentExpired {
		f.problems = nil
		p.w.lost()
		p.focus()
		return
	}
	f.refuse(p.page, onField(e, proving))
	if e.Code != "" && e.Retry == 0 && f.problems["passcode"] != check.PasscodeShape {
		f.empty("passcode")
		focusOn(p.page, f.id("passcode"))
	}
}

// finish says that the codes are saved, which turns two-factor on.
func (p *wizardPage) finish(goapp.Context, goapp.Event) {
	if p.busy || !p.keep.saved() {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true},
		func(api.Done) {
			p.busy = false
			p.w.finished = true
			p.who.value.TwoFactor = true
			p.show(stepDone)
		},
		func(e api.Error) {
			p.busy, p.failure = false, e
			switch e.Code {
			case check.EnrollmentExpired:
				p.keep = keeping{id: p.keep.id}
				p.w.lost()
				p.failure = api.Error{}
				p.focus()
			case check.RecoveryPhoneRequired:
				p.failure = api.Error{}
				p.demandPhone()
			}
		})
}

// onCancel asks before something pending is given up.
func (p *wizardPage) onCancel(goapp.Context, goapp.Event) {
	if p.w.pending.Stage == api.StageNone && p.phone.check.Stage == api.StageNone {
		p.away()
		return
	}
	p.leaving, p.failure = true, api.Error{}
}

// cancel gives up what is pending.
func (p *wizardPage) cancel() {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	refused := func(e api.Error) { p.busy, p.failure = false, e }
	done := func(api.Done) {
		p.busy, p.leaving = false, false
		p.w.pending, p.phone.check = api.Enrollment{}, api.PhoneCheck{}
		p.away()
	}
	forget := func(api.Done) { perform(&p.account, api.CancelRecoveryPhone, api.None{}, done, refused) }
	switch {
	case p.phone.check.Stage == api.StageNone:
		perform(&p.account, api.CancelEnrollment, api.None{}, done, refused)
	case p.w.pending.Stage == api.StageNone:
		forget(api.Done{})
	default:
		perform(&p.account, api.CancelEnrollment, api.None{}, forget, refused)
	}
}

// away leaves the wizard for where the person came from.
func (p *wizardPage) away() { visit(p.page, p.after()) }

// after is where to go when the wizard is over.
func (p *wizardPage) after() string {
	switch {
	case p.next != "":
		return p.next
	case p.led || due(p.who.value.Demand):
		return "/"
	}
	return "/profile/security"
}

// endOthers signs out every other browser.
func (p *wizardPage) endOthers(goapp.Context, goapp.Event) {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.EndOtherSessions, api.None{},
		func(e api.Ended) {
			p.busy = false
			p.ended = endedWords(e.Count)
			announce(p.ended)
		},
		func(e api.Error) { p.busy, p.failure = false, e })
}
