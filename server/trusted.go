package server

import (
	"context"
	"strconv"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// trustedCookie holds the token of a trusted device.
const trustedCookie = "doorward-trusted"

// trust has the caller's browser not be asked for u's second factor again, for as
// long as the organization allows, when the person wants it.
func (s *Server) trust(ctx context.Context, tx *store.Tx, c *caller, u auth.User, wanted bool) error {
	if !wanted {
		return nil
	}
	o, err := tx.Organization(ctx, u.Organization)
	if err != nil {
		return err
	}
	token := s.newToken()
	device, allowed := auth.Trust(u, o.Policy, s.newID(), token, c.origin, c.now)
	if !allowed {
		return nil // the policy has changed since the page was drawn
	}
	if before, err := tx.TrustedDevice(ctx, c.trusted); err != nil {
		return err
	} else if before.User == u.ID {
		if _, err := tx.RevokeTrustedDevice(ctx, u.ID, before.ID); err != nil {
			return err
		}
	}
	if err := tx.AddTrustedDevice(ctx, device); err != nil {
		return err
	}
	c.keep(s, trustedCookie, string(token), device.Expires.Sub(c.now))
	e := c.event(auth.EventDeviceTrusted)
	e.Details = map[string]string{"name": device.Name, "days": strconv.Itoa(o.Policy.TrustedDays)}
	return s.record(ctx, tx, e, c)
}

// excused returns the trusted device in which u is not asked for the second factor
// now; false when they are asked. It only looks: excusedSession uses the device.
func excused(ctx context.Context, tx *store.Tx, c *caller, u auth.User) (auth.TrustedDevice, auth.Policy, bool, error) {
	o, err := tx.Organization(ctx, u.Organization)
	if err != nil {
		return auth.TrustedDevice{}, o.Policy, false, err
	}
	device, err := tx.TrustedDevice(ctx, c.trusted)
	return device, o.Policy, err == nil && device.Trusted(u, o.Policy, c.now), err
}

// excusedSession uses the trusted device of step, which is where u is not asked for
// the second factor, and returns the session that the password alone opens there.
func (s *Server) excusedSession(ctx context.Context, tx *store.Tx, c *caller, u auth.User, step step, token auth.Token) (auth.Session, error) {
	used, err := tx.UseTrustedDevice(ctx, step.device, c.origin.Address, c.now)
	if err != nil {
		return auth.Session{}, err
	}
	if !used {
		return auth.Session{}, auth.Refuse(wrongPassword) // revoked since it was looked at
	}
	return auth.SessionOnTrustedDevice(u, step.device, step.policy, s.newID(), token, c.origin, c.now)
}

// dropTrust ends all trust in u's browsers, because the password or an
// authenticator has changed.
func dropTrust(ctx context.Context, tx *store.Tx, u auth.User) error {
	_, err := tx.RevokeTrustedDevices(ctx, u.ID)
	return err
}

// revokeTrustedDevice has the second factor asked for again in one browser.
func (s *Server) revokeTrustedDevice(ctx context.Context, c *caller, req api.RevokeTrustedDeviceRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		revoked, err := tx.RevokeTrustedDevice(ctx, c.user.ID, auth.ID(req.ID))
		if err != nil {
			return err
		}
		if !revoked {
			return auth.Refuse(check.NotFound)
		}
		return s.record(ctx, tx, c.event(auth.EventTrustRevoked), c)
	})
}

// revokeTrustedDevices has it asked for again in all of them.
func (s *Server) revokeTrustedDevices(ctx context.Context, c *caller, _ api.None) (api.Ended, error) {
	var count int
	err := s.store.Update(ctx, func(tx *store.Tx) (err error) {
		if count, err = tx.RevokeTrustedDevices(ctx, c.user.ID); err != nil || count == 0 {
			return err
		}
		e := c.event(auth.EventTrustRevoked)
		e.Details = map[string]string{"count": strconv.Itoa(count)}
		return s.record(ctx, tx, e, c)
	})
	return api.Ended{Count: count}, err
}

// trustedRows tells the browsers of the caller that are trusted now.
func (s *Server) trustedRows(ctx context.Context, c *caller) ([]api.TrustedRow, error) {
	list, err := s.store.TrustedDevices(ctx, c.user.ID)
	if err != nil {
		return nil, err
	}
	rows := []api.TrustedRow{}
	for _, d := range list {
		if !d.Trusted(c.user, c.organization.Policy, c.now) {
			continue
		}
		ends := d.Added.Add(time.Duration(c.organization.Policy.TrustedDays) * 24 * time.Hour)
		if d.Expires.Before(ends) {
			ends = d.Expires
		}
		rows = append(rows, api.TrustedRow{ID: string(d.ID), Current: d.Digest == c.trusted, Name: d.Name, Address: d.Address,
			Added: millis(d.Added), LastUsed: millis(d.LastUsed), Expires: millis(ends)})
	}
	return rows, nil
}
