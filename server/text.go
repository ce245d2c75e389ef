package server

import (
	"context"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// kindTextCode is the kind of the messages that carry a code.
const kindTextCode = "text_code"

// textOrder is a code that somebody asks for by text message.
type textOrder struct {
	owner         auth.ID // what the code is bound to
	authenticator auth.ID // empty for a number that is none yet
	number        string
}

// cap is how many codes may be asked for in a day, counted at key.
type cap struct {
	key  string
	most int
}

// textCaps are the caps of a code that c asks for, to number, in the order in which
// their buckets are locked. A browser that the user has signed in with before counts
// for itself: who knows the password cannot use up what its owner may ask for.
func (s *Server) textCaps(c *caller, u auth.User, number string) []cap {
	who, day := "", c.now.Format("2006-01-02")
	if c.familiar.of(u) {
		who = string(c.familiar.device) + ":"
	}
	return []cap{
		{"text-number:" + who + s.pseudonym("number", number) + ":" + day, auth.TextsToNumber},
		{"text-user:" + who + string(u.ID) + ":" + day, auth.TextsToUser},
		{"text-address:" + network(c.origin.Address) + ":" + day, auth.TextsFromAddress},
	}
}

// textsKey names the bucket that counts all codes of a day.
func textsKey(now time.Time) string { return "texts:" + now.Format("2006-01-02") }

// newCaps are the caps of a code to a number that is not an authenticator of u's. It may
// be anybody's, so that they hold whichever browser and network it is asked for from.
func (s *Server) newCaps(c *caller, u auth.User, number string) []cap {
	day := c.now.Format("2006-01-02")
	return []cap{
		{"text-new-number:" + s.pseudonym("number", number) + ":" + day, auth.TextsToNumber},
		{"text-new-user:" + string(u.ID) + ":" + day, auth.TextsToUser},
		{"text-address:" + network(c.origin.Address) + ":" + day, auth.TextsFromAddress},
	}
}

// chargeText counts one code against every cap and the day's ceiling, or refuses
// and counts nothing. It is to be called before users are locked. What it returns
// may be a Refusal: the rest of the transaction can go on without a message.
func (s *Server) chargeText(ctx context.Context, tx *store.Tx, c *caller, u auth.User, caps []cap) error {
	if !s.config.Delivery.texts() {
		return auth.Refuse(check.TextsUnavailable)
	}
	tomorrow := c.now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	var counted []auth.Bucket
	for _, limit := range append(caps, cap{"text-all:" + string(u.ID) + ":" + c.now.Format("2006-01-02"), auth.TextsForUser}) {
		b, err := tx.LockBucket(ctx, limit.key)
		if err != nil {
			return err
		}
		if b.Failures >= limit.most {
			return &auth.Refusal{Code: check.TextLimit, Retry: tomorrow.Sub(c.now)}
		}
		counted = append(counted, b)
	}
	all, err := tx.LockBucket(ctx, textsKey(c.now))
	if err != nil {
		return err
	}
	if most := s.config.Delivery.TextsPerDay; all.Failures >= most {
		if all.Failures > most {
			return auth.Refuse(check.TextsPaused)
		}
		if err := s.tripBreaker(ctx, tx, c, all); err != nil {
			return err
		}
		return auth.Refuse(check.TextsPaused)
	}
	for _, b := range append(counted, all) {
		b.Failures, b.Last = b.Failures+1, c.now
		if err := tx.PutBucket(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// tripBreaker notes that the day's ceiling is reached and tells operators, once a
// day.
func (s *Server) tripBreaker(ctx context.Context, tx *store.Tx, c *caller, all auth.Bucket) error {
	most := all.Failures
	all.Failures, all.Last = most+1, c.now
	if err := tx.PutBucket(ctx, all); err != nil {
		return err
	}
	if err := tx.Audit(ctx, auth.Event{Kind: auth.EventTextsPaused, Outcome: auth.Denied, Address: c.origin.Address}, c.now); err != nil {
		return err
	}
	operators, err := tx.Operators(ctx)
	if err != nil {
		return err
	}
	for _, o := range operators {
		if err := s.mail(ctx, tx, c, o, message.TextsPaused, message.Facts{Count: most}, o.Email); err != nil {
			return err
		}
	}
	return nil
}

// queueText makes a new code for what was ordered, which voids the one before, and
// queues it. The order must have been charged for.
func (s *Server) queueText(ctx context.Context, tx *store.Tx, c *caller, u auth.User, o textOrder) (auth.TextCode, error) {
	var random [8]byte
	s.fill(random[:])
	code := auth.NewTextCode(o.owner, u.ID, o.authenticator, o.number, random, c.now)
	if err := tx.PutTextCode(ctx, code); err != nil {
		return code, err
	}
	err := s.queue(ctx, tx, auth.Message{Channel: auth.ByText, Kind: kindTextCode, Organization: u.Organization, User: u.ID, Recipient: o.number,
		Shown: message.Mask(o.number), Created: c.now, Fleeting: true, Expires: code.Expires},
		content{Text: c.languageOf(u).Mail.CodeText(code.Code, s.config.URL.Hostname())})
	if err != nil {
		return code, err
	}
	e := c.event(auth.EventTextSent)
	e.Organization, e.Actor, e.Subject = u.Organization, string(u.ID), u.ID
	e.Details = map[string]string{"number": message.Mask(o.number)}
	return code, tx.Audit(ctx, e, c.now)
}

// proveText takes typed as the code that was sent for owner: it counts the try,
// and uses the code up when it is right. Of several at once with the right code,
// one succeeds.
func proveText(ctx context.Context, tx *store.Tx, c *caller, owner auth.ID, typed string) (auth.TextCode, error) {
	code, err := tx.TextCode(ctx, owner)
	if err != nil {
		return code, err
	}
	if code.User != c.user.ID || !code.Live(c.now) {
		return code, auth.Refuse(check.TextCodeExpired)
	}
	tried, err := tx.TryTextCode(ctx, code, c.now)
	if err != nil {
		return code, err
	}
	if !tried {
		return code, auth.Refuse(check.TextCodeExpired) // another was faster
	}
	digits, _ := check.Passcode(typed)
	if err := code.Prove(digits, c.now); err != nil {
		return code, err
	}
	used, err := tx.UseTextCode(ctx, code)
	if err == nil && !used {
		err = auth.Refuse(check.TextCodeExpired)
	}
	return code, err
}

// lockTexts locks what clearTexts will clear when the code that was sent for owner
// is proved.
func (s *Server) lockTexts(ctx context.Context, tx *store.Tx, c *caller, owner auth.ID) error {
	code, err := tx.TextCode(ctx, owner)
	if err != nil || code.Owner == "" {
		return err
	}
	for _, limit := range s.textCaps(c, c.user, code.Number)[:2] {
		if _, err := tx.LockBucket(ctx, limit.key); err != nil {
			return err
		}
	}
	return nil
}

// clearTexts forgets what a number and a user have been sent today: its owner has
// proved that it arrives. The day's ceiling stays.
func (s *Server) clearTexts(ctx context.Context, tx *store.Tx, c *caller, u auth.User, number string) error {
	for _, limit := range s.textCaps(c, u, number)[:2] {
		if err := clearBucket(ctx, tx, limit.key); err != nil {
			return err
		}
	}
	return nil
}

// sent tells where a code went; nil when there is none that can still be typed.
func sent(code auth.TextCode, now time.Time) *api.TextSent {
	if !code.Live(now) {
		return nil
	}
	return &api.TextSent{Number: message.Mask(code.Number), Resend: millis(code.Sent.Add(auth.ResendAfter)), Expires: millis(code.Expires)}
}

// mobile reads a number that somebody typed. It refuses what is no mobile number,
// and countries that messages do not go to. A refusal is about a field.
func (s *Server) mobile(typed, country string) (message.Number, error) {
	number, code := message.ParseNumber(typed, country)
	if code == check.PhoneCountry {
		return number, auth.RefuseField("country", code)
	}
	if code != "" {
		return number, auth.RefuseField("number", code)
	}
	if !s.config.Delivery.reaches(number.Country) {
		return number, auth.RefuseField("number", check.PhoneCountry)
	}
	return number, nil
}
