package message

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// callings are what people may call themselves and their things.
var callings = []string{
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</td></table><h1>Your account is closed</h1>", "<!-- x", "]]>", "{{.Link}}", "{thing}{portal}",
	"\u202egro.elpmaxe\u202c", "\u2066x", "a\r\nBcc: eve@example.net\r\n\r\n", "\x00\x1b[2J\x7f", "\xff\xfe", "\u2028\u2029\u0085", "https://evil.example/?a=b",
	"www.evil.example", "HTTP://EVIL.EXAMPLE", "javascript://x", ":/://x", ":\u202e//x", "عادة", "Ωμέγα", "👩‍🚀", strings.Repeat("x", 100), strings.Repeat("字", 100), strings.Repeat("a ", 200), "&lt;b&gt;&#0;", "…", " ", "",
}

func TestCompose_HostileNames(t *testing.T) {
	for _, name := range callings {
		for _, k := range Kinds() {
			harmlessly(t, k, name, name, name)
		}
	}
}

// harmlessly composes a mail out of names and reports what of them is more than words.
func harmlessly(t *testing.T, k Kind, name, thing, device string) {
	t.Helper()
	f := told()
	f.Name, f.Thing, f.Device, f.By, f.Organization, f.Place = name, thing, device, name, name, thing
	subject, text, page, err := English.Compose(k, f)
	if err != nil {
		t.Fatalf("%s with %q, %q, %q: %v", k, name, thing, device, err)
	}
	words := inspect(t, page, f.Link, f.NotMe)
	for _, link := range anyLink.FindAllString(text+" "+words+" "+subject, -1) {
		if link = strings.TrimRight(link, ".,"); link != f.Portal && link != f.Link && link != f.NotMe {
			t.Errorf("%s with %q, %q, %q: a link %q", k, name, thing, device, link)
		}
	}
	if !utf8.ValidString(subject) || !utf8.ValidString(text) || !utf8.ValidString(page) || strings.ContainsAny(subject, "\r\n") {
		t.Errorf("%s with %q, %q, %q: subject %q", k, name, thing, device, subject)
	}
	narrow(t, text)
}

// FuzzCompose holds whatever a person, a thing and a browser are called.
func FuzzCompose(f *testing.F) {
	for i, name := range callings {
		f.Add(i, name, callings[(i+7)%len(callings)], callings[(i+13)%len(callings)])
	}
	f.Fuzz(func(t *testing.T, i int, name, thing, device string) {
		kinds := Kinds()
		harmlessly(t, kinds[uint(i)%uint(len(kinds))], name, thing, device)
	})
}
