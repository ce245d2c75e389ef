package servertest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

type troublesKey struct{}

// troubles collects what a browser complains of.
type troubles struct {
	mu       sync.Mutex
	found    []string
	requests map[network.RequestID]string // "GET http://…"
	open     map[network.RequestID]bool   // not yet answered
	busy     time.Time                    // the last time that one began or ended
}

// Troubles returns what the page of a context made by Chromium has complained of so far, a line each: errors on its console,
// exceptions nobody caught, violations of the Content-Security-Policy, requests that failed or were answered with 400 or
// more ("401 POST http://…").
func Troubles(ctx context.Context) []string {
	log := ctx.Value(troublesKey{}).(*troubles)
	log.mu.Lock()
	defer log.mu.Unlock()
	return append([]string(nil), log.found...)
}

// NoTroubles fails the test for each of Troubles that contains none of the texts in except.
func NoTroubles(t testing.TB, ctx context.Context, except ...string) {
	t.Helper()
	for _, trouble := range Troubles(ctx) {
		expected := false
		for _, text := range except {
			expected = expected || strings.Contains(trouble, text)
		}
		if !expected {
			t.Errorf("the browser complains: %s", trouble)
		}
	}
}

func newTroubles() *troubles {
	return &troubles{requests: map[network.RequestID]string{}, open: map[network.RequestID]bool{}}
}

// quiet reports whether no request has been under way for a while.
func (l *troubles) quiet(d time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open) == 0 && time.Since(l.busy) >= d
}

func (l *troubles) began(id network.RequestID) { l.open[id], l.busy = true, time.Now() }

func (l *troubles) ended(id network.RequestID) {
	delete(l.open, id)
	l.busy = time.Now()
}

// Settled waits until the page of a context made by Chromium has become what it will be: the client has taken over (a pointer
// moves, for pages that start it then), or has been found not to come, and no request is under way. It returns an error when that takes longer than the browser lives.
func Settled(ctx context.Context) error {
	const taken = `document.dispatchEvent(new Event("pointermove")) && document.readyState === "complete" && (!document.querySelector('script[src*="/start.js"]') ||
		["client", "no-client", "client-failed"].some(c => document.documentElement.classList.contains(c)))`
	log := ctx.Value(troublesKey{}).(*troubles)
	for {
		ready, err := chromedp.Run(ctx, chromedp.Evaluate[bool](taken))
		if err != nil {
			return err
		}
		if ready && log.quiet(150*time.Millisecond) {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// see takes in one event of the page. It is called while the browser's messages are read, so it sends nothing itself.
func (l *troubles) see(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		l.began(e.RequestID)
		l.requests[e.RequestID] = e.Request.Method + " " + e.Request.URL
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			l.add("%d %s", e.Response.Status, l.requests[e.RequestID])
		}
	case *network.EventLoadingFinished:
		l.ended(e.RequestID)
	case *network.EventLoadingFailed:
		l.ended(e.RequestID)
		if !e.Canceled {
			l.add("%s %s", e.ErrorText, l.requests[e.RequestID])
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		l.add("exception: %s", text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			l.add("console: %s", arguments(e.Args))
		}
	case *cdplog.EventEntryAdded:
		// Failed requests are known already, with their method.
		if e.Entry.Level == cdplog.EntryLevelError && e.Entry.Source != cdplog.EntrySourceNetwork {
			l.add("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	}
}

func (l *troubles) add(format string, args ...any) {
	l.found = append(l.found, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// arguments returns what a page gave to its console, as far as it is text.
func arguments(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		switch {
		case arg.Description != "":
			words = append(words, arg.Description)
		default:
			words = append(words, strings.Trim(string(arg.Value), `"`))
		}
	}
	return strings.Join(words, " ")
}
