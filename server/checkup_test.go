package server_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

func checkUpAsked(t *testing.T, who *servertest.Person) bool {
	t.Helper()
	return servertest.Must(t, who, api.Session, api.None{}).CheckUp
}

// After four weeks it is asked once whether the app still works, in any session;
// a passcode or "not now" answers it.
func TestCheckUp_AskedOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, grace := p.SetUp().SignIn().Enroll(), p.Invite("grace").SignIn().Enroll()
		edith := p.Invite("edith").SignIn().EnrollText(german)
		p.Clock.Advance(auth.CheckUpAfter - 5*time.Minute)
		if ada.SignIn(); checkUpAsked(t, ada) {
			t.Error("asked before four weeks have passed")
		}
		p.Clock.Advance(5 * time.Minute)
		grace.SignIn()
		edith.SignIn()
		if !checkUpAsked(t, ada) || !checkUpAsked(t, grace) || checkUpAsked(t, edith) {
			t.Errorf("asked: %v and %v, somebody with a phone only %v", checkUpAsked(t, ada), checkUpAsked(t, grace), checkUpAsked(t, edith))
		}
		if refused := servertest.Refused(t, ada, api.CheckUp, api.CheckUpRequest{}); refused != check.Required && refused != check.PasscodeShape {
			t.Errorf("neither a passcode nor a skip: %q", refused)
		}
		passcode := ada.Passcode()
		servertest.Must(t, ada, api.CheckUp, api.CheckUpRequest{Passcode: passcode})
		servertest.Must(t, grace, api.CheckUp, api.CheckUpRequest{Skip: true})
		if checkUpAsked(t, ada) || checkUpAsked(t, grace) {
			t.Error("asked twice")
		}
		b := half(t, p, ada)
		if refused := servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode}); refused != check.WrongPasscode {
			t.Errorf("the passcode of the check-up at sign-in: %q", refused)
		}
		p.Clock.Advance(auth.CheckUpAfter)
		if ada.SignIn(); checkUpAsked(t, ada) {
			t.Error("asked after another four weeks")
		}
	}, servertest.WithTexts)
}

// A wrong code is explained to who has proved both factors, and throttled; without two-factor there is nothing to check.
func TestCheckUp_WrongCodes(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn()
		if refused := servertest.Refused(t, ada, api.CheckUp, api.CheckUpRequest{Skip: true}); refused != check.NotActive {
			t.Errorf("without two-factor: %q", refused)
		}
		ada.Enroll()
		trustDays(p, 30)
		mine := trusted(t, p, ada)
		p.Clock.Advance(auth.CheckUpAfter)
		ada.SignIn()
		leads(t, mine)
		p.Clock.Advance(10 * time.Minute)
		off := func(steps int64) api.CheckUpRequest {
			return api.CheckUpRequest{Passcode: ada.Secret.Passcode(auth.TimeStep(p.Clock.Now()) + steps)}
		}
		for _, tt := range []struct {
			name  string
			who   *servertest.Person
			steps int64
			want  check.Code
		}{
			{"a slow clock", ada, -5, check.ClockSlow},
			{"a fast one", ada, 5, check.ClockFast},
			{"in a session with one factor", mine, 5, check.WrongPasscode},
			{"an hour off", ada, 120, check.WrongPasscode},
			{"the fifth", ada, 121, check.WrongPasscode},
			{"the right one after five wrong ones", ada, 0, check.Throttled},
		} {
			if refused := servertest.Refused(t, tt.who, api.CheckUp, off(tt.steps)); refused != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, refused, tt.want)
			}
		}
		p.Clock.Advance(time.Minute)
		servertest.Must(t, ada, api.CheckUp, off(0))
		if refused := servertest.Refused(t, ada, api.CheckUp, off(1)); refused != check.NotFound {
			t.Errorf("when it is answered: %q", refused)
		}
	})
}
