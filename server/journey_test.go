package server_test

import (
	"strings"
	"testing"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The journey of the first issue, as calls: set up, sign in, enroll, sign out,
// sign in with a passcode, with a recovery code, replace, turn off.
func TestJourney(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		if next := servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ADA@example.org ", Password: ada.Password, Next: "/profile"}); next.Path != "/sign-in/protect?next=%2Fprofile" {
			t.Errorf("after the password without two-factor one goes to %q", next.Path)
		}
		if info := servertest.Must(t, ada, api.Session, api.None{}); info.UserName != "ada" || info.Role != "operator" || info.TwoFactor {
			t.Errorf("session: %+v", info)
		}
		if code := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"}); code != check.StepUpRequired {
			t.Errorf("enrolling without step-up: %q", code)
		}
		ada.Enroll()
		info := servertest.Must(t, ada, api.Security, api.None{})
		if !info.Active || len(info.Authenticators) != 1 || info.RecoveryCodesLeft != 10 {
			t.Errorf("security after enrolling: %+v", info)
		}
		servertest.Must(t, ada, api.SignOut, api.None{})
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("session after signing out: %q", code)
		}

		if next := servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password, Next: "/profile"}); next.Path != "/sign-in/passcode" {
			t.Errorf("after the password with two-factor one goes to %q", next.Path)
		}
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("session after the password alone: %q", code)
		}
		if next := servertest.Must(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); next.Path != "/profile" {
			t.Errorf("after the passcode one goes to %q", next.Path)
		}
		servertest.Must(t, ada, api.SignOut, api.None{})

		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		used := ada.Codes[3]
		servertest.Must(t, ada, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: strings.ToLower(used)})
		recovery := servertest.Must(t, ada, api.Session, api.None{}).Recovery
		if recovery == nil || recovery.Left != 10 || recovery.Replacement == used || len(recovery.Replacement) != len(used) {
			t.Fatalf("after a recovery code: %+v", recovery)
		}
		if next := servertest.Must(t, ada, api.AcknowledgeRecovery, api.AcknowledgeRecoveryRequest{Then: "replace"}); !strings.HasPrefix(next.Path, "/profile/security/set-up") {
			t.Errorf("replacing leads to %q", next.Path)
		}
		if again := servertest.Must(t, ada, api.Session, api.None{}); again.Recovery != nil {
			t.Error("the replacement is still told after it was acknowledged")
		}
		ada.Codes[3] = recovery.Replacement

		secret := ada.Start("New phone", "any")
		old := ada.Secret
		ada.Secret = secret
		if done := servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: ada.Passcode()}); done.Stage != api.StageFinished {
			t.Errorf("replacing ends in stage %q", done.Stage)
		}
		servertest.Must(t, ada, api.SignOut, api.None{})
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		p.Clock.Advance(31e9)
		if code := servertest.Refused(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: old.Passcode(auth.TimeStep(p.Clock.Now()))}); code != check.WrongPasscode {
			t.Errorf("the old phone after it was replaced: %q", code)
		}
		servertest.Must(t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		ada.StepUp()
		servertest.Must(t, ada, api.TurnOffTwoFactor, api.None{})
		servertest.Must(t, ada, api.SignOut, api.None{})
		ada.Secret = nil
		ada.SignIn()
		if n, err := p.Store.VerifyAudit(t.Context()); err != nil || n < 15 {
			t.Errorf("audit: %d events, %v", n, err)
		}
		if strings.Contains(p.Log.String(), "fault") {
			t.Error(p.Log.String())
		}
	})
}
