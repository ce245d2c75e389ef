package server

import (
	"context"
	"errors"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// checkInvitations tells what is wrong with a list of people to invite.
func (s *Server) checkInvitations(ctx context.Context, c *caller, req api.InvitationsRequest) (api.Invitations, error) {
	if _, err := s.organizationOf(ctx, c, req.Organization); err != nil {
		return api.Invitations{}, err
	}
	return s.judged(ctx, c, req)
}

// invite adds the people of a list, all or none, and makes a link for each.
func (s *Server) invite(ctx context.Context, c *caller, req api.InvitationsRequest) (api.Invitations, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return api.Invitations{}, err
	}
	list, err := s.judged(ctx, c, req)
	if err != nil || list.Bad > 0 {
		return list, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		staff, err := administersNow(ctx, tx, c, o.ID)
		if err != nil {
			return err
		}
		for _, row := range list.Rows {
			if i, err := invitationOf(row.InvitationRow); err != nil || i.Role > staff.Role {
				return auth.Refuse(check.Forbidden) // demoted meanwhile; a refusal keeps what was written before it
			}
		}
		for i := range list.Rows {
			if err := s.inviteRow(ctx, tx, c, o.ID, req.Mail, &list.Rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if _, taken := errors.AsType[store.Taken](err); taken {
		return s.judged(ctx, c, req) // somebody was faster: nobody has been invited
	}
	if err != nil {
		return api.Invitations{}, err
	}
	list.Invited = true
	return list, nil
}

// inviteRow invites who stands in row.
func (s *Server) inviteRow(ctx context.Context, tx *store.Tx, c *caller, organization auth.ID, mail bool, row *api.InvitationOutcome) error {
	i, err := invitationOf(row.InvitationRow)
	if err != nil {
		return err
	}
	u := i.user(s.newID(), organization, c.now)
	u.BrowserLanguage = c.speaks.Tag // until their own is known
	link, err := s.admit(ctx, tx, u, c.user.ID)
	if err != nil {
		return err
	}
	row.Link, row.Expires, row.Mailed = link, millis(c.now.Add(auth.InvitationFor)), mail && s.config.Delivery.Mail != nil
	if row.Mailed {
		if err := s.mailInvitation(ctx, tx, c, u, link); err != nil {
			return err
		}
	}
	e := withoutReason(c.about(u, auth.EventInvited, ""))
	e.Details["role"] = u.Role.String()
	return s.record(ctx, tx, e, c)
}

// invitationOf returns the invitation that a row stands for.
func invitationOf(row api.InvitationRow) (Invitation, error) {
	i := Invitation{UserName: row.UserName, Email: row.Email, DisplayName: row.DisplayName}
	if row.Role == "" {
		return i, nil
	}
	var err error
	i.Role, err = auth.ParseRole(row.Role)
	return i, err
}

// user returns who is invited by i.
func (i Invitation) user(id, organization auth.ID, now time.Time) auth.User {
	u := auth.User{ID: id, Organization: organization, UserName: trim(i.UserName), Email: trim(i.Email), DisplayName: trim(i.DisplayName),
		Role: i.Role, State: auth.Invited, Created: now}
	if u.DisplayName == "" {
		u.DisplayName = u.UserName
	}
	return u
}

// admit adds u, who is invited, and returns the link with which they choose a password.
func (s *Server) admit(ctx context.Context, tx *store.Tx, u auth.User, maker auth.ID) (string, error) {
	if err := tx.AddUser(ctx, u); err != nil {
		return "", err
	}
	return s.invitationLink(ctx, tx, u, maker, u.Created)
}

// invitationLink makes such a link, which voids the one before.
func (s *Server) invitationLink(ctx context.Context, tx *store.Tx, u auth.User, maker auth.ID, now time.Time) (string, error) {
	return s.addLink(ctx, tx, auth.Link{Kind: auth.LinkInvitation, User: u.ID, Maker: maker, Created: now, Expires: now.Add(auth.InvitationFor)}, "/invitation/")
}

// mailInvitation mails u the link.
func (s *Server) mailInvitation(ctx context.Context, tx *store.Tx, c *caller, u auth.User, link string) error {
	f := message.Facts{Thing: u.UserName, By: c.user.DisplayName, Link: link, Expires: c.now.Add(auth.InvitationFor)}
	return s.mail(ctx, tx, c, u, message.Invitation, f, u.Email)
}

// judged returns the rows of a list with what is wrong with each.
func (s *Server) judged(ctx context.Context, c *caller, req api.InvitationsRequest) (api.Invitations, error) {
	rows, ok := readRows(req.Text)
	if !ok {
		return api.Invitations{}, auth.RefuseField("text", check.TooLong)
	}
	for i, row := range req.People {
		rows = append(rows, api.InvitationOutcome{Line: i + 1, InvitationRow: api.InvitationRow{DisplayName: trim(row.DisplayName),
			UserName: trim(row.UserName), Email: trim(row.Email), Role: row.Role}})
	}
	if len(rows) == 0 {
		return api.Invitations{}, auth.RefuseField("text", check.Required)
	}
	var names []string
	times := map[string]int{}
	for _, row := range rows {
		for _, name := range []string{check.Fold(row.UserName), check.Fold(row.Email)} {
			if row.Wrong == nil && name != "" {
				names = append(names, name)
				times[name]++
			}
		}
	}
	claimed, err := s.store.Claimed(ctx, names)
	list := api.Invitations{Rows: rows}
	for i := range rows {
		judge(&rows[i], c.user.Role, claimed, times)
		if len(rows[i].Wrong) > 0 {
			list.Bad++
		}
	}
	return list, err
}

// judge notes what is wrong with row, for somebody of role. The names and addresses in
// claimed are somebody's, those in times are so many times in the list.
func judge(row *api.InvitationOutcome, role auth.Role, claimed map[string]bool, times map[string]int) {
	if row.Wrong != nil {
		return // it could not be read
	}
	row.Wrong = row.Problems()
	if i, err := invitationOf(row.InvitationRow); err == nil && i.Role > role {
		row.Wrong.Add("role", check.RoleAbove)
	}
	for field, v := range map[string]string{"user_name": row.UserName, "email": row.Email} {
		switch {
		case row.Wrong[field] != "":
		case claimed[check.Fold(v)]:
			row.Wrong.Add(field, check.Taken)
		case times[check.Fold(v)] > 1:
			row.Wrong.Add(field, check.TwiceInList)
		}
	}
}
