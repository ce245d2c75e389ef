package app

import (
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// draw draws the feed; empty is what stands there when it has nothing.
//
// go-app draws lists by position: a row put in front would slide every other row into
// its neighbour's element, and the focus with it. So what comes is drawn inside a place
// kept for it above the rest, which itself keeps such a place: no element that is there
// ever changes its row.
func (f *feed) draw(a *account, empty nothing, retry func(goapp.Context)) goapp.UI {
	if f.status != ready {
		return f.unready(retry)
	}
	if len(f.first) == 0 && len(f.came) == 0 {
		return div("stack", f.state(a), block("card flush", empty.draw()))
	}
	w := &say().Feed
	foot := []goapp.UI{refusalNotice(f.wrong)}
	if f.more {
		foot = append(foot, actions(button{Label: w.Older, ID: "older", Busy: f.older, On: press(func() { f.reach(a) })}.draw()))
	}
	return div("stack", f.state(a), block("card flush feed", f.chunk(0)), div("", foot...))
}

// state says whether what happens appears by itself.
func (f *feed) state(a *account) goapp.UI {
	w := &say().Feed
	line := goapp.Div().Class("row", "fine", "live").Role("status")
	switch {
	case f.over():
		return line
	case f.left <= 0:
		return line.Body(span("", w.Paused), textButton(w.Resume, "resume", func() { f.resume(a) }))
	case f.lost:
		return line.Body(span("", w.Lost))
	}
	return line.Body(goapp.Span().Class("pulse").Aria("hidden", "true"), span("", w.Live), span("", w.LiveText))
}

// chunk draws what came at once, with all that came later in front of it.
func (f *feed) chunk(i int) goapp.UI {
	rows, front, above := f.first, []goapp.UI(nil), ""
	if i > 0 {
		rows = f.came[i-1]
	}
	if i < len(f.came) {
		later := f.came[i]
		front, above = []goapp.UI{f.chunk(i + 1)}, dayKey(later[len(later)-1].At)
	}
	parts := []goapp.UI{div("feed-front", front...)}
	for _, d := range byDay(rows) {
		title := goapp.H2().Class("feed-day").Hidden(true)
		if d.key != above { // or else its heading stands above already
			title = goapp.H2().Class("feed-day").Text(d.title)
		}
		parts = append(parts, title, ul("items events", happenings(d.rows, f.telling)...))
		above = d.key
	}
	return div("feed-part", parts...)
}

// oneDay is the events of one day, the newest first.
type oneDay struct {
	key, title string
	rows       []api.ActivityRow
}

// byDay parts events by the reader's days.
func byDay(rows []api.ActivityRow) (days []oneDay) {
	today := dayKey(time.Now().UnixMilli())
	for _, e := range rows {
		key := dayKey(e.At)
		if n := len(days); n == 0 || days[n-1].key != key {
			title := key
			if key == today {
				title = say().Feed.Today
			}
			days = append(days, oneDay{key: key, title: title})
		}
		last := &days[len(days)-1]
		last.rows = append(last.rows, e)
	}
	return days
}

// dayKey names the reader's day.
func dayKey(ms int64) string {
	return local(ms, "toLocaleDateString", map[string]any{"dateStyle": "full"}, "Monday, 2 January 2006")
}
