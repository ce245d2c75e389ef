package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/store"
)

type outboxListCommand struct {
	State string `help:"Only those that wait, were sent or were given up: waiting, sent or given-up." placeholder:"STATE"`
	JSON  bool   `help:"Print JSON Lines." name:"json"`
}

// Run lists the messages of the last month, the newest first.
func (c *outboxListCommand) Run(ctx bound, p *Place, io std) error {
	if !slices.Contains([]string{"", "waiting", "sent", "given-up"}, c.State) {
		return fmt.Errorf("--state %q: must be waiting, sent or given-up", c.State)
	}
	return p.with(ctx, func(portal *portal) error {
		all, err := portal.server.Messages(ctx, math.MaxInt32)
		if err != nil {
			return err
		}
		var list []auth.Message
		for _, m := range all {
			if c.State == "" || c.State == stateName(m.State) || c.State == "waiting" && m.State == auth.MessageSending {
				list = append(list, m)
			}
		}
		if c.JSON {
			return outboxJSON(io.out, list)
		}
		if len(list) == 0 {
			_, err := fmt.Fprintln(io.out, "No messages.")
			return err
		}
		t := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "ID\tWRITTEN\tBY\tABOUT\tTO\tSTATE\tTRIES\tWHAT WENT WRONG")
		for _, m := range list {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", m.ID, onMinute(m.Created), m.Channel, m.Kind, m.Shown, stateName(m.State), m.Tries, m.LastError)
		}
		return t.Flush()
	})
}

// stateName is a state as it is typed.
func stateName(s auth.MessageState) string { return strings.ReplaceAll(string(s), "_", "-") }

func onMinute(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// outboxRow is one line of the list as JSON. Times that are not there are left out.
type outboxRow struct {
	ID        auth.ID      `json:"id"`
	Channel   auth.Channel `json:"channel"`
	Kind      string       `json:"kind"`
	To        string       `json:"to"`
	State     string       `json:"state"`
	Tries     int          `json:"tries"`
	Created   time.Time    `json:"created"`
	Next      time.Time    `json:"next,omitzero"`
	Expires   time.Time    `json:"expires"`
	Sent      time.Time    `json:"sent,omitzero"`
	LastError string       `json:"last_error,omitempty"`
}

func outboxJSON(out io.Writer, list []auth.Message) error {
	enc := json.NewEncoder(out)
	for _, m := range list {
		row := outboxRow{ID: m.ID, Channel: m.Channel, Kind: m.Kind, To: m.Shown, State: stateName(m.State), Tries: m.Tries, Created: m.Created,
			Expires: m.Expires, Sent: m.Sent, LastError: m.LastError}
		if m.State == auth.MessageWaiting {
			row.Next = m.Next
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

type outboxShowCommand struct {
	ID auth.ID `arg:"" help:"ID, as the list shows it."`
}

// Run shows one message.
func (c *outboxShowCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		m, said, err := portal.server.Message(ctx, c.ID)
		if err != nil {
			return aboutMessage(c.ID, err)
		}
		t := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		row := func(name, value string) { fmt.Fprintf(t, "%s\t%s\n", name, value) }
		row("ID", string(m.ID))
		row("About", m.Kind)
		row("By", string(m.Channel))
		row("To", m.Shown)
		row("State", stateName(m.State))
		row("Tries", fmt.Sprint(m.Tries))
		row("Written", onMinute(m.Created))
		switch m.State {
		case auth.MessageSent:
			row("Sent", onMinute(m.Sent))
		case auth.MessageWaiting:
			row("Next try", onMinute(m.Next))
			row("Tried until", onMinute(m.Expires))
		}
		if m.LastError != "" {
			row("Went wrong", m.LastError)
		}
		if said.Subject != "" {
			row("Subject", said.Subject)
		}
		if err := t.Flush(); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "\n%s\n", saidInFull(said))
		return err
	})
}

func saidInFull(said server.Said) string {
	switch {
	case said.Gone:
		return "What it said is gone: it has been sent, or is of no use any more."
	case said.Code:
		return "It holds a one-time code and is not shown."
	}
	return strings.TrimSpace(said.Text)
}

type outboxRetryCommand struct {
	ID auth.ID `arg:"" help:"ID, as the list shows it."`
}

// Run has one message tried again.
func (c *outboxRetryCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		if err := portal.server.RetryMessage(ctx, c.ID); err != nil {
			return aboutMessage(c.ID, err)
		}
		_, err := fmt.Fprintln(io.out, "The message is due now: the portal tries it again at once, or as soon as it is started.")
		return err
	})
}

// idWithHyphen is an ID that would be read as a flag.
var idWithHyphen = regexp.MustCompile(`^-[A-Za-z0-9_-]{21}$`)

// hyphened returns the command line with the IDs of messages that begin with a
// hyphen behind a "--", where they are no flags.
func hyphened(args []string) []string {
	if !slices.Contains(args, "outbox") || slices.Contains(args, "--") {
		return args
	}
	var flags, ids []string
	for _, arg := range args {
		if idWithHyphen.MatchString(arg) {
			ids = append(ids, arg)
		} else {
			flags = append(flags, arg)
		}
	}
	if len(ids) == 0 {
		return args
	}
	return slices.Concat(flags, []string{"--"}, ids)
}

func aboutMessage(id auth.ID, err error) error {
	if errors.Is(err, store.NotFound) {
		return fmt.Errorf("no message has the ID %q: 'doorward outbox list' shows them", id)
	}
	return err
}
