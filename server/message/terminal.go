package message

import (
	"context"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
)

// maxArrivals is how many messages a Terminal remembers.
const maxArrivals = 200

// Terminal "delivers" on the spot, for development: it prints each message and keeps the last ones in memory. It is both a
// mail and a text sender. What it prints holds codes and links in full.
type Terminal struct {
	out io.Writer
	now func() time.Time

	mu       sync.Mutex
	arrivals []Arrival // oldest first
}

// Arrival is a message that a Terminal has delivered.
type Arrival struct {
	At                time.Time
	Channel           string // "mail" or "text"
	To, Subject, Body string
}

// NewTerminal returns a Terminal that prints to out.
func NewTerminal(out io.Writer, now func() time.Time) *Terminal {
	return &Terminal{out: out, now: now}
}

// SendMail prints the text of an e-mail.
func (t *Terminal) SendMail(_ context.Context, m Mail) error {
	return t.deliver(Arrival{Channel: "mail", To: m.To, Subject: m.Subject, Body: m.Text})
}

// SendText prints a text message.
func (t *Terminal) SendText(_ context.Context, m Text) error {
	return t.deliver(Arrival{Channel: "text", To: m.To, Body: m.Body})
}

// Arrivals returns what has been delivered, the newest first, 200 at most.
func (t *Terminal) Arrivals() []Arrival {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := slices.Clone(t.arrivals)
	slices.Reverse(list)
	return list
}

func (t *Terminal) deliver(a Arrival) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	a.At = t.now()
	if _, err := io.WriteString(t.out, a.box()); err != nil {
		return &Failure{Cause: "the terminal cannot be written to"}
	}
	if len(t.arrivals) == maxArrivals {
		t.arrivals = slices.Delete(t.arrivals, 0, 1)
	}
	t.arrivals = append(t.arrivals, a)
	return nil
}

// The columns of a box, and of the text in it.
const (
	boxWidth  = 80
	textWidth = boxWidth - 4
)

// box draws a message. A link has a line of its own and is never broken: what is longer than the box sticks out, so that it
// can be copied and followed.
func (a Arrival) box() string {
	title := " e-mail"
	if a.Channel == "text" {
		title = " text message"
	}
	title += " · " + a.At.Format("15:04:05") + " "
	var b strings.Builder
	b.WriteString("\n╭─" + title + strings.Repeat("─", boxWidth-3-drawnWidth(title)) + "╮\n")
	row := func(line string) {
		if gap := textWidth - drawnWidth(line); gap >= 0 {
			line += strings.Repeat(" ", gap) + " │"
		}
		b.WriteString("│ " + line + "\n")
	}
	for _, line := range inBox("To       " + a.To) {
		row(line)
	}
	if a.Subject != "" {
		for _, line := range inBox("Subject  " + a.Subject) {
			row(line)
		}
	}
	b.WriteString("├" + strings.Repeat("─", boxWidth-2) + "┤\n")
	for line := range strings.SplitSeq(strings.Trim(a.Body, "\n"), "\n") {
		for _, line := range inBox(line) {
			row(line)
		}
	}
	b.WriteString("╰" + strings.Repeat("─", boxWidth-2) + "╯\n\n")
	return b.String()
}

// inBox breaks a line at its spaces into lines of the box, with each link on a line of its own. What could command the
// terminal is left out. A line that fits keeps its spaces.
func inBox(line string) []string {
	line = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return -1
		}
		return r
	}, line)
	if drawnWidth(line) <= textWidth && !hasLink(line) {
		return []string{line}
	}
	var lines []string
	current := ""
	end := func() {
		if current != "" {
			lines = append(lines, current)
		}
		current = ""
	}
	for word := range strings.FieldsSeq(line) {
		if hasLink(word) {
			end()
			lines = append(lines, word)
			continue
		}
		if current != "" && drawnWidth(current)+1+drawnWidth(word) > textWidth {
			end()
		}
		for drawnWidth(word) > textWidth {
			head := headOf(word)
			lines, word = append(lines, head), word[len(head):]
		}
		if current != "" {
			current += " "
		}
		current += word
	}
	end()
	return lines
}

func hasLink(s string) bool { return strings.Contains(s, "https://") || strings.Contains(s, "http://") }

// headOf returns as much of a long word as one line takes.
func headOf(word string) string {
	width := 0
	for i, r := range word {
		if width += drawnWidth(string(r)); width > textWidth {
			return word[:i]
		}
	}
	return word
}

// drawnWidth returns how wide a terminal draws s: marks that sit on another character take no column, the characters of East
// Asia and emoji take two.
func drawnWidth(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF,
			r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD:
			n += 2
		default:
			n++
		}
	}
	return n
}
