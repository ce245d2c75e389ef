package cli

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"doorward/server/auth"
)

type organizationListCommand struct {
	JSON bool `help:"Print JSON Lines." name:"json"`
}

// Run lists the organizations.
func (c *organizationListCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		all, err := portal.server.Organizations(ctx)
		if err != nil {
			return err
		}
		counts, err := portal.server.Headcounts(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			enc := json.NewEncoder(io.out)
			for _, o := range all {
				row := map[string]any{"id": o.ID, "name": o.Name, "people": counts[o.ID].People, "two_factor": counts[o.ID].Ready, "suspended": !o.Suspended.IsZero()}
				if err := enc.Encode(row); err != nil {
					return err
				}
			}
			return nil
		}
		if len(all) == 0 {
			_, err := fmt.Fprintln(io.out, "None yet. 'doorward setup-link' prints the link to begin with.")
			return err
		}
		t := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "NAME\tPEOPLE\tWITH TWO-FACTOR\tSTATE")
		for _, o := range all {
			fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", o.Name, counts[o.ID].People, counts[o.ID].Ready, standing(o))
		}
		return t.Flush()
	})
}

// standing says whether people of an organization are let in.
func standing(o auth.Organization) string {
	if o.Suspended.IsZero() {
		return "open"
	}
	return "suspended since " + o.Suspended.Local().Format("2006-01-02")
}

type organizationAddCommand struct {
	Name string `arg:"" help:"Its name."`
}

// Run adds an organization.
func (c *organizationAddCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		all, err := portal.server.Organizations(ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return errNotSetUp // the first one comes with its administrator
		}
		o, err := portal.server.AddOrganization(ctx, c.Name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%q is added. Nobody is in it yet: 'doorward user invite --organization %q --role admin' invites its first administrator.\n", o.Name, o.Name)
		return err
	})
}
