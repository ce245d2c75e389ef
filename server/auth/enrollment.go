package auth

import (
	"time"

	"doorward/shared/check"
)

// How long a pending enrollment lives: the secret until it is proved, and then
// the recovery codes until they are saved.
const (
	EnrollFor = 10 * time.Minute
	SaveFor   = 30 * time.Minute
)

// ReplaceAny in Enrollment.Replaces stands for every authenticator the user has:
// the old phone is gone, whatever was on it.
const ReplaceAny ID = "any"

// Enrollment is an authenticator on its way: its secret, or its number, is pending
// until a passcode or a code has proved it, and a first one then waits until the recovery codes
// are saved. A user has at most one. It changes nothing until it is finished.
type Enrollment struct {
	ID            ID
	User          ID
	Session       ID // the one that began it; no other sees it
	Method        Method
	Name          string
	Secret        Secret   // of an app
	Number        string   // of a phone, E.164
	Replaces      ID       // an authenticator, ReplaceAny, or empty to add one
	Step          int64    // the time step that proved it, 1 for a number; 0 while pending
	RecoveryCodes []string // made when a first authenticator is proved
	Expires       time.Time
}

// Confirmed reports whether a passcode has proved the secret.
func (e Enrollment) Confirmed() bool { return e.Step != 0 }

// Live reports whether e is a pending enrollment that has not run out. The zero
// Enrollment has.
func (e Enrollment) Live(now time.Time) bool { return e.ID != "" && now.Before(e.Expires) }

// NewEnrollment returns the enrollment of a new app for u, who has the
// authenticators in list. It refuses a sixth with TooManyAuthenticators, and with
// NotFound to replace one that u does not have.
func NewEnrollment(u User, list []Authenticator, id ID, name string, replaces ID, random [SecretSize]byte, now time.Time) (Enrollment, error) {
	e, err := newEnrollment(u, list, id, name, replaces, now)
	e.Method, e.Secret = MethodTOTP, random[:]
	return e, err
}

// NewTextEnrollment is NewEnrollment for a phone. It refuses a number that is an
// authenticator of u's already.
func NewTextEnrollment(u User, list []Authenticator, id ID, name, number string, replaces ID, now time.Time) (Enrollment, error) {
	for _, a := range list {
		if a.Method == MethodText && a.Number == number && replaces != ReplaceAny && replaces != a.ID {
			return Enrollment{}, RefuseField("number", check.PhoneSame)
		}
	}
	e, err := newEnrollment(u, list, id, name, replaces, now)
	e.Method, e.Number = MethodText, number
	return e, err
}

func newEnrollment(u User, list []Authenticator, id ID, name string, replaces ID, now time.Time) (Enrollment, error) {
	switch {
	case replaces == ReplaceAny:
		if len(list) == 0 {
			replaces = ""
		}
	case replaces != "":
		if _, ok := byID(list, replaces); !ok {
			return Enrollment{}, Refuse(check.NotFound)
		}
	case len(list) >= MaxAuthenticators:
		return Enrollment{}, Refuse(check.TooManyAuthenticators)
	}
	return Enrollment{ID: id, User: u.ID, Name: name, Replaces: replaces, Expires: now.Add(EnrollFor)}, nil
}

// Confirm proves e with its first passcode. The person is proved already, so a
// miss is explained (see [Secret.Explain]).
func (e Enrollment) Confirm(passcode string, now time.Time) (Enrollment, error) {
	if !e.Live(now) || e.Confirmed() || e.Method != MethodTOTP {
		return e, Refuse(check.EnrollmentExpired)
	}
	step, ok := e.Secret.Step(passcode, now, 1)
	if !ok {
		return e, e.Secret.Explain(passcode, 0, now)
	}
	e.Step, e.Expires = step, now.Add(SaveFor)
	return e, nil
}

// ConfirmNumber is Confirm for a phone, whose code has been proved.
func (e Enrollment) ConfirmNumber(now time.Time) (Enrollment, error) {
	if !e.Live(now) || e.Confirmed() || e.Method != MethodText {
		return e, Refuse(check.EnrollmentExpired)
	}
	e.Step, e.Expires = 1, now.Add(SaveFor)
	return e, nil
}

// Authenticator returns what a confirmed enrollment becomes. The passcode that
// confirmed it is spent.
func (e Enrollment) Authenticator(now time.Time) (Authenticator, error) {
	if !e.Live(now) || !e.Confirmed() {
		return Authenticator{}, Refuse(check.EnrollmentExpired)
	}
	return Authenticator{ID: e.ID, User: e.User, Method: e.Method, Name: e.Name, Secret: e.Secret, Number: e.Number, Added: now, LastStep: e.Step}, nil
}

// Replaced returns those of list that e takes the place of.
func (e Enrollment) Replaced(list []Authenticator) []Authenticator {
	if e.Replaces == ReplaceAny {
		return list
	}
	if a, ok := byID(list, e.Replaces); ok {
		return []Authenticator{a}
	}
	return nil
}

// Removable returns the authenticator of list called id, if its user may remove
// it: the last one may only be replaced, or two-factor turned off as a whole.
func Removable(list []Authenticator, id ID) (Authenticator, error) {
	a, ok := byID(list, id)
	switch {
	case !ok:
		return a, Refuse(check.NotFound)
	case len(list) == 1:
		return a, Refuse(check.LastAuthenticator)
	}
	return a, nil
}

func byID(list []Authenticator, id ID) (Authenticator, bool) {
	for _, a := range list {
		if a.ID == id {
			return a, true
		}
	}
	return Authenticator{}, false
}
