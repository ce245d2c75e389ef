package auth

import (
	"errors"
	"testing"
	"time"

	"doorward/shared/check"
)

// rfcSecret is the key of RFC 4226 Appendix D and RFC 6238 Appendix B.
var rfcSecret = Secret("12345678901234567890")

func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

func TestPasscode_RFC4226AppendixD(t *testing.T) {
	for count, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := rfcSecret.Passcode(int64(count)); got != want {
			t.Errorf("count %d: %s, want %s", count, got, want)
		}
	}
}

// The table has eight digits; six are their last.
func TestPasscode_RFC6238AppendixB(t *testing.T) {
	for _, tt := range []struct {
		seconds, step int64
		eight         string
	}{
		{59, 0x1, "94287082"},
		{1111111109, 0x23523EC, "07081804"},
		{1111111111, 0x23523ED, "14050471"},
		{1234567890, 0x273EF07, "89005924"},
		{2000000000, 0x3F940AA, "69279037"},
		{20000000000, 0x27BC86AA, "65353130"},
	} {
		if got := TimeStep(at(tt.seconds)); got != tt.step {
			t.Errorf("%d s: step %X, want %X", tt.seconds, got, tt.step)
		}
		if got, want := rfcSecret.Passcode(tt.step), tt.eight[2:]; got != want {
			t.Errorf("%d s: %s, want %s", tt.seconds, got, want)
		}
	}
}

func TestStep_IsFoundUpToTheDriftAndNoFurther(t *testing.T) {
	now := at(1234567890)
	for off := int64(-12); off <= 12; off++ {
		for _, drift := range []int64{0, 1, 10} {
			passcode := rfcSecret.Passcode(TimeStep(now) + off)
			step, ok := rfcSecret.Step(passcode, now, drift)
			if want := off >= -drift && off <= drift; ok != want {
				t.Errorf("%+d steps with a drift of %d: %v", off, drift, ok)
			} else if ok && step != TimeStep(now)+off {
				t.Errorf("%+d steps with a drift of %d: step %d", off, drift, step-TimeStep(now))
			}
		}
	}
}

func TestStep_RefusesWhatIsNoPasscode(t *testing.T) {
	now := at(1234567890)
	right := rfcSecret.Passcode(TimeStep(now))
	for _, typed := range []string{"", "0", right[:5], right + "0", " " + right, "abcdef", "000000"} {
		if _, ok := rfcSecret.Step(typed, now, 1); ok {
			t.Errorf("%q was accepted", typed)
		}
	}
	// Before 1970 there are no steps; the clock of a new machine may stand there.
	if _, ok := rfcSecret.Step(right, at(0), 1); ok {
		t.Error("the passcode of another year was accepted in 1970")
	}
}

