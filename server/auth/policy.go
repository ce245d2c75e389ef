package auth

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"doorward/shared/check"
)

// Method is a kind of authenticator.
type Method string

// The methods there are.
const (
	MethodTOTP Method = "totp"
	MethodText Method = "sms"
)

// Methods lists every method, the stronger first.
func Methods() []Method { return []Method{MethodTOTP, MethodText} }

// MethodSet is some of the methods: their names, in the order of Methods, separated by
// spaces.
type MethodSet string

// NewMethodSet returns the set of the methods in list.
func NewMethodSet(list ...Method) MethodSet {
	var names []string
	for _, m := range Methods() {
		if slices.Contains(list, m) {
			names = append(names, string(m))
		}
	}
	return MethodSet(strings.Join(names, " "))
}

// SubsetsOf returns every set that is made of methods in list and not empty.
func SubsetsOf(list []Method) []MethodSet {
	var sets []MethodSet
	for bits := 1; bits < 1<<len(list); bits++ {
		var some []Method
		for i, m := range list {
			if bits>>i&1 == 1 {
				some = append(some, m)
			}
		}
		sets = append(sets, NewMethodSet(some...))
	}
	return sets
}

// SetsWith returns every set that is made of methods in list and has m.
func SetsWith(m Method, list []Method) []MethodSet {
	return slices.DeleteFunc(SubsetsOf(list), func(set MethodSet) bool { return !slices.Contains(set.List(), m) })
}

// List returns the methods in s.
func (s MethodSet) List() []Method {
	var list []Method
	for name := range strings.FieldsSeq(string(s)) {
		list = append(list, Method(name))
	}
	return list
}

// ParseMethods reads method names separated by commas or spaces. At least one must
// stand there that needs nothing but the person: a policy without the authenticator
// app would leave people to a gateway that may fail (NIST SP 800-63B-4 §3.2.9).
func ParseMethods(v string) ([]Method, error) {
	var list []Method
	for _, name := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
		m := Method(name)
		if !slices.Contains(Methods(), m) {
			return nil, fmt.Errorf("method %q: must be one of totp, sms", name)
		}
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	if !slices.Contains(list, MethodTOTP) {
		return nil, fmt.Errorf("methods %q: must have totp among them, which everybody can use", v)
	}
	return list, nil
}

// PhonePolicy is what an organization asks for about recovery phones.
type PhonePolicy string

// The policies about recovery phones.
const (
	PhoneOff      PhonePolicy = "off"
	PhoneOptional PhonePolicy = "optional"
	PhoneRequired PhonePolicy = "required"
)

// MaxTrustedDays is the longest that a browser can be trusted.
const MaxTrustedDays = 90

// Policy is what an organization asks of its people.
type Policy struct {
	SessionIdle    time.Duration // a session unused for so long is over
	SessionOverall time.Duration // a session is over so long after sign-in, used or not
	Methods        []Method      // what may be set up; what people have already goes on working
	RecoveryPhone  PhonePolicy
	TrustedDays    int  // how long a browser may be trusted; 0: not at all
	StaySignedIn   bool // sessions outlast the closing of the browser
	MinPassword    int  // least length of new passwords, in code points, where that is more than User.MinPassword asks anyway

	MandatoryFrom time.Time            // from when on two-factor is mandatory; zero: it is not
	MandatorySet  time.Time            // when that was decided
	MandatoryBy   string               // and by whom
	Until         map[Method]time.Time // of methods that are not allowed: until when having nothing else is enough; for ever where it says nothing
	UntilSet      time.Time            // when the last of these was decided
}

// The bounds of a policy.
const (
	minSession     = 15 * time.Minute
	maxSession     = 30 * day
	mostOfPassword = 64
)

// DefaultPolicy returns the limits that NIST SP 800-63B-4 §2.2.3 asks for, one hour
// idle and one day overall, allows every method and trusts no browser.
func DefaultPolicy() Policy {
	return Policy{SessionIdle: time.Hour, SessionOverall: 24 * time.Hour, Methods: Methods(), RecoveryPhone: PhoneOptional,
		MinPassword: minPasswordWith}
}

// Check returns what is wrong with p, naming it.
func (p Policy) Check() error {
	switch {
	case p.RecoveryPhone != PhoneOff && p.RecoveryPhone != PhoneOptional && p.RecoveryPhone != PhoneRequired:
		return fmt.Errorf("recovery phone %q: must be off, optional or required", p.RecoveryPhone)
	case p.TrustedDays < 0 || p.TrustedDays > MaxTrustedDays:
		return fmt.Errorf("trusted days %d: must be 0 to %d", p.TrustedDays, MaxTrustedDays)
	case p.SessionIdle < minSession || p.SessionIdle > maxSession:
		return fmt.Errorf("idle limit %s: must be 15 minutes to 30 days", p.SessionIdle)
	case p.SessionOverall < p.SessionIdle || p.SessionOverall > maxSession:
		return fmt.Errorf("overall limit %s: must be the idle limit to 30 days", p.SessionOverall)
	case p.MinPassword < minPasswordWith || p.MinPassword > mostOfPassword:
		return fmt.Errorf("minimum password length %d: must be %d to %d", p.MinPassword, minPasswordWith, mostOfPassword)
	case !p.Allows(MethodTOTP):
		return fmt.Errorf("methods: the authenticator app must be among them")
	}
	return nil
}

// Allows reports whether m may be set up.
func (p Policy) Allows(m Method) bool { return slices.Contains(p.Methods, m) }

// Forbidden lists the methods that may not be set up, the stronger first.
func (p Policy) Forbidden() []Method { return slices.DeleteFunc(Methods(), p.Allows) }

// MayEnroll refuses a method that is not allowed, and text messages where none can
// be sent.
func (p Policy) MayEnroll(m Method, texts bool) error {
	switch {
	case !p.Allows(m):
		return Refuse(check.FactorForbidden)
	case m == MethodText && !texts:
		return Refuse(check.TextsUnavailable)
	}
	return nil
}

// Phone is the policy about recovery phones where messages can be sent, and off
// where they cannot.
func (p Policy) Phone(texts bool) PhonePolicy {
	if !texts {
		return PhoneOff
	}
	return p.RecoveryPhone
}
