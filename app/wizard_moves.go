package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// show goes to a step.
func (p *wizardPage) show(s wizardStep) {
	p.w.ask(s)
	p.failure = api.Error{}
	if s == stepDone {
		p.complied()
	}
	if goapp.IsClient {
		p.pushed++
		u := goapp.Window().URL()
		u.Fragment = string(s)
		p.page.NavigateTo(u)
		goapp.Window().Call("scrollTo", 0, 0)
	}
	p.focus()
}

// goBack goes to the step before: through the browser's history where that step is
// the last thing in it, so that its Back button agrees.
func (p *wizardPage) goBack(goapp.Context, goapp.Event) {
	if goapp.IsClient && p.pushed > 0 {
		p.pushed--
		goapp.Window().Get("history").Call("back")
		return
	}
	p.show(p.w.back())
}

// focus puts the focus where the step begins: what is typed into, or its title.
func (p *wizardPage) focus() {
	if p.stepUp.open || !p.who.ready() {
		return
	}
	id := "title"
	switch s := p.w.step(); {
	case p.w.proved():
	case p.w.naming() && !p.w.expired:
		id = p.form.id("name")
	case s == stepPhone:
		p.phone.focus(&p.account)
		return
	case s == stepNumber:
		id = p.number.form.id("number")
	case s == stepCode && p.w.text():
		id = p.text.form.id("passcode")
	case s == stepCode:
		id = p.code.id("passcode")
	}
	focusOn(p.page, id)
}
