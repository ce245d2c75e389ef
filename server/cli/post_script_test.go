package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// The commands of stories about messages; see TestScripts.

// post opens a post office and sets what a portal needs to know of it, or tells an
// open one how to behave: "refuse", "accept"; "count N" waits for that many, and "has TEXT"
// looks into those that have come.
func post(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	switch args[0] {
	case "open":
		o, err := openPostOffice()
		ts.Check(err)
		ts.Defer(func() { ts.Check(o.close()) })
		s.post = o
		ts.Setenv("DOORWARD_SMTP", o.url())
		ts.Setenv("DOORWARD_SMTP_PASSWORD", officePassword)
	case "refuse":
		s.post.refuse(&gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "no mailbox of that name"})
	case "accept":
		s.post.refuse(nil)
	default:
		arrived(ts, neg, s.post.arrivals, args)
	}
}

// phone is the same for a gateway: "fail STATUS" has it answer so, 0 as it should.
func phone(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	switch args[0] {
	case "open":
		g := openGateway()
		ts.Defer(g.server.Close)
		s.phone = g
		for name, value := range map[string]string{"GATEWAY": "kannel", "URL": g.url(), "USER": "ada", "PASSWORD": officePassword, "COUNTRIES": "DE"} {
			ts.Setenv("DOORWARD_SMS_"+name, value)
		}
	case "fail":
		status, err := strconv.Atoi(args[1])
		ts.Check(err)
		s.phone.fail(status)
	default:
		arrived(ts, neg, s.phone.arrivals, args)
	}
}

func arrived(ts *testscript.TestScript, neg bool, a *arrivals, args []string) {
	switch args[0] {
	case "count":
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		list, err := a.wait(n)
		ts.Check(err)
		if len(list) != n {
			ts.Fatalf("%d arrived, want %d:\n%s", len(list), n, strings.Join(list, "\n"))
		}
	case "has":
		if within(a.all(), args[1]) == neg {
			ts.Fatalf("%q has arrived: %v, of %q", args[1], !neg, a.all())
		}
	default:
		ts.Fatalf("no such command: %s", args[0])
	}
}

// messageIn sets $ID to the first message about a subject in the JSON Lines of FILE.
func messageIn(ts *testscript.TestScript, _ bool, args []string) {
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var row outboxRow
		ts.Check(json.Unmarshal([]byte(line), &row))
		if row.Kind == args[1] {
			ts.Setenv("ID", string(row.ID))
			return
		}
	}
	ts.Fatalf("no message about %s in %s", args[1], args[0])
}

// askForCode has somebody begin to set text messages up, with a number.
func askForCode(ts *testscript.TestScript, neg bool, args []string) {
	who := of(ts).people[args[0]]
	_, err := api.StepUp.Call(context.Background(), who, api.StepUpRequest{Password: who.password})
	ts.Check(err)
	_, err = api.StartEnrollment.Call(context.Background(), who, api.StartEnrollmentRequest{Method: api.MethodText, Number: args[1], Country: "DE"})
	expect(ts, neg, err)
}

// outboxHas waits until N messages are in a state.
func outboxHas(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(awaitOutbox(environment(ts), want, args[1]))
}

// enrollText has somebody set text messages up, with a number that the gateway
// reaches.
func enrollText(ts *testscript.TestScript, _ bool, args []string) {
	s, ctx := of(ts), context.Background()
	before := len(s.phone.all())
	askForCode(ts, false, args)
	sent, err := s.phone.wait(before + 1)
	ts.Check(err)
	code := lastCode.FindStringSubmatch(sent[len(sent)-1])
	if code == nil {
		ts.Fatalf("no code in %q", sent)
	}
	who := s.people[args[0]]
	_, err = api.ConfirmEnrollment.Call(ctx, who, api.ConfirmEnrollmentRequest{Passcode: code[1]})
	ts.Check(err)
	_, err = api.FinishEnrollment.Call(ctx, who, api.FinishEnrollmentRequest{Saved: true})
	ts.Check(err)
}

var lastCode = regexp.MustCompile(`#([0-9]{6})$`)

// said waits until the portal has printed a line like PATTERN.
func said(ts *testscript.TestScript, _ bool, args []string) {
	_, err := of(ts).portal.out.wait(regexp.MustCompile("(" + args[0] + ")"))
	ts.Check(err)
}

// page asks the portal for the page at PATH and looks for STATUS and PATTERN.
func page(ts *testscript.TestScript, _ bool, args []string) {
	status, body, err := servertest.HTTP(of(ts).portal.url).Send(context.Background(), http.MethodGet, args[0], nil)
	ts.Check(err)
	if strconv.Itoa(status) != args[1] || !regexp.MustCompile(args[2]).Match(body) {
		ts.Fatalf("%s answers %d: %s", args[0], status, body)
	}
}
