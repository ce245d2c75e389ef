package app

import (
	"strconv"
	"strings"

	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// keyBlock draws a key in groups of four, to read or type from. Selecting it
// selects all of it. A page has one: it is what the QR code beside it says.
func keyBlock(key string) goapp.UI {
	return goapp.Div().Class("key center").ID("key").Body(groups(key)...)
}

// bigKey draws the one code that a page is about.
func bigKey(key string) goapp.UI {
	return div("key center big", groups(key)...)
}

func groups(key string) []goapp.UI {
	var parts []goapp.UI
	plain := strings.NewReplacer(" ", "", "-", "").Replace(key)
	for g := range strings.SplitSeq(check.Groups(plain, " "), " ") {
		parts = append(parts, span("", g))
	}
	return parts
}

// codeGrid draws a set of recovery codes, numbered.
func codeGrid(codes []string) goapp.UI {
	var rows []goapp.UI
	for i, c := range codes {
		rows = append(rows, li("",
			goapp.Span().Class("ordinal").Aria("hidden", "true").Text(strconv.Itoa(i+1)),
			span("", c),
		))
	}
	return goapp.Ol().Class("codes").Aria("label", say().Parts.RecoveryCodes).Body(rows...)
}

// codePaper is the sheet that printing a page with recovery codes gives: nothing
// but what stands on it.
type codePaper struct {
	Title string
	Facts [][2]string // product, account, address, date: name and value
	Codes []string
	Note  string // where to turn when they are lost
}

// draw returns the sheet. It is seen on paper only.
func (s codePaper) draw() goapp.UI {
	return goapp.Div().Class("on-paper").Aria("hidden", "true").Body(
		para("title", s.Title),
		facts(s.Facts...),
		codeGrid(s.Codes),
		para("text", s.Note),
	)
}

// facts draws names and values in two columns, one on phones.
func facts(pairs ...[2]string) goapp.UI {
	var rows []goapp.UI
	for _, p := range pairs {
		rows = append(rows, goapp.Dt().Text(p[0]), goapp.Dd().Text(p[1]))
	}
	return goapp.Dl().Class("facts").Body(rows...)
}
