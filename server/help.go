package server

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// errNobody is what staff hear of people out of their reach.
var errNobody = auth.Refuse(check.NotFound)

// helped returns the person called id, locked, if the caller may act on them.
func (s *Server) helped(ctx context.Context, tx *store.Tx, c *caller, id string) (auth.User, error) {
	u, err := tx.LockUser(ctx, auth.ID(id))
	if err != nil {
		return u, err
	}
	return u, mayHelpNow(ctx, tx, c, u)
}

// mayHelpNow refuses a caller who may not act on u. Between the request's first look
// and the transaction they may have been demoted or suspended, or their session may
// have ended.
func mayHelpNow(ctx context.Context, tx *store.Tx, c *caller, u auth.User) error {
	staff, err := staffNow(ctx, tx, c)
	if err != nil {
		return err
	}
	return staff.MayHelp(u)
}

// staffNow returns the caller as they are by now. Whatever is done to other people or to
// an organization asks it within its transaction. It refuses when their session has ended
// meanwhile, their step-up has run out, or they have no two-factor any more; their role is
// for whoever asks to look at.
func staffNow(ctx context.Context, tx *store.Tx, c *caller) (auth.User, error) {
	session, staff, _, err := tx.SessionByDigest(ctx, c.session.Digest)
	switch {
	case errors.Is(err, store.NotFound):
		return staff, auth.Refuse(check.SignedOut)
	case err != nil:
		return staff, err
	case !staff.MayBeSignedIn():
		return staff, auth.Refuse(check.SignedOut)
	case !session.Proved(c.now):
		return staff, auth.Refuse(check.StepUpRequired)
	case !staff.TwoFactor():
		return staff, auth.Refuse(check.TwoFactorFirst)
	}
	return staff, nil
}

// about returns an event about what the caller, of the staff, does for u, with both
// names and the reason.
func (c *caller) about(u auth.User, kind auth.EventKind, reason string) auth.Event {
	return auth.Event{Organization: u.Organization, Actor: string(c.user.ID), Subject: u.ID, Kind: kind, Outcome: auth.Allowed,
		Address: c.origin.Address, Device: c.origin.Device,
		Details: map[string]string{"reason": trim(reason), "by": c.user.DisplayName, "by_name": c.user.UserName, "person": u.UserName}}
}

// sendResetLink makes a link with which the person turns two-factor off. It is
// mailed, and told to the caller once.
func (s *Server) sendResetLink(ctx context.Context, c *caller, req api.SendResetLinkRequest) (api.ResetLink, error) {
	var made api.ResetLink
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		made, err = s.makeResetLink(ctx, tx, c, u, req.Reason, req.Hours)
		return err
	})
	if err != nil {
		return api.ResetLink{}, err
	}
	made.QR, err = auth.QR(made.Link)
	return made, err
}

// makeResetLink makes such a link for u, who is locked, to live for so many hours; 0:
// for one.
func (s *Server) makeResetLink(ctx context.Context, tx *store.Tx, c *caller, u auth.User, reason string, hours int) (made api.ResetLink, err error) {
	lives := auth.ResetFor
	if hours > 0 {
		lives = time.Duration(hours) * time.Hour
	}
	if !u.TwoFactor() {
		return made, auth.Refuse(check.NotActive)
	}
	if !u.MayBeSignedIn() {
		return made, auth.Refuse(check.Forbidden) // the link would open nothing
	}
	f := message.Facts{By: c.user.DisplayName, Expires: c.now.Add(lives)}
	if f.Link, err = s.addLink(ctx, tx, auth.Link{Kind: auth.LinkReset, User: u.ID, Maker: c.user.ID, Data: c.user.DisplayName, Created: c.now, Expires: f.Expires}, "/turn-off/"); err != nil {
		return made, err
	}
	f.NotMe, err = s.addLink(ctx, tx, auth.Link{Kind: auth.LinkNotMe, User: u.ID, Created: c.now, Expires: c.now.Add(auth.NotMeFor)}, "/not-me/")
	if err != nil {
		return made, err
	}
	made = api.ResetLink{Link: f.Link, Expires: millis(f.Expires)}
	if s.config.Delivery.Mail != nil {
		made.Mailed = u.Email
	}
	if err := s.mail(ctx, tx, c, u, message.ResetLink, f, u.Email); err != nil {
		return made, err
	}
	for _, further := range addresses(u)[1:] {
		// The further address is told that there is a link, and does not get it.
		if err := s.mailNotice(ctx, tx, c, u, message.ResetLinkSent, message.Facts{By: c.user.DisplayName}, further, ""); err != nil {
			return made, err
		}
	}
	e := c.about(u, auth.EventResetLinkMade, reason)
	e.Details["hours"] = strconv.Itoa(int(lives / time.Hour))
	return made, tx.Audit(ctx, e, c.now)
}

