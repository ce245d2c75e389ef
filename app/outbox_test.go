//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// grace runs the portal.
var grace = func() api.SessionInfo { s := ada; s.Role, s.DisplayName = "operator", "Grace Hopper"; return s }()

func messageRows() []api.MessageRow {
	now := time.Now()
	ago := func(d time.Duration) int64 { return now.Add(-d).UnixMilli() }
	return []api.MessageRow{
		{ID: "m1", Channel: "mail", Kind: "password_changed", To: "a•••@example.org", State: api.MessageWaiting, Created: ago(time.Minute), Next: ago(-10 * time.Minute)},
		{ID: "m2", Channel: "text", Kind: "text_code", To: "••• 42", State: api.MessageGivenUp, Tries: 9, Created: ago(time.Hour), LastError: "the gateway hangs"},
		{ID: "m3", Channel: "mail", Kind: "invitation", To: "g•••@example.org", State: api.MessageSent, Tries: 1, Created: ago(2 * time.Hour), Sent: ago(time.Hour)},
		{ID: "m4", Channel: "mail", Kind: "of_a_newer_server", To: "b•••@example.org", State: api.MessageSending, Tries: 1, Created: ago(time.Hour)},
		{ID: "m5", Channel: "mail", Kind: "two_factor_on", To: "c•••@example.org", State: api.MessageWaiting, Tries: 2, Created: ago(time.Hour), Next: ago(time.Second), LastError: "421 try later"},
	}
}

func TestOutboxPage_Messages(t *testing.T) {
	p := &outboxPage{}
	open(t, p, outboxPath, map[string][]any{api.Session.Path: {grace},
		api.Outbox.Path: {api.OutboxInfo{Mail: true, Texts: true, TextsToday: 3, TextsMost: 100, Waiting: 2, GivenUp: 1, Messages: messageRows()}}})
	reads(t, p, []string{"By e-mail: Password changed To a•••@example.org", "Not tried yet", "9 tries", "1 try", "Next try in 10 minutes", "By text message: Six-digit code", "Given up", "What went wrong",
		"Invitation", "Sent 1 hour ago", "of_a_newer_server", "On its way", "Next try any moment", "3 of 100 today", "Waiting: 2", "Given up: 1"},
		"the gateway hangs", "421 try later", "These are the newest", "Nothing has been sent yet", "Paused", "Not configured")
	retries := 0
	root, err := html.Parse(strings.NewReader(goapp.HTMLString(p)))
	if err != nil {
		t.Fatal(err)
	}
	each(root, func(n *html.Node) {
		if c, _ := value(n, "class"); n.Data == "span" && c == "button-words" && strings.TrimSpace(n.FirstChild.Data) == "Try again" {
			retries++
		}
	})
	if retries != 3 {
		t.Errorf("%d messages can be tried again, want those that wait or were given up", retries)
	}
	p.show("m2")
	reads(t, p, []string{"the gateway hangs", "Hide what went wrong"}, "421 try later")
	p.show("m2")
	reads(t, p, nil, "the gateway hangs")
}

func TestOutboxPage_Channels(t *testing.T) {
	for _, c := range []struct {
		name        string
		info        api.OutboxInfo
		want, never []string
	}{
		{"nothing set", api.OutboxInfo{}, []string{"Not configured", "DOORWARD_SMTP", "DOORWARD_SMS_GATEWAY", "Waiting: 0", "Nothing has been sent yet"},
			[]string{"Ready", "Given up", "today"}},
		{"paused", api.OutboxInfo{Mail: true, Texts: true, TextsToday: 100, TextsMost: 100}, []string{"Ready", "Paused", "100 of 100 today", "They go on tomorrow"}, nil},
		{"without a ceiling", api.OutboxInfo{Mail: true, Texts: true, TextsToday: 7}, []string{"7 today"}, []string{"Paused", "7 of"}},
		{"development", api.OutboxInfo{Mail: true, Texts: true, Development: true}, []string{"This portal runs in development mode", "To the terminal", "Read what has arrived"},
			[]string{"Ready", "Not configured"}},
		{"many", api.OutboxInfo{Messages: slices.Repeat(messageRows(), 40)}, []string{"These are the newest 200."}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &outboxPage{}
			open(t, p, outboxPath, map[string][]any{api.Session.Path: {grace}, api.Outbox.Path: {c.info}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestOutboxPage_RetryAndRefresh(t *testing.T) {
	before, after := api.OutboxInfo{Messages: messageRows()}, api.OutboxInfo{Messages: messageRows()[2:3]}
	p := &outboxPage{}
	d, settle := open(t, p, outboxPath, map[string][]any{api.Session.Path: {grace},
		api.Outbox.Path:       {before, before, after, &api.Error{Code: check.Offline}, after},
		api.RetryMessage.Path: {&api.Error{Code: check.Internal}, api.Done{}, &api.Error{Code: check.NotFound}}})
	p.retry("m2")
	p.retry("m1") // one after the other
	settle()
	reads(t, p, []string{"Something went wrong on our side.", "Six-digit code"})
	p.retry("m2")
	settle()
	reads(t, p, []string{"Six-digit code"}, "Something went wrong on our side.")
	p.retry("m2") // it has been sent by itself
	settle()
	reads(t, p, []string{"Invitation"}, "Six-digit code")
	if got := d.called(api.RetryMessage.Path); !slices.Equal(got, []string{`{"id":"m2"}`, `{"id":"m2"}`, `{"id":"m2"}`}) {
		t.Errorf("sent %v", got)
	}
	p.reload("")
	settle()
	reads(t, p, []string{"The server cannot be reached.", "Invitation"})
	p.reload("")
	settle()
	reads(t, p, []string{"Invitation"}, "The server cannot be reached.")
}

func TestOutboxPage_IsForOperators(t *testing.T) {
	p := &outboxPage{}
	open(t, p, outboxPath, map[string][]any{api.Session.Path: {grace}, api.Outbox.Path: {api.OutboxInfo{}}})
	if !slices.Contains(linksOf(t, p), outboxPath) {
		t.Error("the menu of an operator does not lead to the outbox")
	}
	p = &outboxPage{}
	open(t, p, outboxPath, map[string][]any{api.Session.Path: {ada}, api.Outbox.Path: {&api.Error{Code: check.Forbidden}}})
	reads(t, p, []string{"Your role does not allow this."}, "Refresh", "Messages")
	if slices.Contains(linksOf(t, p), outboxPath) {
		t.Error("the menu of somebody else leads to the outbox")
	}
}
