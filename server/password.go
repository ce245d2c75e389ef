package server

import (
	"context"
	"strings"
	"unicode/utf8"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// newPassword judges a password that somebody chose and hashes it. A refusal is
// about field. It is to be called outside of transactions.
func (s *Server) newPassword(ctx context.Context, c *caller, pw string, min int, words []string, field string) (auth.Hash, error) {
	if code := check.Password(pw, min, words...); code != "" {
		return "", auth.RefuseField(field, code)
	}
	code, err := s.hashes.judge(ctx, c.place(), pw, words)
	if err != nil {
		return "", err
	}
	if code != "" {
		return "", auth.RefuseField(field, code)
	}
	return s.hashes.hash(ctx, c.place(), pw, s.newSalt())
}

// changePassword changes the password of a caller who has stepped up and knows
// the current one.
func (s *Server) changePassword(ctx context.Context, c *caller, req api.ChangePasswordRequest) (api.Done, error) {
	before, err := s.store.User(ctx, c.user.ID)
	if err != nil {
		return api.Done{}, err
	}
	ok, err := s.provePassword(ctx, c, before, req.Current)
	if err != nil {
		return api.Done{}, err
	}
	var hash auth.Hash
	if ok {
		if hash, err = s.newPassword(ctx, c, req.New, before.MinPassword(c.organization.Policy), before.PasswordWords(c.organization.Name), "new"); err != nil {
			return api.Done{}, err
		}
	}
	return api.Done{}, s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		c.cookies = nil
		if !ok {
			return s.refuseIn(ctx, tx, c, auth.EventPasswordChangeRefused, wrongPassword, nil)
		}
		u, err := tx.LockUser(ctx, before.ID)
		if err != nil {
			return err
		}
		if _, err := ownSession(ctx, tx, c); err != nil {
			return err // it has ended while the password was hashed
		}
		if u.Password != before.Password || u.TwoFactor() != before.TwoFactor() {
			return auth.Refuse(wrongPassword) // somebody else was faster
		}
		u.Password, u.PasswordChanged, u.PasswordShort = hash, c.now, utf8.RuneCountInString(req.New) < check.MinPassword
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		if err := tx.DropProofs(ctx, u.ID, c.session.ID); err != nil {
			return err
		}
		if err := tx.EndSignIns(ctx, u.ID); err != nil {
			return err
		}
		if err := dropTrust(ctx, tx, u); err != nil {
			return err
		}
		if _, err := tx.VoidLinks(ctx, u.ID, c.now, auth.LinkPassword, auth.LinkEmail, auth.LinkNotice); err != nil {
			return err
		}
		c.keepFamiliar(s, u)
		if req.EndOthers {
			if _, err := s.endOthers(ctx, tx, c); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, c.event(auth.EventPasswordChanged), c)
	})
}

// changeDisplayName changes the name that others see.
func (s *Server) changeDisplayName(ctx context.Context, c *caller, req api.ChangeDisplayNameRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		u.DisplayName = trim(req.DisplayName)
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		return s.record(ctx, tx, c.event(auth.EventDisplayNameChanged), c)
	})
}

func trim(v string) string { return strings.TrimSpace(v) }
