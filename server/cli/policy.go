package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"doorward/server"
	"doorward/server/auth"
	"doorward/shared/check"
)

var errNotSetUp = errors.New("nobody has set Doorward up yet: open the setup link first ('doorward setup-link' prints a new one)")

// Whose is the organization that a command is about.
type Whose struct {
	Organization string `help:"Its name. Empty: the only one there is." placeholder:"NAME"`
}

// find returns the organization.
func (w Whose) find(ctx context.Context, portal *portal) (auth.Organization, error) {
	all, err := portal.server.Organizations(ctx)
	if err != nil {
		return auth.Organization{}, err
	}
	var names []string
	for _, o := range all {
		if w.Organization == "" && len(all) == 1 || check.Fold(o.Name) == check.Fold(w.Organization) {
			return o, nil
		}
		names = append(names, fmt.Sprintf("%q", o.Name))
	}
	switch {
	case len(all) == 0:
		return auth.Organization{}, errNotSetUp
	case w.Organization == "":
		return auth.Organization{}, fmt.Errorf("there are several organizations: say which with --organization, one of %s", strings.Join(names, ", "))
	}
	return auth.Organization{}, fmt.Errorf("--organization %q: there is none of that name, only %s", w.Organization, strings.Join(names, ", "))
}

type policyShowCommand struct {
	Whose `embed:""`

	JSON bool `help:"Print JSON." name:"json"`
}

// Run shows a policy.
func (c *policyShowCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		o, err := c.find(ctx, portal)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(io.out).Encode(map[string]any{"organization": o.Name, "id": o.ID, "methods": o.Policy.Methods,
				"recovery_phone": o.Policy.RecoveryPhone, "trusted_days": o.Policy.TrustedDays})
		}
		fmt.Fprintf(io.out, "%s\n\n", o.Name)
		t := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		var names []string
		for _, m := range o.Policy.Methods {
			names = append(names, string(m))
		}
		fmt.Fprintf(t, "  methods\t%s\n", strings.Join(names, ", "))
		fmt.Fprintf(t, "  recovery phone\t%s\n", o.Policy.RecoveryPhone)
		fmt.Fprintf(t, "  trusted days\t%d\n", o.Policy.TrustedDays)
		return t.Flush()
	})
}

type policySetCommand struct {
	Whose `embed:""`

	Methods       *string `help:"What may be set up: totp, or totp,sms. What people have already goes on working." placeholder:"LIST"`
	RecoveryPhone *string `help:"off, optional or required. Counts where text messages are configured." placeholder:"WHEN"`
	TrustedDays   *int    `help:"For how many days a browser may be trusted, 0 to ${trusted}; 0: never." placeholder:"N"`
}

// Run changes a policy.
func (c *policySetCommand) Run(ctx bound, p *Place, io std) error {
	change, err := c.change()
	if err != nil {
		return err
	}
	return p.with(ctx, func(portal *portal) error {
		o, err := c.find(ctx, portal)
		if err != nil {
			return err
		}
		changed, err := portal.server.ChangePolicy(ctx, o.ID, change)
		if err != nil {
			return err
		}
		return printChange(io.out, o, changed)
	})
}

// change returns what the flags ask for.
func (c *policySetCommand) change() (func(*auth.Policy), error) {
	if c.Methods == nil && c.RecoveryPhone == nil && c.TrustedDays == nil {
		return nil, errors.New("say what to set: --methods, --recovery-phone or --trusted-days ('doorward policy show' shows how they are)")
	}
	var methods []auth.Method
	if c.Methods != nil {
		parsed, err := auth.ParseMethods(*c.Methods)
		if err != nil {
			return nil, fmt.Errorf("--methods: %w", err)
		}
		methods = parsed
	}
	return func(p *auth.Policy) {
		if c.Methods != nil {
			p.Methods = methods
		}
		if c.RecoveryPhone != nil {
			p.RecoveryPhone = auth.PhonePolicy(*c.RecoveryPhone)
		}
		if c.TrustedDays != nil {
			p.TrustedDays = *c.TrustedDays
		}
	}, nil
}

// printChange says what was before and what is now, and what that means.
func printChange(out io.Writer, o auth.Organization, changed server.PolicyChange) error {
	if len(changed.Settings) == 0 {
		_, err := fmt.Fprintf(out, "%s: nothing to change, it is so already.\n", o.Name)
		return err
	}
	fmt.Fprintf(out, "%s\n\n", o.Name)
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, s := range changed.Settings {
		fmt.Fprintf(t, "  %s\t%s → %s\n", strings.ReplaceAll(s.Name, "_", " "), s.Before, s.After)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, m := range changed.After.Forbidden() {
		if n, ok := changed.StillUsed[m]; ok {
			fmt.Fprintf(out, "\n%s\n", stillUsed(n, m))
		}
	}
	if changed.After.TrustedDays < changed.Before.TrustedDays {
		fmt.Fprintln(out, "\nThe fewer days count at once, also in browsers that are trusted already.")
	}
	return nil
}

func stillUsed(n int, m auth.Method) string {
	name := cmp.Or(map[auth.Method]string{auth.MethodTOTP: "authenticator apps", auth.MethodText: "text messages"}[m], string(m))
	switch n {
	case 0:
		return "Nobody uses " + name + ", and from now on nobody can set them up."
	case 1:
		return "1 person uses " + name + ". Theirs go on working; nobody else can set them up."
	}
	return fmt.Sprintf("%d people use %s. Theirs go on working; nobody else can set them up.", n, name)
}
