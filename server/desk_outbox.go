package server

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/check"
)

// What is done on the host with messages.

// Why a message is not tried again.
var (
	errSentAlready  = errors.New("the message has been sent already")
	errBeingSent    = errors.New("the message is being sent right now")
	errNothingLeft  = errors.New("there is nothing left to send: what the message said is of no use any more, and gone")
	errNoMailServer = errors.New("no mail server is configured: set DOORWARD_SMTP (smtp://user@host:587) and DOORWARD_SMTP_PASSWORD")
	errNoGateway    = errors.New("no gateway for text messages is configured: set DOORWARD_SMS_GATEWAY and what it needs, and DOORWARD_SMS_COUNTRIES")
)

// Messages returns the newest messages of the outbox, at most n, without what they
// say.
func (s *Server) Messages(ctx context.Context, n int) ([]auth.Message, error) {
	return s.store.Messages(ctx, n)
}

// Said is what a message says, as far as it may be shown on the host.
type Said struct {
	Subject string // of a mail
	Text    string
	Gone    bool // it was sent, or is of no use any more
	Code    bool // it holds a one-time code and is not shown
}

// tokens are the secret parts of one-time links.
var tokens = regexp.MustCompile(`(https?://\S+/)[A-Za-z0-9_-]{43}`)

// Message returns one message of the outbox and what it says. One-time codes and the
// tokens of one-time links are left out: they are for whom the message is to (ASVS
// 6.4.6). It returns store.NotFound when there is no such message.
func (s *Server) Message(ctx context.Context, id auth.ID) (auth.Message, Said, error) {
	m, err := s.store.Message(ctx, id)
	if err != nil {
		return m, Said{}, err
	}
	stored := m.Content
	m.Recipient, m.Content = "", nil
	switch {
	case len(stored) == 0:
		return m, Said{Gone: true}, nil
	case m.Kind == kindTextCode:
		return m, Said{Code: true}, nil
	}
	var c content
	if err := json.Unmarshal(stored, &c); err != nil {
		return m, Said{}, errors.New("the message cannot be read any more")
	}
	return m, Said{Subject: c.Subject, Text: tokens.ReplaceAllString(c.Text, "$1…")}, nil
}

// RetryMessage has the message called id tried again at once, by the portals that
// serve. It returns store.NotFound when there is no such message, and otherwise says
// why it cannot be.
func (s *Server) RetryMessage(ctx context.Context, id auth.ID) error {
	now := s.now()
	return s.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Message(ctx, id)
		if err != nil {
			return err
		}
		retried, err := tx.RetryMessage(ctx, id, now)
		switch {
		case err != nil:
			return err
		case retried:
			return tx.Audit(ctx, auth.Event{Organization: m.Organization, Actor: auth.CommandLine, Subject: m.User, Kind: auth.EventMessageRetried,
				Outcome: auth.Allowed, Details: map[string]string{"message": string(id)}}, now)
		case m.State == auth.MessageSent:
			return errSentAlready
		case m.State == auth.MessageSending:
			return errBeingSent
		}
		return errNothingLeft
	})
}

// TestMail sends a mail to an address at once, past the outbox. The error is a
// Refusal about the field "email", or says why it was not sent.
func (s *Server) TestMail(ctx context.Context, to string) error {
	to = trim(to)
	if s.config.Delivery.Mail == nil {
		return errNoMailServer
	}
	if code := check.Email(to); code != "" {
		return auth.RefuseField("email", code)
	}
	all, err := s.store.Organizations(ctx)
	if err != nil {
		return err
	}
	now, house := s.now(), issuer
	if len(all) == 1 {
		house = all[0].Name
	}
	subject, text, html, err := message.English.Compose(message.Test, message.Facts{Product: issuer, Organization: house, Portal: s.config.URL.String(),
		At: now, By: auth.CommandLine})
	if err != nil {
		return err
	}
	return s.config.Delivery.Mail(ctx, message.Mail{ID: string(s.newID()), To: to, Subject: subject, Text: text, HTML: html, Date: now})
}

// TestText sends a text message at once, past the outbox and the caps, to a mobile
// number as people type it, dialed in country when it does not say its own. It
// returns the number that it understood. The error is a Refusal about the field
// "number" or "country", or says why the message was not sent.
func (s *Server) TestText(ctx context.Context, typed, country string) (message.Number, error) {
	if !s.config.Delivery.texts() {
		return message.Number{}, errNoGateway
	}
	number, err := s.mobile(typed, country)
	if err != nil {
		return number, err
	}
	return number, s.config.Delivery.Texts(ctx, message.Text{ID: string(s.newID()), To: number.E164,
		Body: issuer + ": this is a test from " + s.config.URL.Hostname() + ". Text messages work."})
}
