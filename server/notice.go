package server

import (
	"context"
	"strconv"
	"strings"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
)

// notices says which events people are told of, and by which message.
var notices = map[auth.EventKind]message.Kind{
	auth.EventTwoFactorOn:           message.TwoFactorOn,
	auth.EventTwoFactorOff:          message.TwoFactorOff,
	auth.EventTwoFactorReset:        message.TwoFactorReset,
	auth.EventAuthenticatorAdded:    message.AuthenticatorAdded,
	auth.EventAuthenticatorRenamed:  message.AuthenticatorRenamed,
	auth.EventAuthenticatorReplaced: message.AuthenticatorReplaced,
	auth.EventAuthenticatorRemoved:  message.AuthenticatorRemoved,
	auth.EventAuthenticatorDisabled: message.AuthenticatorDisabled,
	auth.EventRecoveryCodesMade:     message.RecoveryCodesMade,
	auth.EventRecoveryCodeUsed:      message.RecoveryCodeUsed,
	auth.EventPhoneAdded:            message.PhoneVerified,
	auth.EventPhoneChanged:          message.PhoneChanged,
	auth.EventPhoneRemoved:          message.PhoneRemoved,
	auth.EventPasswordChanged:       message.PasswordChanged,
	auth.EventPasswordReset:         message.PasswordReset,
	auth.EventDeviceTrusted:         message.TrustedDeviceAdded,
	auth.EventEmailChangeAsked:      message.EmailChangeAsked,
	auth.EventNoticeEmailAdded:      message.NoticeAddressAdded,
	auth.EventNoticeEmailRemoved:    message.NoticeAddressRemoved,
	auth.EventLockedDown:            message.LockedDown,
	auth.EventRecoveryPhoneUsed:     message.RecoveryPhoneUsed,
	auth.EventSessionsEndedByStaff:  message.SessionsEndedByStaff,
	auth.EventThrottleLifted:        message.ThrottleLifted,
	auth.EventRoleChanged:           message.RoleChanged,
	auth.EventLanguageChanged:       message.LanguageChanged,
	auth.EventSuspended:             message.AccountSuspended,
	auth.EventReinstated:            message.AccountReinstated,
}

// record appends e to the audit and tells its subject of it, where people are told
// of such events, as a part of the same transaction.
func (s *Server) record(ctx context.Context, tx *store.Tx, e auth.Event, c *caller) error {
	if err := tx.Audit(ctx, e, c.now); err != nil {
		return err
	}
	kind, ok := notices[e.Kind]
	if !ok || e.Outcome != auth.Allowed {
		return nil
	}
	u, err := tx.User(ctx, e.Subject)
	if err != nil {
		return err
	}
	return s.notify(ctx, tx, c, u, kind, factsOf(e))
}

// factsOf returns what a notice tells of e.
func factsOf(e auth.Event) message.Facts {
	f := message.Facts{Place: e.Address, Device: e.Device, Thing: e.Details["name"], By: e.Details["by"]}
	if e.Actor == auth.CommandLine {
		f.By = e.Actor
	}
	if e.Actor != string(e.Subject) {
		f.Place, f.Device = "", "" // where staff sit is not the person's to know
	}
	if n, err := strconv.Atoi(e.Details["left"]); err == nil {
		f.Count = n
	}
	return f
}

// notify mails a notice to all addresses of u and, when it is one of the gravest,
// sends it to their verified phones as well. Each has a link of its own that says
// "this was not me" (NIST SP 800-63B-4 §4.6).
//
// Of one kind a user is sent so many in a day and no more: whoever has the password
// or a session must not be able to bury the other notices, or to spend the money that
// text messages cost. u must be locked.
func (s *Server) notify(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind message.Kind, f message.Facts) error {
	few, err := countNotice(ctx, tx, c, "notices:"+string(u.ID)+":"+string(kind), auth.NoticesToUser)
	if err != nil || !few {
		return err
	}
	for _, to := range addresses(u) {
		if err := s.mailNotice(ctx, tx, c, u, kind, f, to, ""); err != nil {
			return err
		}
	}
	if !message.Grave(kind) || !s.config.Delivery.texts() {
		return nil
	}
	return s.textNotice(ctx, tx, c, u, kind, f)
}

// countNotice counts one at key and reports whether there were fewer than most today.
func countNotice(ctx context.Context, tx *store.Tx, c *caller, key string, most int) (bool, error) {
	b, err := tx.LockBucket(ctx, key+":"+c.now.Format("2006-01-02"))
	if err != nil || b.Failures >= most {
		return false, err
	}
	b.Failures, b.Last = b.Failures+1, c.now
	return true, tx.PutBucket(ctx, b)
}

// addresses are those that notices of u go to.
func addresses(u auth.User) []string {
	list := []string{u.Email}
	if u.NoticeEmail != "" && !strings.EqualFold(u.NoticeEmail, u.Email) {
		list = append(list, u.NoticeEmail)
	}
	return list
}

