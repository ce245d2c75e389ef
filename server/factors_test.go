package server_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Only the last step of the wizard turns two-factor on.
func TestEnrollment_OnlyTheLastStepTurnsItOn(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		off := func(step string) {
			t.Helper()
			if servertest.Must(t, ada, api.Security, api.None{}).Active {
				t.Errorf("two-factor is on %s", step)
			}
		}
		if code := servertest.Refused(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); code != check.EnrollmentExpired {
			t.Errorf("finishing what was not begun: %q", code)
		}
		secret := ada.Start("Phone", "")
		off("after the secret was made")
		if code := servertest.Refused(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); code != check.EnrollmentExpired {
			t.Errorf("finishing what was not confirmed: %q", code)
		}
		for _, tt := range []struct {
			name string
			off  int64
			want check.Code
		}{
			{"a phone five minutes slow", -10, check.ClockSlow},
			{"a phone two minutes fast", 4, check.ClockFast},
			{"a phone an hour off", 120, check.WrongPasscode},
		} {
			passcode := secret.Passcode(auth.TimeStep(p.Clock.Now()) + tt.off)
			if code := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: passcode}); code != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, code, tt.want)
			}
		}
		confirmed := servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
		off("after the passcode")
		if again := servertest.Must(t, ada, api.CurrentEnrollment, api.None{}); again.Stage != api.StageConfirmed || len(again.RecoveryCodes) != 10 || again.RecoveryCodes[9] != confirmed.RecoveryCodes[9] || again.Secret != "" {
			t.Errorf("after a reload: %+v", again)
		}
		if code := servertest.Refused(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{}); code != check.MustBeTrue {
			t.Errorf("finishing without having saved the codes: %q", code)
		}
		servertest.Must(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if code := servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))}); code != check.WrongPasscode {
			t.Errorf("the passcode that confirmed the enrollment, at sign-in: %q", code)
		}
	})
}

// A setup that is cancelled, times out or fails leaves the old authenticator
// working (requirement 105).
func TestEnrollment_LeavesTheOldAuthenticatorWorking(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		id := servertest.Must(t, ada, api.Security, api.None{}).Authenticators[0].ID
		for _, tt := range []struct {
			name string
			end  func(auth.Secret)
		}{
			{"cancelled", func(auth.Secret) { servertest.Must(t, ada, api.CancelEnrollment, api.None{}) }},
			{"timed out", func(secret auth.Secret) {
				p.Clock.Advance(auth.EnrollFor)
				ada.StepUp()
				if code := servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))}); code != check.EnrollmentExpired {
					t.Errorf("confirming after ten minutes: %q", code)
				}
			}},
			{"failed", func(auth.Secret) {
				servertest.Refused(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: "000000"})
			}},
			{"begun anew", func(auth.Secret) { ada.Start("Third", "") }},
		} {
			ada.StepUp()
			tt.end(ada.Start("New", id))
			servertest.Must(t, ada, api.SignOut, api.None{})
			p.Clock.Advance(time.Minute)
			ada.SignIn()
		}
	})
}

