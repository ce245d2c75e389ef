package cli

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// person is somebody with a browser who knows a password and may have an
// authenticator app. The clock is the real one.
type person struct {
	*servertest.Visitor
	name     string
	password string
	secret   auth.Secret // nil without an app
	codes    []string    // recovery codes
	spent    int64       // the last time step that was accepted
}

func newPerson(address, name string) *person {
	return &person{Visitor: servertest.HTTP(address), name: name, password: "sonnet marble lantern " + name}
}

// tokenOf returns the last part of a one-time link.
func tokenOf(link string) string { return link[strings.LastIndexByte(link, '/')+1:] }

func (p *person) setUp(ctx context.Context, link string) error {
	_, err := api.Setup.Call(ctx, p, api.SetupRequest{Token: tokenOf(link), Organization: "Analytical Engines", DisplayName: "Ada Lovelace",
		UserName: p.name, Email: p.name + "@example.org", Password: p.password})
	return err
}

func (p *person) accept(ctx context.Context, link string) error {
	_, err := api.AcceptInvitation.Call(ctx, p, api.AcceptInvitationRequest{Token: tokenOf(link), Password: p.password})
	return err
}

// prove proves the password in a new sign-in.
func (p *person) prove(ctx context.Context) (api.NextStep, error) {
	return api.SignIn.Call(ctx, p, api.SignInRequest{Name: p.name, Password: p.password})
}

// signIn signs in with everything that is asked for, in a new browser.
func (p *person) signIn(ctx context.Context) error {
	p.Visitor = p.Fresh()
	next, err := p.prove(ctx)
	if err != nil || next.Path != "/sign-in/passcode" {
		return err
	}
	return p.passcode(p.secret, func(passcode string) error {
		_, err := api.VerifyTOTP.Call(ctx, p, api.VerifyTOTPRequest{Passcode: passcode})
		return err
	})
}

// recover signs in with the password and the next recovery code, in a new browser.
func (p *person) recover(ctx context.Context) error {
	p.Visitor = p.Fresh()
	if _, err := p.prove(ctx); err != nil {
		return err
	}
	_, err := api.UseRecoveryCode.Call(ctx, p, api.UseRecoveryCodeRequest{RecoveryCode: p.codes[0]})
	if err == nil {
		p.codes = p.codes[1:]
	}
	return err
}

// passcode hands a passcode that was not used before to use. Three are good at any
// moment: that of the step before, of this one and of the next. When a step ends
// between choosing one and its arrival, the next is tried.
func (p *person) passcode(secret auth.Secret, use func(string) error) error {
	for {
		now := auth.TimeStep(time.Now())
		step := max(p.spent+1, now-1)
		if step > now+1 {
			return fmt.Errorf("%s has used every passcode of the last minute", p.name)
		}
		err := use(secret.Passcode(step))
		if err == nil {
			p.spent = step
			return nil
		}
		refusal, ok := errors.AsType[*api.Error](err)
		late := ok && (refusal.Code == check.WrongPasscode || refusal.Code == check.ClockSlow) && step < auth.TimeStep(time.Now())-1
		if !late {
			return err
		}
	}
}

// enroll binds an app and turns two-factor on. The person must be signed in.
func (p *person) enroll(ctx context.Context) error {
	if _, err := api.StepUp.Call(ctx, p, api.StepUpRequest{Password: p.password}); err != nil {
		return err
	}
	started, err := api.StartEnrollment.Call(ctx, p, api.StartEnrollmentRequest{Name: "Phone"})
	if err != nil {
		return err
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(started.Secret)
	if err != nil {
		return err
	}
	var confirmed api.Enrollment
	err = p.passcode(secret, func(passcode string) (err error) {
		confirmed, err = api.ConfirmEnrollment.Call(ctx, p, api.ConfirmEnrollmentRequest{Passcode: passcode})
		return err
	})
	if err != nil {
		return err
	}
	if _, err := api.FinishEnrollment.Call(ctx, p, api.FinishEnrollmentRequest{Saved: true}); err != nil {
		return err
	}
	p.secret, p.codes = secret, confirmed.RecoveryCodes
	return nil
}

// session tells whether the person's browser is signed in, as them.
func (p *person) session(ctx context.Context) error {
	info, err := api.Session.Call(ctx, p, api.None{})
	if err == nil && info.UserName != p.name {
		err = fmt.Errorf("signed in as %q", info.UserName)
	}
	return err
}
