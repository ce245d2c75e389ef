// Package cli is the command line of doorward.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"syscall"

	"github.com/alecthomas/kong"

	"doorward/server/auth"
	"doorward/server/demo"
	"doorward/server/store"
	"doorward/shared/check"
)

// version is set by the build.
var version = ""

// commands is the command line. Each flag can be given by its environment name
// as well.
type commands struct {
	Place `embed:""`

	Serve     serveCommand     `cmd:"" help:"Serve the portal."`
	SetupLink setupLinkCommand `cmd:"" name:"setup-link" help:"Print a new one-time link to set Doorward up with, while there is no administrator."`
	User      struct {
		Invite   inviteCommand   `cmd:"" help:"Add a user and print the one-time link with which they choose a password."`
		List     listCommand     `cmd:"" help:"List everybody."`
		Reset2FA reset2FACommand `cmd:"" name:"reset-2fa" help:"Turn somebody's two-factor authentication off and end their sessions: the last resort when they have lost everything."`

		SetPassword setPasswordCommand `cmd:"" name:"set-password" help:"Print a one-time link with which somebody chooses a new password, and end their sessions."`
		Unlock      unlockCommand      `cmd:"" help:"Let somebody try again at once who has to wait after too many tries, and end their sessions."`
		Promote     promoteCommand     `cmd:"" help:"Give somebody another role, and end their sessions."`
	} `cmd:"" help:"Invite, list and help users."`
	Outbox struct {
		List  outboxListCommand  `cmd:"" help:"List the messages that people are sent, the newest first, and how they fared."`
		Show  outboxShowCommand  `cmd:"" help:"Show one message; what it says as long as it is there, but no one-time codes and links."`
		Retry outboxRetryCommand `cmd:"" help:"Have a message that waits or was given up tried again at once."`
	} `cmd:"" help:"List, show and retry messages."`
	Mail struct {
		Test mailTestCommand `cmd:"" help:"Send a mail to try the settings, and say what happened."`
	} `cmd:"" help:"Try the mail server."`
	SMS struct {
		Test textTestCommand `cmd:"" help:"Send a text message to try the settings, and say what happened."`
	} `cmd:"" name:"sms" help:"Try the gateway for text messages."`
	Policy struct {
		Show policyShowCommand `cmd:"" help:"Show what an organization asks of its people."`
		Set  policySetCommand  `cmd:"" help:"Change what an organization asks of its people."`
	} `cmd:"" help:"Show and change what an organization asks of its people."`
	Organization struct {
		List organizationListCommand `cmd:"" help:"List the organizations that share the portal."`
		Add  organizationAddCommand  `cmd:"" help:"Add an organization beside those there are."`
	} `cmd:"" help:"List and add organizations."`
	Audit struct {
		Verify verifyCommand `cmd:"" help:"Check that nothing in the audit was changed, removed or reordered."`
		Export exportCommand `cmd:"" help:"Print the audit as JSON Lines, oldest first."`
	} `cmd:"" help:"Verify and export the audit."`
	Keys struct {
		Rotate rotateCommand `cmd:"" help:"Make a new key, encrypt every secret in the database anew with it, and drop the old one. Works beside a running portal."`
	} `cmd:"" help:"Rotate the keys that encrypt secrets at rest."`
	Demo    demoCommand    `cmd:"" help:"Fill a fresh database with made-up people, to try Doorward out."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// Place is where a portal keeps its things; every command but version needs it.
type Place struct {
	Data     string `help:"Folder of the database and the keyring (${default})." env:"DOORWARD_DATA" default:"data" placeholder:"DIR"`
	Database string `help:"PostgreSQL address (postgres://…). Empty: SQLite in the data folder." env:"DOORWARD_DATABASE" placeholder:"URL"`
	Keyring  string `help:"File of the keys that encrypt secrets at rest. Empty: keyring.json in the data folder." env:"DOORWARD_KEYRING" placeholder:"FILE"`
	URL      string `help:"Public address, such as https://auth.example.org. Empty: http://localhost with the port of --listen." env:"DOORWARD_URL" placeholder:"URL"`
	Listen   string `help:"Address that the portal listens on (${default})." env:"DOORWARD_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// std is what a command reads and writes; tests have their own.
type std struct {
	out, err io.Writer
}

// Main runs the command line of this process and exits.
func Main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], std{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run runs one command and returns the exit status: 0, 1 when it failed, 2 when
// the command line was wrong.
func run(ctx context.Context, args []string, io std) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("doorward"),
		kong.Description("A self-hosted sign-in portal whose two-factor authentication people can live with.\n\nStart with 'doorward serve' and open the link it prints."),
		kong.UsageOnError(), kong.Writers(io.out, io.err), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"trusted": strconv.Itoa(auth.MaxTrustedDays), "fewest": strconv.Itoa(demo.MinPeople), "most": strconv.Itoa(demo.MaxPeople)},
		kong.Exit(func(code int) { exited = code }),
	)
	if err != nil {
		fmt.Fprintln(io.err, "doorward:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(hyphened(args))
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(io.err, "doorward: %v\nRun 'doorward --help' for what there is.\n", err)
		return 2
	}
	if err := command.Run(bound{ctx}, &c.Place, io); err != nil {
		fmt.Fprintln(io.err, "doorward:", plain(err))
		return 1
	}
	return 0
}

// bound carries the context to a command through kong, which binds by type.
type bound struct{ context.Context }

// plain says an error in words of the command line.
func plain(err error) string {
	if taken, ok := errors.AsType[store.Taken](err); ok {
		return map[string]string{"user_name": "that user name is taken", "email": "that e-mail address is taken"}[taken.Field]
	}
	if errors.Is(err, store.NotFound) {
		return "no such user: 'doorward user list' shows everybody"
	}
	refusal, ok := errors.AsType[*auth.Refusal](err)
	if !ok {
		return err.Error()
	}
	switch refusal.Code {
	case check.NotActive:
		return "two-factor authentication is off for this user already"
	case check.LastOperator:
		return "nobody would be left to run the portal: promote somebody else to operator first"
	case check.Forbidden:
		return "that cannot be done for somebody who is only invited, or is suspended"
	case check.UserNameShape:
		return "a user name has 2 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or a digit"
	case check.EmailShape:
		return "that is not an e-mail address"
	case check.Taken:
		return "there is an organization of that name already" // the fields of users are store.Taken
	}
	field := map[string]string{"user_name": "the user name", "email": "the e-mail address", "display_name": "the name", "name": "the name"}[refusal.Field]
	wrong := map[check.Code]string{check.Required: "is empty", check.TooLong: "is too long", check.BadCharacters: "has characters that cannot be printed"}[refusal.Code]
	if field == "" || wrong == "" {
		return fmt.Sprintf("refused: %s %s", refusal.Field, refusal.Code)
	}
	return field + " " + wrong
}

type versionCommand struct{}

// Run prints the version and what the binary was made with.
func (versionCommand) Run(io std) error {
	v, made := version, ""
	if info, ok := debug.ReadBuildInfo(); ok {
		made = " (" + info.GoVersion + ")"
		if v == "" {
			v = info.Main.Version
		}
	}
	if v == "" {
		v = "dev"
	}
	_, err := fmt.Fprintf(io.out, "doorward %s%s\n", v, made)
	return err
}
