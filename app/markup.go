//go:build !js

package app

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// tidy makes the markup that go-app writes what a browser would build from the same
// components: it takes out the line breaks and the indentation that go-app adds
// between elements, and gives bare aria attributes the "true" that go-app leaves
// out. It is also the second wall behind attr: elements and attributes that no
// component of ours draws are dropped.
func tidy(markup string) string {
	z := html.NewTokenizer(strings.NewReader(markup))
	var b strings.Builder
	depth := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.EscapeString(unindented(z.Token().Data, depth)))
		case html.EndTagToken:
			if t := z.Token(); known(t.Data) {
				depth--
				b.WriteString("</" + t.Data + ">")
			}
		case html.SelfClosingTagToken:
			b.WriteString(start(z.Token(), "/>"))
		case html.StartTagToken:
			t := z.Token()
			if known(t.Data) && !slices.Contains(void, t.Data) {
				depth++
			}
			b.WriteString(start(t, ">"))
		}
	}
}

// unindented returns text without what go-app put around it: it writes each of
// several children on a line of its own, two spaces deeper for each element.
func unindented(text string, depth int) string {
	rest, ok := strings.CutPrefix(text, "\n")
	if !ok {
		return text
	}
	var b strings.Builder
	for line := range strings.SplitSeq(rest, "\n") {
		if strings.TrimSpace(line) != "" {
			b.WriteString(strings.TrimPrefix(line, strings.Repeat("  ", depth)))
		}
	}
	return b.String()
}

var void = []string{"input", "hr", "br", "img"}

// elements are those that our components draw.
var elements = strings.Fields(`a button caption dd details dialog div dl dt fieldset footer form h1 h2 h3 header hr
	img br input label legend li main nav ol optgroup option p progress section select span summary strong table tbody td
	textarea th thead time tr ul svg g path circle rect line polyline ellipse text title`)

// attributes are those that our components draw, besides aria-… and data-….
var attributes = strings.Fields(`accept action autocapitalize autocomplete autocorrect autofocus checked class colspan cols
	cx cy d datetime disabled download enterkeyhint fill focusable for height hidden href id inputmode maxlength
	method min minlength max name novalidate open pattern placeholder points preserveaspectratio r readonly rel
	required role rows rx ry scope selected spellcheck stroke stroke-linecap stroke-linejoin stroke-width tabindex
	target text-anchor title transform type value viewbox width x x1 x2 y y1 y2`)

func known(element string) bool { return slices.Contains(elements, element) }

// start returns a start tag with the attributes that are known, written as HTML.
func start(t html.Token, end string) string {
	if !known(t.Data) {
		return ""
	}
	var b strings.Builder
	b.WriteString("<" + t.Data)
	for _, a := range t.Attr {
		aria := strings.HasPrefix(a.Key, "aria-")
		switch {
		case !aria && !strings.HasPrefix(a.Key, "data-") && !slices.Contains(attributes, a.Key):
			continue
		case aria && a.Val == "":
			a.Val = "true"
		}
		b.WriteString(" " + svgCase(a.Key))
		if a.Val != "" {
			b.WriteString(`="` + html.EscapeString(a.Val) + `"`)
		}
	}
	b.WriteString(end)
	return b.String()
}

// svgCase gives back the capitals that reading HTML takes from an attribute.
func svgCase(key string) string {
	switch key {
	case "viewbox":
		return "viewBox"
	case "preserveaspectratio":
		return "preserveAspectRatio"
	}
	return key
}
