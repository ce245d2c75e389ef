package server

import (
	"context"
	"errors"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// limitMails is how many mails a user may have sent to addresses that are not
// theirs yet, or to themselves for a new password.
var limitMails = auth.Limit{Free: 10, First: 5 * time.Minute, Most: time.Hour, Forget: 24 * time.Hour}

// mailsKey names the bucket of such mails.
func mailsKey(u auth.User) string { return "mails:" + string(u.ID) }

// profile tells the caller's addresses.
func (s *Server) profile(ctx context.Context, c *caller, _ api.None) (api.ProfileInfo, error) {
	main, err := s.store.PendingLink(ctx, c.user.ID, auth.LinkEmail, c.now)
	if err != nil {
		return api.ProfileInfo{}, err
	}
	further, err := s.store.PendingLink(ctx, c.user.ID, auth.LinkNotice, c.now)
	return api.ProfileInfo{Email: c.user.Email, EmailPending: main.Data, NoticeAddress: c.user.NoticeEmail, NoticePending: further.Data,
		Mail:     s.config.Delivery.Mail != nil,
		Language: c.user.Language, BrowserLanguage: c.asksFor.Name(), Languages: languageChoice()}, err
}

// changeEmail mails a link to the new address, and tells the old ones.
func (s *Server) changeEmail(ctx context.Context, c *caller, req api.ChangeEmailRequest) (api.Done, error) {
	return api.Done{}, s.askAddress(ctx, c, trim(req.Email), auth.LinkEmail)
}

// addNoticeAddress mails a link to a further address for notices.
func (s *Server) addNoticeAddress(ctx context.Context, c *caller, req api.ChangeEmailRequest) (api.Done, error) {
	return api.Done{}, s.askAddress(ctx, c, trim(req.Email), auth.LinkNotice)
}

// askAddress mails a link of kind to an address. Whether somebody else signs in
// with it is not told: then no link is mailed, and nothing else differs.
func (s *Server) askAddress(ctx context.Context, c *caller, address string, kind auth.LinkKind) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		if err := chargeIn(ctx, tx, c, mailsKey(c.user), limitMails); err != nil {
			return err
		}
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if strings.EqualFold(address, u.Email) || kind == auth.LinkNotice && strings.EqualFold(address, u.NoticeEmail) {
			return auth.RefuseField("email", check.SameEmail)
		}
		about, event := message.EmailConfirm, auth.EventEmailChangeAsked
		free := true
		if kind == auth.LinkNotice {
			about, event = message.NoticeAddressConfirm, auth.EventNoticeEmailAsked
		} else if free, err = nobodyAt(ctx, tx, address); err != nil {
			return err
		}
		f := message.Facts{Thing: address, Expires: c.now.Add(auth.EmailFor)}
		if f.Link, err = s.addLink(ctx, tx, auth.Link{Kind: kind, User: u.ID, Data: address, Created: c.now, Expires: f.Expires}, "/email/"); err != nil {
			return err
		}
		if free {
			if err := s.mail(ctx, tx, c, u, about, f, address); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, c.named(event, address), c)
	})
}

// nobodyAt reports whether nobody signs in with an address.
func nobodyAt(ctx context.Context, tx *store.Tx, address string) (bool, error) {
	_, err := tx.UserByLogin(ctx, address)
	if errors.Is(err, store.NotFound) {
		return true, nil
	}
	return false, err
}

// cancelEmailChange voids the links that were mailed to new addresses.
func (s *Server) cancelEmailChange(ctx context.Context, c *caller, _ api.None) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.VoidLinks(ctx, c.user.ID, c.now, auth.LinkEmail, auth.LinkNotice)
		return err
	})
}

// removeNoticeAddress removes the further address. It is told of it, too.
func (s *Server) removeNoticeAddress(ctx context.Context, c *caller, _ api.None) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if u.NoticeEmail == "" {
			return auth.Refuse(check.NotFound)
		}
		if err := s.record(ctx, tx, c.named(auth.EventNoticeEmailRemoved, u.NoticeEmail), c); err != nil {
			return err
		}
		u.NoticeEmail = ""
		return tx.SaveUser(ctx, u)
	})
}

// confirmEmail makes the address that a link was mailed to the user's. Notices go
// to the address before and to the new one; the first can take the change back.
func (s *Server) confirmEmail(ctx context.Context, c *caller, req api.LinkRequest) (api.NextStep, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkEmail)
	if err != nil {
		return api.NextStep{}, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := openLink(ctx, tx, c, link)
		if err != nil {
			return err
		}
		if link.Kind == auth.LinkNotice {
			return s.setNoticeEmail(ctx, tx, c, u, link.Data)
		}
		return s.moveEmail(ctx, tx, c, u, link.Data)
	})
	if _, taken := errors.AsType[store.Taken](err); taken {
		err = auth.Refuse(check.LinkDead) // somebody else has come to sign in with it
	}
	if c.session.ID != "" && c.session.User == link.User {
		return api.NextStep{Path: "/profile?notice=email_confirmed#email"}, err
	}
	return api.NextStep{Path: "/sign-in?notice=email_confirmed"}, err
}

// setNoticeEmail makes address the one for notices. One that was there before is told
// that it is no longer.
func (s *Server) setNoticeEmail(ctx context.Context, tx *store.Tx, c *caller, u auth.User, address string) error {
	if before := u.NoticeEmail; before != "" {
		if err := s.record(ctx, tx, c.named(auth.EventNoticeEmailRemoved, before), c); err != nil {
			return err
		}
	}
	u.NoticeEmail = address
	if err := tx.SaveUser(ctx, u); err != nil {
		return err
	}
	return s.record(ctx, tx, c.named(auth.EventNoticeEmailAdded, address), c)
}

// moveEmail gives u another address and tells the old and the new ones. For a week the
// old one can be given back; of several moves in that time an earlier one voids the
// later: who moves an account on and on gets no say in it.
func (s *Server) moveEmail(ctx context.Context, tx *store.Tx, c *caller, u auth.User, address string) error {
	before := u.Email
	u.Email = address
	if err := tx.SaveUser(ctx, u); err != nil {
		return err
	}
	e := c.named(auth.EventEmailChanged, address)
	if err := tx.Audit(ctx, e, c.now); err != nil {
		return err
	}
	if err := s.mailNotice(ctx, tx, c, u, message.EmailChanged, factsOf(e), before, before); err != nil {
		return err
	}
	return s.notify(ctx, tx, c, u, message.EmailChanged, factsOf(e))
}
