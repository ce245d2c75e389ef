package server

import (
	"context"
	"errors"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/check"
)

// limitRemind is how often one person is reminded by staff.
var limitRemind = auth.Limit{First: 24 * time.Hour, Most: 24 * time.Hour, Forget: 24 * time.Hour}

// remindKey names the bucket of the reminders of somebody.
func remindKey(user auth.ID) string { return "reminded:" + string(user) }

// actRemind mails the person that two-factor is wanted, with the date where there is
// one.
func (s *Server) actRemind(ctx context.Context, tx *store.Tx, d deed) error {
	switch {
	case s.config.Delivery.Mail == nil:
		return auth.Refuse(check.MailUnavailable)
	case d.u.TwoFactor():
		return auth.Refuse(check.AlreadyActive)
	case !d.u.MayBeSignedIn():
		return auth.Refuse(check.CannotSignIn)
	}
	err := chargeIn(ctx, tx, d.caller, remindKey(d.u.ID), limitRemind)
	if refusal, waits := errors.AsType[*auth.Refusal](err); waits {
		return &auth.Refusal{Code: check.RemindedToday, Retry: refusal.Retry}
	}
	if err != nil {
		return err
	}
	o, err := tx.Organization(ctx, d.u.Organization)
	if err != nil {
		return err
	}
	kind, f := message.TwoFactorWanted, message.Facts{By: d.user.DisplayName}
	switch demand := o.Policy.Demand(d.u); {
	case demand.Due(d.now):
		kind = message.MandatoryNow
	case !demand.From.IsZero():
		kind, f.From = message.MandatoryAnnounced, demand.From
	}
	if err := s.mail(ctx, tx, d.caller, d.u, kind, f, d.u.Email); err != nil {
		return err
	}
	return s.record(ctx, tx, withoutReason(d.about(d.u, auth.EventReminded, d.req.Reason)), d.caller)
}

// actInviteAgain makes the person another link with which to choose a password, which
// voids the one before. It is mailed a few times a day and no more.
func (s *Server) actInviteAgain(ctx context.Context, tx *store.Tx, d deed) error {
	if d.u.State != auth.Invited {
		return auth.Refuse(check.NotInvited)
	}
	link, err := s.invitationLink(ctx, tx, d.u, d.user.ID, d.now)
	if err != nil {
		return err
	}
	d.out.Link, d.out.Expires = link, millis(d.now.Add(auth.InvitationFor))
	few, err := countNotice(ctx, tx, d.caller, "notices:"+string(d.u.ID)+":"+string(message.Invitation), auth.InvitationsToUser)
	if err != nil {
		return err
	}
	if few && s.config.Delivery.Mail != nil {
		d.out.Mailed = d.u.Email
		if err := s.mailInvitation(ctx, tx, d.caller, d.u, link); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, withoutReason(d.about(d.u, auth.EventInvitedAgain, d.req.Reason)), d.caller)
}

// actRevokeInvitation voids the person's link.
func (s *Server) actRevokeInvitation(ctx context.Context, tx *store.Tx, d deed) error {
	if d.u.State != auth.Invited {
		return auth.Refuse(check.NotInvited)
	}
	n, err := tx.VoidLinks(ctx, d.u.ID, d.now, auth.LinkInvitation)
	if err != nil {
		return err
	}
	if n == 0 {
		return auth.Refuse(check.NotInvited)
	}
	return s.record(ctx, tx, d.about(d.u, auth.EventInvitationRevoked, d.req.Reason), d.caller)
}
