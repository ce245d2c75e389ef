package app

import (
	"strconv"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// when is a day, and a time of it, that a person chooses with the browser's own inputs.
// It is by the clock where the reader is, also across a change of that clock.
type when struct {
	form form
	most int // days that it may be ahead
}

// The fields of a when, as the problems have them.
const (
	whenDay  = "day"
	whenTime = "time"
)

// field draws the day, and with a label for it the time.
func (w *when) field(day, hint, clock string, at int64) goapp.UI {
	d, t := inputsOf(at)
	parts := []goapp.UI{w.form.field(field{Name: whenDay, Label: day, Hint: hint, Type: "date", Autocomplete: "off", Value: d})}
	if clock != "" {
		parts = append(parts, w.form.field(field{Name: whenTime, Label: clock, Type: "time", Autocomplete: "off", Value: t}))
	}
	return div("when", parts...)
}

// chosen returns the moment that stands there; at is what stands there before anything
// is typed. It is 0 when it is not whole.
func (w *when) chosen(at int64) int64 {
	day, clock := inputsOf(at)
	if v, ok := w.typed(whenDay); ok {
		day = v
	}
	if v, ok := w.typed(whenTime); ok {
		clock = v
	}
	ms, _ := momentOf(day, clock)
	return ms
}

// typed returns what stands in a field, if it is drawn or was told.
func (w *when) typed(name string) (string, bool) {
	if v, ok := typed(w.form.id(name)); ok {
		return v, true
	}
	v, ok := w.form.values[name]
	return v, ok
}

// problem returns what is wrong with the moment ms at the time now.
func (w *when) problem(ms int64, now time.Time) api.Code {
	switch {
	case ms == 0:
		return check.Required
	case ms <= now.UnixMilli():
		return check.TooSmall
	case ms > now.Add(time.Duration(w.most)*24*time.Hour).UnixMilli():
		return check.TooLong
	}
	return ""
}

// wrongMoments has the words for what is wrong with a moment.
func wrongMoments() map[api.Code]string {
	w := &say().Adoption
	return map[api.Code]string{check.Required: w.NoDate, check.TooSmall: w.Past, check.TooLong: w.Far}
}

// inputsOf returns a moment as date and time inputs have it; nothing for 0.
func inputsOf(ms int64) (day, clock string) {
	if ms <= 0 {
		return "", ""
	}
	year, month, date, hour, minute := clockAt(ms)
	return strconv.Itoa(year) + "-" + two(month) + "-" + two(date), two(hour) + ":" + two(minute)
}

// clockAt takes a moment apart where the reader is. The browser knows the clock there on
// any day of the year; Go in the browser knows today's only.
func clockAt(ms int64) (year, month, date, hour, minute int) {
	if !goapp.IsClient {
		t := time.UnixMilli(ms).UTC()
		return t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute()
	}
	d := goapp.Window().Get("Date").New(float64(ms))
	get := func(name string) int { return d.Call(name).Int() }
	return get("getFullYear"), get("getMonth") + 1, get("getDate"), get("getHours"), get("getMinutes")
}

// momentOf returns the moment that date and time inputs stand for.
func momentOf(day, clock string) (ms int64, ok bool) {
	d, t := strings.Split(day, "-"), strings.Split(clock, ":")
	if len(d) != 3 || len(t) < 2 {
		return 0, false
	}
	var n [5]int
	for i, s := range append(d, t[0], t[1]) {
		v, err := strconv.Atoi(s)
		if err != nil || v < 0 {
			return 0, false
		}
		n[i] = v
	}
	if n[0] < 1970 || n[0] > 9999 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 || n[3] > 23 || n[4] > 59 {
		return 0, false
	}
	if !goapp.IsClient {
		return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], 0, 0, time.UTC).UnixMilli(), true
	}
	at := goapp.Window().Get("Date").New(n[0], n[1]-1, n[2], n[3], n[4]).Call("valueOf").Float()
	return int64(at), at > 0
}

// ahead returns the moment so many days after now at the full hour.
func ahead(now time.Time, days, hour int) int64 {
	day, _ := inputsOf(now.AddDate(0, 0, days).UnixMilli())
	ms, _ := momentOf(day, two(hour)+":00")
	return ms
}

// two writes n with two digits.
func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
