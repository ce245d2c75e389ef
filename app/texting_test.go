//go:build !js

package app

import (
	"testing"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func TestEnding(t *testing.T) {
	for masked, want := range map[string]string{"+49 ••• 42": "42", "ending in 07": "07", "42": "42", "•••42": "42", "•••": "•••", "": ""} {
		if got := ending(masked); got != want {
			t.Errorf("ending(%q) = %q, want %q", masked, got, want)
		}
	}
}

func TestTexting_Clocks(t *testing.T) {
	now := time.Unix(10_000, 0)
	sent := api.TextSent{Resend: now.Add(30 * time.Second).UnixMilli(), Expires: now.Add(10 * time.Minute).UnixMilli()}
	for _, c := range []struct {
		name           string
		off            time.Duration // how far the clock here is ahead
		resend, expiry time.Duration
	}{
		{"right", 0, 30 * time.Second, 10 * time.Minute},
		{"a little later", 20 * time.Second, 10 * time.Second, 9*time.Minute + 40*time.Second},
		{"an hour behind", -time.Hour, 30 * time.Second, 10 * time.Minute},
		{"an hour ahead", time.Hour, 0, 10 * time.Minute},
	} {
		here := now.Add(c.off)
		if r, e := untilResend(sent, here), untilExpiry(sent, here); r != c.resend || e != c.expiry {
			t.Errorf("%s: another in %v, good for %v", c.name, r, e)
		}
	}
}

func TestTexting_AnOldTimerEndsNothing(t *testing.T) {
	var due []func()
	old := later
	later = func(_ goapp.Context, d time.Duration, then func()) {
		if d > time.Minute {
			due = append(due, then)
		}
	}
	t.Cleanup(func() { later = old })
	ctx, _ := handler(t)
	var tx texting
	ended := 0
	tx.take(ctx, onItsWay(), func() { ended++ })
	tx.take(ctx, onItsWay(), func() { ended++ })
	due[0]()
	if ended != 0 {
		t.Error("the first message's timer ended the second")
	}
	due[1]()
	if ended != 1 {
		t.Errorf("it ended %d times", ended)
	}
}

func TestCountdown(t *testing.T) {
	var next func()
	old := later
	later = func(_ goapp.Context, _ time.Duration, then func()) { next = then }
	t.Cleanup(func() { later = old })
	ctx, _ := handler(t)
	var c countdown
	c.start(ctx, 90*time.Second)
	if c.left != 90 || !c.running {
		t.Errorf("it begins at %d", c.left)
	}
	c.until = time.Now().Add(1500 * time.Millisecond)
	next()
	if c.left != 2 || !c.running {
		t.Errorf("after a while it is at %d", c.left)
	}
	c.until = time.Now()
	next()
	if c.left != 0 || c.running {
		t.Errorf("at its end it is at %d, running %v", c.left, c.running)
	}
	c.start(ctx, 0)
	if c.running {
		t.Error("nothing is counted")
	}
}
