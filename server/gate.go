package server

import (
	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

// gate refuses somebody of whom the organization demands a second factor now every call
// of a session but those that lead to one: the wizard, the step-up that it asks for, and
// what recovering leaves to do. It stands in front of every route; signing out, the
// second step and links ask for no session and are not its business.
func (c *caller) gate(rt route) error {
	if c.session.ID == "" || rt.who == anyone || rt.who == signingIn || rt.wizard || !c.due() {
		return nil
	}
	return auth.Refuse(check.TwoFactorRequired)
}

// due reports whether the caller reaches nothing but the wizard.
func (c *caller) due() bool { return c.organization.Policy.Demand(c.user).Due(c.now) }

// forWizard lets the call through the gate.
func (r route) forWizard() route {
	r.wizard = true
	return r
}

// demand tells what is asked of the caller; nil when nothing is.
func (c *caller) demand() *api.Demand {
	d := c.organization.Policy.Demand(c.user)
	if d.From.IsZero() {
		return nil
	}
	told := &api.Demand{From: millis(d.From), Due: d.Due(c.now), Why: api.DemandMandatory, Method: api.Method(d.Method)}
	if d.Method != "" {
		told.Why = api.DemandMethod
	}
	return told
}
