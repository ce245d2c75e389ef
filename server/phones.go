package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// currentRecoveryPhone tells the verification under way, for a page that was
// reloaded.
func (s *Server) currentRecoveryPhone(ctx context.Context, c *caller, _ api.None) (api.PhoneCheck, error) {
	p, err := s.store.PhoneCheck(ctx, c.user.ID)
	if err != nil || !p.Live(c.now) || p.Session != c.session.ID {
		return api.PhoneCheck{}, err
	}
	code, err := s.store.TextCode(ctx, p.ID)
	return shownCheck(p, code, c), err
}

// shownCheck returns a live check as its owner sees it.
func shownCheck(p auth.PhoneCheck, code auth.TextCode, c *caller) api.PhoneCheck {
	shown := api.PhoneCheck{Stage: api.StagePending, Number: message.Mask(p.Number), Text: sent(code, c.now)}
	if !p.Verified.IsZero() {
		shown.Stage = api.StageConfirmed
	}
	return shown
}

// startRecoveryPhone sends a code to a number that is to be a recovery phone.
func (s *Server) startRecoveryPhone(ctx context.Context, c *caller, req api.StartRecoveryPhoneRequest) (api.PhoneCheck, error) {
	if c.organization.Policy.Phone(s.config.Delivery.texts()) == auth.PhoneOff {
		return api.PhoneCheck{}, auth.Refuse(check.TextsUnavailable)
	}
	number, err := s.mobile(req.Number, req.Country)
	if err != nil {
		return api.PhoneCheck{}, err
	}
	var shown api.PhoneCheck
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		o := textOrder{owner: s.newID(), number: number.E164}
		begin := func() (auth.PhoneCheck, error) { return newPhoneCheck(ctx, tx, c, o, auth.ID(req.Replaces)) }
		if err := s.beforeText(ctx, tx, c, s.newCaps(c, c.user, o.number), func() error { _, err := begin(); return err }); err != nil {
			return err
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		p, err := begin()
		if err != nil {
			return err
		}
		if err := tx.PutPhoneCheck(ctx, p); err != nil {
			return err
		}
		code, err := s.queueText(ctx, tx, c, u, o)
		shown = shownCheck(p, code, c)
		return err
	})
	return shown, err
}

// newPhoneCheck returns the check of the number that o goes to, or refuses it.
func newPhoneCheck(ctx context.Context, tx *store.Tx, c *caller, o textOrder, replaces auth.ID) (auth.PhoneCheck, error) {
	before, err := tx.PhoneCheck(ctx, c.user.ID)
	if err != nil {
		return before, err
	}
	if err := resendable(ctx, tx, c, before.ID); err != nil {
		return before, err
	}
	list, err := tx.RecoveryPhones(ctx, c.user.ID)
	if err != nil {
		return before, err
	}
	return auth.NewPhoneCheck(c.user, list, o.owner, c.session.ID, o.number, replaces, c.now)
}

// resendable refuses while a code was sent for owner a moment ago.
func resendable(ctx context.Context, tx *store.Tx, c *caller, owner auth.ID) error {
	if owner == "" {
		return nil
	}
	before, err := tx.TextCode(ctx, owner)
	if err != nil {
		return err
	}
	return before.Resend(c.now)
}

// ownPhoneCheck returns the verification that the caller's session has begun and
// that still waits for its code.
func ownPhoneCheck(ctx context.Context, r interface {
	PhoneCheck(context.Context, auth.ID) (auth.PhoneCheck, error)
}, c *caller) (auth.PhoneCheck, error) {
	p, err := r.PhoneCheck(ctx, c.user.ID)
	if err == nil && (!p.Live(c.now) || p.Session != c.session.ID || !p.Verified.IsZero()) {
		err = auth.Refuse(check.EnrollmentExpired)
	}
	return p, err
}

// resendRecoveryPhone sends another code to the number that is being verified.
func (s *Server) resendRecoveryPhone(ctx context.Context, c *caller, _ api.None) (api.PhoneCheck, error) {
	p, err := ownPhoneCheck(ctx, s.store, c)
	if err != nil {
		return api.PhoneCheck{}, err
	}
	var shown api.PhoneCheck
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		code, err := s.resendText(ctx, tx, c, textOrder{owner: p.ID, number: p.Number}, func() error {
			again, err := ownPhoneCheck(ctx, tx, c)
			if err == nil && again.ID != p.ID {
				err = auth.Refuse(check.EnrollmentExpired)
			}
			return err
		})
		if err != nil {
			return err
		}
		p.Expires = code.Expires
		shown = shownCheck(p, code, c)
		return tx.PutPhoneCheck(ctx, p)
	})
	return shown, err
}

// confirmRecoveryPhone proves the number. For a user with two-factor it counts from
// here; in a first wizard it waits until two-factor is turned on.
func (s *Server) confirmRecoveryPhone(ctx context.Context, c *caller, req api.ConfirmRecoveryPhoneRequest) (api.PhoneCheck, error) {
	var shown api.PhoneCheck
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		p, err := ownPhoneCheck(ctx, tx, c)
		if err != nil {
			return err
		}
		if _, err := proveText(ctx, tx, c, p.ID, req.Passcode); err != nil {
			return s.refusedText(ctx, tx, c, auth.EventPhoneRefused, err)
		}
		p = p.Confirmed(c.now)
		shown = shownCheck(p, auth.TextCode{}, c)
		if !u.TwoFactor() {
			return tx.PutPhoneCheck(ctx, p)
		}
		shown.Stage = api.StageFinished
		return s.bindPhone(ctx, tx, c, p)
	})
	return shown, err
}

