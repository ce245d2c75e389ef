package server

import (
	"context"
	"errors"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// checkLink tells what a live link is good for, without using it up.
func (s *Server) checkLink(ctx context.Context, c *caller, req api.CheckLinkRequest) (api.LinkInfo, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkKind(req.Kind))
	if err != nil {
		return api.LinkInfo{}, err
	}
	info := api.LinkInfo{MinPassword: check.MinPassword, Expires: millis(link.Expires)}
	if link.Kind == auth.LinkSetup {
		return info, nil
	}
	find := s.resetting
	if link.Kind == auth.LinkInvitation {
		find = s.invited
	}
	u, o, err := find(ctx, link)
	if err != nil {
		return api.LinkInfo{}, err
	}
	if link.Kind == auth.LinkReset {
		info.UserName, info.Organization = u.UserName, o.Name
		return info, nil
	}
	if link.Kind == auth.LinkEmail || link.Kind == auth.LinkNotice {
		info.Email = link.Data
		return info, nil
	}
	if link.Kind == auth.LinkNotMe || link.Kind == auth.LinkGiveBack {
		return info, nil // these also go to phones, and to addresses that are the account's no more
	}
	info.MinPassword = u.MinPassword(o.Policy)
	info.UserName, info.Email, info.DisplayName, info.Organization = u.UserName, u.Email, u.DisplayName, o.Name
	return info, nil
}

// link returns the live link of a kind that token opens.
func (s *Server) link(ctx context.Context, c *caller, token string, kind auth.LinkKind) (auth.Link, error) {
	link, err := s.store.LinkByDigest(ctx, auth.Token(token).Digest())
	if err != nil && !errors.Is(err, store.NotFound) {
		return link, err
	}
	switch {
	case kind == auth.LinkEmail && link.Kind == auth.LinkNotice:
		kind = auth.LinkNotice // they are confirmed alike
	case kind == auth.LinkNotMe && link.Kind == auth.LinkGiveBack:
		kind = auth.LinkGiveBack // both lock the account down
	}
	if err := link.Use(kind, c.now); err != nil {
		return link, err
	}
	if kind == auth.LinkSetup {
		done, err := s.store.HasAdministrator(ctx)
		if err != nil {
			return link, err
		}
		if done {
			return link, auth.Refuse(check.AlreadySetUp)
		}
	}
	return link, nil
}

// invited returns the user that an invitation is for, if they still are to
// accept it.
func (s *Server) invited(ctx context.Context, link auth.Link) (auth.User, auth.Organization, error) {
	u, err := s.store.User(ctx, link.User)
	if err != nil {
		return u, auth.Organization{}, orDead(err)
	}
	if u.State != auth.Invited || u.Closed {
		return u, auth.Organization{}, auth.Refuse(check.LinkDead)
	}
	o, err := s.store.Organization(ctx, u.Organization)
	return u, o, err
}

// setup makes the first organization and its first administrator, who is the
// operator too. The link decides who comes first.
func (s *Server) setup(ctx context.Context, c *caller, req api.SetupRequest) (api.NextStep, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkSetup)
	if err != nil {
		return api.NextStep{}, err
	}
	o := auth.Organization{ID: s.newID(), Name: trim(req.Organization), Policy: auth.DefaultPolicy(), Created: c.now}
	u := auth.User{ID: s.newID(), Organization: o.ID, UserName: trim(req.UserName), Email: trim(req.Email), DisplayName: trim(req.DisplayName),
		Role: auth.Operator, State: auth.Active, PasswordChanged: c.now, Created: c.now, BrowserLanguage: c.asksFor.Tag}
	if u.Password, err = s.newPassword(ctx, c, req.Password, check.MinPassword, u.PasswordWords(o.Name), "password"); err != nil {
		return api.NextStep{}, err
	}
	c.user = u
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if err := useLink(ctx, tx, c, link); err != nil {
			return err
		}
		done, err := tx.HasAdministrator(ctx)
		if err != nil {
			return err
		}
		if done {
			return auth.Refuse(check.AlreadySetUp)
		}
		if err := tx.AddOrganization(ctx, o); err != nil {
			return err
		}
		if err := tx.AddUser(ctx, u); err != nil {
			return err
		}
		c.keepFamiliar(s, u)
		return s.record(ctx, tx, c.event(auth.EventSetUp), c)
	})
	return api.NextStep{Path: "/sign-in?notice=ready"}, err
}

// acceptInvitation gives an invited user the password they chose.
func (s *Server) acceptInvitation(ctx context.Context, c *caller, req api.AcceptInvitationRequest) (api.NextStep, error) {
	link, err := s.link(ctx, c, req.Token, auth.LinkInvitation)
	if err != nil {
		return api.NextStep{}, err
	}
	u, o, err := s.invited(ctx, link)
	if err != nil {
		return api.NextStep{}, err
	}
	hash, err := s.newPassword(ctx, c, req.Password, u.MinPassword(o.Policy), u.PasswordWords(o.Name), "password")
	if err != nil {
		return api.NextStep{}, err
	}
	err = s.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, u.ID) // before the link, as those who void it do
		if err != nil {
			return orDead(err)
		}
		if u.State != auth.Invited || u.Closed {
			return auth.Refuse(check.LinkDead)
		}
		if err := useLink(ctx, tx, c, link); err != nil {
			return err
		}
		c.user = u
		u.State, u.Password, u.PasswordChanged, u.PasswordShort = auth.Active, hash, c.now, false
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		c.keepFamiliar(s, u)
		return s.record(ctx, tx, c.event(auth.EventInvitationAccepted), c)
	})
	return api.NextStep{Path: "/sign-in?notice=password_chosen"}, err
}

// useLink uses a link up; only one of many succeeds.
func useLink(ctx context.Context, tx *store.Tx, c *caller, link auth.Link) error {
	used, err := tx.UseLink(ctx, link.ID, c.now)
	if err != nil {
		return err
	}
	if !used {
		return auth.Refuse(check.LinkDead)
	}
	return nil
}

// openLink uses up a link that concerns a user who may be signed in, and returns
// them, whom nobody else changes until the transaction ends.
func openLink(ctx context.Context, tx *store.Tx, c *caller, link auth.Link) (auth.User, error) {
	u, err := tx.LockUser(ctx, link.User)
	if err != nil {
		return u, orDead(err)
	}
	if !u.MayBeSignedIn() {
		return u, auth.Refuse(check.LinkDead)
	}
	c.user = u
	return u, useLink(ctx, tx, c, link)
}

func orDead(err error) error {
	if errors.Is(err, store.NotFound) {
		return auth.Refuse(check.LinkDead)
	}
	return err
}
