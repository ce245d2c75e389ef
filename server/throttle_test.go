package server_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

func wrongPassword(t *testing.T, b *servertest.Browser, name string) *api.Error {
	t.Helper()
	_, err := api.SignIn.Call(t.Context(), b, api.SignInRequest{Name: name, Password: "not the password"})
	refusal, ok := errors.AsType[*api.Error](err)
	if !ok {
		t.Fatalf("a wrong password: %v", err)
	}
	return refusal
}

// Guessing at one account slows down, whoever does it and from wherever, also
// after a restart; and an account that does not exist behaves alike.
func TestThrottle_Account(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		for _, name := range []string{"ada", "nobody"} {
			for i := range auth.LimitAccount.Free {
				b := p.Browser()
				b.Address = "198.51.100." + strconv.Itoa(i+1)
				if e := wrongPassword(t, b, name); e.Code != check.WrongPassword {
					t.Fatalf("%s, try %d: %+v", name, i+1, e)
				}
			}
			p.Restart()
			b := p.Browser()
			b.Address = "192.0.2.1"
			if e := wrongPassword(t, b, name); e.Code != check.Throttled || e.Retry != 2 {
				t.Errorf("%s, after the free tries: %+v", name, e)
			}
			p.Clock.Advance(3 * time.Second)
			if e := wrongPassword(t, b, name); e.Code != check.WrongPassword {
				t.Errorf("%s, after waiting: %+v", name, e)
			}
			if e := wrongPassword(t, b, name); e.Code != check.Throttled || e.Retry != 4 {
				t.Errorf("%s, the wait doubles: %+v", name, e)
			}
		}
	})
}

// A stranger who hammers at an account cannot keep out its owner, who has signed
// in with this browser before (ASVS 6.1.1).
func TestThrottle_OwnerComesInThroughAFamiliarBrowser(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		servertest.Must(t, ada, api.SignOut, api.None{})
		stranger := p.Browser()
		stranger.Address = "192.0.2.66"
		for range 40 {
			wrongPassword(t, stranger, "ada")
		}
		unknown := p.Browser()
		if code := servertest.Refused(t, unknown, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); code != check.Throttled {
			t.Errorf("the right password in a browser nobody knows: %q", code)
		}
		ada.SignIn()
	})
}

// The familiar cookie gives nobody else a throttle of their own, and is no key.
func TestThrottle_FamiliarCookieOfAnotherUser(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	grace := p.Invite("grace").SignIn()
	servertest.Must(t, grace, api.SignOut, api.None{})
	for range auth.LimitAccount.Free {
		wrongPassword(t, grace.Browser, "ada")
	}
	if e := wrongPassword(t, p.Browser(), "ada"); e.Code != check.Throttled {
		t.Errorf("tries from a browser that is familiar to grace count for ada: %+v", e)
	}
	if code := servertest.Refused(t, grace, api.Session, api.None{}); code != check.SignedOut {
		t.Errorf("the familiar cookie alone: %q", code)
	}
}

// One address that is refused everywhere is slowed down as a whole.
func TestThrottle_Address(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		b := p.Browser()
		b.Address = "192.0.2.9"
		throttledAt := 0
		for i := range 150 {
			if e := wrongPassword(t, b, "user"+strconv.Itoa(i)); e.Code == check.Throttled {
				throttledAt = i
				break
			}
		}
		if throttledAt != auth.LimitAddress.Free {
			t.Errorf("an address is throttled after %d refusals, want %d", throttledAt, auth.LimitAddress.Free)
		}
		p.Restart()
		if e := wrongPassword(t, b, "somebody"); e.Code != check.Throttled {
			t.Errorf("after a restart: %+v", e)
		}
		other := p.Browser()
		other.Address = "192.0.2.10"
		if e := wrongPassword(t, other, "somebody"); e.Code != check.WrongPassword {
			t.Errorf("another address: %+v", e)
		}
	})
}

