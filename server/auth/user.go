// Package auth holds the rules of Doorward: who may sign in, what a session has
// proved, which passcode counts, when to slow somebody down. It is pure: time,
// randomness and stored facts are arguments, and the answer is a value or a
// [*Refusal]. It knows no HTTP, no SQL, no clock.
package auth

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"time"

	"doorward/shared/check"
)

// ID names a stored thing: 128 random bits in unpadded base64url.
type ID string

// NewID returns the ID made of 16 random bytes.
func NewID(random [16]byte) ID { return ID(base64.RawURLEncoding.EncodeToString(random[:])) }

// Role is what somebody may do for others; a higher role may all that a lower may.
type Role int

// The roles, in their order.
const (
	Member Role = iota
	Helper
	Admin
	Operator
)

var roleNames = [...]string{"member", "helper", "admin", "operator"}

// String returns the role's name, as the contract and the command line have it.
func (r Role) String() string {
	if r < Member || r > Operator {
		return fmt.Sprintf("role(%d)", int(r))
	}
	return roleNames[r]
}

// ParseRole returns the role called name.
func ParseRole(name string) (Role, error) {
	for i, n := range roleNames {
		if n == name {
			return Role(i), nil
		}
	}
	return 0, fmt.Errorf("role %q: must be one of member, helper, admin, operator", name)
}

// State is whether a user may sign in.
type State string

// The states of a user.
const (
	Invited   State = "invited" // has no password yet
	Active    State = "active"
	Suspended State = "suspended"
)

// User is an account and its first factor.
type User struct {
	ID              ID
	Organization    ID
	UserName        string
	Email           string
	NoticeEmail     string // gets every notice too, opens nothing; empty when there is none
	DisplayName     string
	Role            Role
	State           State
	Password        Hash // zero while invited
	PasswordChanged time.Time
	PasswordShort   bool      // too short to stand alone: chosen while a second factor went with it
	PasswordLocked  time.Time // since when the password opens nothing until another is chosen; zero: it does
	TwoFactorSince  time.Time // zero while two-factor authentication is off
	CheckedUp       time.Time // when the check-up was answered; zero when it was not
	Created         time.Time
	ExemptUntil     time.Time // from mandatory two-factor; zero: not at all
	ExemptReason    string
	Language        string // chosen, a BCP 47 tag; empty: as the browser asks for

	// What follows is the store's to keep; saving a user leaves it as it is.

	Methods    MethodSet // of the user's authenticators
	Closed     bool      // the organization is suspended
	LastSignIn time.Time // zero for never
	Reminded   time.Time // the last reminder to set up two-factor; zero for none

	// BrowserLanguage is what the browser asked for at the last sign-in, or before the
	// first one the language of who has invited the user; empty when it is not known.
	BrowserLanguage string
}

// Speaks returns the tag of the language that the user is written to in; empty when
// nothing is known about it.
func (u User) Speaks() string { return cmp.Or(u.Language, u.BrowserLanguage) }

// TwoFactor reports whether the user signs in with a second factor.
func (u User) TwoFactor() bool { return !u.TwoFactorSince.IsZero() }

// CheckUpAfter is how long after enrolling it is asked whether the authenticator
// still works.
const CheckUpAfter = 28 * day

// CheckUpDue reports whether that is to be asked now, of a user with the
// authenticators in list: once, and only about an app.
func (u User) CheckUpDue(list []Authenticator, now time.Time) bool {
	if !u.TwoFactor() || !u.CheckedUp.IsZero() || now.Before(u.TwoFactorSince.Add(CheckUpAfter)) {
		return false
	}
	return Has(list, MethodTOTP)
}

// MayBeSignedIn reports whether the user may hold a session at all.
func (u User) MayBeSignedIn() bool { return u.State == Active && !u.Closed }

// PasswordWords returns the words that the user's password must not be built on
// (ASVS 6.2.11).
func (u User) PasswordWords(organization string) []string {
	return []string{u.UserName, u.Email, u.DisplayName, organization}
}

// MinPassword returns the least length, in code points, of a new password: 8
// where a second factor always goes with it, 15 where it stands alone
// (NIST SP 800-63B-4 §3.1.1.2), and what p asks where that is more.
func (u User) MinPassword(p Policy) int {
	if u.TwoFactor() {
		return max(minPasswordWith, p.MinPassword)
	}
	return max(minPassword, p.MinPassword)
}

// Organization is a group of people with its own policy.
type Organization struct {
	ID        ID
	Name      string
	Policy    Policy
	Version   int64 // counts the changes of the policy
	Created   time.Time
	Suspended time.Time // nobody of it is let in; zero: it is not
	Nudged    time.Time // when all who are not ready were to be reminded last; zero for never
	Ticked    []string  // of the checklist
}

// MayTurnOff refuses to leave u with nothing but a password that is too short to
// stand alone (NIST SP 800-63B-4 §3.1.1.2), with PasswordShortAlone.
func (u User) MayTurnOff() error {
	switch {
	case !u.TwoFactor():
		return Refuse(check.NotActive)
	case u.PasswordShort:
		return Refuse(check.PasswordShortAlone)
	}
	return nil
}
