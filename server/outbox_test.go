package server_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// down is how a mail server fails that may come back.
var down = &message.Failure{Cause: "the server does not answer"}

// changed sets the portal up, empties the postbox and has its administrator change
// their password, which is worth one notice.
func changed(t *testing.T, p *servertest.Portal) *servertest.Person {
	t.Helper()
	ada := p.SetUp().Equip().SignIn().StepUp()
	p.Deliver()
	p.Post.Empty()
	changePassword(t, ada)
	return ada
}

func changePassword(t *testing.T, who *servertest.Person) {
	t.Helper()
	next := who.Password + " x"
	servertest.Must(t, who, api.ChangePassword, api.ChangePasswordRequest{Current: who.Password, New: next})
	who.Password = next
}

// arrived fails the test unless n mails have arrived at ada's address.
func arrived(t *testing.T, p *servertest.Portal, when string, n int) {
	t.Helper()
	if got := len(p.Post.Mails("ada@example.org")); got != n {
		t.Errorf("%s: %d mails have arrived, want %d", when, got, n)
	}
}

// rows returns the outbox as an operator sees it, after signing in anew.
func rows(t *testing.T, p *servertest.Portal, who *servertest.Person) (api.OutboxInfo, []api.Warning) {
	t.Helper()
	who.SignIn()
	return servertest.Must(t, who, api.Outbox, api.None{}), servertest.Must(t, who, api.Session, api.None{}).Warnings
}

func warned(list []api.Warning, w api.Warning) bool {
	for _, other := range list {
		if other == w {
			return true
		}
	}
	return false
}

func TestOutbox_GoesOutWithItsChangeOnly(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().Equip().SignIn().StepUp()
		p.Deliver()
		p.Post.Empty()
		if code := servertest.Refused(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: "not the password", New: "another umbrella orbit"}); code != check.WrongPassword {
			t.Fatalf("a wrong password: %q", code)
		}
		if n := p.Deliver(); n != 0 {
			t.Errorf("a change that was refused sends %d messages", n)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := api.RegenerateRecoveryCodes.Call(ended, ada, api.None{}); err == nil {
			t.Error("a request that has ended went through")
		}
		if n := p.Deliver(); n != 0 {
			t.Errorf("a change that was broken off sends %d messages", n)
		}
		browsers := make([]*servertest.Browser, parallel)
		for i := range browsers {
			browsers[i] = ada.Copy()
		}
		won := once(func(i int) bool {
			_, err := api.ChangePassword.Call(t.Context(), browsers[i], api.ChangePasswordRequest{Current: ada.Password, New: "another umbrella orbit"})
			return err == nil
		})
		if n := p.Deliver(); won != 1 || n != 1 {
			t.Errorf("%d of %d changes went through, and sent %d messages", won, parallel, n)
		}
		arrived(t, p, "after one change", 1)
	})
}

// A server that is down for an hour delays, and loses nothing; meanwhile it is not
// asked all the time.
func TestOutbox_DelayedByAnHourNotLost(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.Post.Fail(down)
		ada := p.SetUp().Equip().SignIn().StepUp()
		changePassword(t, ada)
		tries := p.Deliver()
		if n := p.Deliver(); tries != 1 || n != 0 {
			t.Errorf("tried %d times, and at once %d times more", tries, n)
		}
		for range 60 {
			p.Clock.Advance(time.Minute)
			tries += p.Deliver()
		}
		if tries < 5 || tries > 9 {
			t.Errorf("tried %d times within an hour", tries)
		}
		info, warnings := rows(t, p, ada)
		if info.Waiting != 1 || info.GivenUp != 0 || info.Messages[0].LastError != down.Cause || info.Messages[0].Tries != tries || warned(warnings, api.WarnUndelivered) {
			t.Errorf("after an hour: %+v, %v", info, warnings)
		}
		p.Post.Fail(nil)
		for range 60 {
			p.Clock.Advance(time.Minute)
			p.Deliver()
		}
		arrived(t, p, "after another hour", 1)
		if info, _ := rows(t, p, ada); info.Waiting != 0 || info.Messages[0].State != api.MessageSent || info.Messages[0].Sent == 0 || info.Messages[0].LastError != "" {
			t.Errorf("in the end: %+v", info)
		}
	})
}

