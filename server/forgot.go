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

// forgotPassword notes that somebody has forgotten the password of what they claim
// to be. Who that is, if anybody, is looked up when the note is taken from the
// outbox: until the answer is given the same is done for everyone, in the same time
// (ASVS 6.3.8).
func (s *Server) forgotPassword(ctx context.Context, c *caller, req api.ForgotPasswordRequest) (api.NextStep, error) {
	key := "forgot:" + s.pseudonym("claimed", check.Fold(req.Name))
	to := api.NextStep{Path: "/sign-in?notice=password_link"}
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		// The address comes first: one that waits leaves nothing behind, and uses up nothing of whom it names.
		address := addressKey(c, &limit{"forgot-address", limitForgotAddress})
		for _, limit := range []struct {
			key string
			auth.Limit
		}{{address, limitForgotAddress}, {key, limitForgot}} {
			if err := chargeIn(ctx, tx, c, limit.key, limit.Limit); err != nil {
				return err
			}
		}
		return s.queue(ctx, tx, auth.Message{Channel: auth.ByNote, Kind: noteForgot, Recipient: trim(req.Name), Shown: "•••", Created: c.now,
			Fleeting: true, Expires: c.now.Add(auth.PasswordFor)}, content{Subject: c.origin.Device, Text: c.origin.Address})
	})
	if _, waits := auth.Refused(err); waits {
		// A few were mailed a moment ago. To say so would tell nothing either, but
		// there is nothing to do about it.
		return to, nil
	}
	return to, err
}

// The limits of links for forgotten passwords.
var (
	limitForgot        = auth.Limit{Free: 3, First: 5 * time.Minute, Most: time.Hour, Forget: 12 * time.Hour}
	limitForgotAddress = auth.Limit{Free: 20, First: time.Minute, Most: time.Hour, Forget: 12 * time.Hour}
)

// noteForgot is the kind of the notes about forgotten passwords.
const noteForgot = "forgot_password"

// take does what a note in the outbox asks for. Whoever it names and cannot be
// mailed hears nothing. How many links a user is mailed has a limit of its own: a
// stranger can use it up, and then the newest link is in the user's mail.
func (s *Server) take(ctx context.Context, m auth.Message, said content) error {
	if s.config.Delivery.Mail == nil {
		return nil // a link that nobody gets would void the one that was made on the host
	}
	u, err := s.store.UserByLogin(ctx, m.Recipient)
	if errors.Is(err, store.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c := &caller{now: s.now(), user: u, origin: auth.Origin{Device: said.Subject, Address: said.Text}}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if err := chargeIn(ctx, tx, c, "forgot-user:"+string(u.ID), limitMails); err != nil {
			return err
		}
		u, err := tx.LockUser(ctx, u.ID)
		if err != nil {
			return err
		}
		if !u.MayBeSignedIn() {
			return nil
		}
		return s.mailPasswordLink(ctx, tx, c, u, c.event(auth.EventPasswordLinkSent))
	})
	if _, waits := auth.Refused(err); waits {
		return nil
	}
	if err != nil {
		return &message.Failure{Cause: "the note could not be taken"}
	}
	return nil
}
