package message

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// clockAt is a clock that stands still.
func clockAt(at time.Time) func() time.Time { return func() time.Time { return at } }

var noon = time.Date(2026, 11, 21, 12, 0, 5, 0, time.UTC)

func TestTerminal_PrintsABox(t *testing.T) {
	var out bytes.Buffer
	terminal := NewTerminal(&out, clockAt(noon))
	link := "https://auth.example.org/" + strings.Repeat("a", 90)
	mail := Mail{To: "ada@example.org", Subject: "Somebody signed in", Date: noon, HTML: "<p>not this</p>",
		Text: "Hello Ada,\n\nsomebody signed in to your account from a device that we have not seen before, 日本語で. Was it not you? " + link + " says what to do.\n\nhttps://short.example.org/x\n"}
	if err := terminal.SendMail(t.Context(), mail); err != nil {
		t.Fatal(err)
	}
	if err := terminal.SendText(t.Context(), Text{To: "+4915123456742", Body: "Code 123456\n@auth.example.org #123456"}); err != nil {
		t.Fatal(err)
	}
	want := `
╭─ e-mail · 12:00:05 ──────────────────────────────────────────────────────────╮
│ To       ada@example.org                                                     │
│ Subject  Somebody signed in                                                  │
├──────────────────────────────────────────────────────────────────────────────┤
│ Hello Ada,                                                                   │
│                                                                              │
│ somebody signed in to your account from a device that we have not seen       │
│ before, 日本語で. Was it not you?                                            │
│ ` + link + `
│ says what to do.                                                             │
│                                                                              │
│ https://short.example.org/x                                                  │
╰──────────────────────────────────────────────────────────────────────────────╯


╭─ text message · 12:00:05 ────────────────────────────────────────────────────╮
│ To       +4915123456742                                                      │
├──────────────────────────────────────────────────────────────────────────────┤
│ Code 123456                                                                  │
│ @auth.example.org #123456                                                    │
╰──────────────────────────────────────────────────────────────────────────────╯

`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestTerminal_NobodyCommandsIt(t *testing.T) {
	var out bytes.Buffer
	terminal := NewTerminal(&out, clockAt(noon))
	evil := "\x1b[2J\x1b]0;owned\x07\r\u202eada\u009b31m\x00"
	if err := terminal.SendMail(t.Context(), Mail{To: evil, Subject: evil, Text: evil + strings.Repeat("x", 300) + evil + "\n" + evil}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\r\x00\u009b\u202e") {
		t.Errorf("%q", out.String())
	}
	for line := range strings.Lines(out.String()) {
		if drawnWidth(strings.TrimSuffix(line, "\n")) > boxWidth {
			t.Errorf("a line wider than the box: %q", line)
		}
	}
}

func TestTerminal_RemembersTheLast200(t *testing.T) {
	terminal := NewTerminal(&bytes.Buffer{}, clockAt(noon))
	if len(terminal.Arrivals()) != 0 {
		t.Error("something has arrived before anything was sent")
	}
	for i := range 205 {
		var err error
		if i%2 == 0 {
			err = terminal.SendText(t.Context(), Text{To: fmt.Sprint("+", i), Body: "body"})
		} else {
			err = terminal.SendMail(t.Context(), Mail{To: fmt.Sprint(i), Subject: "subject", Text: "text", HTML: "html"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	list := terminal.Arrivals()
	if len(list) != 200 {
		t.Fatalf("%d arrivals", len(list))
	}
	for i, want := range map[int]Arrival{
		0:   {At: noon, Channel: "text", To: "+204", Body: "body"},
		1:   {At: noon, Channel: "mail", To: "203", Subject: "subject", Body: "text"},
		199: {At: noon, Channel: "mail", To: "5", Subject: "subject", Body: "text"},
	} {
		if list[i] != want {
			t.Errorf("%d: %+v", i, list[i])
		}
	}
	list[0].Body = "changed"
	if terminal.Arrivals()[0].Body != "body" {
		t.Error("a reader changes what is remembered")
	}
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left for " + secretCode) }

func TestTerminal_BrokenIsAFailure(t *testing.T) {
	terminal := NewTerminal(broken{}, clockAt(noon))
	if f := failureOf(t, terminal.SendText(t.Context(), aText)); f.Permanent || len(terminal.Arrivals()) != 0 {
		t.Errorf("%+v, %v", *f, terminal.Arrivals())
	}
}

func TestTerminal_ManyAtOnce(t *testing.T) {
	var out bytes.Buffer
	terminal := NewTerminal(&out, clockAt(noon))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10 {
				if err := terminal.SendText(t.Context(), Text{To: "+1", Body: "x"}); err != nil {
					t.Error(err)
				}
				terminal.Arrivals()
			}
		})
	}
	all.Wait()
	if n := strings.Count(out.String(), "╭─ text message"); n != 80 || len(terminal.Arrivals()) != 80 {
		t.Errorf("%d boxes, %d arrivals", n, len(terminal.Arrivals()))
	}
}
