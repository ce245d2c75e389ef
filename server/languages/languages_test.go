package languages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/app/words"
	"doorward/server/message"
)

func TestEvery_EnglishFirstAndNamed(t *testing.T) {
	var tags []string
	for _, l := range Every() {
		tags = append(tags, l.Tag)
		if Of(l.Tag) != l || !Known(l.Tag) || l.Client.Lang != l.Tag || l.Mail.Lang != l.Tag {
			t.Errorf("%q is not found by its tag", l.Tag)
		}
	}
	if len(tags) < 4 || tags[0] != "en" || !slices.Contains(tags, "de") || !slices.Contains(tags, "es") || !slices.Contains(tags, "fr") {
		t.Errorf("there are %q", tags)
	}
	for _, tag := range []string{"", "xx", "EN", "en-GB", "../en"} {
		if Known(tag) || Of(tag).Tag != "en" {
			t.Errorf("%q is taken for a language", tag)
		}
	}
}

func TestPreferred(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "*": "en", "fr": "fr", "fr-CA,fr;q=0.9,en;q=0.8": "fr", "de-AT": "de", "es-419,en;q=0.5": "es", "FR": "fr",
		"ja,de;q=0.7,en;q=0.3": "de", "ja": "en", "en-GB,fr;q=0.9": "en", "fr;q=0.2,de;q=0.9": "de", "de;q=0,fr;q=0.5": "fr",
		"garbage;;q=,,": "en", "<script>": "en", "fr;q=nonsense": "en",
		"nl," + strings.Repeat("xx;q=0.1,", 100) + "fr": "en", // beyond what is looked at
		strings.Repeat("x", 5000):                       "en",
	} {
		if got := Preferred(header).Tag; got != want {
			t.Errorf("%.40q: %s, want %s", header, got, want)
		}
	}
}

func FuzzPreferred(f *testing.F) {
	f.Add("fr-CA,fr;q=0.9,en;q=0.8")
	f.Fuzz(func(t *testing.T, header string) {
		if l := Preferred(header); !Known(l.Tag) {
			t.Errorf("%q leads to %q", header, l.Tag)
		}
	})
}

// A file has every text that the English has, and nothing besides.
func TestFiles_AreComplete(t *testing.T) {
	for _, l := range Every()[1:] {
		text, err := files.ReadFile(l.Tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(new(struct {
			Client words.Words
			Mail   message.Words
		})); err != nil {
			t.Errorf("%s: %v", l.Tag, err)
		}
		alike(t, l.Tag+" client", reflect.ValueOf(words.English), reflect.ValueOf(l.Client), true)
		alike(t, l.Tag+" mail", reflect.ValueOf(message.English), reflect.ValueOf(l.Mail), true)
	}
}

// alike fails where got lacks a text of english, or has one with other placeholders.
// Where a sentence is about one thing it may give the number all the same.
func alike(t *testing.T, path string, english, got reflect.Value, must bool) {
	t.Helper()
	switch english.Kind() {
	case reflect.Struct:
		for i := range english.NumField() {
			f := english.Type().Field(i)
			alike(t, path+"."+f.Name, english.Field(i), got.Field(i), f.Tag.Get("json") != "-")
		}
	case reflect.Pointer:
		if english.IsNil() != got.IsNil() {
			t.Errorf("%s is there in one language only", path)
		} else if !english.IsNil() {
			alike(t, path, english.Elem(), got.Elem(), must)
		}
	case reflect.Map:
		for _, k := range english.MapKeys() {
			if one := got.MapIndex(k); one.IsValid() {
				alike(t, fmt.Sprintf("%s[%v]", path, k), english.MapIndex(k), one, must)
			} else {
				t.Errorf("%s[%v] is missing", path, k)
			}
		}
		if got.Len() > english.Len() {
			t.Errorf("%s has %d entries, in English %d", path, got.Len(), english.Len())
		}
	case reflect.Slice, reflect.Array:
		if english.Len() != got.Len() {
			t.Errorf("%s has %d entries, in English %d", path, got.Len(), english.Len())
			return
		}
		for i := range english.Len() {
			alike(t, fmt.Sprintf("%s[%d]", path, i), english.Index(i), got.Index(i), must)
		}
	case reflect.String:
		same(t, path, english.String(), got.String(), must)
	}
}

func same(t *testing.T, path, english, got string, must bool) {
	t.Helper()
	if (english == "") != (got == "") {
		t.Errorf("%s is %q, in English %q", path, got, english)
	}
	if edges := strings.TrimSpace(english) != english; must && !edges && len([]rune(got)) > 1 && strings.TrimSpace(got) != got {
		t.Errorf("%s has spaces around: %q", path, got)
	}
	want, have := holes(english), holes(got)
	if !have["n"] || want["n"] {
		if !maps.Equal(want, have) {
			t.Errorf("%s: %q has not the placeholders of %q", path, got, english)
		}
		return
	}
	delete(have, "n") // of the singular
	if !maps.Equal(want, have) {
		t.Errorf("%s: %q has not the placeholders of %q", path, got, english)
	}
}

// holes returns the {placeholders} of a text.
func holes(text string) map[string]bool {
	found := map[string]bool{}
	for {
		_, after, ok := strings.Cut(text, "{")
		if !ok {
			return found
		}
		name, rest, _ := strings.Cut(after, "}")
		found[name], text = true, rest
	}
}

// Every mail can be composed, and every text message fits into one: no letter in it is
// outside of GSM-7, which would make it twice as dear.
func TestMail_SaysEverythingInOneMessage(t *testing.T) {
	at := time.Date(2026, time.September, 30, 22, 47, 0, 0, time.UTC)
	f := message.Facts{Organization: "Meridian Instruments", Name: "Ada", Portal: "https://auth.example.org", At: at, From: at, Expires: at, Count: 3, Thing: "Phone",
		Link: "https://auth.example.org/email/x", NotMe: "https://auth.example.org/not-me/x"}
	for _, l := range Every() {
		for _, k := range message.Kinds() {
			subject, text, html, err := l.Mail.Compose(k, f)
			if err != nil || subject == "" || strings.ContainsAny(subject+text, "{}") || !strings.Contains(html, `lang="`+l.Tag+`"`) {
				t.Errorf("%s, %s: %q %v", l.Tag, k, subject, err)
			}
			if !message.Grave(k) {
				continue
			}
			for _, notMe := range []string{f.NotMe, ""} {
				one := f
				one.NotMe = notMe
				body, err := l.Mail.Brief(k, one)
				if err != nil || !message.Plain(body) || len([]rune(strings.TrimSuffix(body, notMe))) > 150 || !strings.HasPrefix(body, "Meridian") {
					t.Errorf("%s, %s: %q %v", l.Tag, k, body, err)
				}
			}
		}
		if code := l.Mail.CodeText("123456", "auth.example.org"); !message.Plain(code) || len([]rune(code)) > 160 || !strings.HasSuffix(code, "\n\n@auth.example.org #123456") {
			t.Errorf("%s: the code comes as %q", l.Tag, code)
		}
	}
}

// What leads to pages has little room on a phone.
func TestNavigation_IsShort(t *testing.T) {
	for _, l := range Every() {
		w := l.Client.Frame
		for _, label := range []string{w.Profile, w.Security, w.Sessions, w.Activity, w.People, w.Adoption, w.Policy, w.Outbox, w.OrganizationsShort} {
			if len([]rune(label)) > 14 {
				t.Errorf("%s: %q", l.Tag, label)
			}
		}
	}
}
