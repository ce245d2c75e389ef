package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shut reports whether the wizard is all that there is: something must be set up, and
// is not yet.
func (p *wizardPage) shut() bool { return due(p.who.value.Demand) && !p.w.finished }

// why says, where the person was led here and begins, what for.
func (p *wizardPage) why() []goapp.UI {
	if !p.shut() || p.ready() && p.w.step() != stepMethod {
		return nil
	}
	return []goapp.UI{div("why", why(p.who.value.Demand))}
}

// wayOut draws the way back, or where there is none the way out.
func (p *wizardPage) wayOut(label, href string) goapp.UI {
	if p.shut() {
		return signOut()
	}
	return button{Label: label, Kind: quiet, Href: href}.draw()
}

// securityOf returns what the wizard has to know of who reaches nothing else: more is
// not told them.
func securityOf(who api.SessionInfo) api.SecurityInfo {
	return api.SecurityInfo{Active: who.TwoFactor, ProvedUntil: who.ProvedUntil}
}

// makeRoom has the new authenticator take the place of all others, where it must be set
// up and was refused because there is no room beside them. It reports whether it did.
func (p *wizardPage) makeRoom(e api.Error) bool {
	if e.Code != check.TooManyAuthenticators || !p.shut() || p.crowded {
		return false
	}
	p.crowded, p.w.replaces = true, replaceAny
	return true
}

// complied notes that what was asked for is set up.
func (p *wizardPage) complied() {
	if due(p.who.value.Demand) {
		p.led, p.who.value.Demand = true, nil
	}
}
