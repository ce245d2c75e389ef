package server

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// lockDown is "this was not me". It ends the sessions of the link's user, revokes
// their trusted devices and pending links, and closes the password until another is
// chosen. The second factor stays. The link opens nothing: the one with which to choose
// is mailed to the account's address, for notices also go to further addresses and to
// phones, and are good for a week (NIST SP 800-63B-4 §4.2.1.2, §4.2.2.2). When the
// account has been moved to another address since the link was sent, it is given back
// the one before first: whoever moved the account cannot keep it.
func (s *Server) lockDown(ctx context.Context, c *caller, req api.LinkRequest) (api.NextStep, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkNotMe)
	if err != nil {
		return api.NextStep{}, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := openLink(ctx, tx, c, link)
		if err != nil {
			return err
		}
		if u, err = s.closeAccount(ctx, tx, c, u); err != nil {
			return err
		}
		back, err := addressBefore(ctx, tx, c, link)
		if err != nil {
			return err
		}
		if u, err = s.restoreEmail(ctx, tx, c, u, back); err != nil {
			return err
		}
		e := c.event(auth.EventLockedDown)
		e.Details = map[string]string{"by": "link"}
		if err := s.record(ctx, tx, e, c); err != nil {
			return err
		}
		return s.mailPasswordLink(ctx, tx, c, u, c.event(auth.EventPasswordLinkSent))
	})
	return api.NextStep{Path: "/sign-in?notice=locked_down"}, err
}

// addressBefore returns the address that the account had when link was mailed, if it
// has been moved since; otherwise nothing. What later moves left behind is void: whoever
// moved the account on gets no say in it.
func addressBefore(ctx context.Context, tx *store.Tx, c *caller, link auth.Link) (address string, err error) {
	moves, err := tx.PendingLinksSince(ctx, link.User, auth.LinkGiveBack, link.Created, c.now)
	if err != nil {
		return "", err
	}
	address = link.Data
	for _, m := range moves {
		if link.Kind == auth.LinkNotMe && !m.Created.After(link.Created) {
			continue // the link came with this move, to the address that it led to
		}
		if address == "" {
			address = m.Data
		}
		if _, err := tx.UseLink(ctx, m.ID, c.now); err != nil {
			return "", err
		}
	}
	return address, nil
}

// closeAccount ends everything that u's password has opened and keeps it from
// opening more.
func (s *Server) closeAccount(ctx context.Context, tx *store.Tx, c *caller, u auth.User) (auth.User, error) {
	if _, err := tx.EndSessions(ctx, u.ID, ""); err != nil {
		return u, err
	}
	if err := s.voidPending(ctx, tx, c, u); err != nil {
		return u, err
	}
	u.PasswordLocked = c.now
	return u, tx.SaveUser(ctx, u)
}

// voidPending revokes everything that is under way for u outside of sessions:
// half-finished sign-ins, trusted devices, links, codes, enrollments.
func (s *Server) voidPending(ctx context.Context, tx *store.Tx, c *caller, u auth.User) error {
	if err := tx.EndSignIns(ctx, u.ID); err != nil {
		return err
	}
	if err := dropTrust(ctx, tx, u); err != nil {
		return err
	}
	if _, err := tx.VoidLinks(ctx, u.ID, c.now, auth.Pending()...); err != nil {
		return err
	}
	if err := tx.DropTextCodes(ctx, u.ID); err != nil {
		return err
	}
	return dropWizard(ctx, tx, u)
}

// dropWizard forgets a pending enrollment and a number that is being verified.
func dropWizard(ctx context.Context, tx *store.Tx, u auth.User) error {
	pending, err := tx.Enrollment(ctx, u.ID)
	if err != nil {
		return err
	}
	if pending.ID != "" {
		if _, err := tx.RemoveEnrollment(ctx, pending.ID); err != nil {
			return err
		}
	}
	checked, err := tx.PhoneCheck(ctx, u.ID)
	if err != nil || checked.ID == "" {
		return err
	}
	_, err = tx.RemovePhoneCheck(ctx, checked.ID)
	return err
}

// restoreEmail gives u back the address that they had, unless it is empty, theirs
// already, or somebody else's by now. The one they lose is told, and gets no link.
func (s *Server) restoreEmail(ctx context.Context, tx *store.Tx, c *caller, u auth.User, address string) (auth.User, error) {
	if address == "" || address == u.Email {
		return u, nil
	}
	restored := u
	restored.Email = address
	err := tx.SaveUser(ctx, restored)
	if _, taken := errors.AsType[store.Taken](err); taken {
		return u, nil
	}
	if err != nil {
		return u, err
	}
	e := c.named(auth.EventEmailChanged, address)
	if err := tx.Audit(ctx, e, c.now); err != nil {
		return u, err
	}
	if err := s.mail(ctx, tx, c, restored, message.EmailChanged, factsOf(e), u.Email); err != nil {
		return u, err
	}
	return restored, s.notify(ctx, tx, c, restored, message.EmailChanged, factsOf(e))
}

