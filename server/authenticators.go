package server

import (
	"context"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// security tells what the Security tab shows.
func (s *Server) security(ctx context.Context, c *caller, _ api.None) (api.SecurityInfo, error) {
	list, err := s.store.Authenticators(ctx, c.user.ID)
	if err != nil {
		return api.SecurityInfo{}, err
	}
	set, err := s.store.RecoverySet(ctx, c.user.ID)
	if err != nil {
		return api.SecurityInfo{}, err
	}
	info := api.SecurityInfo{Active: c.user.TwoFactor(), MaxAuthenticators: auth.MaxAuthenticators, Authenticators: authenticatorRows(list),
		RecoveryCodesLeft: len(set.Left), RecoveryCodesTotal: auth.RecoveryCodes, RecoveryCodesMade: millis(set.Made),
		PasswordChanged: millis(c.user.PasswordChanged), MinPassword: c.user.MinPassword(c.organization.Policy), ProvedUntil: millis(c.session.ProvedUntil())}
	texts := s.config.Delivery.texts()
	info.Texts, info.TrustDays, info.MaxRecoveryPhones = texts, c.organization.Policy.TrustedDays, auth.MaxRecoveryPhones
	info.RecoveryPhone = api.PhonePolicy(c.organization.Policy.Phone(texts))
	if info.RecoveryPhones, err = s.phoneRows(ctx, c); err != nil {
		return info, err
	}
	info.TrustedDevices, err = s.trustedRows(ctx, c)
	return info, err
}

// renameAuthenticator gives one of the user's authenticators another name.
func (s *Server) renameAuthenticator(ctx context.Context, c *caller, req api.RenameAuthenticatorRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		list, err := s.lockAuthenticators(ctx, tx, c)
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.ID != auth.ID(req.ID) {
				continue
			}
			a.Name = trim(req.Name)
			if err := tx.SaveAuthenticatorName(ctx, a); err != nil {
				return err
			}
			return s.record(ctx, tx, c.named(auth.EventAuthenticatorRenamed, a.Name), c)
		}
		return auth.Refuse(check.NotFound)
	})
}

// removeAuthenticator removes one of the user's authenticators, never the last.
func (s *Server) removeAuthenticator(ctx context.Context, c *caller, req api.RemoveAuthenticatorRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		list, err := s.lockAuthenticators(ctx, tx, c)
		if err != nil {
			return err
		}
		a, err := auth.Removable(list, auth.ID(req.ID))
		if err != nil {
			return err
		}
		if _, err := tx.RemoveAuthenticator(ctx, a.User, a.ID); err != nil {
			return err
		}
		if err := tx.DropProofs(ctx, a.User, c.session.ID); err != nil {
			return err
		}
		if err := dropTrust(ctx, tx, c.user); err != nil {
			return err
		}
		return s.record(ctx, tx, c.named(auth.EventAuthenticatorRemoved, a.Name), c)
	})
}

// lockAuthenticators returns the user's authenticators, which nobody else changes
// until the transaction ends.
func (s *Server) lockAuthenticators(ctx context.Context, tx *store.Tx, c *caller) ([]auth.Authenticator, error) {
	if _, err := tx.LockUser(ctx, c.user.ID); err != nil {
		return nil, err
	}
	return tx.Authenticators(ctx, c.user.ID)
}

func (c *caller) named(kind auth.EventKind, name string) auth.Event {
	e := c.event(kind)
	e.Details = map[string]string{"name": name}
	return e
}

// regenerateRecoveryCodes voids the old recovery codes and makes ten new ones.
func (s *Server) regenerateRecoveryCodes(ctx context.Context, c *caller, _ api.None) (api.RecoveryCodes, error) {
	if !c.user.TwoFactor() {
		return api.RecoveryCodes{}, auth.Refuse(check.NotActive)
	}
	codes, err := auth.NewRecoveryCodes(auth.RecoveryCodes, s.config.Random)
	if err != nil {
		return api.RecoveryCodes{}, err
	}
	set, err := s.newRecoverySet(ctx, c, codes)
	if err != nil {
		return api.RecoveryCodes{}, err
	}
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if _, err := ownSession(ctx, tx, c); err != nil {
			return err // it has ended while the codes were hashed
		}
		if !u.TwoFactor() {
			return auth.Refuse(check.NotActive)
		}
		if err := tx.PutRecoverySet(ctx, set); err != nil {
			return err
		}
		if err := tx.DropProofs(ctx, u.ID, c.session.ID); err != nil {
			return err
		}
		return s.record(ctx, tx, c.event(auth.EventRecoveryCodesMade), c)
	})
	if err != nil {
		return api.RecoveryCodes{}, err
	}
	answer := api.RecoveryCodes{}
	for _, code := range codes {
		answer.Codes = append(answer.Codes, auth.ShowRecoveryCode(code))
	}
	return answer, nil
}

// newRecoverySet hashes codes into a set for the caller. It is to be called
// outside of transactions: it takes as many hashes as there are codes.
func (s *Server) newRecoverySet(ctx context.Context, c *caller, codes []string) (auth.RecoverySet, error) {
	salt := s.newSalt()
	set := auth.RecoverySet{ID: s.newID(), User: c.user.ID, Salt: salt[:], Cost: s.config.Cost, Made: c.now}
	hashes, err := s.hashes.recovery(ctx, c.place(), codes, set.Salt, set.Cost)
	if err != nil {
		return set, err
	}
	for _, h := range hashes {
		set.Left = append(set.Left, auth.RecoveryCode{ID: s.newID(), Hash: h})
	}
	return set, nil
}

// turnOffTwoFactor removes all authenticators and recovery codes.
func (s *Server) turnOffTwoFactor(ctx context.Context, c *caller, _ api.None) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if err := u.MayTurnOff(); err != nil {
			return err
		}
		o, err := tx.Organization(ctx, u.Organization)
		if err != nil {
			return err
		}
		if err := o.Policy.MayLoseSecond(u, c.now); err != nil {
			return err
		}
		before, err := verifiedNumbers(ctx, tx, u)
		if err != nil {
			return err
		}
		if err := s.stripFactors(ctx, tx, c, u); err != nil {
			return err
		}
		if err := tx.DropProofs(ctx, u.ID, c.session.ID); err != nil {
			return err
		}
		return s.recordTo(ctx, tx, c, c.event(auth.EventTwoFactorOff), before)
	})
}

// stripFactors leaves u with the password alone. A link that would turn two-factor
// off must not outlive it: it would turn off what is set up next.
func (s *Server) stripFactors(ctx context.Context, tx *store.Tx, c *caller, u auth.User) error {
	if _, err := tx.VoidLinks(ctx, u.ID, c.now, auth.LinkReset); err != nil {
		return err
	}
	list, err := tx.Authenticators(ctx, u.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if _, err := tx.RemoveAuthenticator(ctx, u.ID, a.ID); err != nil {
			return err
		}
	}
	if err := tx.RemoveRecoverySet(ctx, u.ID); err != nil {
		return err
	}
	if err := tx.RemoveRecoveryPhones(ctx, u.ID); err != nil {
		return err
	}
	if err := dropTrust(ctx, tx, u); err != nil {
		return err
	}
	if err := tx.DropTextCodes(ctx, u.ID); err != nil {
		return err
	}
	if err := dropWizard(ctx, tx, u); err != nil {
		return err
	}
	u.TwoFactorSince, u.CheckedUp = time.Time{}, time.Time{}
	return tx.SaveUser(ctx, u)
}
