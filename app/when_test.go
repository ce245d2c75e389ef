//go:build !js

package app

import (
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

func TestMomentOf(t *testing.T) {
	for _, c := range []struct {
		day, clock string
		want       time.Time // zero: it is no moment
	}{
		{"2027-03-03", "09:00", time.Date(2027, 3, 3, 9, 0, 0, 0, time.UTC)},
		{"2027-12-31", "23:59:30", time.Date(2027, 12, 31, 23, 59, 0, 0, time.UTC)},
		{"", "09:00", time.Time{}}, {"2027-03-03", "", time.Time{}}, {"2027-13-03", "09:00", time.Time{}}, {"2027-03-03", "24:00", time.Time{}},
		{"tomorrow", "noon", time.Time{}}, {"2027--3-03", "09:00", time.Time{}}, {"99999-01-01", "00:00", time.Time{}},
	} {
		ms, ok := momentOf(c.day, c.clock)
		if ok != !c.want.IsZero() || ok && ms != c.want.UnixMilli() {
			t.Errorf("%s %s: %v %v", c.day, c.clock, time.UnixMilli(ms).UTC(), ok)
		}
		if !ok {
			continue
		}
		if day, _ := inputsOf(ms); day != c.day {
			t.Errorf("%s comes back as %s", c.day, day)
		}
	}
}

func TestWhen_ChosenAndItsProblems(t *testing.T) {
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	w := when{form: form{ID: "w"}, most: 366}
	offered := ahead(now, 14, 9)
	if got := w.chosen(offered); got != time.Date(2027, 3, 15, 9, 0, 0, 0, time.UTC).UnixMilli() {
		t.Errorf("untouched, it is %v", time.UnixMilli(got).UTC())
	}
	for _, c := range []struct {
		day  string
		want api.Code
	}{{"2027-03-01", check.TooSmall}, {"2027-03-02", ""}, {"2028-02-29", ""}, {"2028-03-03", check.TooLong}, {"", check.Required}} {
		w.form.set(whenDay, c.day)
		if got := w.problem(w.chosen(offered), now); got != c.want {
			t.Errorf("%q: %q, want %q", c.day, got, c.want)
		}
	}
}
