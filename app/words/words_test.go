package words

import (
	"testing"

	"doorward/shared/check"
)

func TestEveryCodeHasWords(t *testing.T) {
	w := &English
	for _, c := range check.Codes() {
		if !w.Knows(c) {
			t.Errorf("there are no words for %q", c)
		}
	}
	if len(w.Codes) != len(check.Codes()) {
		t.Errorf("there are words for %d codes, the contract has %d", len(w.Codes), len(check.Codes()))
	}
	if w.Code("from_a_newer_server") != w.Code(check.Internal) {
		t.Error("an unknown code does not read as a fault")
	}
}

func TestWait(t *testing.T) {
	for _, c := range []struct {
		seconds int
		want    string
	}{
		{1, "1 second"}, {42, "42 seconds"}, {119, "119 seconds"}, {120, "2 minutes"}, {121, "3 minutes"}, {7199, "120 minutes"}, {7200, "2 hours"},
	} {
		if got := English.Wait(c.seconds); got != c.want {
			t.Errorf("Wait(%d) = %q, want %q", c.seconds, got, c.want)
		}
	}
}

func TestMany_CountsAsTheLanguageDoes(t *testing.T) {
	french := Words{Numbers: Numbers{Group: "\u202f", GroupFrom: 4, ZeroIsOne: true}}
	for _, c := range []struct {
		in   *Words
		n    int
		want string
	}{
		{&English, 0, "0 doors"}, {&English, 1, "1 door"}, {&English, 2, "2 doors"},
		{&french, 0, "0 door"}, {&french, 1, "1 door"}, {&french, 2, "2 doors"},
	} {
		if got := c.in.Numbers.many(c.n, "{n} door", "{n} doors"); got != c.want {
			t.Errorf("%d: %q, want %q", c.n, got, c.want)
		}
	}
}

func TestWith_RightToLeft(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"Ada", "End the sessions of Ada? 3 are open."},
		{"王浩然 🦊", "End the sessions of 王浩然 🦊? 3 are open."},
		{"مريم", "End the sessions of \u2068مريم\u2069? 3 are open."},
		{"Noa (נועה)", "End the sessions of \u2068Noa (נועה)\u2069? 3 are open."},
	} {
		if got := With("End the sessions of {name}? {n} are open.", "name", c.value, "n", "3"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