// After a day it is given up, operators are warned, and can have it sent.
func TestOutbox_GivenUpAfterADay(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := changed(t, p)
		p.Post.Fail(down)
		tries := 0
		for range 25 * 12 {
			tries += p.Deliver()
			p.Clock.Advance(5 * time.Minute)
		}
		info, warnings := rows(t, p, ada)
		m := info.Messages[0]
		if tries < 20 || tries > 40 || info.GivenUp != 1 || m.State != api.MessageGivenUp || m.To != "a•••@example.org" || m.Kind != "password_changed" || m.Channel != "mail" {
			t.Errorf("after a day and %d tries: %+v", tries, info)
		}
		if !warned(warnings, api.WarnUndelivered) {
			t.Errorf("operators are warned of %v", warnings)
		}
		grace := p.Invite("grace").SignIn()
		if code := servertest.Refused(t, grace, api.Outbox, api.None{}); code != check.Forbidden {
			t.Errorf("a member sees the outbox: %q", code)
		}
		if code := servertest.Refused(t, grace, api.RetryMessage, api.RetryMessageRequest{ID: m.ID}); code != check.Forbidden {
			t.Errorf("a member sends a message: %q", code)
		}
		if list := servertest.Must(t, grace, api.Session, api.None{}).Warnings; len(list) != 0 {
			t.Errorf("a member is warned of %v", list)
		}
		p.Post.Fail(nil)
		servertest.Must(t, ada, api.RetryMessage, api.RetryMessageRequest{ID: m.ID})
		p.Deliver()
		arrived(t, p, "after an operator asked for it", 1)
		if _, warnings := rows(t, p, ada); warned(warnings, api.WarnUndelivered) {
			t.Errorf("once it is sent, operators are warned of %v", warnings)
		}
		if code := servertest.Refused(t, ada, api.RetryMessage, api.RetryMessageRequest{ID: m.ID}); code != check.NotFound {
			t.Errorf("a message that was sent is sent again: %q", code)
		}
	})
}

func TestOutbox_WhatAServerSays(t *testing.T) {
	for _, tt := range []struct {
		name    string
		failure error
		state   api.MessageState
		wait    time.Duration // until the next try; 0: as long as it is
		shown   string
	}{
		{"never", &message.Failure{Permanent: true, Cause: "550: no such mailbox"}, api.MessageGivenUp, 0, "550: no such mailbox"},
		{"in two hours", &message.Failure{After: 2 * time.Hour, Cause: "429: too many"}, api.MessageWaiting, 2 * time.Hour, "429: too many"},
		{"in two days", &message.Failure{After: 48 * time.Hour, Cause: "429: too many"}, api.MessageGivenUp, 0, "429: too many"},
		{"something of its own", errors.New("dial ada@example.org: " + german), api.MessageWaiting, 0, "the message could not be sent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := servertest.New(t, "")
			changed(t, p)
			p.Post.Fail(tt.failure)
			p.Deliver()
			list, err := p.Store.Messages(t.Context(), 1)
			if err != nil || api.MessageState(list[0].State) != tt.state || list[0].LastError != tt.shown || strings.Contains(p.Log.String(), german) {
				t.Fatalf("%+v, %v", list, err)
			}
			if tt.wait == 0 {
				return
			}
			if wait := list[0].Next.Sub(p.Clock.Now()); wait != tt.wait {
				t.Errorf("tried again after %v", wait)
			}
			p.Post.Fail(nil)
			p.Clock.Advance(tt.wait - time.Millisecond)
			p.Deliver()
			arrived(t, p, "a moment before", 0)
			p.Clock.Advance(time.Millisecond)
			p.Deliver()
			arrived(t, p, "then", 1)
		})
	}
}

// With nothing configured messages wait, operators are warned, and everything is
// sent once there is a way.
func TestOutbox_WaitsForAServer(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		var send func(context.Context, message.Mail) error
		p.Reconfigure(func(c *serverConfig) { send, c.Delivery.Mail = c.Delivery.Mail, nil })
		ada := p.SetUp().Equip().SignIn().StepUp()
		changePassword(t, ada)
		p.Clock.Advance(time.Hour)
		if n := p.Deliver(); n != 0 {
			t.Errorf("%d messages were tried", n)
		}
		info, warnings := rows(t, p, ada)
		if info.Mail || info.Texts || info.Waiting != 1 || info.Messages[0].Tries != 0 || !warned(warnings, api.WarnMailUnset) {
			t.Errorf("%+v, %v", info, warnings)
		}
		p.Reconfigure(func(c *serverConfig) { c.Delivery.Mail = send })
		p.Deliver()
		arrived(t, p, "with a server", 1)
		if info, warnings := rows(t, p, ada); !info.Mail || warned(warnings, api.WarnMailUnset) {
			t.Errorf("%+v, %v", info, warnings)
		}
	})
}

// A crash between queueing and sending: sent after the restart, once.
func TestOutbox_CrashBeforeSending(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		changed(t, p)
		p.Restart()
		p.Deliver()
		p.Restart()
		p.Deliver()
		arrived(t, p, "after the restart", 1)
	})
}

// A crash while sending: once the lease is over it is sent again, as the same
// message, and then never more.
func TestOutbox_CrashWhileSending(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		changed(t, p)
		taken, err := p.Store.LeaseMessages(t.Context(), []auth.Channel{auth.ByMail}, "crashed", 10, p.Clock.Now())
		if err != nil || len(taken) != 1 {
			t.Fatalf("%+v, %v", taken, err)
		}
		p.Restart()
		p.Clock.Advance(auth.LeaseFor - time.Millisecond)
		if n := p.Deliver(); n != 0 {
			t.Errorf("%d messages were taken from somebody who may still send them", n)
		}
		p.Clock.Advance(time.Millisecond)
		for range 3 {
			p.Deliver()
			p.Clock.Advance(auth.LeaseFor)
		}
		arrived(t, p, "after the lease", 1)
		if list := p.Post.Mails(""); len(list) == 1 && list[0].ID != string(taken[0].ID) {
			t.Errorf("sent as %q; want %q", list[0].ID, taken[0].ID)
		}
	})
}