// The second step is limited per account, whatever the address (requirements 23,
// 101), and recovery codes fall under the same limit (30).
func TestThrottle_SecondStepIsPerAccount(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		thief := p.Browser()
		servertest.Must(t, thief, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		for i := range auth.LimitSecondStep.Free {
			thief.Address = "198.51.100." + strconv.Itoa(i+1)
			code := servertest.Refused(t, thief, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"})
			if i%2 == 1 {
				code = servertest.Refused(t, thief, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: "0000-0000-0000-0000"})
			}
			if i < 3 && code != check.WrongPasscode && code != check.WrongRecoveryCode {
				t.Errorf("try %d: %q", i+1, code)
			}
		}
		thief.Address = "192.0.2.200"
		p.Restart()
		for _, code := range []check.Code{
			servertest.Refused(t, thief, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Secret.Passcode(auth.TimeStep(p.Clock.Now()))}),
			servertest.Refused(t, thief, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]}),
		} {
			if code != check.Throttled {
				t.Errorf("after the free tries, from another address: %q", code)
			}
		}
		p.Clock.Advance(time.Minute)
		servertest.Must(t, thief, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
	})
}

// A hundred wrong passcodes in a row disable the authenticator until it is bound
// anew; a right one clears the count; a recovery code still helps (22, 101).
func TestThrottle_AHundredFailuresDisableAnAuthenticator(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		fail := func(n int) {
			for range n {
				b := p.Browser()
				p.Clock.Advance(time.Hour)
				servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
				if code := servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"}); code != check.WrongPasscode {
					t.Fatalf("a wrong passcode: %q", code)
				}
			}
		}
		fail(auth.MaxFailures - 1)
		p.Clock.Advance(time.Hour)
		ada.SignIn()
		fail(auth.MaxFailures)
		p.Clock.Advance(time.Hour)
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if code := servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.AuthenticatorDisabled {
			t.Errorf("the right passcode of a disabled authenticator: %q", code)
		}
		if ways := servertest.Must(t, ada, api.CurrentSignIn, api.None{}).Ways; len(ways) != 1 || ways[0] != api.WayRecoveryCode {
			t.Errorf("the ways left: %v", ways)
		}
		servertest.Must(t, ada, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
		ada.Secret = ada.Start("Phone again", "any")
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: ada.Passcode()})
		servertest.Must(t, ada, api.SignOut, api.None{})
		ada.SignIn()
	})
}

// Links cannot be guessed at without end.
func TestThrottle_Links(t *testing.T) {
	p := servertest.New(t, "")
	b := p.Browser()
	guess := api.CheckLinkRequest{Token: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Kind: api.LinkInvitation}
	for range auth.LimitLink.Free {
		if code := servertest.Refused(t, b, api.CheckLink, guess); code != check.LinkDead {
			t.Fatalf("a link that never was: %q", code)
		}
	}
	if code := servertest.Refused(t, b, api.CheckLink, guess); code != check.Throttled {
		t.Errorf("after %d guesses: %q", auth.LimitLink.Free, code)
	}
}

// What comes beyond the bounded queue of hashes is told to come back (113).
func TestThrottle_HashesBeyondTheQueueAreBusy(t *testing.T) {
	p := servertest.New(t, "", func(c *serverConfig) {
		c.Hashes, c.HashQueue = 1, 2
		c.Cost = auth.Cost{Memory: 8 << 10, Time: 8, Threads: 1}
	})
	busy := 0
	once(func(i int) bool {
		b := p.Browser()
		b.Address = "198.51.100." + strconv.Itoa(i+1)
		_, err := api.SignIn.Call(t.Context(), b, api.SignInRequest{Name: "user" + strconv.Itoa(i), Password: "x"})
		if refusal, ok := errors.AsType[*api.Error](err); ok && refusal.Code == check.Busy && refusal.Retry > 0 {
			counting.Lock()
			busy++
			counting.Unlock()
		}
		return false
	})
	if ran := p.Server.HashesRun(); busy == 0 || int(ran)+busy != parallel {
		t.Errorf("of %d sign-ins at once %d were told to come back and %d hashed", parallel, busy, ran)
	}
	if e := wrongPassword(t, p.Browser(), "user0"); e.Code != check.WrongPassword {
		t.Errorf("afterwards: %+v; who was told to come back is not to be charged", e)
	}
}