// revokeLink voids a pending link of the person.
func (s *Server) revokeLink(ctx context.Context, c *caller, req api.RevokeLinkRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		pending, err := tx.PendingLinks(ctx, u.ID, c.now)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(pending, func(l auth.Link) bool { return l.ID == auth.ID(req.Link) && shownLink(l) })
		if i < 0 {
			return auth.Refuse(check.NotFound)
		}
		kind := pending[i].Kind
		if kind == auth.LinkInvitation && c.user.Role < auth.Admin {
			return auth.Refuse(check.Forbidden) // as with ActRevokeInvitation
		}
		voided, err := tx.VoidLink(ctx, u.ID, auth.ID(req.Link), c.now)
		if err != nil {
			return err
		}
		if !voided {
			return auth.Refuse(check.NotFound)
		}
		e := c.about(u, auth.EventLinkRevoked, "")
		e.Details["kind"] = string(kind)
		return tx.Audit(ctx, e, c.now)
	})
}

// helperKey names the bucket of recovery codes that one of the staff has typed for
// callers.
func helperKey(u auth.User) string { return "helper:" + string(u.ID) }

// helpByRecoveryCode uses up a recovery code that the person has read out, and turns
// their two-factor off. Wrong ones count against both.
func (s *Server) helpByRecoveryCode(ctx context.Context, c *caller, req api.HelpByRecoveryCodeRequest) (api.Done, error) {
	u, err := s.store.User(ctx, auth.ID(req.ID))
	if err != nil {
		return api.Done{}, err
	}
	if err := c.user.MayHelp(u); err != nil {
		return api.Done{}, err
	}
	if !u.TwoFactor() {
		return api.Done{}, auth.Refuse(check.NotActive)
	}
	if err := s.charge(ctx, c, helperKey(c.user), auth.LimitSecondStep); err != nil {
		return api.Done{}, err
	}
	key := strangeSecondKey(u)
	use, err := s.lookUpRecoveryCode(ctx, c, u, req.RecoveryCode, key)
	if err != nil { // the code was not looked at
		return api.Done{}, errors.Join(err, s.uncharge(ctx, helperKey(c.user), auth.LimitSecondStep))
	}
	return api.Done{}, s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		for _, b := range []string{helperKey(c.user), key} { // buckets come before users, everywhere
			if _, err := tx.LockBucket(ctx, b); err != nil {
				return err
			}
		}
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		spent := false
		if use.code.ID != "" {
			if spent, err = tx.UseRecoveryCode(ctx, use.code.ID, c.now); err != nil {
				return err
			}
		}
		e := c.about(u, auth.EventTwoFactorReset, req.Reason)
		e.Details["way"] = "recovery code by telephone"
		if !spent {
			e.Outcome = auth.Denied
			if err := tx.Audit(ctx, e, c.now); err != nil {
				return err
			}
			return auth.Refuse(check.WrongRecoveryCode)
		}
		for _, b := range []string{helperKey(c.user), key} {
			if err := clearBucket(ctx, tx, b); err != nil {
				return err
			}
		}
		return s.reset(ctx, tx, c, u, e)
	})
}

