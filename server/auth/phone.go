package auth

import (
	"time"

	"doorward/shared/check"
)

// MaxRecoveryPhones is how many a user may have (NIST SP 800-63B-4 §4.2.1.2 asks
// for at least two).
const MaxRecoveryPhones = 2

// RecoveryPhone is a number that was verified in case the authenticator is lost.
type RecoveryPhone struct {
	ID     ID
	User   ID
	Number string // E.164
	Added  time.Time
}

// PhoneCheck is a number on its way to be a recovery phone. A user has at most one.
// Verified, it waits in a first wizard for two-factor to be turned on.
type PhoneCheck struct {
	ID       ID
	User     ID
	Session  ID // the one that began it; no other sees it
	Number   string
	Replaces ID
	Verified time.Time // zero while pending
	Expires  time.Time
}

// Live reports whether the check has not run out. The zero PhoneCheck has.
func (p PhoneCheck) Live(now time.Time) bool { return p.ID != "" && now.Before(p.Expires) }

// NewPhoneCheck returns the check of number for u, who has the phones in list. It
// refuses a number that is there already, a third phone, and to replace one that u
// does not have.
func NewPhoneCheck(u User, list []RecoveryPhone, id, session ID, number string, replaces ID, now time.Time) (PhoneCheck, error) {
	known := false
	for _, p := range list {
		known = known || p.ID == replaces
		if p.Number == number {
			return PhoneCheck{}, RefuseField("number", check.PhoneSame)
		}
	}
	switch {
	case replaces != "" && !known:
		return PhoneCheck{}, Refuse(check.NotFound)
	case replaces == "" && len(list) >= MaxRecoveryPhones:
		return PhoneCheck{}, Refuse(check.TooManyPhones)
	}
	return PhoneCheck{ID: id, User: u.ID, Session: session, Number: number, Replaces: replaces, Expires: now.Add(TextCodeFor)}, nil
}

// Confirmed returns p as verified at now. It waits as long as a confirmed
// enrollment does.
func (p PhoneCheck) Confirmed(now time.Time) PhoneCheck {
	p.Verified, p.Expires = now, now.Add(SaveFor)
	return p
}

// Phone returns what a verified check becomes.
func (p PhoneCheck) Phone(now time.Time) (RecoveryPhone, error) {
	if !p.Live(now) || p.Verified.IsZero() {
		return RecoveryPhone{}, Refuse(check.EnrollmentExpired)
	}
	return RecoveryPhone{ID: p.ID, User: p.User, Number: p.Number, Added: now}, nil
}

// RemovablePhone returns the phone of list called id, if policy lets its user go
// without it.
func RemovablePhone(list []RecoveryPhone, id ID, policy PhonePolicy) (RecoveryPhone, error) {
	for _, p := range list {
		if p.ID != id {
			continue
		}
		if policy == PhoneRequired && len(list) == 1 {
			return p, Refuse(check.RecoveryPhoneRequired)
		}
		return p, nil
	}
	return RecoveryPhone{}, Refuse(check.NotFound)
}
