package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// startText sends a code to the number that was typed.
func (p *wizardPage) startText() {
	f := &p.number.form
	number, country := p.number.typed()
	req := api.StartEnrollmentRequest{Method: api.MethodText, Number: number, Country: country, Replaces: p.w.wanted()}
	if !f.begin(p.page, req) {
		return
	}
	perform(&p.account, api.StartEnrollment, req, func(e api.Enrollment) {
		f.busy = false
		p.w.expired = false
		p.take(e)
		announce("")
		p.show(stepCode)
	}, func(e api.Error) {
		f.busy = false
		f.refuse(p.page, onField(e, atNumber))
	})
}

// confirmText proves the number with the code that was sent there.
func (p *wizardPage) confirmText(code string) {
	req := api.ConfirmEnrollmentRequest{Passcode: code}
	if !p.text.form.begin(p.page, req) {
		return
	}
	perform(&p.account, api.ConfirmEnrollment, req, p.confirmed, func(e api.Error) {
		if !p.gone(e) {
			p.text.refuse(&p.account, e)
		}
	})
}

// resendText asks for another message.
func (p *wizardPage) resendText() {
	if p.text.busy {
		return
	}
	p.text.busy = true
	perform(&p.account, api.ResendEnrollmentCode, api.None{}, func(e api.Enrollment) {
		p.text.busy = false
		p.take(e)
		announce(say().Phone.SentAgain)
		p.focus()
	}, func(e api.Error) {
		if !p.gone(e) {
			p.text.refuseMessage(&p.account, e)
		}
	})
}

// gone begins anew when e says that the enrollment has run out.
func (p *wizardPage) gone(e api.Error) bool {
	if e.Code != check.EnrollmentExpired {
		return false
	}
	p.text.quiet()
	p.text.busy, p.text.form.busy, p.number.form = false, false, form{ID: p.number.form.ID}
	p.w.lost()
	p.focus()
	return true
}

// renumber asks for another number. The one before counts until a code has been
// sent to the new one.
func (p *wizardPage) renumber() {
	p.number.form = form{ID: p.number.form.ID}
	p.show(stepNumber)
}

// numberStep draws the fields for the number that codes are sent to.
func (p *wizardPage) numberStep() []goapp.UI {
	return []goapp.UI{p.number.draw(say().Phone.SendCode, p.startText, para("fine", say().Phone.Cost))}
}

// textStep draws the field for the code that was sent there.
func (p *wizardPage) textStep() []goapp.UI {
	return append([]goapp.UI{sentTo(p.w.pending.Text, p.w.pending.Name, p.renumber)},
		p.text.draw(p.confirmText, p.resendText)...)
}

// phoned goes on once the recovery phone has been verified.
func (p *wizardPage) phoned() {
	p.choices.value.HasPhone = true
	p.show(p.w.next())
}

// skipPhone goes on without a recovery phone.
func (p *wizardPage) skipPhone() {
	p.skipped = true
	p.phone.code.quiet()
	p.show(p.w.next())
}

// demandPhone leads to the recovery phone that the server does not finish without.
func (p *wizardPage) demandPhone() {
	p.w.demanded = true
	p.phone.take(&p.account, api.PhoneCheck{})
	perform(&p.account, api.EnrollmentOptions, api.None{}, func(c api.EnrollmentChoices) {
		p.offer(c)
		p.show(stepPhone)
	}, func(e api.Error) { p.failure = e })
}

// phoneStep draws the verification of a recovery phone.
func (p *wizardPage) phoneStep() []goapp.UI {
	w := &say().Phone
	if p.phone.verified() {
		return []goapp.UI{
			banner{Kind: bannerGood, Text: with(w.Verified, "end", ending(p.phone.check.Number))}.draw(),
			paraOf("", textButton(w.VerifiedOther, "verified-other", func() { p.phone.change(&p.account) })),
			actions(p.forward(say().Wizard.Continue)),
		}
	}
	if p.w.demanded || p.policy() == api.PhoneRequired {
		return p.phone.draw(&p.account)
	}
	return p.phone.draw(&p.account,
		actions(button{Label: w.Skip, Kind: quiet, ID: "skip-phone", On: press(p.skipPhone)}.draw()))
}

// phoneLead says what a recovery phone is for.
func (p *wizardPage) phoneLead() string {
	w := &say().Phone
	switch {
	case p.w.demanded:
		return w.StepDemanded
	case p.policy() == api.PhoneRequired:
		return w.StepRequired
	}
	return w.StepLead
}
