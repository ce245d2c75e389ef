package cli

import (
	"errors"
	"fmt"
	"strings"

	"doorward/server/auth"
)

// onUser is what the commands that help one user have in common. Each ends the
// user's sessions at once, tells them of it, and is in the audit with its reason.
type onUser struct {
	Messages `embed:""`

	User   string `arg:"" help:"User name or e-mail address."`
	Reason string `help:"Why; kept in the audit." required:"" placeholder:"TEXT"`
}

// with opens the portal and runs do with the reason.
func (o *onUser) with(ctx bound, p *Place, io std, do func(*portal, string) error) error {
	reason := strings.TrimSpace(o.Reason)
	if reason == "" {
		return errors.New("--reason: say in a few words why, for the audit")
	}
	way, err := o.open(p, io.out)
	if err != nil {
		return err
	}
	defer way.close()
	return p.reaching(ctx, way.Delivery, func(portal *portal) error { return do(portal, reason) })
}

type reset2FACommand struct {
	onUser `embed:""`
}

// Run turns one user's two-factor authentication off.
func (c *reset2FACommand) Run(ctx bound, p *Place, io std) error {
	return c.with(ctx, p, io, func(portal *portal, reason string) error {
		u, err := portal.server.ResetTwoFactor(ctx, c.User, reason)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "Two-factor authentication of %s is off and their sessions have ended. They sign in with the password alone until they set it up again.\n", u.UserName)
		if err == nil && u.PasswordShort {
			_, err = fmt.Fprintln(io.out, "Their password is too short to stand alone: signing in with it mails them a link to choose a longer one.")
		}
		return err
	})
}

type setPasswordCommand struct {
	onUser `embed:""`
}

// Run prints a link with which one user chooses a new password. Nobody else gets to
// know a password.
func (c *setPasswordCommand) Run(ctx bound, p *Place, io std) error {
	return c.with(ctx, p, io, func(portal *portal, reason string) error {
		link, expires, err := portal.server.PasswordLink(ctx, c.User, reason)
		if err != nil {
			return err
		}
		return printLink(io.out, "The sessions of "+c.User+" have ended. Give them this one-time link to choose a new password with", link, expires)
	})
}

type unlockCommand struct {
	onUser `embed:""`
}

// Run lets one user try again at once.
func (c *unlockCommand) Run(ctx bound, p *Place, io std) error {
	return c.with(ctx, p, io, func(portal *portal, reason string) error {
		u, err := portal.server.Unlock(ctx, c.User, reason)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%s can try to sign in again. Their sessions have ended.\n", u.UserName)
		if err == nil && !u.PasswordLocked.IsZero() {
			_, err = fmt.Fprintln(io.out, "The account was locked down: a new password is needed, see 'doorward user set-password'.")
		}
		return err
	})
}

type promoteCommand struct {
	onUser `embed:""`

	Role string `arg:"" help:"member, helper, admin or operator." enum:"member,helper,admin,operator"`
}

// Run gives one user another role.
func (c *promoteCommand) Run(ctx bound, p *Place, io std) error {
	role, err := auth.ParseRole(c.Role)
	if err != nil {
		return err
	}
	return c.with(ctx, p, io, func(portal *portal, reason string) error {
		u, err := portal.server.Promote(ctx, c.User, role, reason)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%s is %s now. Their sessions have ended.\n", u.UserName, role)
		return err
	})
}
