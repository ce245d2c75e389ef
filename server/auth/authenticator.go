package auth

import (
	"slices"
	"time"

	"doorward/shared/check"
)

// The limits of authenticators.
const (
	MaxAuthenticators = 5
	MaxFailures       = 100 // in a row, then an authenticator is disabled (NIST SP 800-63B-4 §3.2.2)
)

// Authenticator is a TOTP app bound to a user, or a phone that takes text messages.
type Authenticator struct {
	ID       ID
	User     ID
	Method   Method
	Name     string
	Secret   Secret // of an app
	Number   string // of a phone, E.164
	Added    time.Time
	LastUsed time.Time // zero when never
	LastStep int64     // the last time step accepted; none up to it counts again
	Failures int       // in a row
}

// Disabled reports whether too many wrong passcodes have switched a off until it
// is bound anew.
func (a Authenticator) Disabled() bool { return a.Failures >= MaxFailures }

// Has reports whether one of list is of method m and can be used.
func Has(list []Authenticator, m Method) bool { return len(Usable(list, m)) > 0 }

// Usable returns those of list that are of method m and not disabled, the one used
// last first.
func Usable(list []Authenticator, m Method) []Authenticator {
	var found []Authenticator
	for _, a := range list {
		if a.Method == m && !a.Disabled() {
			found = append(found, a)
		}
	}
	slices.SortStableFunc(found, func(a, b Authenticator) int { return b.LastUsed.Compare(a.LastUsed) })
	return found
}

// Accept finds the authenticator that passcode proves at now. It returns it with
// LastStep and LastUsed set and Failures cleared, to be saved by a conditional
// write: only if LastStep has not come so far meanwhile does the passcode count.
// Wrong, spent and early passcodes are refused alike with WrongPasscode;
// AuthenticatorDisabled when none may be used.
func Accept(list []Authenticator, passcode string, now time.Time) (Authenticator, error) {
	usable := Usable(list, MethodTOTP)
	for _, a := range usable {
		step, ok := a.Secret.Step(passcode, now, 1)
		if !ok || step <= a.LastStep {
			continue
		}
		a.LastStep, a.LastUsed, a.Failures = step, now, 0
		return a, nil
	}
	if len(usable) == 0 && slices.ContainsFunc(list, func(a Authenticator) bool { return a.Method == MethodTOTP }) {
		return Authenticator{}, Refuse(check.AuthenticatorDisabled)
	}
	return Authenticator{}, Refuse(wrongPasscode)
}

// Explain tells somebody who is already proved why passcode does not count: it
// was spent, or the phone's clock is off by a few minutes (up to ten time steps).
// It must not be used at sign-in, where every miss is one answer.
func (s Secret) Explain(passcode string, lastStep int64, now time.Time) error {
	step, ok := s.Step(passcode, now, 10)
	if !ok {
		return Refuse(wrongPasscode)
	}
	off := step - TimeStep(now)
	switch {
	case step <= lastStep:
		return Refuse(check.SpentPasscode)
	case off < -1:
		return &Refusal{Code: check.ClockSlow, Minutes: minutes(-off)}
	case off > 1:
		return &Refusal{Code: check.ClockFast, Minutes: minutes(off)}
	}
	return Refuse(wrongPasscode)
}

func minutes(steps int64) int { return int((steps + 1) / 2) }
