package cli

import (
	"context"
	"errors"
	"fmt"

	"doorward/server"
	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

// life is what one person does with a portal, and what of it has been
// acknowledged: only that is sure to be there later.
type life struct {
	*person
	count    func() // called after each acknowledged change
	busyWith string // the change that was under way, or came last

	link     string
	accepted bool    // the password is chosen
	enrolled bool    // two-factor is on
	out      *person // a browser that has been signed out
	in       *person // a browser that is signed in
}

// live goes through everything once: invited, password chosen, signed in,
// enrolled, signed out, signed in with a passcode. It reports whether the portal
// was there to the end.
func (l *life) live(h *house, desk *server.Server, address string) bool {
	name := fmt.Sprintf("person%d", h.people.Add(1))
	l.person = newPerson(address, name)
	l.busyWith = "the invitation"
	var err error
	if l.link, _, err = desk.Invite(h.Context(), server.Invitation{UserName: name, Email: name + "@example.org"}); err != nil {
		h.Errorf("invite %s: %v", name, err)
		return false
	}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
		done func()
	}{
		{"choosing a password", func(ctx context.Context) error { return l.accept(ctx, l.link) }, func() { l.accepted = true }},
		{"signing in", l.signIn, func() { l.in = l.browser() }},
		{"enrolling", l.enroll, func() { l.enrolled, l.in = true, l.browser() }},
		{"signing out", l.signOut, func() { l.out, l.in = l.in, nil }},
		{"signing in with a passcode", l.signIn, func() { l.in = l.browser() }},
	} {
		l.busyWith = step.name
		if step.name == "enrolling" || step.name == "signing out" {
			l.in = l.browser() // a step-up changes the cookie: what is signed in is known again when the step is over
		}
		err := step.do(h.Context())
		if gone(err) {
			if step.name == "enrolling" || step.name == "signing out" {
				l.in = nil
			}
			return false
		}
		if err != nil {
			h.Errorf("%s, %s: %v", name, step.name, explain(err))
			return false
		}
		step.done()
		l.count()
	}
	return true
}

// browser returns a copy of the person's browser as it is now.
func (l *life) browser() *person {
	other := *l.person
	other.Visitor = l.Copy(l.Address())
	return &other
}

func (l *life) signOut(ctx context.Context) error {
	_, err := api.SignOut.Call(ctx, l, api.None{})
	return err
}

// look compares the portal at address with what was acknowledged. What was under
// way when it was killed may have happened or not, but not half.
func (l *life) look(ctx context.Context, address string) error {
	l.Visitor = l.Copy(address).Fresh()
	if !l.accepted {
		return l.lookAtInvitation(ctx, address)
	}
	if l.in != nil {
		l.in.Visitor = l.in.Copy(address)
		if err := l.in.session(ctx); err != nil {
			return fmt.Errorf("a browser that was signed in: %w", err)
		}
	}
	if l.out != nil {
		l.out.Visitor = l.out.Copy(address)
		if err := refusedWith(l.out.session(ctx), check.SignedOut); err != nil {
			return fmt.Errorf("a browser that was signed out: %w", err)
		}
	}
	next, err := l.prove(ctx)
	if err != nil {
		return fmt.Errorf("the password: %w", err)
	}
	if asked := next.Path == "/sign-in/passcode"; asked != l.enrolled {
		if l.enrolled || l.busyWith != "enrolling" {
			return fmt.Errorf("two-factor is on: %v, acknowledged: %v", asked, l.enrolled)
		}
		return nil // finished, and the answer lost: the recovery codes had been shown
	}
	if !l.enrolled {
		return l.session(ctx)
	}
	return l.lookAtSecondStep(ctx)
}

func (l *life) lookAtInvitation(ctx context.Context, address string) error {
	_, err := api.CheckLink.Call(ctx, l, api.CheckLinkRequest{Token: tokenOf(l.link), Kind: api.LinkInvitation})
	if err == nil {
		return l.accept(ctx, l.link)
	}
	if err := refusedWith(err, check.LinkDead); err != nil {
		return err
	}
	return l.signIn(ctx) // accepted, and the answer lost
}

// lookAtSecondStep finds that a passcode which was accepted is not again, and that
// a recovery code is.
func (l *life) lookAtSecondStep(ctx context.Context) error {
	_, err := api.VerifyTOTP.Call(ctx, l, api.VerifyTOTPRequest{Passcode: l.secret.Passcode(l.spent)})
	if err := refusedWith(err, check.WrongPasscode); err != nil {
		return fmt.Errorf("a passcode that was spent: %w", err)
	}
	used := l.codes[0]
	if err := l.recover(ctx); err != nil {
		return fmt.Errorf("a recovery code: %w", err)
	}
	if err := l.session(ctx); err != nil {
		return err
	}
	info, err := api.Security.Call(ctx, l, api.None{})
	if err != nil {
		return err
	}
	if !info.Active || len(info.Authenticators) != 1 || info.RecoveryCodesLeft != auth.RecoveryCodes || used == "" {
		return fmt.Errorf("security: %+v", info)
	}
	if info.Authenticators[0].LastUsed == 0 && l.busyWith == "signing in with a passcode" && l.in != nil {
		return errors.New("the app was never used, and a passcode of it was acknowledged")
	}
	return nil
}
