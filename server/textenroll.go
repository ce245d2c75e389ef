package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// factorOf names what an authenticator of method m proves.
func factorOf(m auth.Method) auth.Factor {
	if m == auth.MethodText {
		return auth.FactorText
	}
	return auth.FactorTOTP
}

// enrollmentOptions tells what the caller can set up.
func (s *Server) enrollmentOptions(ctx context.Context, c *caller, _ api.None) (api.EnrollmentChoices, error) {
	policy, texts := c.organization.Policy, s.config.Delivery.texts()
	choices := api.EnrollmentChoices{Methods: []api.Method{}, RecoveryPhone: api.PhonePolicy(policy.Phone(texts))}
	for _, m := range auth.Methods() {
		if policy.MayEnroll(m, texts) == nil {
			choices.Methods = append(choices.Methods, api.Method(m))
		}
	}
	if texts {
		for _, country := range message.Countries() {
			if s.config.Delivery.reaches(country.Code) {
				choices.Countries = append(choices.Countries, api.Country{Code: country.Code, Calling: country.Calling})
			}
		}
	}
	list, err := s.store.RecoveryPhones(ctx, c.user.ID)
	if err != nil {
		return choices, err
	}
	p, err := s.store.PhoneCheck(ctx, c.user.ID)
	choices.HasPhone = len(list) > 0 || verifiedHere(p, c)
	return choices, err
}

// verifiedHere reports whether p is a number that the caller's session has
// verified and that waits for two-factor to be turned on.
func verifiedHere(p auth.PhoneCheck, c *caller) bool {
	return p.Live(c.now) && !p.Verified.IsZero() && p.Session == c.session.ID
}

// startTextEnrollment sends a code to the phone that is to be an authenticator.
func (s *Server) startTextEnrollment(ctx context.Context, c *caller, req api.StartEnrollmentRequest) (shown api.Enrollment, err error) {
	number, err := s.mobile(req.Number, req.Country)
	if err != nil {
		return shown, err
	}
	name := trim(req.Name)
	if name == "" {
		name = message.Mask(number.E164)
	}
	id := s.newID()
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		begin := func() (auth.Enrollment, error) {
			return newTextEnrollment(ctx, tx, c, id, name, number.E164, auth.ID(req.Replaces))
		}
		if err := s.beforeText(ctx, tx, c, s.newCaps(c, c.user, number.E164), func() error { _, err := begin(); return err }); err != nil {
			return err
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		e, err := begin()
		if err != nil {
			return err
		}
		if err := tx.PutEnrollment(ctx, e); err != nil {
			return err
		}
		code, err := s.queueText(ctx, tx, c, u, textOrder{owner: e.ID, authenticator: e.ID, number: e.Number})
		if err != nil {
			return err
		}
		shown, err = c.show(e, code)
		return err
	})
	return shown, err
}

// newTextEnrollment returns the caller's enrollment of a phone, or refuses it.
func newTextEnrollment(ctx context.Context, tx *store.Tx, c *caller, id auth.ID, name, number string, replaces auth.ID) (auth.Enrollment, error) {
	before, err := tx.Enrollment(ctx, c.user.ID)
	if err != nil {
		return before, err
	}
	if err := resendable(ctx, tx, c, before.ID); err != nil {
		return before, err
	}
	list, err := tx.Authenticators(ctx, c.user.ID)
	if err != nil {
		return before, err
	}
	e, err := auth.NewTextEnrollment(c.user, list, id, name, number, replaces, c.now)
	e.Session = c.session.ID
	return e, err
}

// beforeText charges for a code under caps once allowed finds nothing against it: what
// is refused sends nothing and costs nothing. It is to be called before users are
// locked; allowed must be asked again once they are.
func (s *Server) beforeText(ctx context.Context, tx *store.Tx, c *caller, caps []cap, allowed func() error) error {
	// Of two at once for the same number, one waits here.
	if _, err := tx.LockBucket(ctx, caps[0].key); err != nil {
		return err
	}
	if err := allowed(); err != nil {
		return err
	}
	return s.chargeText(ctx, tx, c, c.user, caps)
}

// resendText sends another code to a number that is not proved yet, if it still waits
// for one once the user is locked: a proof that comes in between must not be undone.
// The user stays locked.
func (s *Server) resendText(ctx context.Context, tx *store.Tx, c *caller, o textOrder, waits func() error) (auth.TextCode, error) {
	err := s.beforeText(ctx, tx, c, s.newCaps(c, c.user, o.number), func() error { return resendable(ctx, tx, c, o.owner) })
	if err != nil {
		return auth.TextCode{}, err
	}
	u, err := tx.LockUser(ctx, c.user.ID)
	if err != nil {
		return auth.TextCode{}, err
	}
	if err := waits(); err != nil {
		return auth.TextCode{}, err
	}
	return s.queueText(ctx, tx, c, u, o)
}

// resendEnrollmentCode sends another code to the phone of a pending enrollment.
func (s *Server) resendEnrollmentCode(ctx context.Context, c *caller, _ api.None) (shown api.Enrollment, err error) {
	e, err := s.store.Enrollment(ctx, c.user.ID)
	if err != nil {
		return shown, err
	}
	if !e.Live(c.now) || e.Session != c.session.ID || e.Confirmed() || e.Method != auth.MethodText {
		return shown, auth.Refuse(check.EnrollmentExpired)
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		o := textOrder{owner: e.ID, authenticator: e.ID, number: e.Number}
		code, err := s.resendText(ctx, tx, c, o, func() error {
			again, err := ownEnrollment(ctx, tx, c)
			if err == nil && (again.ID != e.ID || again.Confirmed()) {
				err = auth.Refuse(check.EnrollmentExpired)
			}
			return err
		})
		if err != nil {
			return err
		}
		e.Expires = code.Expires
		if shown, err = c.show(e, code); err != nil {
			return err
		}
		return tx.PutEnrollment(ctx, e)
	})
	return shown, err
}

// keepFirstPhone has the number that was verified in the wizard wait as long as the
// recovery codes of e do.
func keepFirstPhone(ctx context.Context, tx *store.Tx, c *caller, e auth.Enrollment) error {
	p, err := tx.PhoneCheck(ctx, c.user.ID)
	if err != nil || !verifiedHere(p, c) {
		return err
	}
	p.Expires = e.Expires
	return tx.PutPhoneCheck(ctx, p)
}

// bindFirstPhone makes the number that was verified in the wizard a recovery phone.
// It refuses to go on without one where the organization asks for it; a phone that
// takes the codes cannot be lost alone, and needs none.
func (s *Server) bindFirstPhone(ctx context.Context, tx *store.Tx, c *caller, e auth.Enrollment) error {
	p, err := tx.PhoneCheck(ctx, c.user.ID)
	if err != nil {
		return err
	}
	if verifiedHere(p, c) {
		phone, err := p.Phone(c.now)
		if err != nil {
			return err
		}
		if _, err := tx.RemovePhoneCheck(ctx, p.ID); err != nil {
			return err
		}
		if err := tx.AddRecoveryPhone(ctx, phone); err != nil {
			return err
		}
		return tx.Audit(ctx, c.named(auth.EventPhoneAdded, message.Mask(p.Number)), c.now)
	}
	if e.Method == auth.MethodText || c.organization.Policy.Phone(s.config.Delivery.texts()) != auth.PhoneRequired {
		return nil
	}
	list, err := tx.RecoveryPhones(ctx, c.user.ID)
	if err == nil && len(list) == 0 {
		err = auth.Refuse(check.RecoveryPhoneRequired)
	}
	return err
}
