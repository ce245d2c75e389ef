package app

import "doorward/shared/api"

// recoveryTextPage asks for the six digits that went to a recovery phone:
// /sign-in/recovery-phone. It is the page of a code by text message, with another
// phone and other calls.
type recoveryTextPage struct{ textPage }

func newRecoveryTextPage() *recoveryTextPage {
	p := &recoveryTextPage{}
	p.lost = true
	return p
}

// know takes nothing: what the second step waits for is no matter of this page.
func (p *recoveryTextPage) know(*api.SignInState) {}

// knowLost takes what the server says about the ways back in; nil is nothing.
func (p *recoveryTextPage) knowLost(lost *api.LostInfo) {
	if lost != nil {
		state := byRecoveryPhone(*lost)
		p.textPage.know(&state)
	}
}

// action is where the plain form of a page of a code by text message goes.
func (p *textPage) action() string {
	if p.lost {
		return "/sign-in/recovery-phone"
	}
	return "/sign-in/text"
}
