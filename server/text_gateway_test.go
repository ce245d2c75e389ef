package server_test

import (
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Where the gateway is gone, nothing is offered that would not arrive, and who has
// nothing but a phone comes in with a recovery code and sets up an app.
func TestText_GatewayGone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		p.Reconfigure(withoutTexts)
		if refused := servertest.Refused(t, ada, api.SendStepUpText, api.SendTextRequest{}); refused != check.TextsUnavailable {
			t.Errorf("a step-up by text: %q", refused)
		}
		b := p.Browser()
		if next := servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); next.Path != "/sign-in/recovery-code" {
			t.Errorf("the password leads to %q", next.Path)
		}
		if state := servertest.Must(t, b, api.CurrentSignIn, api.None{}); !slices.Equal(state.Ways, []api.Way{api.WayRecoveryCode}) || len(state.Texts) != 0 {
			t.Errorf("the sign-in: %+v", state)
		}
		if refused := servertest.Refused(t, b, api.SendText, api.SendTextRequest{}); refused != check.TextsUnavailable {
			t.Errorf("asking for a code: %q", refused)
		}
		servertest.Must(t, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
		ada.Browser = b
		if options := servertest.Must(t, ada, api.EnrollmentOptions, api.None{}); !slices.Equal(options.Methods, []api.Method{api.MethodTOTP}) ||
			options.RecoveryPhone != api.PhoneOff || len(options.Countries) != 0 {
			t.Errorf("options: %+v", options)
		}
		if refused := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: british, Country: "GB"}); refused != check.TextsUnavailable {
			t.Errorf("setting up another phone: %q", refused)
		}
		ada.Secret = ada.Start("App", "any")
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: ada.Passcode()})
		ada.SignIn()
	}, servertest.WithTexts)
}

// A policy that forbids text messages keeps new phones out and takes none away.
func TestText_ForbiddenByPolicy(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german)
	p.SetPolicy(func(q *auth.Policy) { q.Methods = []auth.Method{auth.MethodTOTP} })
	p.Clock.Advance(time.Minute)
	ada.SignIn().StepUp()
	if refused := servertest.Refused(t, ada, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: british, Country: "GB"}); refused != check.FactorForbidden {
		t.Errorf("another phone: %q", refused)
	}
	if options := servertest.Must(t, ada, api.EnrollmentOptions, api.None{}); !slices.Equal(options.Methods, []api.Method{api.MethodTOTP}) {
		t.Errorf("options: %+v", options)
	}
}