// refuseLocked answers a right password that opens nothing: it mails a link with
// which to choose another, unless one is on its way, and says so. Only who knows the password is told.
func (s *Server) refuseLocked(ctx context.Context, tx *store.Tx, c *caller, key string) error {
	if _, err := tx.LockBucket(ctx, key); err != nil { // buckets come before users, everywhere
		return err
	}
	if err := chargeIn(ctx, tx, c, mailsKey(c.user), limitMails); err != nil {
		return err
	}
	u, err := tx.LockUser(ctx, c.user.ID)
	if err != nil {
		return err
	}
	if u.PasswordLocked.IsZero() || u.Password != c.user.Password {
		return auth.Refuse(wrongPassword) // changed meanwhile
	}
	pending, err := tx.PendingLink(ctx, u.ID, auth.LinkPassword, c.now)
	if err != nil {
		return err
	}
	if pending.ID == "" { // who has the password must not be able to void the link that its owner was mailed
		if err := s.mailPasswordLink(ctx, tx, c, u, c.event(auth.EventPasswordLinkSent)); err != nil {
			return err
		}
	}
	return s.refuseIn(ctx, tx, c, auth.EventSignInRefused, check.PasswordLocked, nil)
}

// mailPasswordLink mails u a link with which to choose a new password, and records it
// as e. It voids the one before.
func (s *Server) mailPasswordLink(ctx context.Context, tx *store.Tx, c *caller, u auth.User, e auth.Event) error {
	f := factsOf(e)
	f.Expires = c.now.Add(auth.PasswordFor)
	var err error
	if f.Link, err = s.addLink(ctx, tx, auth.Link{Kind: auth.LinkPassword, User: u.ID, Created: c.now, Expires: f.Expires}, "/password/"); err != nil {
		return err
	}
	if err := s.mail(ctx, tx, c, u, message.PasswordLink, f, u.Email); err != nil {
		return err
	}
	return s.record(ctx, tx, e, c)
}

// choosePassword gives the user of a mailed link the password they chose, and ends
// all their sessions. It signs nobody in: the second factor is still asked for
// (ASVS 6.4.3).
func (s *Server) choosePassword(ctx context.Context, c *caller, req api.ChoosePasswordRequest) (api.NextStep, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkPassword)
	if err != nil {
		return api.NextStep{}, err
	}
	before, o, err := s.resetting(ctx, link)
	if err != nil {
		return api.NextStep{}, err
	}
	hash, err := s.newPassword(ctx, c, req.Password, before.MinPassword(o.Policy), before.PasswordWords(o.Name), "password")
	if err != nil {
		return api.NextStep{}, err
	}
	// Counted for the link: whoever guesses in a session keeps nobody from choosing, which ends that session.
	same, err := s.provePasswordAt(ctx, c, "choosing:"+string(link.ID), before, req.Password)
	if err != nil {
		return api.NextStep{}, err
	}
	if same {
		return api.NextStep{}, auth.RefuseField("password", check.PasswordSame) // it may be known to somebody (requirement 5)
	}
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		u, err := openLink(ctx, tx, c, link)
		if err != nil {
			return err
		}
		if u.TwoFactor() != before.TwoFactor() {
			return auth.Refuse(check.LinkDead) // the length was judged for what they had
		}
		if _, err := tx.EndSessions(ctx, u.ID, ""); err != nil {
			return err
		}
		if err := s.voidPending(ctx, tx, c, u); err != nil {
			return err
		}
		u.Password, u.PasswordChanged, u.PasswordLocked = hash, c.now, time.Time{}
		u.PasswordShort = utf8.RuneCountInString(req.Password) < check.MinPassword
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		return s.record(ctx, tx, c.event(auth.EventPasswordReset), c)
	})
	return api.NextStep{Path: "/sign-in?notice=password_chosen"}, err
}

// resetting returns the user that a link chooses a password for.
func (s *Server) resetting(ctx context.Context, link auth.Link) (auth.User, auth.Organization, error) {
	u, err := s.store.User(ctx, link.User)
	if err != nil {
		return u, auth.Organization{}, orDead(err)
	}
	if !u.MayBeSignedIn() {
		return u, auth.Organization{}, auth.Refuse(check.LinkDead)
	}
	o, err := s.store.Organization(ctx, u.Organization)
	return u, o, err
}
