package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"doorward/server"
	"doorward/server/auth"
)

// with opens the portal for a command that does one thing.
func (p *Place) with(ctx context.Context, do func(*portal) error) error {
	return p.reaching(ctx, server.Delivery{}, do)
}

// reaching is with, for a command that sends something or leaves it to be sent.
func (p *Place) reaching(ctx context.Context, d server.Delivery, do func(*portal) error) error {
	portal, err := p.open(ctx, settings{listen: p.Listen, cost: auth.DefaultCost(), log: slog.New(slog.DiscardHandler), delivery: d}, false)
	if err != nil {
		return err
	}
	return errors.Join(do(portal), portal.close())
}

type setupLinkCommand struct{}

// Run prints a new setup link.
func (setupLinkCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		link, expires, err := portal.server.SetupLink(ctx)
		if err != nil {
			return err
		}
		return printLink(io.out, "Set Doorward up by opening this one-time link", link, expires)
	})
}

func printLink(out io.Writer, what, link string, expires time.Time) error {
	_, err := fmt.Fprintf(out, "%s, before %s:\n\n  %s\n\n", what, expires.Local().Format("2 January 15:04"), link)
	return err
}

type inviteCommand struct {
	Whose `embed:""`

	UserName string `arg:"" help:"User name: 2 to 64 letters, digits, dots, hyphens and underscores."`
	Email    string `arg:"" help:"E-mail address."`
	Name     string `help:"Name that others see. Empty: the user name." placeholder:"NAME"`
	Role     string `help:"member, helper, admin or operator." enum:"member,helper,admin,operator" default:"member"`
}

// Run invites one user.
func (c *inviteCommand) Run(ctx bound, p *Place, io std) error {
	role, err := auth.ParseRole(c.Role)
	if err != nil {
		return err
	}
	return p.with(ctx, func(portal *portal) error {
		o, err := c.find(ctx, portal)
		if err != nil {
			return err
		}
		link, expires, err := portal.server.Invite(ctx, server.Invitation{Organization: o.ID, UserName: c.UserName, Email: c.Email, DisplayName: c.Name, Role: role})
		if err != nil {
			return err
		}
		return printLink(io.out, "Give "+c.UserName+" this one-time link to choose a password with", link, expires)
	})
}

type listCommand struct {
	JSON bool `help:"Print JSON Lines." name:"json"`
}

// Run lists everybody.
func (c *listCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		users, err := portal.server.Users(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return listJSON(io.out, users)
		}
		if len(users) == 0 {
			_, err := fmt.Fprintln(io.out, "Nobody yet. 'doorward setup-link' prints the link to begin with.")
			return err
		}
		all, err := portal.server.Organizations(ctx)
		if err != nil {
			return err
		}
		return listTable(io.out, users, all)
	})
}

// listTable lists users, with their organizations where there are several.
func listTable(out io.Writer, users []auth.User, all []auth.Organization) error {
	title, names := "", map[auth.ID]string{}
	if len(all) > 1 {
		title = "\tORGANIZATION"
		for _, o := range all {
			names[o.ID] = "\t" + o.Name
		}
	}
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "USER NAME\tE-MAIL\tNAME\tROLE\tSTATE\tTWO-FACTOR"+title)
	for _, u := range users {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s%s\n", u.UserName, u.Email, u.DisplayName, u.Role, u.State, twoFactor(u), names[u.Organization])
	}
	return t.Flush()
}

func twoFactor(u auth.User) string {
	if !u.TwoFactor() {
		return "not set up"
	}
	return "active since " + u.TwoFactorSince.Local().Format("2006-01-02")
}

func listJSON(out io.Writer, users []auth.User) error {
	enc := json.NewEncoder(out)
	for _, u := range users {
		row := map[string]any{"id": u.ID, "user_name": u.UserName, "email": u.Email, "display_name": u.DisplayName, "role": u.Role.String(),
			"state": u.State, "two_factor": u.TwoFactor()}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}
