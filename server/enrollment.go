package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// issuer is who an authenticator app says the passcode is for.
const issuer = "Doorward"

// currentEnrollment tells the pending enrollment, for a wizard that was reloaded.
func (s *Server) currentEnrollment(ctx context.Context, c *caller, _ api.None) (api.Enrollment, error) {
	e, err := s.store.Enrollment(ctx, c.user.ID)
	if err != nil || !e.Live(c.now) || e.Session != c.session.ID {
		return api.Enrollment{}, err
	}
	code, err := s.store.TextCode(ctx, e.ID)
	if err != nil {
		return api.Enrollment{}, err
	}
	return c.show(e, code)
}

// ownEnrollment returns the enrollment that the caller's session has begun; to any
// other session of the user there is none.
func ownEnrollment(ctx context.Context, tx *store.Tx, c *caller) (auth.Enrollment, error) {
	e, err := tx.Enrollment(ctx, c.user.ID)
	if err != nil || e.Session != c.session.ID {
		return auth.Enrollment{}, err
	}
	return e, nil
}

// startEnrollment makes a new pending secret.
func (s *Server) startEnrollment(ctx context.Context, c *caller, req api.StartEnrollmentRequest) (api.Enrollment, error) {
	method := auth.MethodTOTP
	if req.Method != "" {
		method = auth.Method(req.Method)
	}
	if err := c.organization.Policy.MayEnroll(method, s.config.Delivery.texts()); err != nil {
		return api.Enrollment{}, err
	}
	if method == auth.MethodText {
		return s.startTextEnrollment(ctx, c, req)
	}
	var shown api.Enrollment
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		list, err := tx.Authenticators(ctx, u.ID)
		if err != nil {
			return err
		}
		e, err := auth.NewEnrollment(u, list, s.newID(), trim(req.Name), auth.ID(req.Replaces), s.newSecret(), c.now)
		if err != nil {
			return err
		}
		e.Session = c.session.ID
		if shown, err = c.show(e, auth.TextCode{}); err != nil {
			return err
		}
		return tx.PutEnrollment(ctx, e)
	})
	return shown, err
}

// confirmEnrollment proves the pending secret. For a user who has two-factor it
// counts from here; a first one waits for the recovery codes to be saved.
func (s *Server) confirmEnrollment(ctx context.Context, c *caller, req api.ConfirmEnrollmentRequest) (api.Enrollment, error) {
	passcode, _ := check.Passcode(req.Passcode)
	var e auth.Enrollment
	finished := false
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		finished = false
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if e, err = ownEnrollment(ctx, tx, c); err != nil {
			return err
		}
		if e, err = s.confirm(ctx, tx, c, e, passcode); err != nil {
			return err
		}
		if u.TwoFactor() {
			finished = true
			return s.bind(ctx, tx, c, e)
		}
		if e.RecoveryCodes, err = auth.NewRecoveryCodes(auth.RecoveryCodes, s.config.Random); err != nil {
			return err
		}
		if err := keepFirstPhone(ctx, tx, c, e); err != nil {
			return err
		}
		return tx.PutEnrollment(ctx, e)
	})
	if err != nil {
		return api.Enrollment{}, err
	}
	if finished {
		return api.Enrollment{Stage: api.StageFinished, Name: e.Name}, nil
	}
	return c.show(e, auth.TextCode{})
}

// confirm proves a pending enrollment with the passcode of its app, or the code
// that was sent to its phone.
func (s *Server) confirm(ctx context.Context, tx *store.Tx, c *caller, e auth.Enrollment, passcode string) (auth.Enrollment, error) {
	if e.Method == auth.MethodText {
		if !e.Live(c.now) {
			return e, auth.Refuse(check.EnrollmentExpired)
		}
		if _, err := proveText(ctx, tx, c, e.ID, passcode); err != nil {
			return e, s.refusedText(ctx, tx, c, auth.EventEnrollmentRefused, err)
		}
		return e.ConfirmNumber(c.now)
	}
	e, err := e.Confirm(passcode, c.now)
	if err != nil {
		if fault := s.record(ctx, tx, c.denied(auth.EventEnrollmentRefused, nil), c); fault != nil {
			return e, fault
		}
	}
	return e, err
}

