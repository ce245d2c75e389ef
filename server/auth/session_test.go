package auth

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/check"
)

var (
	noon    = at(1795262400)
	ada     = User{ID: "ada", State: Active}
	adaWith = User{ID: "ada", State: Active, TwoFactorSince: noon.Add(-time.Hour)}
	from    = Origin{Address: "203.0.113.7", Device: "Firefox on Linux"}
)

func TestSessionAfterPassword_OneFactor(t *testing.T) {
	s, err := SessionAfterPassword(ada, "s", "token", from, noon)
	if err != nil {
		t.Fatal(err)
	}
	if s.Level != OneFactor || !slices.Equal(s.Factors, []Factor{FactorPassword}) || s.Digest != Token("token").Digest() || s.User != "ada" {
		t.Errorf("%+v", s)
	}
	if s.Proved(noon) || !s.ProvedUntil().IsZero() {
		t.Error("signing in with the password alone counts as a step-up")
	}
}

func TestSessionAfterPassword_RefusesTwoFactorAndInactive(t *testing.T) {
	for name, u := range map[string]User{"two-factor": adaWith, "suspended": {ID: "ada", State: Suspended}, "invited": {ID: "ada", State: Invited}, "nobody": {}} {
		if s, err := SessionAfterPassword(u, "s", "token", from, noon); err == nil || s.ID != "" {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func TestSignIn_Session(t *testing.T) {
	in := SignIn{ID: "in", User: "ada", Next: "/profile", Created: noon}
	for _, tt := range []struct {
		name   string
		u      User
		second Factor
		after  time.Duration
		code   check.Code
	}{
		{"passcode", adaWith, FactorTOTP, time.Minute, ""},
		{"recovery code", adaWith, FactorRecoveryCode, time.Minute, ""},
		{"in its last moment", adaWith, FactorTOTP, SignInFor - time.Millisecond, ""},
		{"too late", adaWith, FactorTOTP, SignInFor, check.SignInExpired},
		{"the password twice", adaWith, FactorPassword, time.Minute, check.SignInExpired},
		{"nothing", adaWith, "", time.Minute, check.SignInExpired},
		{"of somebody else", User{ID: "eve", State: Active, TwoFactorSince: noon}, FactorTOTP, time.Minute, check.SignInExpired},
		{"of somebody suspended", User{ID: "ada", State: Suspended, TwoFactorSince: noon}, FactorTOTP, time.Minute, check.SignInExpired},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := noon.Add(tt.after)
			s, err := in.Session(tt.u, tt.second, "s", "token", from, now)
			if code, _ := Refused(err); code != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err != nil {
				if s.ID != "" {
					t.Errorf("refused, and yet %+v", s)
				}
				return
			}
			if s.Level != TwoFactors || !slices.Equal(s.Factors, []Factor{FactorPassword, tt.second}) || !s.Created.Equal(now) {
				t.Errorf("%+v", s)
			}
			// After a recovery code one goes straight on to a new phone.
			if recovered := tt.second == FactorRecoveryCode; s.Proved(now) != recovered || (s.Next == in.Next) != recovered {
				t.Errorf("proved %v, next %q", s.Proved(now), s.Next)
			}
		})
	}
}

func TestSession_Live(t *testing.T) {
	p := Policy{SessionIdle: time.Hour, SessionOverall: 24 * time.Hour}
	for _, tt := range []struct {
		name              string
		created, lastSeen time.Duration // before now
		want              bool
	}{
		{"new", 0, 0, true},
		{"idle for less than an hour", 2 * time.Hour, time.Hour - time.Millisecond, true},
		{"idle for an hour", 2 * time.Hour, time.Hour, false},
		{"busy for less than a day", 24*time.Hour - time.Millisecond, 0, true},
		{"busy for a day", 24 * time.Hour, 0, false},
		{"from the future: the clock went back", -time.Hour, -time.Hour, true},
	} {
		s := Session{Created: noon.Add(-tt.created), LastSeen: noon.Add(-tt.lastSeen)}
		if got := s.Live(noon, p); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if (Session{}).Live(noon, p) {
		t.Error("the zero session is live")
	}
}

func TestSession_Proved(t *testing.T) {
	s := Session{ProvedAt: noon}
	for _, tt := range []struct {
		name  string
		after time.Duration
		want  bool
	}{
		{"at once", 0, true},
		{"in the last moment", StepUpFor - time.Millisecond, true},
		{"after ten minutes", StepUpFor, false},
		{"the clock went back", -time.Second, false},
	} {
		if got := s.Proved(noon.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if (Session{}).Proved(time.Time{}) || !s.ProvedUntil().Equal(noon.Add(StepUpFor)) {
		t.Error("a session without step-up is proved, or one with it for another time")
	}
}

func TestSteppedUp(t *testing.T) {
	one := Session{ID: "s", Digest: Token("old").Digest(), User: "ada", Level: OneFactor, Factors: []Factor{FactorPassword}, Created: noon.Add(-time.Hour)}
	s, err := one.SteppedUp(ada, "", "new", noon)
	if err != nil || s.Level != OneFactor || !s.Proved(noon) || s.Digest != Token("new").Digest() || !s.Created.Equal(one.Created) || s.ID != "s" {
		t.Errorf("password: %+v, %v", s, err)
	}
	s, err = one.SteppedUp(adaWith, FactorTOTP, "new", noon)
	if err != nil || s.Level != TwoFactors || !slices.Equal(s.Factors, []Factor{FactorPassword, FactorTOTP}) {
		t.Errorf("both: %+v, %v", s, err)
	}
	s, err = one.SteppedUp(adaWith, "", "new", noon)
	if code, _ := Refused(err); code != check.WrongPasscode || s.Digest != one.Digest || s.Proved(noon) {
		t.Errorf("the password alone with two-factor on: %+v, %v", s, err)
	}
}

func TestStale_OnceAMinute(t *testing.T) {
	for after, want := range map[time.Duration]bool{0: false, time.Minute - 1: false, time.Minute: true, -time.Hour: false} {
		if got := (Session{LastSeen: noon}).Stale(noon.Add(after)); got != want {
			t.Errorf("after %v: %v", after, got)
		}
	}
}
