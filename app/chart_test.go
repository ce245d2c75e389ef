//go:build !js

package app

import (
	"strings"
	"testing"
)

func TestBar_PartsFitAndAreSeen(t *testing.T) {
	for _, c := range []struct {
		name  string
		all   int
		parts []slice
		want  string
	}{
		{"nobody", 0, []slice{{"ready", 0}, {"exempt", 0}}, ""},
		{"nobody is ready", 42, []slice{{"ready", 0}}, ""},
		{"some", 40, []slice{{"ready", 10}, {"exempt", 20}}, `<rect class="ready" x="0" width="250" height="20"/><rect class="exempt" x="250" width="500" height="20"/>`},
		{"one of many", 50_000, []slice{{"ready", 1}}, `<rect class="ready" x="0" width="6" height="20"/>`},
		{"all but one who is exempt", 50_000, []slice{{"ready", 49_999}, {"exempt", 1}}, `<rect class="ready" x="0" width="999" height="20"/><rect class="exempt" x="999" width="1" height="20"/>`},
		{"more than there are", 10, []slice{{"ready", 20}}, `<rect class="ready" x="0" width="1000" height="20"/>`},
	} {
		_, got, _ := strings.Cut(barSVG(c.all, c.parts), `height="20"/>`)
		if got != c.want+"</svg>" {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestCurve_Path(t *testing.T) {
	for _, c := range []struct {
		name   string
		points []point
		top    int
		want   string
	}{
		{"one day is a dot", []point{{0, 5}}, 10, "M500 150h0"},
		{"two days", []point{{0, 0}, {86_400_000, 10}}, 10, "M0 300L1000 0"},
		{"a gap between days", []point{{0, 10}, {1, 10}, {4, 5}}, 10, "M0 0L250 0L1000 150"},
		{"nobody at all", []point{{0, 0}, {1, 0}}, 0, "M0 300L1000 300"},
		{"the same day twice", []point{{0, 1}, {0, 2}}, 2, "M0 150L0 0"},
		{"beyond the scale", []point{{0, -3}, {1, 30}}, 10, "M0 300L1000 0"},
		{"many", []point{{0, 0}, {1, 50_000}}, 50_000, "M0 300L1000 0"},
	} {
		if got := curvePath(c.points, c.top); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	if got := lineSVG(10, []curve{{Class: "all"}, {Class: "ready", Filled: true, Points: []point{{0, 5}}}}); strings.Contains(got, "under") || strings.Count(got, `curve"`) != 1 {
		t.Errorf("a curve without points, and one with one: %s", got)
	}
}

func TestRoundTop(t *testing.T) {
	for n, want := range map[int]int{0: 1, 1: 1, 3: 4, 7: 8, 9: 10, 42: 50, 100: 100, 101: 200, 50_000: 50_000, 50_001: 60_000} {
		if got := roundTop(n); got != want {
			t.Errorf("a scale for %d ends with %d, want %d", n, got, want)
		}
	}
}

func TestShare_ClaimsNeitherAllNorNothingForAlmost(t *testing.T) {
	for _, c := range []struct {
		n, all int
		want   string
	}{{0, 0, "0 %"}, {0, 42, "0 %"}, {9, 42, "21 %"}, {2, 42, "5 %"}, {42, 42, "100 %"}, {1, 50_000, "less than 1 %"}, {49_999, 50_000, "more than 99 %"}, {99, 100, "99 %"}, {1, 201, "less than 1 %"}} {
		if got := share(c.n, c.all); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.n, c.all, got, c.want)
		}
	}
}