// refusedText records a wrong code as kind and returns its refusal; other errors as
// they are.
func (s *Server) refusedText(ctx context.Context, tx *store.Tx, c *caller, kind auth.EventKind, err error) error {
	if code, ok := auth.Refused(err); !ok || code != check.WrongTextCode {
		return err
	}
	return s.refuseIn(ctx, tx, c, kind, check.WrongTextCode, map[string]string{"factor": string(auth.FactorText)})
}

// bindPhone makes a verified number a recovery phone, in the place of the one that
// it replaces. Only one request can use the check up.
func (s *Server) bindPhone(ctx context.Context, tx *store.Tx, c *caller, p auth.PhoneCheck) error {
	phone, err := p.Phone(c.now)
	if err != nil {
		return err
	}
	used, err := tx.RemovePhoneCheck(ctx, p.ID)
	if err != nil {
		return err
	}
	if !used {
		return auth.Refuse(check.EnrollmentExpired)
	}
	kind := auth.EventPhoneAdded
	before, err := verifiedNumbers(ctx, tx, c.user)
	if err != nil {
		return err
	}
	if p.Replaces != "" {
		kind = auth.EventPhoneChanged
		if _, err := tx.RemoveRecoveryPhone(ctx, p.User, p.Replaces); err != nil {
			return err
		}
	}
	list, err := tx.RecoveryPhones(ctx, p.User)
	if err != nil {
		return err
	}
	if len(list) >= auth.MaxRecoveryPhones {
		return auth.Refuse(check.TooManyPhones)
	}
	if err := tx.AddRecoveryPhone(ctx, phone); err != nil {
		return err
	}
	if err := tx.DropProofs(ctx, p.User, c.session.ID); err != nil {
		return err
	}
	return s.recordTo(ctx, tx, c, c.named(kind, message.Mask(p.Number)), before)
}

// recordTo records e, and tells the numbers in before, which the user had before it,
// too.
func (s *Server) recordTo(ctx context.Context, tx *store.Tx, c *caller, e auth.Event, before []string) error {
	if err := s.record(ctx, tx, e, c); err != nil {
		return err
	}
	if !message.Grave(notices[e.Kind]) || !s.config.Delivery.texts() {
		return nil
	}
	now, err := verifiedNumbers(ctx, tx, c.user)
	if err != nil {
		return err
	}
	return s.textTo(ctx, tx, c, c.user, notices[e.Kind], factsOf(e), without(before, now))
}

// without returns what is in list and not in other.
func without(list, other []string) (rest []string) {
	in := map[string]bool{}
	for _, v := range other {
		in[v] = true
	}
	for _, v := range list {
		if !in[v] {
			rest = append(rest, v)
		}
	}
	return rest
}

// cancelRecoveryPhone forgets the verification under way, if there is one.
func (s *Server) cancelRecoveryPhone(ctx context.Context, c *caller, _ api.None) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.PhoneCheck(ctx, c.user.ID)
		if err != nil || p.ID == "" || p.Session != c.session.ID {
			return err
		}
		_, err = tx.RemovePhoneCheck(ctx, p.ID)
		return err
	})
}

// removeRecoveryPhone removes one of the user's recovery phones.
func (s *Server) removeRecoveryPhone(ctx context.Context, c *caller, req api.RemoveRecoveryPhoneRequest) (api.Done, error) {
	policy := c.organization.Policy.Phone(s.config.Delivery.texts())
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		list, err := tx.RecoveryPhones(ctx, u.ID)
		if err != nil {
			return err
		}
		if !u.TwoFactor() {
			policy = auth.PhoneOptional // nothing to recover
		}
		p, err := auth.RemovablePhone(list, auth.ID(req.ID), policy)
		if err != nil {
			return err
		}
		before, err := verifiedNumbers(ctx, tx, u)
		if err != nil {
			return err
		}
		if _, err := tx.RemoveRecoveryPhone(ctx, u.ID, p.ID); err != nil {
			return err
		}
		if err := tx.DropProofs(ctx, u.ID, c.session.ID); err != nil {
			return err
		}
		return s.recordTo(ctx, tx, c, c.named(auth.EventPhoneRemoved, message.Mask(p.Number)), before)
	})
}

// phoneRows tells the caller's recovery phones.
func (s *Server) phoneRows(ctx context.Context, c *caller) ([]api.PhoneRow, error) {
	list, err := s.store.RecoveryPhones(ctx, c.user.ID)
	if err != nil {
		return nil, err
	}
	rows := []api.PhoneRow{}
	for _, p := range list {
		rows = append(rows, api.PhoneRow{ID: string(p.ID), Number: message.Mask(p.Number), Added: millis(p.Added)})
	}
	return rows, nil
}
