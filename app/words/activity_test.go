package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// TestActivity_EveryKindOfEventHasASentence reads the kinds out of their source.
func TestActivity_EveryKindOfEventHasASentence(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../server/auth/event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Event") {
			return true
		}
		literal, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		kind, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		if _, ok := English.Activity.Events[kind]; !ok {
			t.Errorf("there is no sentence for %q", kind)
		}
		return true
	})
	if found < 50 {
		t.Errorf("only %d kinds were found", found)
	}
	for kind := range English.Activity.Refused {
		if _, ok := English.Activity.Events[kind]; !ok {
			t.Errorf("%q is told only of what was refused", kind)
		}
	}
}

func TestActivity_Sentences(t *testing.T) {
	for _, c := range []struct {
		kind    string
		refused bool
		want    string
	}{
		{"signed_in", false, "Signed in."},
		{"two_factor_reset", false, "Two-factor authentication was taken off."},
		{"two_factor_reset", true, "A recovery code that was read out by telephone was refused."},
		{"sign_in_refused", true, "A sign-in was refused."},
		{"of_a_newer_server", true, "of a newer server"},
	} {
		if got := English.Activity.Sentence(c.kind, c.refused); got != c.want {
			t.Errorf("%s: %q, want %q", c.kind, got, c.want)
		}
	}
}