// reset leaves u with the password alone, ends everything that is under way for
// them, and records it as e. A password that is too short to stand alone opens
// nothing from then on (NIST SP 800-63B-4 §3.1.1.2): signing in with it mails a link
// to choose another.
func (s *Server) reset(ctx context.Context, tx *store.Tx, c *caller, u auth.User, e auth.Event) error {
	// Whoever is told must still have their phones.
	if err := s.record(ctx, tx, e, c); err != nil {
		return err
	}
	if u.PasswordShort {
		u.PasswordLocked = c.now
	}
	if err := s.stripFactors(ctx, tx, c, u); err != nil {
		return err
	}
	if _, err := tx.EndSessions(ctx, u.ID, ""); err != nil {
		return err
	}
	return tx.EndSignIns(ctx, u.ID)
}

// turnOffByLink turns two-factor off with a link from staff and the password. It
// signs nobody in.
func (s *Server) turnOffByLink(ctx context.Context, c *caller, req api.TurnOffByLinkRequest) (api.NextStep, error) {
	to := api.NextStep{Path: "/sign-in?notice=two_factor_off"}
	link, err := s.link(ctx, c, req.Token, auth.LinkReset)
	if err != nil {
		return to, err
	}
	before, _, err := s.resetting(ctx, link)
	if err != nil {
		return to, err
	}
	c.user = before
	ok, err := s.provePassword(ctx, c, before, req.Password)
	if err != nil {
		return to, err
	}
	return to, s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if !ok {
			return s.refuseIn(ctx, tx, c, auth.EventTurnOffRefused, wrongPassword, map[string]string{"factor": string(auth.FactorPassword)})
		}
		u, err := openLink(ctx, tx, c, link)
		if err != nil {
			return err
		}
		if u.Password != before.Password || !u.TwoFactor() || !u.PasswordLocked.IsZero() {
			return auth.Refuse(check.LinkDead)
		}
		e := c.event(auth.EventTwoFactorReset)
		e.Details = map[string]string{"way": "link", "by": link.Data}
		return s.reset(ctx, tx, c, u, e)
	})
}

// lockDownPerson is "this was not me" by staff. The person is mailed a link with
// which to choose another password.
func (s *Server) lockDownPerson(ctx context.Context, c *caller, req api.HelpRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		if u.State == auth.Invited {
			return auth.Refuse(check.Forbidden) // there is no password yet, and the invitation would be lost
		}
		if u, err = s.closeAccount(ctx, tx, c, u); err != nil {
			return err
		}
		if err := s.record(ctx, tx, c.about(u, auth.EventLockedDown, req.Reason), c); err != nil {
			return err
		}
		if !u.MayBeSignedIn() {
			return nil
		}
		return s.mailPasswordLink(ctx, tx, c, u, c.about(u, auth.EventPasswordLinkSent, req.Reason))
	})
}

// endPersonSessions ends the person's sessions.
func (s *Server) endPersonSessions(ctx context.Context, c *caller, req api.HelpRequest) (api.Ended, error) {
	var count int
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		count, err = s.endSessionsOf(ctx, tx, c, u, req.Reason)
		return err
	})
	return api.Ended{Count: count}, err
}

// endSessionsOf ends the sessions and the sign-ins of u, who is locked, and returns how
// many sessions there were.
func (s *Server) endSessionsOf(ctx context.Context, tx *store.Tx, c *caller, u auth.User, reason string) (int, error) {
	count, err := tx.EndSessions(ctx, u.ID, "")
	if err != nil {
		return 0, err
	}
	if err := tx.EndSignIns(ctx, u.ID); err != nil {
		return 0, err
	}
	e := c.about(u, auth.EventSessionsEndedByStaff, reason)
	e.Details["count"] = strconv.Itoa(count)
	return count, s.record(ctx, tx, e, c)
}
