package auth

import (
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"time"

	"doorward/shared/check"
)

// Codes by text message (NIST SP 800-63B-4 §3.1.3, §4.2.1.2): six digits, ten
// minutes, five tries, one at a time.
const (
	TextCodeFor   = 10 * time.Minute
	TextCodeTries = 5
	ResendAfter   = 30 * time.Second // before, no other is sent for the same request
)

// The most messages that are asked for in one day, by number, user and address.
// Proving a code clears those of the number and the user.
const (
	TextsToNumber    = 8
	TextsToUser      = 12
	TextsFromAddress = 30
	TextsForUser     = 40 // in all, proved or not: one user must not use up the day's ceiling
)

// TextCode is a code that was sent by text message. It is good for one request
// only: its Owner is the sign-in, session, enrollment or check that asked for it.
type TextCode struct {
	Owner         ID
	User          ID
	Authenticator ID     // empty for a number that is none yet
	Number        string // E.164
	Code          string // six digits
	Tries         int
	Sent          time.Time
	Expires       time.Time
}

// NewTextCode returns a code made of eight random bytes, for number.
func NewTextCode(owner, user, authenticator ID, number string, random [8]byte, now time.Time) TextCode {
	digits := binary.BigEndian.Uint64(random[:]) % 1_000_000 // the bias is below 2^-44
	return TextCode{Owner: owner, User: user, Authenticator: authenticator, Number: number,
		Code: fmt.Sprintf("%06d", digits), Sent: now, Expires: now.Add(TextCodeFor)}
}

// Resend refuses with TextTooSoon while another code was sent a moment ago. The zero
// TextCode was never sent.
func (c TextCode) Resend(now time.Time) error {
	if wait := c.Sent.Add(ResendAfter).Sub(now); c.Owner != "" && wait > 0 && wait <= ResendAfter {
		return &Refusal{Code: check.TextTooSoon, Retry: wait}
	}
	return nil
}

// Live reports whether the code can still be typed.
func (c TextCode) Live(now time.Time) bool {
	return c.Owner != "" && now.Before(c.Expires) && c.Tries < TextCodeTries
}

// Prove returns nil when typed is the code. It refuses with TextCodeExpired one
// that has run out or was tried too often, and the zero TextCode; otherwise with
// WrongTextCode. The try is counted, and the code used up, by conditional writes of
// the store.
func (c TextCode) Prove(typed string, now time.Time) error {
	if !c.Live(now) {
		return Refuse(check.TextCodeExpired)
	}
	if subtle.ConstantTimeCompare([]byte(c.Code), []byte(typed)) != 1 {
		return Refuse(check.WrongTextCode)
	}
	return nil
}
