package server

import (
	"context"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// lostWays tells the ways back in that the person of this sign-in has.
func (s *Server) lostWays(ctx context.Context, c *caller, _ api.None) (api.LostInfo, error) {
	info := api.LostInfo{Mail: s.config.Delivery.Mail != nil}
	set, err := s.store.RecoverySet(ctx, c.user.ID)
	if err != nil {
		return info, err
	}
	info.RecoveryCodes = len(set.Left) > 0
	phones, err := s.store.RecoveryPhones(ctx, c.user.ID)
	if err != nil {
		return info, err
	}
	if s.config.Delivery.texts() {
		for _, p := range phones {
			number := message.Mask(p.Number)
			info.Phones = append(info.Phones, api.TextWay{ID: string(p.ID), Name: number, Number: number})
		}
	}
	code, err := s.store.TextCode(ctx, c.signIn.ID)
	if err != nil {
		return info, err
	}
	for _, p := range phones {
		if p.ID == code.Authenticator {
			info.Text = sent(code, c.now)
		}
	}
	staff, err := s.store.Staff(ctx, c.user.Organization)
	if err != nil {
		return info, err
	}
	info.Staff = len(helpersOf(staff, c.user)) > 0
	b, err := s.store.Bucket(ctx, askKey(c.user))
	info.Asked = b.Failures > 0 && c.now.Before(b.Until)
	return info, err
}

// sendRecoveryText sends a code to a recovery phone, for the sign-in under way.
func (s *Server) sendRecoveryText(ctx context.Context, c *caller, req api.SendTextRequest) (api.NextStep, error) {
	to := api.NextStep{Path: "/sign-in/recovery-phone"}
	if !s.config.Delivery.texts() {
		return to, auth.Refuse(check.TextsUnavailable)
	}
	phones, err := s.store.RecoveryPhones(ctx, c.user.ID)
	if err != nil {
		return to, err
	}
	for _, p := range phones {
		if req.Authenticator != "" && p.ID != auth.ID(req.Authenticator) {
			continue
		}
		return to, s.store.Update(ctx, func(tx *store.Tx) error {
			_, err := s.orderText(ctx, tx, c, s.textCaps(c, c.user, p.Number), textOrder{c.signIn.ID, p.ID, p.Number})
			return err
		})
	}
	return to, auth.Refuse(check.NotFound)
}

// verifyRecoveryText proves the second step with a code that was sent to a recovery
// phone: with the password, two factors of different kinds (NIST SP 800-63B-4
// §4.2.2.2). It leads to binding a new authenticator first.
func (s *Server) verifyRecoveryText(ctx context.Context, c *caller, req api.VerifyRecoveryTextRequest) (api.NextStep, error) {
	next := api.NextStep{Path: "/sign-in/recovered"}
	return next, s.secondStepBy(ctx, c, s.locksSentText(ctx, c), func(tx *store.Tx, u auth.User, key string) error {
		number, err := s.spendRecoveryText(ctx, tx, c, u, req.Code, key)
		if err != nil {
			return err
		}
		if err := s.finish(ctx, tx, c, u, auth.FactorRecoveryPhone, key, ""); err != nil {
			return err
		}
		return s.record(ctx, tx, c.named(auth.EventRecoveryPhoneUsed, message.Mask(number)), c)
	})
}

// spendRecoveryText accepts the code of the sign-in once, if it was sent to what is
// still a recovery phone of u, and returns the number.
func (s *Server) spendRecoveryText(ctx context.Context, tx *store.Tx, c *caller, u auth.User, typed, key string) (string, error) {
	phones, err := tx.RecoveryPhones(ctx, u.ID)
	if err != nil {
		return "", err
	}
	code, err := tx.TextCode(ctx, c.signIn.ID)
	if err != nil {
		return "", err
	}
	known := false
	for _, p := range phones {
		known = known || p.ID == code.Authenticator && p.Number == code.Number
	}
	if !known {
		return "", auth.Refuse(check.TextCodeExpired)
	}
	if _, err := proveText(ctx, tx, c, c.signIn.ID, typed); err != nil {
		if refused, ok := auth.Refused(err); ok && refused == check.WrongTextCode {
			return "", s.refuseSecond(ctx, tx, c, u, auth.EventSecondStepRefused, refused, auth.FactorRecoveryPhone, key)
		}
		return "", err
	}
	return code.Number, s.clearTexts(ctx, tx, c, u, code.Number)
}

// limitAsk lets staff be asked once an hour.
var limitAsk = auth.Limit{Free: 1, First: time.Hour, Most: time.Hour, Forget: time.Hour}

func askKey(u auth.User) string { return "ask-staff:" + string(u.ID) }

// maxAsked is how many of the staff are mailed when somebody asks for help.
const maxAsked = 20

// askStaff tells the staff that the person of this sign-in needs help. They have
// given their password, so it is them, or somebody who has it: staff are told to
// make sure.
func (s *Server) askStaff(ctx context.Context, c *caller, _ api.None) (api.NextStep, error) {
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		staff, err := tx.Staff(ctx, c.user.Organization)
		if err != nil {
			return err
		}
		able := helpersOf(staff, c.user)
		if len(able) == 0 || s.config.Delivery.Mail == nil {
			return auth.Refuse(check.NotFound) // nobody can be told, and nothing is counted
		}
		if err := chargeIn(ctx, tx, c, askKey(c.user), limitAsk); err != nil {
			return err
		}
		f := message.Facts{Thing: c.user.DisplayName + " (" + c.user.UserName + ")", Place: c.origin.Address, Device: c.origin.Device}
		for _, o := range able[:min(len(able), maxAsked)] {
			if err := s.mail(ctx, tx, c, o, message.HelpWanted, f, o.Email); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, c.event(auth.EventHelpAsked), c)
	})
	return api.NextStep{Path: "/sign-in/lost-phone?notice=asked"}, err
}

// helpersOf returns those of staff who may help u.
func helpersOf(staff []auth.User, u auth.User) (able []auth.User) {
	for _, o := range staff {
		if o.MayHelp(u) == nil {
			able = append(able, o)
		}
	}
	return able
}