func TestAccept(t *testing.T) {
	now := at(1234567890)
	step := TimeStep(now)
	phone := func(last int64, failures int) Authenticator {
		return Authenticator{ID: "phone", Method: MethodTOTP, Secret: rfcSecret, LastStep: last, Failures: failures}
	}
	tablet := Authenticator{ID: "tablet", Method: MethodTOTP, Secret: Secret("another twenty bytes")}
	for _, tt := range []struct {
		name     string
		list     []Authenticator
		passcode string
		who      ID
		step     int64
		refused  check.Code
	}{
		{"of now", []Authenticator{phone(0, 0)}, rfcSecret.Passcode(step), "phone", step, ""},
		{"one step early", []Authenticator{phone(0, 0)}, rfcSecret.Passcode(step + 1), "phone", step + 1, ""},
		{"one step late", []Authenticator{phone(0, 0)}, rfcSecret.Passcode(step - 1), "phone", step - 1, ""},
		{"two steps early", []Authenticator{phone(0, 0)}, rfcSecret.Passcode(step + 2), "", 0, check.WrongPasscode},
		{"two steps late", []Authenticator{phone(0, 0)}, rfcSecret.Passcode(step - 2), "", 0, check.WrongPasscode},
		{"spent", []Authenticator{phone(step, 0)}, rfcSecret.Passcode(step), "", 0, check.WrongPasscode},
		{"older than a spent one", []Authenticator{phone(step, 0)}, rfcSecret.Passcode(step - 1), "", 0, check.WrongPasscode},
		{"newer than a spent one", []Authenticator{phone(step, 0)}, rfcSecret.Passcode(step + 1), "phone", step + 1, ""},
		{"after 99 failures", []Authenticator{phone(0, 99)}, rfcSecret.Passcode(step), "phone", step, ""},
		{"after 100 failures", []Authenticator{phone(0, 100)}, rfcSecret.Passcode(step), "", 0, check.AuthenticatorDisabled},
		{"of the second of two", []Authenticator{phone(0, 0), tablet}, tablet.Secret.Passcode(step), "tablet", step, ""},
		{"of the one that is not disabled", []Authenticator{phone(0, 100), tablet}, tablet.Secret.Passcode(step), "tablet", step, ""},
		{"of the disabled one of two", []Authenticator{phone(0, 100), tablet}, rfcSecret.Passcode(step), "", 0, check.WrongPasscode},
		{"of nobody", []Authenticator{phone(0, 0), tablet}, "000000", "", 0, check.WrongPasscode},
		{"without authenticators", nil, rfcSecret.Passcode(step), "", 0, check.WrongPasscode},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Accept(tt.list, tt.passcode, now)
			if code, _ := Refused(err); code != tt.refused || (err != nil) != (tt.refused != "") {
				t.Fatalf("refused with %v, want %q", err, tt.refused)
			}
			if a.ID != tt.who || a.LastStep != tt.step {
				t.Errorf("%q with step %d, want %q with %d", a.ID, a.LastStep, tt.who, tt.step)
			}
			if err == nil && (a.Failures != 0 || !a.LastUsed.Equal(now)) {
				t.Errorf("%d failures, last used %v", a.Failures, a.LastUsed)
			}
		})
	}
}

// What Accept returned is what the next try meets: no passcode counts twice, and
// none that is older than one that counted.
func TestAccept_ReplayAtEveryMoment(t *testing.T) {
	start := at(1234567890)
	a := Authenticator{ID: "phone", Method: MethodTOTP, Secret: rfcSecret}
	accepted := map[string]bool{}
	for second := range 200 {
		now := start.Add(time.Duration(second) * time.Second)
		for off := int64(-1); off <= 1; off++ {
			passcode := rfcSecret.Passcode(TimeStep(now) + off)
			next, err := Accept([]Authenticator{a}, passcode, now)
			if err != nil {
				continue
			}
			if accepted[passcode] || next.LastStep <= a.LastStep {
				t.Fatalf("%s counted again after %d s", passcode, second)
			}
			accepted[passcode], a = true, next
		}
	}
	if len(accepted) < 7 {
		t.Errorf("only %d passcodes in 200 s", len(accepted))
	}
}

func TestExplain(t *testing.T) {
	now := at(1234567890)
	step := TimeStep(now)
	for _, tt := range []struct {
		name    string
		of      int64 // steps from now
		last    int64
		code    check.Code
		minutes int
	}{
		{"spent a moment ago", 0, step, check.SpentPasscode, 0},
		{"the one before a spent one", -1, step, check.SpentPasscode, 0},
		{"spent long ago", -8, step, check.SpentPasscode, 0},
		{"two steps behind", -2, 0, check.ClockSlow, 1},
		{"three steps behind", -3, 0, check.ClockSlow, 2},
		{"ten steps behind", -10, 0, check.ClockSlow, 5},
		{"eleven steps behind", -11, 0, check.WrongPasscode, 0},
		{"two steps ahead", 2, 0, check.ClockFast, 1},
		{"five steps ahead", 5, 0, check.ClockFast, 3},
		{"ten steps ahead", 10, 0, check.ClockFast, 5},
		{"eleven steps ahead", 11, 0, check.WrongPasscode, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := rfcSecret.Explain(rfcSecret.Passcode(step+tt.of), tt.last, now)
			r, ok := errors.AsType[*Refusal](err)
			if !ok || r.Code != tt.code || r.Minutes != tt.minutes {
				t.Errorf("%+v, want %s and %d minutes", r, tt.code, tt.minutes)
			}
		})
	}
}
