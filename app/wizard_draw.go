package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Render implements goapp.Composer.
func (p *wizardPage) Render() goapp.UI {
	title, lead := p.heading()
	f := p.frame(title, lead)
	f.Hold, f.Shut = true, p.shut()
	if p.ready() && p.w.step() == stepDone {
		f.Door = doorOpen
	}
	return f.narrow(append(p.body(), p.over(p.question()))...)
}

// ready reports whether it is known where the wizard stands.
func (p *wizardPage) ready() bool {
	return p.who.ready() && p.security.ready() && p.choices.ready() && (p.proofed || p.w.step() == stepDone)
}

// body draws the step, or what it waits for.
func (p *wizardPage) body() []goapp.UI {
	switch {
	case p.who.status == failed:
		return []goapp.UI{failure(p.who.failure, p.again)}
	case p.security.status == failed:
		return []goapp.UI{failure(p.security.failure, p.again)}
	case p.choices.status == failed:
		return []goapp.UI{failure(p.choices.failure, p.again)}
	case p.pending.status == failed:
		return []goapp.UI{failure(p.pending.failure, func(goapp.Context) { p.resume() })}
	case !p.ready() && p.who.ready() && p.security.ready() && p.choices.ready() && p.pending.status == idle && !p.stepUp.open:
		return append(p.why(), needsProof(p.begin, p.wayOut(say().Parts.Back, p.after())))
	case !p.ready():
		return []goapp.UI{waiting()}
	case p.w.step() == stepDone:
		return p.done()
	case p.w.full(p.security.value):
		return []goapp.UI{p.noRoom()}
	}
	parts := append(p.why(),
		stepper(p.w.number(), len(p.w.steps()), p.title()),
		div("card stack step", p.step()...),
		p.foot(),
	)
	if p.w.step() == stepCodes {
		parts = append(parts, p.keep.paper(p.who.value))
	}
	return parts
}

// again loads everything anew.
func (p *wizardPage) again(ctx goapp.Context) {
	p.begun = false
	p.load(p.page)
}

// heading is what the step is called, and its one sentence.
func (p *wizardPage) heading() (title, lead string) {
	w := &say().Wizard
	if !p.ready() || p.w.full(p.security.value) {
		return p.title(), ""
	}
	switch {
	case p.w.step() == stepDone:
		return p.doneWords()
	case p.w.proved() && p.w.text():
		return w.NumberProved, ""
	case p.w.proved():
		return with(w.ProvedTitle, "name", p.name), ""
	case p.w.step() == stepNumber && p.w.expired:
		return w.GoneTitle, w.NumberGone
	case p.w.step() == stepCode && p.w.text():
		return w.StepCode, ""
	case p.w.naming() && p.w.expired:
		return w.GoneTitle, w.GoneText
	case p.w.naming():
		return w.StepName, w.NameLead
	}
	switch p.w.step() {
	case stepApp:
		return w.StepApp, w.GetLead
	case stepPhone:
		return say().Phone.Step, p.phoneLead()
	case stepNumber:
		return w.StepNumber, w.NumberLead
	case stepScan:
		return w.StepScan, ""
	case stepCode:
		return w.StepCode, with(w.CodeLead, "name", p.name)
	case stepCodes:
		return w.StepCodes, w.CodesLead
	}
	return w.StepMethod, w.MethodLead
}

// step draws what is inside the card.
func (p *wizardPage) step() []goapp.UI {
	switch {
	case p.w.proved():
		return p.provedStep()
	case p.w.naming():
		return p.nameStep()
	}
	switch p.w.step() {
	case stepApp:
		return p.appStep()
	case stepPhone:
		return p.phoneStep()
	case stepScan:
		return p.scanStep()
	case stepNumber:
		return p.numberStep()
	case stepCode:
		if p.w.text() {
			return p.textStep()
		}
		return p.codeStep()
	case stepCodes:
		return p.codesStep()
	}
	return p.methodStep()
}

// foot draws the ways back and out.
func (p *wizardPage) foot() goapp.UI {
	var parts []goapp.UI
	if p.w.back() != "" {
		parts = append(parts, button{Label: say().Parts.Back, Icon: iconBack, Kind: quiet, ID: "back", On: p.goBack}.draw())
	}
	if p.shut() {
		return div("wizard-foot", append(parts, signOut())...)
	}
	parts = append(parts, button{Label: say().Wizard.Cancel, Kind: quiet, ID: "cancel", On: p.onCancel}.draw())
	return div("wizard-foot", parts...)
}

// forward draws the primary button that leads to the next step.
func (p *wizardPage) forward(label string) goapp.UI {
	next := p.w.next()
	return button{Label: label, Kind: primary, ID: "to-" + string(next),
		On: func(goapp.Context, goapp.Event) { p.show(next) }}.draw()
}

// question is the dialog that is open, if one is.
func (p *wizardPage) question() *dialog {
	if !p.leaving {
		return nil
	}
	w := &say().Wizard
	text := w.CancelText
	if p.w.active {
		text = w.CancelKept
	}
	return confirm{ID: "wizard-cancel", Title: w.CancelTitle, Text: text, Act: w.CancelSubmit, Keep: w.CancelGoOn, Unwise: true,
		Busy: p.busy, Failure: p.failure, On: p.cancel,
		OnClose: func() { p.leaving, p.failure = false, api.Error{} }}.dialog()
}

// needsProof says why nothing is shown: the step-up was declined. Back leads away.
func needsProof(prove func(), back goapp.UI) goapp.UI {
	w := &say().Wizard
	return card(div("stack",
		para("text", w.NeedProof),
		actions(
			button{Label: w.NeedProofAct, Kind: primary, ID: "prove", On: press(prove)}.draw(),
			back,
		),
	))
}

// noRoom says that there are as many authenticators as there may be.
func (p *wizardPage) noRoom() goapp.UI {
	w := &say().Wizard
	return card(nothing{Icon: iconPhone, Title: w.Full, Text: w.FullText,
		Act: button{Label: w.FullAct, Kind: primary, Href: "/profile/security"}.draw()}.draw())
}
