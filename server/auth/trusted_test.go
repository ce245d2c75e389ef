package auth

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/check"
)

// trusting is a policy that trusts a browser for so many days.
func trusting(days int) Policy {
	p := DefaultPolicy()
	p.TrustedDays = days
	return p
}

func TestTrust(t *testing.T) {
	d, ok := Trust(adaWith, trusting(30), "d", "token", from, noon)
	if !ok || d.User != "ada" || d.Digest != Token("token").Digest() || d.Name != from.Device || d.Address != from.Address || !d.Expires.Equal(noon.AddDate(0, 0, 30)) {
		t.Errorf("%+v, %v", d, ok)
	}
	if d, ok := Trust(adaWith, DefaultPolicy(), "d", "token", from, noon); ok || d.Trusted(adaWith, DefaultPolicy(), noon) {
		t.Errorf("without a policy that allows it: %+v, %v", d, ok)
	}
}

func TestTrusted(t *testing.T) {
	d, _ := Trust(adaWith, trusting(30), "d", "token", from, noon)
	for _, tt := range []struct {
		name   string
		device TrustedDevice
		u      User
		days   int
		after  time.Duration
		want   bool
	}{
		{"at once", d, adaWith, 30, 0, true},
		{"in the last moment", d, adaWith, 30, 30*day - time.Millisecond, true},
		{"after 30 days", d, adaWith, 30, 30 * day, false},
		{"somebody else", d, User{ID: "eve", State: Active, TwoFactorSince: noon}, 30, 0, false},
		{"no device", TrustedDevice{}, adaWith, 30, 0, false},
		{"no device of nobody", TrustedDevice{}, User{}, 30, 0, false},
		{"the policy allows a week now, within it", d, adaWith, 7, 7*day - time.Millisecond, true},
		{"the policy allows a week now, after it", d, adaWith, 7, 7 * day, false},
		{"the policy allows none now", d, adaWith, 0, 0, false},
		{"the policy allows more now", d, adaWith, 90, 30 * day, false},
	} {
		if got := tt.device.Trusted(tt.u, trusting(tt.days), noon.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestSessionOnTrustedDevice_OneFactorAndSaysSo(t *testing.T) {
	d, _ := Trust(adaWith, trusting(30), "d", "token", from, noon)
	s, err := SessionOnTrustedDevice(adaWith, d, trusting(30), "s", "session", from, noon)
	if err != nil || s.Level != OneFactor || !slices.Equal(s.Factors, []Factor{FactorPassword, FactorTrustedDevice}) || s.Digest != Token("session").Digest() {
		t.Errorf("%+v, %v", s, err)
	}
	if s.Proved(noon) || !s.Enough(adaWith) {
		t.Errorf("proved %v, enough %v", s.Proved(noon), s.Enough(adaWith))
	}
	suspended, off := adaWith, adaWith
	suspended.State, off.TwoFactorSince = Suspended, time.Time{}
	for _, tt := range []struct {
		name   string
		u      User
		device TrustedDevice
		days   int
		at     time.Time
	}{
		{"suspended", suspended, d, 30, noon},
		{"without two-factor", off, d, 30, noon},
		{"without trust", adaWith, TrustedDevice{}, 30, noon},
		{"trust that ran out", adaWith, d, 30, noon.Add(30 * day)},
		{"trust that the policy took back", adaWith, d, 0, noon},
		{"somebody else's trust", User{ID: "eve", State: Active, TwoFactorSince: noon}, d, 30, noon},
	} {
		if s, err := SessionOnTrustedDevice(tt.u, tt.device, trusting(tt.days), "s", "session", from, tt.at); code(err) != check.WrongPassword || s.ID != "" {
			t.Errorf("%s: %+v, %v", tt.name, s, err)
		}
	}
}

func TestEnough(t *testing.T) {
	for _, tt := range []struct {
		name    string
		level   Level
		factors []Factor
		u       User
		want    bool
	}{
		{"the password, where that is all", OneFactor, []Factor{FactorPassword}, ada, true},
		{"the password, with two-factor on", OneFactor, []Factor{FactorPassword}, adaWith, false},
		{"the password on a trusted device", OneFactor, []Factor{FactorPassword, FactorTrustedDevice}, adaWith, true},
		{"both", TwoFactors, []Factor{FactorPassword, FactorText}, adaWith, true},
		{"both, where one would do", TwoFactors, []Factor{FactorPassword, FactorTOTP}, ada, true},
		{"nothing", NoFactor, nil, adaWith, false},
	} {
		if got := (Session{Level: tt.level, Factors: tt.factors}).Enough(tt.u); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestCheckUpDue(t *testing.T) {
	app, phone := Authenticator{ID: "a", Method: MethodTOTP}, Authenticator{ID: "p", Method: MethodText}
	disabled := app
	disabled.Failures = MaxFailures
	enrolled := User{ID: "ada", State: Active, TwoFactorSince: noon}
	answered := enrolled
	answered.CheckedUp = noon.Add(time.Hour)
	for _, tt := range []struct {
		name  string
		u     User
		list  []Authenticator
		after time.Duration
		want  bool
	}{
		{"a moment before four weeks", enrolled, []Authenticator{app}, 28*day - time.Millisecond, false},
		{"after four weeks", enrolled, []Authenticator{app}, 28 * day, true},
		{"after a year", enrolled, []Authenticator{app}, 365 * day, true},
		{"answered", answered, []Authenticator{app}, 28 * day, false},
		{"without two-factor", ada, nil, 365 * day, false},
		{"only a phone that takes codes", enrolled, []Authenticator{phone}, 28 * day, false},
		{"an app beside a phone", enrolled, []Authenticator{phone, app}, 28 * day, true},
		{"an app that is switched off", enrolled, []Authenticator{disabled}, 28 * day, false},
	} {
		if got := tt.u.CheckUpDue(tt.list, noon.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
