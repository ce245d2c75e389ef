//go:build !js

package app

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// On a phone every cell says its own column: the label stands at the cell, escaped.
// A row ends where its cells or the columns do.
func TestTable(t *testing.T) {
	drawn := goapp.HTMLString(table("People", []column{{Label: `Name "of" <all>`}, {Label: "Codes", Number: true}, {Label: "What to do", Acts: true}},
		[][]goapp.UI{
			{goapp.Text("Ada"), goapp.Text("10"), goapp.Text("Remove"), goapp.Text("too many")},
			{goapp.Text("Grace")},
		}))
	root, err := html.Parse(strings.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	var heads, cells, labels []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.FirstChild == nil {
			continue
		}
		switch n.Data {
		case "th":
			heads = append(heads, n.Data)
		case "td":
			cells = append(cells, strings.TrimSpace(n.FirstChild.Data))
			for _, a := range n.Attr {
				if a.Key == "data-label" {
					labels = append(labels, a.Val)
				}
			}
		}
	}
	if len(heads) != 3 || strings.Join(cells, ",") != "Ada,10,Remove,Grace" {
		t.Errorf("%d heads, cells %q", len(heads), cells)
	}
	if strings.Join(labels, "|") != `Name "of" <all>|Codes|Name "of" <all>` {
		t.Errorf("labels %q", labels)
	}
}
