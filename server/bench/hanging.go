package main

import (
	"context"
	"errors"
	"fmt"
	"net/http/cookiejar"
	"slices"
	"time"

	"github.com/pquerna/otp/totp"

	"doorward/shared/api"
)

// heldTexts are the text messages that hang at the gateway while people sign in: more than are sent at once would only wait.
const heldTexts = 6

// gatewayHangs prints how long a whole sign-in takes, by password and passcode, while the gateway answers and while it hangs.
func (b *bench) gatewayHangs(ctx context.Context) (err error) {
	g, err := openGateway()
	if err != nil {
		return err
	}
	null, err := openNullMail()
	if err != nil {
		return errors.Join(err, g.close())
	}
	defer func() { err = errors.Join(err, g.close(), null.close()) }()
	b.portal.settings = append(g.settings(), "DOORWARD_SMTP="+null.url(), "DOORWARD_MAIL_FROM=doorward@example.org")
	defer func() { b.portal.settings = nil }()
	return b.running(func() error {
		texted, err := b.portal.invited(ctx, "texted")
		if err != nil {
			return err
		}
		if err := texted.enrollText(ctx, g); err != nil {
			return fmt.Errorf("enroll a phone: %w", err)
		}
		before, err := b.wholeSignIns(ctx, "answered")
		if err != nil {
			return err
		}
		answers := g.hangs()
		defer answers()
		for range heldTexts {
			if err := texted.ask(ctx); err != nil {
				return err
			}
			select {
			case <-g.held:
			case <-time.After(startWithin):
				return errors.New("no text message came to the gateway")
			}
		}
		during, err := b.wholeSignIns(ctx, "hung")
		if err != nil {
			return err
		}
		row("sign-in, the gateway answers", "p50 %.0f ms, p99 %.0f ms (password and passcode, %d, one at a time)",
			ms(before.quantile(.5)), ms(before.quantile(.99)), len(before.durations))
		row("  the same while it hangs", "p50 %.0f ms, p99 %.0f ms; %d mails went out meanwhile and before",
			ms(during.quantile(.5)), ms(during.quantile(.99)), null.taken.Load())
		return nil
	})
}

// wholeSignIns has people enroll and sign in, each once.
func (b *bench) wholeSignIns(ctx context.Context, name string) (o outcome, err error) {
	for i := range b.amount.secondSteps {
		u, err := b.portal.invited(ctx, fmt.Sprintf("%s%d", name, i))
		if err != nil {
			return o, err
		}
		if err := u.enroll(ctx); err != nil {
			return o, fmt.Errorf("enroll: %w", err)
		}
		took, err := u.wholeSignIn(ctx)
		if err != nil {
			return o, fmt.Errorf("sign in: %w", err)
		}
		o.durations = append(o.durations, took)
	}
	slices.Sort(o.durations)
	return o, nil
}

// wholeSignIn proves, with a new browser, the password and the next time step's passcode, and returns how long both answers took.
func (u *person) wholeSignIn(ctx context.Context) (took time.Duration, err error) {
	if u.client.Jar, err = cookiejar.New(nil); err != nil {
		return 0, err
	}
	passcode, err := totp.GenerateCode(u.secret, time.Now().Add(30*time.Second))
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if _, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password}); err != nil {
		return 0, fmt.Errorf("password: %w", err)
	}
	if _, err := api.VerifyTOTP.Call(ctx, u, api.VerifyTOTPRequest{Passcode: passcode}); err != nil {
		return 0, fmt.Errorf("passcode: %w", err)
	}
	return time.Since(began), nil
}

// enrollText signs in and binds a phone that takes codes.
func (u *person) enrollText(ctx context.Context, g *gateway) error {
	if _, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password}); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	if _, err := api.StepUp.Call(ctx, u, api.StepUpRequest{Password: password}); err != nil {
		return fmt.Errorf("step up: %w", err)
	}
	if _, err := api.StartEnrollment.Call(ctx, u, api.StartEnrollmentRequest{Method: api.MethodText, Number: "+4915123456789", Country: "DE"}); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	var code string
	select {
	case code = <-g.codes:
	case <-time.After(startWithin):
		return errors.New("no code came to the gateway")
	}
	if _, err := api.ConfirmEnrollment.Call(ctx, u, api.ConfirmEnrollmentRequest{Passcode: code}); err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	_, err := api.FinishEnrollment.Call(ctx, u, api.FinishEnrollmentRequest{Saved: true})
	return err
}

// ask proves the password in a new browser, which has a code sent to the phone.
func (u *person) ask(ctx context.Context) (err error) {
	if u.client.Jar, err = cookiejar.New(nil); err != nil {
		return err
	}
	_, err = api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password})
	return err
}
