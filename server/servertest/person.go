package servertest

import (
	"encoding/base32"
	"errors"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Person is somebody with an account: what they know and what they have.
type Person struct {
	*Browser
	Name     string // user name
	Password string
	Secret   auth.Secret // of their authenticator app; nil without one
	Number   string      // of the phone that takes their codes; empty without one
	Codes    []string    // their recovery codes, as they were shown

	t testing.TB
}

// Must makes a call and returns its answer; anything but success ends the test.
func Must[Req api.Request, Resp any](t testing.TB, b api.Transport, e api.Endpoint[Req, Resp], req Req) Resp {
	t.Helper()
	answer, err := e.Call(t.Context(), b, req)
	if err != nil {
		t.Fatalf("%s: %v", e.Path, explain(err))
	}
	return answer
}

// Refused makes a call and returns the code it is refused with, the code of the
// first field problem when it has fields; empty when it succeeds.
func Refused[Req api.Request, Resp any](t testing.TB, b api.Transport, e api.Endpoint[Req, Resp], req Req) check.Code {
	t.Helper()
	_, err := e.Call(t.Context(), b, req)
	if err == nil {
		return ""
	}
	refusal, ok := errors.AsType[*api.Error](err)
	if !ok {
		t.Fatalf("%s: %v", e.Path, err)
	}
	for _, code := range refusal.Problems {
		return code
	}
	return refusal.Code
}

func explain(err error) any {
	if refusal, ok := errors.AsType[*api.Error](err); ok {
		return *refusal
	}
	return err
}

// SetUp makes the first organization and returns its first administrator, not
// signed in.
func (p *Portal) SetUp() *Person {
	p.T.Helper()
	link, _, err := p.Server.SetupLink(p.T.Context())
	if err != nil {
		p.T.Fatal(err)
	}
	who := &Person{Browser: p.Browser(), Name: "ada", Password: "umbrella kitchen orbit", t: p.T}
	Must(p.T, who, api.Setup, api.SetupRequest{Token: token(link), Organization: "Analytical Engines", DisplayName: "Ada Lovelace",
		UserName: who.Name, Email: "ada@example.org", Password: who.Password})
	return who
}

// Invite adds a member called name and returns them, not signed in.
func (p *Portal) Invite(name string) *Person {
	p.T.Helper()
	link, _, err := p.Server.Invite(p.T.Context(), server.Invitation{UserName: name, Email: name + "@example.org"})
	if err != nil {
		p.T.Fatal(err)
	}
	who := &Person{Browser: p.Browser(), Name: name, Password: "sonnet marble lantern " + name[:1], t: p.T}
	Must(p.T, who, api.AcceptInvitation, api.AcceptInvitationRequest{Token: token(link), Password: who.Password})
	return who
}

// token returns the last part of a one-time link.
func token(link string) string { return link[strings.LastIndexByte(link, '/')+1:] }

// SignIn signs in with everything the person has; with both an app and a phone, by
// the app.
func (w *Person) SignIn() *Person {
	w.t.Helper()
	Must(w.t, w, api.SignIn, api.SignInRequest{Name: w.Name, Password: w.Password})
	switch {
	case w.Secret != nil:
		Must(w.t, w, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: w.Passcode()})
	case w.Number != "":
		Must(w.t, w, api.VerifyText, api.VerifyTextRequest{Code: w.TextCode()})
	}
	return w
}

// Passcode returns what the person's app shows next: it moves the clock on so
// that the passcode was not used before.
func (w *Person) Passcode() string {
	w.portal.Clock.Advance(30 * time.Second)
	return w.Secret.Passcode(auth.TimeStep(w.portal.Clock.Now()))
}

// TextCode returns the code that the person's phone has got last.
func (w *Person) TextCode() string { return w.portal.CodeAt(w.Number) }

// StepUp proves everything again.
func (w *Person) StepUp() *Person {
	w.t.Helper()
	req := api.StepUpRequest{Password: w.Password}
	switch {
	case w.Secret != nil:
		req.Passcode = w.Passcode()
	case w.Number != "":
		w.portal.Clock.Advance(auth.ResendAfter)
		Must(w.t, w, api.SendStepUpText, api.SendTextRequest{})
		req.TextCode = w.TextCode()
	}
	Must(w.t, w, api.StepUp, req)
	return w
}

// Enroll goes through the wizard and turns two-factor on; of who was equipped before,
// it leaves the step-up. The person must be signed in.
func (w *Person) Enroll() *Person {
	w.t.Helper()
	w.StepUp()
	if w.Secret != nil {
		return w
	}
	secret := w.Start("Phone", "")
	confirmed := Must(w.t, w, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(w.portal.Clock.Now()))})
	Must(w.t, w, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
	w.Secret, w.Codes = secret, confirmed.RecoveryCodes
	return w
}

// EnrollText is Enroll with a phone in the place of an app.
func (w *Person) EnrollText(number string) *Person {
	w.t.Helper()
	w.StepUp()
	w.StartText(number, "")
	confirmed := Must(w.t, w, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: w.portal.CodeAt(number)})
	Must(w.t, w, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
	w.Number, w.Codes = number, confirmed.RecoveryCodes
	return w
}

// StartText begins an enrollment of the phone with a number that says its country.
func (w *Person) StartText(number, replaces string) api.Enrollment {
	w.t.Helper()
	return Must(w.t, w, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: number, Country: "DE", Replaces: replaces})
}

// AddText adds a further phone to those of a person who has two-factor. The person
// must have stepped up.
func (w *Person) AddText(number string) *Person {
	w.t.Helper()
	w.StartText(number, "")
	Must(w.t, w, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: w.portal.CodeAt(number)})
	w.Number = number
	return w
}

// Start begins an enrollment and returns its secret.
func (w *Person) Start(name, replaces string) auth.Secret {
	w.t.Helper()
	started := Must(w.t, w, api.StartEnrollment, api.StartEnrollmentRequest{Name: name, Replaces: replaces})
	return SecretOf(w.t, started.Secret)
}

// SecretOf reads a secret as people type it.
func SecretOf(t testing.TB, typed string) auth.Secret {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(typed)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}
