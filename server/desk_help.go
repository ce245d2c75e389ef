package server

import (
	"context"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/check"
)

// onHost changes the account of the user who signs in as login, as a command on the
// host, and ends their sessions at once. What first does comes before the user is
// locked; it may be nil.
func (s *Server) onHost(ctx context.Context, login string, first func(tx *store.Tx, u auth.User) error, change func(tx *store.Tx, c *caller, u auth.User) error) (auth.User, error) {
	u, err := s.store.UserByLogin(ctx, login)
	if err != nil {
		return u, err
	}
	c := &caller{now: s.now()}
	return u, s.store.Update(ctx, func(tx *store.Tx) error {
		if first != nil {
			if err := first(tx, u); err != nil {
				return err
			}
		}
		locked, err := tx.LockUser(ctx, u.ID)
		if err != nil {
			return err
		}
		if err := change(tx, c, locked); err != nil {
			return err
		}
		if _, err := tx.EndSessions(ctx, u.ID, ""); err != nil {
			return err
		}
		return tx.EndSignIns(ctx, u.ID)
	})
}

// ResetTwoFactor removes every authenticator and recovery code of the user who
// signs in as login, and ends their sessions. It is the last resort of somebody
// who has lost everything; reason is kept in the audit.
func (s *Server) ResetTwoFactor(ctx context.Context, login, reason string) (auth.User, error) {
	return s.onHost(ctx, login, nil, func(tx *store.Tx, c *caller, u auth.User) error {
		if !u.TwoFactor() {
			return auth.Refuse(check.NotActive)
		}
		return s.reset(ctx, tx, c, u, deskEvent(u, auth.EventTwoFactorReset, map[string]string{"reason": reason}))
	})
}

// PasswordLink makes a one-time link with which the user who signs in as login
// chooses a new password, and ends their sessions.
func (s *Server) PasswordLink(ctx context.Context, login, reason string) (address string, expires time.Time, err error) {
	_, err = s.onHost(ctx, login, nil, func(tx *store.Tx, c *caller, u auth.User) error {
		if !u.MayBeSignedIn() {
			return auth.Refuse(check.Forbidden)
		}
		expires = c.now.Add(auth.PasswordFor)
		var err error
		if address, err = s.addLink(ctx, tx, auth.Link{Kind: auth.LinkPassword, User: u.ID, Created: c.now, Expires: expires}, "/password/"); err != nil {
			return err
		}
		if err := s.record(ctx, tx, deskEvent(u, auth.EventPasswordLinkSent, map[string]string{"reason": reason}), c); err != nil {
			return err
		}
		return s.notify(ctx, tx, c, u, message.SessionsEndedByStaff, message.Facts{By: auth.CommandLine})
	})
	return address, expires, err
}

// Unlock lets the user who signs in as login try again at once, and ends their
// sessions.
func (s *Server) Unlock(ctx context.Context, login, reason string) (auth.User, error) {
	free := func(tx *store.Tx, u auth.User) error { return s.clearThrottles(ctx, tx, u) }
	return s.onHost(ctx, login, free, func(tx *store.Tx, c *caller, u auth.User) error {
		return s.record(ctx, tx, deskEvent(u, auth.EventThrottleLifted, map[string]string{"reason": reason}), c)
	})
}

// Promote gives the user who signs in as login another role, and ends their
// sessions. It refuses with LastOperator to leave the portal without an operator.
func (s *Server) Promote(ctx context.Context, login string, role auth.Role, reason string) (auth.User, error) {
	alone := func(tx *store.Tx, _ auth.User) error { return lockRanks(ctx, tx) }
	return s.onHost(ctx, login, alone, func(tx *store.Tx, c *caller, u auth.User) error {
		if err := mayStepDown(ctx, tx, u, role); err != nil {
			return err
		}
		before := u.Role
		u.Role = role
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		// Whoever made a link that turns two-factor off may be below them from now on.
		if _, err := tx.VoidLinks(ctx, u.ID, c.now, auth.LinkReset); err != nil {
			return err
		}
		if err := tx.VoidLinksBy(ctx, u.ID, c.now); err != nil {
			return err
		}
		return s.record(ctx, tx, deskEvent(u, auth.EventRoleChanged,
			map[string]string{"name": role.String(), "before": before.String(), "reason": reason}), c)
	})
}
