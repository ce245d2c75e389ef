//go:build !js

package app

import (
	"testing"
	"time"
)

func TestMoment(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{-time.Minute, "just now"}, {0, "just now"}, {59 * time.Second, "just now"}, {time.Minute, "1 minute ago"},
		{59 * time.Minute, "59 minutes ago"}, {time.Hour, "1 hour ago"}, {23 * time.Hour, "23 hours ago"},
		{24 * time.Hour, "yesterday"}, {47 * time.Hour, "yesterday"}, {48 * time.Hour, "2 days ago"},
		{6 * 24 * time.Hour, "6 days ago"}, {7 * 24 * time.Hour, "2026-03-03"}, {-time.Hour, "2026-03-10"},
	} {
		if got := text(t, moment(now.Add(-c.ago).UnixMilli(), now)); got != c.want {
			t.Errorf("%v ago is %q, want %q", c.ago, got, c.want)
		}
	}
	if got := text(t, moment(0, now)); got != "never" {
		t.Errorf("no time at all is %q", got)
	}
}

func TestPhrase(t *testing.T) {
	for sentence, want := range map[string]string{
		"Added {when}": "Added now", "{when} it was": "now it was", "At {when} sharp": "At now sharp", "No place": "No place",
	} {
		if got := text(t, div("", phrase(sentence, "when", span("", "now"))...)); got != want {
			t.Errorf("%q reads %q, want %q", sentence, got, want)
		}
	}
}

func TestLeft(t *testing.T) {
	for seconds, want := range map[int]string{0: "less than a minute left", 59: "less than a minute left", 60: "1 minute left", 600: "10 minutes left"} {
		if got := say().Moment.Left(seconds); got != want {
			t.Errorf("%d seconds are %q, want %q", seconds, got, want)
		}
	}
}
