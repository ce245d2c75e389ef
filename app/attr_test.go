//go:build !js

package app

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func FuzzAttr(f *testing.F) {
	for _, s := range append(hostile, "", "a b", "ä", "\u00a0", "\u200d", "\\", "日本", "\t\n", "&amp;") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if !strings.Contains(v, "\x00") && strings.ToValidUTF8(v, "") == v && !strings.Contains(v, "\r") {
			roundTrip(t, v)
		}
	})
}

// roundTrip draws v as an attribute the way the server does and reads it back the
// way a browser does.
func roundTrip(t *testing.T, v string) {
	for _, r := range v {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe || r == 0xfffd {
			return // HTML reads the references of some of these as something else
		}
	}
	markup := goapp.HTMLString(goapp.Div().DataSet("v", attr(v)))
	root, err := html.Parse(strings.NewReader(tidy(markup)))
	if err != nil {
		t.Fatal(err)
	}
	got, elements := "", 0
	each(root, func(n *html.Node) {
		elements++
		for _, a := range n.Attr {
			if a.Key != "data-v" {
				t.Errorf("%q made the attribute %q", v, a.Key)
			}
			got = a.Val
		}
	})
	if want := strings.Trim(v, " "); strings.Trim(got, " ") != want && v != "true" {
		t.Errorf("%q became %q in %s", v, got, markup)
	}
	if elements != 4 { // html, head, body, div
		t.Errorf("%q made %d elements", v, elements-4)
	}
}

func TestTidy_DropsWhatNoComponentDraws(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<div>\n  <p>one</p>\n  two\n  <b>x</b>\n</div>", "<div><p>one</p>twox</div>"},
		{`<div aria-busy>`, `<div aria-busy="true">`},
		{`<div onclick="x" style="y" class="z">`, `<div class="z">`},
		{`<script>1 < 2</script>`, `1 &lt; 2`},
		{`<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>`, `<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>`},
	} {
		if got := tidy(c.in); got != c.want {
			t.Errorf("tidy(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
