package server

import (
	"context"
	"errors"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// verifyText proves the second step with the code of a text message.
func (s *Server) verifyText(ctx context.Context, c *caller, req api.VerifyTextRequest) (api.NextStep, error) {
	next := homeOr(c.signIn.Next)
	return next, s.secondStepBy(ctx, c, s.locksSentText(ctx, c), func(tx *store.Tx, u auth.User, key string) error {
		if err := s.spendText(ctx, tx, c, u, c.signIn.ID, req.Code, auth.EventSecondStepRefused, key); err != nil {
			return err
		}
		if err := s.finish(ctx, tx, c, u, auth.FactorText, key, ""); err != nil {
			return err
		}
		return s.trust(ctx, tx, c, u, bool(req.Trust))
	})
}

// spendText accepts the code that was sent for owner once, or records the refusal
// as kind and returns it. The phone must still be an authenticator of u's.
func (s *Server) spendText(ctx context.Context, tx *store.Tx, c *caller, u auth.User, owner auth.ID, typed string, kind auth.EventKind, key string) error {
	code, err := proveText(ctx, tx, c, owner, typed)
	if err == nil {
		list, fault := tx.Authenticators(ctx, u.ID)
		if fault != nil {
			return fault
		}
		for _, a := range auth.Usable(list, auth.MethodText) {
			if a.ID != code.Authenticator || a.Number != code.Number {
				continue
			}
			a.LastUsed = c.now
			spent, err := tx.SpendText(ctx, a)
			if err != nil || spent {
				return errors.Join(err, s.clearTexts(ctx, tx, c, u, code.Number))
			}
		}
		return auth.Refuse(check.TextCodeExpired) // the phone was removed or switched off meanwhile
	}
	if refused, ok := auth.Refused(err); !ok || refused != check.WrongTextCode {
		return err
	}
	if err := s.countFailure(ctx, tx, c, u, auth.MethodText); err != nil {
		return err
	}
	return s.refuseSecond(ctx, tx, c, u, kind, check.WrongTextCode, auth.FactorText, key)
}

// sendText sends a code to one of the user's phones, for the sign-in under way.
func (s *Server) sendText(ctx context.Context, c *caller, req api.SendTextRequest) (api.NextStep, error) {
	_, err := s.sendTextFor(ctx, c, c.signIn.ID, req)
	return api.NextStep{Path: "/sign-in/text"}, err
}

// sendStepUpText sends a code to one of the user's phones, for a step-up of the
// session.
func (s *Server) sendStepUpText(ctx context.Context, c *caller, req api.SendTextRequest) (api.TextSent, error) {
	code, err := s.sendTextFor(ctx, c, c.session.ID, req)
	if err != nil {
		return api.TextSent{}, err
	}
	return *sent(code, c.now), nil
}

// sendTextFor sends a code to the phone that req names, bound to owner.
func (s *Server) sendTextFor(ctx context.Context, c *caller, owner auth.ID, req api.SendTextRequest) (code auth.TextCode, err error) {
	a, err := s.textPhone(ctx, c, auth.ID(req.Authenticator))
	if err != nil {
		return code, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) (err error) {
		code, err = s.orderText(ctx, tx, c, s.textCaps(c, c.user, a.Number), textOrder{owner, a.ID, a.Number})
		return err
	})
	return code, err
}

// orderText charges for a code and queues it, unless another went out a moment ago.
// It is to be called before users are locked.
func (s *Server) orderText(ctx context.Context, tx *store.Tx, c *caller, caps []cap, o textOrder) (auth.TextCode, error) {
	if err := s.beforeText(ctx, tx, c, caps, func() error { return resendable(ctx, tx, c, o.owner) }); err != nil {
		return auth.TextCode{}, err
	}
	return s.queueText(ctx, tx, c, c.user, o)
}

// textPhone returns the phone called id, or the one used last when id is empty, of
// those that take the user's codes.
func (s *Server) textPhone(ctx context.Context, c *caller, id auth.ID) (auth.Authenticator, error) {
	if !s.config.Delivery.texts() {
		return auth.Authenticator{}, auth.Refuse(check.TextsUnavailable)
	}
	o, err := s.store.Organization(ctx, c.user.Organization)
	if err != nil {
		return auth.Authenticator{}, err
	}
	list, err := s.accepted(ctx, c, o.Policy)
	if err != nil {
		return auth.Authenticator{}, err
	}
	for _, a := range auth.Usable(list, auth.MethodText) {
		if id == "" || a.ID == id {
			return a, nil
		}
	}
	return auth.Authenticator{}, auth.Refuse(check.NotFound)
}

// accepted returns the caller's authenticators that p, their organization's policy,
// accepts now.
func (s *Server) accepted(ctx context.Context, c *caller, p auth.Policy) ([]auth.Authenticator, error) {
	list, err := s.store.Authenticators(ctx, c.user.ID)
	return p.Accepted(c.user, list, c.now), err
}

// ways tells how the caller's second factor can be proved under p, their organization's
// policy, the way used last first, and what was sent for owner.
func (s *Server) ways(ctx context.Context, c *caller, p auth.Policy, owner auth.ID) (api.SignInState, error) {
	list, err := s.accepted(ctx, c, p)
	if err != nil {
		return api.SignInState{}, err
	}
	set, err := s.store.RecoverySet(ctx, c.user.ID)
	if err != nil {
		return api.SignInState{}, err
	}
	state := api.SignInState{Ways: s.methodWays(list)}
	if len(set.Left) > 0 {
		state.Ways = append(state.Ways, api.WayRecoveryCode)
	}
	if s.config.Delivery.texts() {
		for _, a := range auth.Usable(list, auth.MethodText) {
			state.Texts = append(state.Texts, api.TextWay{ID: string(a.ID), Name: a.Name, Number: message.Mask(a.Number)})
		}
	}
	code, err := s.store.TextCode(ctx, owner)
	if err != nil {
		return api.SignInState{}, err
	}
	state.Text = sent(code, c.now)
	return state, nil
}

// methodWays returns the ways that authenticators give, the one used last first.
// Codes cannot be texted without a gateway.
func (s *Server) methodWays(list []auth.Authenticator) []api.Way {
	apps, phones := auth.Usable(list, auth.MethodTOTP), auth.Usable(list, auth.MethodText)
	if !s.config.Delivery.texts() {
		phones = nil
	}
	switch {
	case len(apps) == 0 && len(phones) == 0:
		return []api.Way{}
	case len(phones) == 0:
		return []api.Way{api.WayTOTP}
	case len(apps) == 0:
		return []api.Way{api.WayText}
	case phones[0].LastUsed.After(apps[0].LastUsed):
		return []api.Way{api.WayText, api.WayTOTP}
	}
	return []api.Way{api.WayTOTP, api.WayText}
}
