package words

import (
	"reflect"
	"strings"
	"testing"

	"doorward/shared/check"
)

// every is the languages there are; a new one is added here.
var every = []*Words{&English}

func TestNoEmptyWords(t *testing.T) {
	for _, w := range every {
		empties(t, w.Lang, reflect.ValueOf(*w))
	}
}

func empties(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			empties(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			empties(t, path+"["+k.String()+"]", v.MapIndex(k))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			empties(t, path+"[]", v.Index(i))
		}
	case reflect.String:
		if s := v.String(); s == "" || strings.TrimSpace(s) != s {
			t.Errorf("%s is empty or has spaces around: %q", path, s)
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	for _, w := range every {
		for _, c := range check.Codes() {
			if !w.Knows(c) {
				t.Errorf("%s has no words for %q", w.Lang, c)
			}
		}
		if len(w.Codes) != len(check.Codes()) {
			t.Errorf("%s has %d codes, the contract has %d", w.Lang, len(w.Codes), len(check.Codes()))
		}
		if w.Code("from_a_newer_server") != w.Code(check.Internal) {
			t.Errorf("%s: an unknown code does not read as a fault", w.Lang)
		}
	}
}

func TestPlaceholdersSurviveTranslation(t *testing.T) {
	for _, w := range every {
		if got, want := holes(reflect.ValueOf(*w)), holes(reflect.ValueOf(English)); got != want {
			t.Errorf("%s: placeholders are %s, in English %s", w.Lang, got, want)
		}
	}
}

// holes lists the {placeholders} of v in the order of its fields.
func holes(v reflect.Value) string {
	var b strings.Builder
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if h := holes(v.Field(i)); h != "" {
				b.WriteString(v.Type().Field(i).Name + ":" + h + " ")
			}
		}
	case reflect.String:
		for rest := v.String(); ; {
			_, after, ok := strings.Cut(rest, "{")
			if !ok {
				break
			}
			name, tail, _ := strings.Cut(after, "}")
			b.WriteString(name + ",")
			rest = tail
		}
	}
	return b.String()
}

func TestWait(t *testing.T) {
	for _, c := range []struct {
		seconds int
		want    string
	}{
		{1, "1 second"}, {42, "42 seconds"}, {119, "119 seconds"}, {120, "2 minutes"}, {121, "3 minutes"}, {7199, "120 minutes"}, {7200, "2 hours"},
	} {
		if got := English.Wait(c.seconds); got != c.want {
			t.Errorf("Wait(%d) = %q, want %q", c.seconds, got, c.want)
		}
	}
}
