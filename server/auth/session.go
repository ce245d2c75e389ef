package auth

import (
	"slices"
	"time"
)

// How long things last.
const (
	SignInFor       = 10 * time.Minute // a half-finished sign-in
	StepUpFor       = 10 * time.Minute // a step-up proof
	seenGranularity = time.Minute      // how exactly LastSeen is kept
)

// Level is what a session has proved.
type Level int

// The levels, in their order.
const (
	NoFactor Level = iota
	OneFactor
	TwoFactors
)

// Factor names how something was proved, in the values of RFC 8176 where it has one.
type Factor string

// The factors there are.
const (
	FactorPassword      Factor = "pwd"
	FactorTOTP          Factor = "otp"
	FactorText          Factor = "sms"
	FactorRecoveryCode  Factor = "recovery_code"
	FactorRecoveryPhone Factor = "recovery_phone"

	// FactorTrustedDevice is no factor: it says why there was no second one.
	FactorTrustedDevice Factor = "trusted_device"
)

// SignIn is a sign-in whose password has been proved and whose second step has
// not. It opens nothing; a [Session] is made of it once the second step is proved.
type SignIn struct {
	ID      ID
	Digest  Digest
	User    ID
	Next    string // the path the person was going to
	Created time.Time

	Bucket   string // where its password was charged, to be cleared once the second step is proved
	Familiar ID     // the familiar browser it is in; empty in a strange one
}

// Live reports whether the sign-in can still be finished.
func (in SignIn) Live(now time.Time) bool { return now.Before(in.Created.Add(SignInFor)) }

// Session is a signed-in browser.
type Session struct {
	ID          ID
	Digest      Digest
	User        ID
	Level       Level
	Factors     []Factor
	Created     time.Time // when its user signed in; kept across step-up
	ProvedAt    time.Time // the last step-up; zero when there was none
	LastSeen    time.Time
	Address     string
	Device      string // browser and system in words
	Replacement string // the recovery code still to be shown, see Recovery in the contract
	Next        string // where the person was going, while Recovering
}

// Origin is where a request comes from.
type Origin struct {
	Address string
	Device  string
}

// SessionAfterPassword returns the session of a user without two-factor who has
// proved the password. It must not be called for a user with two-factor: for
// these the only way is [SignIn.Session].
func SessionAfterPassword(u User, id ID, t Token, from Origin, now time.Time) (Session, error) {
	if u.TwoFactor() || !u.MayBeSignedIn() {
		return Session{}, Refuse(wrongPassword)
	}
	return Session{ID: id, Digest: t.Digest(), User: u.ID, Level: OneFactor, Factors: []Factor{FactorPassword},
		Created: now, LastSeen: now, Address: from.Address, Device: from.Device}, nil
}

// SessionOnTrustedDevice returns the session of a user with two-factor who has
// proved the password in a browser that is trusted. It has proved one factor, and
// says so (NIST SP 800-63B-4 §5.1).
func SessionOnTrustedDevice(u User, d TrustedDevice, p Policy, id ID, t Token, from Origin, now time.Time) (Session, error) {
	if !u.MayBeSignedIn() || !u.TwoFactor() || !d.Trusted(u, p, now) {
		return Session{}, Refuse(wrongPassword)
	}
	return Session{ID: id, Digest: t.Digest(), User: u.ID, Level: OneFactor, Factors: []Factor{FactorPassword, FactorTrustedDevice},
		Created: now, LastSeen: now, Address: from.Address, Device: from.Device}, nil
}

// Session returns the session that in becomes once its second step is proved by
// second, with a new identifier (ASVS 7.2.4).
func (in SignIn) Session(u User, second Factor, id ID, t Token, from Origin, now time.Time) (Session, error) {
	if in.User != u.ID || !in.Live(now) || in.Created.Before(u.PasswordChanged) || !u.MayBeSignedIn() || second == "" || second == FactorPassword {
		return Session{}, Refuse(signInExpired)
	}
	s := Session{ID: id, Digest: t.Digest(), User: u.ID, Level: TwoFactors, Factors: []Factor{FactorPassword, second},
		Created: now, LastSeen: now, Address: from.Address, Device: from.Device}
	if second == FactorRecoveryCode || second == FactorRecoveryPhone {
		s.ProvedAt = now // both factors were proved a moment ago, and the next act is to bind a new phone
		if s.Next = in.Next; s.Next == "" {
			s.Next = "/"
		}
	}
	return s, nil
}

// Recovering reports whether the session began with a way back in, and its user has
// still to say whether they need a new authenticator.
func (s Session) Recovering() bool { return s.Next != "" }

// Live reports whether the session may be used at now, under the limits of its
// organization (NIST SP 800-63B-4 §2.2.3).
func (s Session) Live(now time.Time, p Policy) bool {
	return now.Before(s.LastSeen.Add(p.SessionIdle)) && now.Before(s.Created.Add(p.SessionOverall))
}

// Enough reports whether s has proved what u now needs. A session from before u
// turned two-factor on has not, and is over; one on a trusted device was excused.
func (s Session) Enough(u User) bool {
	return s.Level >= TwoFactors || !u.TwoFactor() || slices.Contains(s.Factors, FactorTrustedDevice)
}

// Proved reports whether a step-up is recent enough for a sensitive act.
func (s Session) Proved(now time.Time) bool {
	return !s.ProvedAt.IsZero() && !now.Before(s.ProvedAt) && now.Before(s.ProvedAt.Add(StepUpFor))
}

// ProvedUntil returns when the step-up ends; zero when there was none.
func (s Session) ProvedUntil() time.Time {
	if s.ProvedAt.IsZero() {
		return time.Time{}
	}
	return s.ProvedAt.Add(StepUpFor)
}

// SteppedUp returns s after a step-up at now that proved the password and, when
// the user has two-factor, second. It carries a new identifier.
func (s Session) SteppedUp(u User, second Factor, t Token, now time.Time) (Session, error) {
	if u.TwoFactor() && second == "" {
		return s, Refuse(wrongPasscode)
	}
	s.Digest, s.ProvedAt, s.LastSeen = t.Digest(), now, now
	if second != "" {
		s.Level, s.Factors = TwoFactors, []Factor{FactorPassword, second}
	}
	return s, nil
}

// Stale reports whether LastSeen is to be written anew.
func (s Session) Stale(now time.Time) bool { return now.Sub(s.LastSeen) >= seenGranularity }