// finishEnrollment turns two-factor on, once the recovery codes have been saved.
func (s *Server) finishEnrollment(ctx context.Context, c *caller, _ api.FinishEnrollmentRequest) (api.Done, error) {
	e, err := s.store.Enrollment(ctx, c.user.ID)
	if err != nil {
		return api.Done{}, err
	}
	if e.Session != c.session.ID {
		return api.Done{}, auth.Refuse(check.EnrollmentExpired)
	}
	if _, err := e.Authenticator(c.now); err != nil {
		return api.Done{}, err
	}
	set, err := s.newRecoverySet(ctx, c, e.RecoveryCodes)
	if err != nil {
		return api.Done{}, err
	}
	return api.Done{}, s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		// A session that has ended while the codes were hashed binds nothing: what is
		// written before a refusal is kept.
		session, err := ownSession(ctx, tx, c)
		if err != nil {
			return err
		}
		if u.TwoFactor() {
			return auth.Refuse(check.AlreadyActive)
		}
		if err := s.bindFirstPhone(ctx, tx, c, e); err != nil {
			return err
		}
		if err := s.bind(ctx, tx, c, e); err != nil {
			return err
		}
		if err := tx.PutRecoverySet(ctx, set); err != nil {
			return err
		}
		u.TwoFactorSince = c.now
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		token := s.newToken()
		session.Digest, session.Level = token.Digest(), auth.TwoFactors
		session.Factors = []auth.Factor{auth.FactorPassword, factorOf(e.Method)}
		if err := tx.SaveSession(ctx, session); err != nil {
			return err
		}
		// Every other session has proved less than is asked for now.
		if _, err := s.endOthers(ctx, tx, c); err != nil {
			return err
		}
		c.keepSession(s, c.organization.Policy, session, token)
		c.keepFamiliar(s, u)
		// One notice tells it all.
		if err := tx.Audit(ctx, c.event(auth.EventRecoveryCodesMade), c.now); err != nil {
			return err
		}
		return s.record(ctx, tx, c.event(auth.EventTwoFactorOn), c)
	})
}

// bind makes a confirmed enrollment an authenticator and removes what it
// replaces. Only one request can use the enrollment up.
func (s *Server) bind(ctx context.Context, tx *store.Tx, c *caller, e auth.Enrollment) error {
	a, err := e.Authenticator(c.now)
	if err != nil {
		return err
	}
	used, err := tx.RemoveEnrollment(ctx, e.ID)
	if err != nil {
		return err
	}
	if !used {
		return auth.Refuse(check.EnrollmentExpired)
	}
	list, err := tx.Authenticators(ctx, c.user.ID)
	if err != nil {
		return err
	}
	old := e.Replaced(list)
	if len(list)-len(old) >= auth.MaxAuthenticators {
		return auth.Refuse(check.TooManyAuthenticators)
	}
	kind := auth.EventAuthenticatorAdded
	for _, o := range old {
		kind = auth.EventAuthenticatorReplaced
		if _, err := tx.RemoveAuthenticator(ctx, o.User, o.ID); err != nil {
			return err
		}
	}
	if err := tx.AddAuthenticator(ctx, a); err != nil {
		return err
	}
	if err := tx.DropProofs(ctx, c.user.ID, c.session.ID); err != nil {
		return err
	}
	if err := dropTrust(ctx, tx, c.user); err != nil {
		return err
	}
	if _, err := tx.VoidLinks(ctx, c.user.ID, c.now, auth.LinkReset); err != nil { // nobody needs it any more
		return err
	}
	event := c.event(kind)
	event.Details = map[string]string{"name": a.Name, "kind": string(a.Method)}
	if !c.user.TwoFactor() {
		return tx.Audit(ctx, event, c.now) // that two-factor is on is notice enough
	}
	return s.record(ctx, tx, event, c)
}

// cancelEnrollment forgets the pending enrollment, if there is one.
func (s *Server) cancelEnrollment(ctx context.Context, c *caller, _ api.None) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		e, err := ownEnrollment(ctx, tx, c)
		if err != nil || e.ID == "" {
			return err
		}
		_, err = tx.RemoveEnrollment(ctx, e.ID)
		return err
	})
}

// show returns a live enrollment as its owner sees it. code is the one that was
// sent for it, if there is one.
func (c *caller) show(e auth.Enrollment, code auth.TextCode) (api.Enrollment, error) {
	shown := api.Enrollment{Stage: api.StagePending, Method: api.Method(e.Method), Name: e.Name, Replaces: string(e.Replaces), Expires: millis(e.Expires)}
	if e.Confirmed() {
		shown.Stage = api.StageConfirmed
		for _, code := range e.RecoveryCodes {
			shown.RecoveryCodes = append(shown.RecoveryCodes, auth.ShowRecoveryCode(code))
		}
		return shown, nil
	}
	if e.Method == auth.MethodText {
		shown.Text = sent(code, c.now)
		return shown, nil
	}
	shown.Secret, shown.URI = e.Secret.Base32(), e.Secret.URI(c.issuer(), c.user.UserName)
	var err error
	shown.QR, err = auth.QR(shown.URI)
	return shown, err
}

// issuer is the product and, where it says more, the organization.
func (c *caller) issuer() string {
	if c.organization.Name == "" || c.organization.Name == issuer {
		return issuer
	}
	return issuer + " " + c.organization.Name
}
