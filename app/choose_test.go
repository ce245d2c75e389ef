//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// drawnOptions returns the value of each option of what ui draws, the chosen one with "*".
func drawnOptions(t *testing.T, ui goapp.UI) (list []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(tidy(goapp.HTMLString(ui))))
	if err != nil {
		t.Fatal(err)
	}
	each(root, func(n *html.Node) {
		if n.Type != html.ElementNode || n.Data != "option" {
			return
		}
		value, sign := "no value", ""
		for _, a := range n.Attr {
			switch a.Key {
			case "value":
				value = a.Val
			case "selected":
				sign = "*"
			}
		}
		list = append(list, value+sign)
	})
	return list
}

func TestChoose_EveryOptionHasAValue(t *testing.T) {
	f := form{ID: "f"}
	field := choose{Name: "show", Of: []choice{{"", "Everybody"}, {"invited", "Invited"}}, Value: "invited"}
	if got := drawnOptions(t, f.choose(field)); !slices.Equal(got, []string{"any", "invited*"}) {
		t.Errorf("without a choice: %v", got)
	}
	field.Value = ""
	field.Groups = []choiceGroup{{Title: "Others", Of: []choice{{"exempt", "Exempt"}}}}
	if got := drawnOptions(t, f.choose(field)); !slices.Equal(got, []string{"any*", "invited", "exempt"}) {
		t.Errorf("with a group: %v", got)
	}
	for _, value := range []string{"", "invited"} {
		if got := chosen(optionOf(value)); got != value {
			t.Errorf("the option of %q stands for %q", value, got)
		}
	}
}
