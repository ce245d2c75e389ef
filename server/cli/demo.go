package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"doorward/server/auth"
	"doorward/server/demo"
)

type demoCommand struct {
	People int `help:"How many people, ${fewest} to ${most} (${default})." default:"200" placeholder:"N"`
}

// Run fills a fresh database with a made-up organization.
func (c *demoCommand) Run(ctx bound, p *Place, io std) (err error) {
	if c.People < demo.MinPeople || c.People > demo.MaxPeople {
		return fmt.Errorf("--people %d: must be %d to %d", c.People, demo.MinPeople, demo.MaxPeople)
	}
	portal, err := p.open(ctx, settings{listen: p.Listen, cost: auth.DefaultCost()}, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, portal.close()) }()
	made, err := demo.Fill(ctx, portal.store, demo.Plan{People: c.People, Cost: auth.DefaultCost(), Now: time.Now(), Random: rand.Reader})
	if errors.Is(err, demo.ErrInUse) {
		return errors.New("this portal is in use already, and only a fresh one is filled: name an empty folder with --data or DOORWARD_DATA, or an empty database with --database")
	}
	if err != nil {
		return err
	}
	return printMade(io.out, made)
}

// printMade says who to sign in as.
func printMade(out io.Writer, made demo.Made) error {
	fmt.Fprintf(out, "%s is there, with %d made-up people and %d events. It is for trying Doorward out: never let real people in.\n\n", made.Organization.Name, made.People, made.Events)
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "  an operator\t%s\t%s\n", made.Operator.UserName, made.Operator.DisplayName)
	fmt.Fprintf(t, "  a member\t%s\t%s, without two-factor\n", made.Member.UserName, made.Member.DisplayName)
	fmt.Fprintf(t, "  password\t%s\tthe same for everybody\n", made.Password)
	fmt.Fprintf(t, "  key\t%s\tof the operator's authenticator app\n", made.Secret.Base32())
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nThe key as a link for an authenticator app:\n\n  %s\n\nNow run 'doorward serve' on the same folder, with --development to have messages arrive in the terminal.\n",
		made.Secret.URI(made.Organization.Name, made.Operator.UserName))
	return err
}
