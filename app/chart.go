package app

import (
	"strconv"
	"strings"

	"doorward/app/words"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// The drawings of numbers. Nothing but numbers of ours gets into them; every word is
// beside them, so that it can be read, enlarged and translated.

// slice is a part of a bar.
type slice struct {
	Class string // its colour, by the stylesheet
	Count int
}

// barWide is how many units wide a bar is drawn.
const barWide = 1000

// barChart draws the parts of a whole as one bar, called name.
func barChart(name string, all int, parts ...slice) goapp.UI {
	return goapp.Div().Class("bar").Role("img").Aria("label", attr(name)).Body(goapp.Raw(barSVG(all, parts)))
}

// barSVG returns the bar. A part that is there is never so thin that it is not seen.
func barSVG(all int, parts []slice) string {
	const least = 6
	var b strings.Builder
	b.WriteString(`<svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="rest" width="1000" height="20"/>`)
	x := 0
	for _, p := range parts {
		if p.Count <= 0 || all <= 0 {
			continue
		}
		w := max(int(int64(p.Count)*barWide/int64(all)), least)
		w = min(w, barWide-x)
		b.WriteString(`<rect class="` + reference(p.Class) + `" x="` + strconv.Itoa(x) + `" width="` + strconv.Itoa(w) + `" height="20"/>`)
		x += w
	}
	return b.String() + `</svg>`
}

// point is where a curve passes: Along counts from 0 to where the last one is, Up from
// 0 to the top of the drawing.
type point struct {
	Along int64
	Up    int
}

// curve is one line of a drawing.
type curve struct {
	Class  string // its colour, by the stylesheet
	Filled bool   // the ground below it is tinted
	Points []point
}

// The drawing of curves, in units. It is stretched to the place there is; the width of
// its lines is not.
const (
	chartWide = 1000
	chartHigh = 300
)

// lineChart draws curves below top, called name, between the words at both ends of its
// two sides.
func lineChart(name string, top int, from, to string, curves ...curve) goapp.UI {
	high := goapp.Div().Class("chart-scale").Aria("hidden", "true").Body(
		span("", words.Grouped(top)), span("", words.Grouped(0)))
	days := []goapp.UI{span("", from), span("", to)}
	if from == to {
		days = days[:1]
	}
	long := goapp.Div().Class("chart-days").Aria("hidden", "true").Body(days...)
	return div("line-chart", high,
		goapp.Div().Class("curves").Role("img").Aria("label", attr(name)).Body(goapp.Raw(lineSVG(top, curves))),
		long)
}

func lineSVG(top int, curves []curve) string {
	var b strings.Builder
	b.WriteString(`<svg viewBox="0 0 1000 300" preserveAspectRatio="none" aria-hidden="true" focusable="false">`)
	for _, y := range []string{"0", "150", "300"} {
		b.WriteString(`<path class="axis" d="M0 ` + y + `H1000"/>`)
	}
	for _, c := range curves {
		if len(c.Points) == 0 {
			continue
		}
		d := curvePath(c.Points, top)
		if c.Filled && len(c.Points) > 1 {
			b.WriteString(`<path class="` + reference(c.Class) + ` under" d="` + d + `V300H0Z"/>`)
		}
		b.WriteString(`<path class="` + reference(c.Class) + ` curve" d="` + d + `"/>`)
	}
	return b.String() + `</svg>`
}

// curvePath returns the way through points. A single one is a dot in the middle: the
// ends of the line are round.
func curvePath(points []point, top int) string {
	high := func(p point) string {
		if top <= 0 {
			return strconv.Itoa(chartHigh)
		}
		return strconv.Itoa(chartHigh - int(int64(min(max(p.Up, 0), top))*chartHigh/int64(top)))
	}
	if len(points) == 1 {
		return "M" + strconv.Itoa(chartWide/2) + " " + high(points[0]) + "h0"
	}
	long := max(points[len(points)-1].Along, 1)
	var b strings.Builder
	for i, p := range points {
		if i == 0 {
			b.WriteByte('M')
		} else {
			b.WriteByte('L')
		}
		along := min(max(p.Along, 0), long)
		b.WriteString(strconv.Itoa(int(along*chartWide/long)) + " " + high(p))
	}
	return b.String()
}

// roundTop returns the number that a scale up to n ends with: the next one that is
// easily read.
func roundTop(n int) int {
	for step := 1; ; step *= 10 {
		for _, m := range []int{1, 2, 4, 5, 6, 8, 10} {
			if top := step * m; top >= n {
				return top
			}
		}
	}
}

// share says how large a part n is of all, without claiming all or nothing for almost.
func share(n, all int) string {
	w := &say().Adoption
	if all <= 0 {
		return with(w.Share, "n", "0")
	}
	switch percent := int((int64(n)*200/int64(all) + 1) / 2); {
	case n > 0 && percent == 0:
		return w.Little
	case n < all && percent == 100:
		return w.Most
	default:
		return with(w.Share, "n", strconv.Itoa(percent))
	}
}
