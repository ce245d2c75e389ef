package app

import (
	"slices"
	"time"

	"doorward/shared/api"
)

// resume asks what is pending, so that a reload goes on where it was.
func (p *wizardPage) resume() {
	p.pending.status = loading
	perform(&p.account, api.CurrentEnrollment, api.None{}, func(e api.Enrollment) {
		p.pending.value = e
		if p.policy() == api.PhoneOff {
			p.resumed(api.PhoneCheck{})
			return
		}
		perform(&p.account, api.CurrentRecoveryPhone, api.None{}, p.resumed, p.unresumed)
	}, p.unresumed)
}

// policy is what the organization asks for about recovery phones.
func (p *wizardPage) policy() api.PhonePolicy {
	if c := p.choices.value; c.RecoveryPhone != "" && len(c.Countries) > 0 {
		return c.RecoveryPhone
	}
	return api.PhoneOff
}

// resumed goes on with what was pending.
func (p *wizardPage) resumed(c api.PhoneCheck) {
	p.pending.status = ready
	p.proofed = true
	wanted := !p.choices.value.HasPhone || c.Stage != api.StageNone
	p.w.phone = p.policy() == api.PhoneRequired && wanted || p.policy() == api.PhoneOptional && wanted && !p.skipped
	p.phone.take(&p.account, c)
	p.take(p.pending.value)
	p.choose()
	p.focus()
}

func (p *wizardPage) unresumed(e api.Error) {
	p.pending.status, p.pending.failure = failed, e
	if e.Code == "" {
		p.pending.status = idle // the step-up was declined
	}
}

// choose settles the method where neither the address nor what is pending says it:
// the one that is replaced, or else an authenticator app.
func (p *wizardPage) choose() {
	methods := p.choices.value.Methods
	if p.w.method != "" || len(methods) == 0 {
		return
	}
	p.w.method = api.MethodTOTP
	for _, a := range p.security.value.Authenticators {
		if a.ID == p.w.replaces && a.Method != "" {
			p.w.method = a.Method
		}
	}
	if !slices.Contains(methods, p.w.method) {
		p.w.method = methods[0]
	}
	if len(methods) > 1 && p.w.pending.Stage == api.StageNone && (p.w.asked == stepCode || p.w.asked == stepCodes) {
		p.w.asked = stepMethod // what the address speaks of is gone
	}
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
		if e.Method == api.MethodText {
			p.text.begin(&p.account, e.Text, p.confirmText)
		}
	case api.StageConfirmed:
		p.text.quiet()
		if len(p.keep.codes) == 0 {
			p.keep.codes, p.keep.made = e.RecoveryCodes, time.Now()
		}
	}
}