// mailNotice mails one notice to one address, with a link that says "this was not
// me". With restore, that link also gives the account back the address restore.
func (s *Server) mailNotice(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind message.Kind, f message.Facts, to, restore string) error {
	if closes(kind) {
		return s.mail(ctx, tx, c, u, kind, f, to) // who gets this must not be able to lock it again and again
	}
	l := auth.Link{Kind: auth.LinkNotMe, User: u.ID, Created: c.now, Expires: c.now.Add(auth.NotMeFor)}
	if restore != "" {
		l.Kind, l.Data = auth.LinkGiveBack, restore
	}
	link, err := s.addLink(ctx, tx, l, "/not-me/")
	if err != nil {
		return err
	}
	f.NotMe = link
	return s.mail(ctx, tx, c, u, kind, f, to)
}

// closes reports whether a notice of kind is about an account that lets nobody in: there
// is nothing to lock.
func closes(kind message.Kind) bool {
	return kind == message.LockedDown || kind == message.AccountSuspended
}

// mail queues a mail of kind for u to one address. One that has a Link is of no use
// once that has run out.
func (s *Server) mail(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind message.Kind, f message.Facts, to string) error {
	f, err := s.facts(ctx, tx, c, u, f)
	if err != nil {
		return err
	}
	var said content
	if said.Subject, said.Text, said.HTML, err = c.languageOf(u).Mail.Compose(kind, f); err != nil {
		return err
	}
	return s.queue(ctx, tx, auth.Message{Channel: auth.ByMail, Kind: string(kind), Organization: u.Organization, User: u.ID, Recipient: to,
		Shown: maskedAddress(to), Created: c.now, Fleeting: f.Link != "", Expires: f.Expires}, said)
}

// textNotice sends a notice to the phones that u has verified.
func (s *Server) textNotice(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind message.Kind, f message.Facts) error {
	numbers, err := verifiedNumbers(ctx, tx, u)
	if err != nil {
		return err
	}
	return s.textTo(ctx, tx, c, u, kind, f, numbers)
}

// textTo sends a notice about u to numbers.
func (s *Server) textTo(ctx context.Context, tx *store.Tx, c *caller, u auth.User, kind message.Kind, f message.Facts, numbers []string) error {
	if len(numbers) == 0 {
		return nil
	}
	few, err := countNotice(ctx, tx, c, "notices:"+string(u.ID)+":text:"+string(kind), auth.TextNoticesToUser)
	if err != nil || !few {
		return err
	}
	if f, err = s.facts(ctx, tx, c, u, f); err != nil {
		return err
	}
	for _, number := range numbers {
		if s.config.Delivery.Mail != nil && !closes(kind) { // without mail nobody could open the account again
			f.NotMe, err = s.addLink(ctx, tx, auth.Link{Kind: auth.LinkNotMe, User: u.ID, Created: c.now, Expires: c.now.Add(auth.NotMeFor)}, "/not-me/")
			if err != nil {
				return err
			}
		}
		body, err := c.languageOf(u).Mail.Brief(kind, f)
		if err != nil {
			return err
		}
		err = s.queue(ctx, tx, auth.Message{Channel: auth.ByText, Kind: string(kind), Organization: u.Organization, User: u.ID, Recipient: number,
			Shown: message.Mask(number), Created: c.now}, content{Text: body})
		if err != nil {
			return err
		}
	}
	return nil
}

// facts completes what a message tells about u.
func (s *Server) facts(ctx context.Context, tx *store.Tx, c *caller, u auth.User, f message.Facts) (message.Facts, error) {
	o, err := tx.Organization(ctx, u.Organization)
	f.Device = c.languageOf(u).Client.Parts.Browser(f.Device)
	f.Product, f.Organization, f.Name, f.Portal, f.At = issuer, o.Name, u.DisplayName, s.config.URL.String(), c.now
	return f, err
}

// verifiedNumbers returns the numbers of u's recovery phones and of the phones that
// take their codes, each once.
func verifiedNumbers(ctx context.Context, tx *store.Tx, u auth.User) ([]string, error) {
	phones, err := tx.RecoveryPhones(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.Authenticators(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var numbers []string
	add := func(number string) {
		if number != "" && !seen[number] {
			seen[number] = true
			numbers = append(numbers, number)
		}
	}
	for _, p := range phones {
		add(p.Number)
	}
	for _, a := range list {
		add(a.Number)
	}
	return numbers, nil
}

// addLink stores a one-time link with a new token and returns the address that
// opens it.
func (s *Server) addLink(ctx context.Context, tx *store.Tx, l auth.Link, path string) (string, error) {
	token := s.newToken()
	l.ID, l.Digest = s.newID(), token.Digest()
	return s.publicURL(path + string(token)), tx.AddLink(ctx, l)
}

// maskedAddress shows enough of an address to tell two of one person apart.
func maskedAddress(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "•••"
	}
	first := []rune(address[:at])[0]
	return string(first) + "•••" + address[at:]
}
