package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"time"

	"github.com/pquerna/otp/totp"

	"doorward/shared/api"
)

// password is good for everybody: what it costs to verify does not depend on it.
const password = "seventeen wet umbrellas"

// person is a user with a browser of their own. It is also the transport of their calls.
type person struct {
	name, secret string
	from         string // the address that the portal takes them to come from; empty for the real one
	portal       *portal
	client       *http.Client
}

func (p *portal) person(name string) (*person, error) {
	jar, err := cookiejar.New(nil)
	return &person{name: name, portal: p, client: &http.Client{Jar: jar, Timeout: time.Minute}}, err
}

// Send carries one call to the portal.
func (u *person) Send(ctx context.Context, method, path string, body []byte) (status int, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+u.portal.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	if u.from != "" {
		r.Header.Set("X-Forwarded-For", u.from)
	}
	resp, err := u.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	return resp.StatusCode, answer, err
}

// tokenShape is that of a one-time link's token, at the end of the link.
var tokenShape = regexp.MustCompile(`https?://\S+[/=#]([A-Za-z0-9_-]{43})\b`)

func tokenIn(text string) (string, error) {
	found := tokenShape.FindStringSubmatch(text)
	if found == nil {
		return "", fmt.Errorf("no one-time link in %q", text)
	}
	return found[1], nil
}

// setUp makes the first administrator with the link that the running portal has printed.
func (p *portal) setUp(ctx context.Context) error {
	token, err := tokenIn(p.logged())
	if err != nil {
		return err
	}
	u, err := p.person("root")
	if err != nil {
		return err
	}
	_, err = api.Setup.Call(ctx, u, api.SetupRequest{Token: token, Organization: "Bench", DisplayName: "Root",
		UserName: u.name, Email: "root@example.org", Password: password})
	return err
}

// invited makes a user with the command line and chooses their password. It does not sign them in.
func (p *portal) invited(ctx context.Context, name string) (*person, error) {
	printed, err := p.command("user", "invite", name, name+"@example.org").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("user invite: %w: %s", err, printed)
	}
	token, err := tokenIn(string(printed))
	if err != nil {
		return nil, err
	}
	u, err := p.person(name)
	if err != nil {
		return nil, err
	}
	_, err = api.AcceptInvitation.Call(ctx, u, api.AcceptInvitationRequest{Token: token, Password: password})
	return u, err
}

// enroll signs in and binds an authenticator app with the passcode of this time step. The next step's is then good for a sign-in at once:
// phones run fast.
func (u *person) enroll(ctx context.Context) error {
	if _, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password}); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	if _, err := api.StepUp.Call(ctx, u, api.StepUpRequest{Password: password}); err != nil {
		return fmt.Errorf("step up: %w", err)
	}
	e, err := api.StartEnrollment.Call(ctx, u, api.StartEnrollmentRequest{Name: "Phone"})
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	u.secret = e.Secret
	passcode, err := totp.GenerateCode(u.secret, time.Now())
	if err != nil {
		return err
	}
	if _, err := api.ConfirmEnrollment.Call(ctx, u, api.ConfirmEnrollmentRequest{Passcode: passcode}); err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	_, err = api.FinishEnrollment.Call(ctx, u, api.FinishEnrollmentRequest{Saved: true})
	return err
}

// signIn proves, with a new browser, the password and the next time step's passcode, and returns how long the answer to the passcode took.
func (u *person) signIn(ctx context.Context) (time.Duration, error) {
	var err error
	if u.client.Jar, err = cookiejar.New(nil); err != nil {
		return 0, err
	}
	step, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password})
	if err != nil {
		return 0, fmt.Errorf("password: %w", err)
	}
	passcode, err := totp.GenerateCode(u.secret, time.Now().Add(30*time.Second))
	if err != nil {
		return 0, err
	}
	began := time.Now()
	next, err := api.VerifyTOTP.Call(ctx, u, api.VerifyTOTPRequest{Passcode: passcode})
	took := time.Since(began)
	if err != nil {
		return 0, fmt.Errorf("passcode: %w", err)
	}
	if next.Path == step.Path {
		return 0, errors.New("the passcode led nowhere")
	}
	info, err := api.Session.Call(ctx, u, api.None{})
	if err == nil && (info.UserName != u.name || !info.TwoFactor) {
		err = fmt.Errorf("signed in as %q, two-factor %v", info.UserName, info.TwoFactor)
	}
	return took, err
}

// cookies returns the header that names the person's session.
func (u *person) cookies() string {
	r, err := http.NewRequest(http.MethodGet, "http://"+u.portal.address+"/", nil)
	if err != nil {
		return ""
	}
	for _, c := range u.client.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	return "Cookie: " + r.Header.Get("Cookie")
}
