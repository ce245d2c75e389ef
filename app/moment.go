package app

import (
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// moment draws a time (Unix milliseconds) in words while it is recent and as a date
// after that. Pointing at it or focusing it shows the exact time.
func moment(ms int64, now time.Time) goapp.UI {
	if ms <= 0 {
		return span("", say().Moment.Never)
	}
	text, ok := say().Moment.Ago(now.Unix() - ms/1000)
	if !ok {
		text = day(ms)
	}
	return goapp.Time().Class("moment").DateTime(time.UnixMilli(ms).UTC().Format(time.RFC3339)).
		Title(attr(exact(ms))).TabIndex(0).Text(text)
}

// exact returns a time in the reader's own format. The browser knows that format
// and the time zone, so neither is linked into the client.
func exact(ms int64) string {
	return local(ms, "toLocaleString", map[string]any{"dateStyle": "medium", "timeStyle": "short"}, "2006-01-02 15:04 UTC")
}

// longMoment returns a time in the reader's own format with the day of the week and
// the month in words: when something will be so.
func longMoment(ms int64) string {
	return local(ms, "toLocaleString", map[string]any{"dateStyle": "full", "timeStyle": "short"}, "Monday, 2 January 2006, 15:04 UTC")
}

// day returns a date in the reader's own format.
func day(ms int64) string {
	return local(ms, "toLocaleDateString", map[string]any{"dateStyle": "medium"}, "2006-01-02")
}

func local(ms int64, method string, how map[string]any, plain string) string {
	if !goapp.IsClient {
		return time.UnixMilli(ms).UTC().Format(plain)
	}
	return goapp.Window().Get("Date").New(float64(ms)).Call(method, locale(), how).String()
}

// phrase draws a sentence with a part that is more than text, such as a moment, in
// the place of {name}.
func phrase(sentence, name string, part goapp.UI) []goapp.UI {
	before, after, ok := strings.Cut(sentence, "{"+name+"}")
	if !ok {
		return []goapp.UI{goapp.Text(sentence)}
	}
	var parts []goapp.UI
	if before != "" {
		parts = append(parts, goapp.Text(before))
	}
	parts = append(parts, part)
	if after != "" {
		parts = append(parts, goapp.Text(after))
	}
	return parts
}

// dayUTC returns the date of a day that is told by its beginning in UTC.
func dayUTC(ms int64) string {
	return local(ms, "toLocaleDateString", map[string]any{"dateStyle": "medium", "timeZone": "UTC"}, "2006-01-02")
}