// Up to five authenticators; each works; the last is replaced, not removed; ids
// of others are not there (requirement 53).
func TestAuthenticators_AddRenameReplaceRemove(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		grace := p.Invite("grace").SignIn().Enroll().StepUp()
		ada.StepUp()
		first := servertest.Must(t, ada, api.Security, api.None{}).Authenticators[0]
		if code := servertest.Refused(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: first.ID}); code != check.LastAuthenticator {
			t.Errorf("removing the last: %q", code)
		}
		var tablet auth.Secret
		for _, name := range []string{"Tablet", "Desk", "Safe", "Fifth"} {
			secret := ada.Start(name, "")
			p.Clock.Advance(30 * time.Second)
			if done := servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))}); done.Stage != api.StageFinished {
				t.Fatalf("adding %s: %+v", name, done)
			}
			if tablet == nil {
				tablet = secret
			}
		}
		if code := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Sixth"}); code != check.TooManyAuthenticators {
			t.Errorf("a sixth: %q", code)
		}
		for _, code := range []check.Code{
			servertest.Refused(t, grace, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: first.ID}),
			servertest.Refused(t, grace, api.RenameAuthenticator, api.RenameAuthenticatorRequest{ID: first.ID, Name: "Mine"}),
			servertest.Refused(t, grace, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Mine", Replaces: first.ID}),
		} {
			if code != check.NotFound {
				t.Errorf("somebody else's authenticator: %q", code)
			}
		}
		servertest.Must(t, ada, api.RenameAuthenticator, api.RenameAuthenticatorRequest{ID: first.ID, Name: "  Old phone 📱 "})
		servertest.Must(t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: first.ID})
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if code := servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.WrongPasscode {
			t.Errorf("a removed authenticator: %q", code)
		}
		ada.Secret = tablet
		servertest.Must(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		info := servertest.Must(t, ada, api.Security, api.None{})
		if len(info.Authenticators) != 4 || info.Authenticators[0].Name != "Tablet" || info.Authenticators[0].LastUsed == 0 || info.Authenticators[1].LastUsed != 0 {
			t.Errorf("authenticators: %+v", info.Authenticators)
		}
	})
}

// New recovery codes void the old ones (requirement 29); a used one never works
// again, its replacement does once (27, 28).
func TestRecoveryCodes_UsedAndRegenerated(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		use := func(code string) check.Code {
			b := p.Browser()
			p.Clock.Advance(time.Hour)
			servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
			refused := servertest.Refused(t, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: code})
			if refused == "" {
				ada.Codes[0] = servertest.Must(t, b, api.Session, api.None{}).Recovery.Replacement
			}
			return refused
		}
		used := ada.Codes[0]
		for i, want := range []check.Code{"", check.WrongRecoveryCode} {
			if code := use(used); code != want {
				t.Errorf("use %d of one code: %q", i+1, code)
			}
		}
		if code := use(ada.Codes[0]); code != "" {
			t.Errorf("the replacement: %q", code)
		}
		old := ada.Codes[5]
		ada.SignIn().StepUp()
		fresh := servertest.Must(t, ada, api.RegenerateRecoveryCodes, api.None{}).Codes
		if code := use(old); code != check.WrongRecoveryCode {
			t.Errorf("a code of the old set: %q", code)
		}
		if code := use(fresh[9]); code != "" || len(fresh) != 10 {
			t.Errorf("a code of the new set of %d: %q", len(fresh), code)
		}
	})
}

// Turning off leaves nothing to sign in with but the password, and is refused
// where that is too short to stand alone (requirement 1).
func TestTwoFactor_TurnOff(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		if code := servertest.Refused(t, ada, api.TurnOffTwoFactor, api.None{}); code != check.NotActive {
			t.Errorf("turning off what is off: %q", code)
		}
		if code := servertest.Refused(t, ada, api.RegenerateRecoveryCodes, api.None{}); code != check.NotActive {
			t.Errorf("recovery codes without two-factor: %q", code)
		}
		short := "g7Kq#v2Z"
		if code := servertest.Refused(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: short}); code != check.PasswordTooShort {
			t.Errorf("eight characters without a second factor: %q", code)
		}
		ada.Enroll().StepUp()
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: short})
		long := ada.Password
		ada.Password = short
		if code := servertest.Refused(t, ada, api.TurnOffTwoFactor, api.None{}); code != check.PasswordShortAlone {
			t.Errorf("turning off with a short password: %q", code)
		}
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: short, New: long})
		ada.Password = long
		servertest.Must(t, ada, api.TurnOffTwoFactor, api.None{})
		if info := servertest.Must(t, ada, api.Security, api.None{}); info.Active || len(info.Authenticators) != 0 || info.RecoveryCodesLeft != 0 {
			t.Errorf("after turning off: %+v", info)
		}
		ada.Secret = nil
		servertest.Must(t, ada, api.SignOut, api.None{})
		ada.SignIn()
	})
}
