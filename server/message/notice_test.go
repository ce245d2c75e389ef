package message

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// told are the facts of a notice as they usually are.
func told() Facts {
	return Facts{
		Product: "Doorward", Organization: "Analytical Engines", Name: "Ada Lovelace", Portal: "https://auth.example.org",
		At: time.Date(2026, 11, 21, 23, 46, 5, 0, time.FixedZone("", 3600)), Place: "203.0.113.7", Device: "Firefox on Linux", By: "command line",
		Thing: "Ada's phone", Count: 3,
		Link: "https://auth.example.org/confirm/9f8e7d6c5b4a", Expires: time.Date(2026, 11, 22, 0, 46, 0, 0, time.UTC),
		NotMe: "https://auth.example.org/not-me/0123456789ab?a=1&b=2",
	}
}

// elements are all that our mails are made of.
var elements = map[string]bool{"html": true, "head": true, "meta": true, "title": true, "style": true, "body": true, "table": true, "tbody": true,
	"tr": true, "th": true, "td": true, "h1": true, "h2": true, "p": true, "a": true, "bdi": true, "br": true}

// inspect reports what a mail's HTML must not have, and returns its words.
func inspect(t *testing.T, page string, links ...string) string {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for n := range document.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.Data != "style" {
				words.WriteString(n.Data + " ")
			}
		case html.CommentNode:
			t.Errorf("a comment: %q", n.Data)
		case html.ElementNode:
			if !elements[n.Data] {
				t.Errorf("an element %q", n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "href":
					if n.Data != "a" || !slices.Contains(links, a.Val) {
						t.Errorf("a link to %q, want one of %q", a.Val, links)
					}
				case a.Key == "src" || a.Key == "background" || a.Key == "id" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("an attribute %s=%q", a.Key, a.Val)
				case a.Key == "style" && strings.Contains(a.Val, "url("):
					t.Errorf("a style that loads: %q", a.Val)
				}
			}
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

var anyLink = regexp.MustCompile(`(?i)[a-z]+://[^\s]*`)

func TestCompose_EveryKindInBothFormsAlike(t *testing.T) {
	subjects := map[string]Kind{}
	for _, k := range Kinds() {
		for _, notMe := range []string{told().NotMe, ""} {
			f := told()
			f.NotMe = notMe
			subject, text, page, err := English.Compose(k, f)
			if err != nil {
				t.Fatal(err)
			}
			if other, ok := subjects[subject]; subject == "" || len(subject) > 60 || ok && other != k || strings.Contains(subject, "Ada") {
				t.Errorf("%s: subject %q", k, subject)
			}
			subjects[subject] = k
			var links []string
			m, _ := mannerOf(k)
			if m.linked {
				links = append(links, f.Link)
			}
			if m.to == toOwner && notMe != "" {
				links = append(links, notMe)
			}
			words := inspect(t, page, links...)
			for _, link := range links {
				if !strings.Contains(text, "\n"+link+"\n") || !strings.Contains(words, link) || strings.Count(page, "<a ") != 2*len(links) {
					t.Errorf("%s: not everywhere as a button and in full: %s", k, link)
				}
			}
			for _, link := range anyLink.FindAllString(text+" "+words, -1) {
				if link = strings.TrimRight(link, ".,"); link != f.Portal && !slices.Contains(links, link) {
					t.Errorf("%s: a link %q", k, link)
				}
			}
			if strings.ContainsAny(text+words, "{}") {
				t.Errorf("%s: something was not filled in: %s", k, text)
			}
			hello := "Hello Ada Lovelace,"
			if m.to == toStranger || m.to == toInvited {
				hello = "Hello," // whoever gets it is told nothing that somebody chose
			}
			for _, want := range []string{hello, "21 November 2026, 22:46 UTC", "Doorward sent you this because", f.Portal} {
				if !strings.Contains(strings.Join(strings.Fields(text), " "), want) || !strings.Contains(words, want) {
					t.Errorf("%s: lacks %q", k, want)
				}
			}
			if place := strings.Contains(text, f.Place); place != strings.Contains(words, f.Place) || place == (m.to == toStranger || m.to == toInvited) {
				t.Errorf("%s: where from is said: %v", k, place)
			}
			if !strings.Contains(text, "If ") && !strings.Contains(text, "nothing to do") && !strings.Contains(text, "Look at") {
				t.Errorf("%s: does not say what to do", k)
			}
			narrow(t, text)
		}
	}
	if len(subjects) != len(English.Notices) || len(subjects) != len(Kinds()) {
		t.Errorf("%d subjects, %d in the words, %d kinds", len(subjects), len(English.Notices), len(Kinds()))
	}
}

// narrow reports lines that are wider than they may be, but for links.
func narrow(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		if utf8.RuneCountInString(line) > columns && !strings.HasPrefix(line, "http") {
			t.Errorf("%d columns: %q", utf8.RuneCountInString(line), line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("a line that commands: %q", line)
		}
	}
}

func TestCompose_CountsInWords(t *testing.T) {
	for count, want := range map[int]string{-1: "No unused", 0: "No unused", 1: "One unused", 2: "2 unused"} {
		f := told()
		f.Count = count
		if _, text, _, err := English.Compose(RecoveryCodeUsed, f); err != nil || !strings.Contains(text, want) {
			t.Errorf("%d: %v, %s", count, err, text)
		}
	}
}

func TestCompose_WithFewFactsOnly(t *testing.T) {
	for _, k := range Kinds() {
		_, text, page, err := English.Compose(k, Facts{Portal: "http://localhost:8080/", Link: "http://localhost:8080/x"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(text, "Hello,\n") || strings.Contains(text, "  \n") || strings.Contains(text, " .") || strings.Contains(text, " of  ") || strings.Contains(page, "8080/.") {
			t.Errorf("%s:\n%s", k, text)
		}
	}
}

func TestCompose_RefusesForeignLinks(t *testing.T) {
	for _, change := range []func(*Facts){
		func(f *Facts) { f.Link = "" },
		func(f *Facts) { f.Link = "https://evil.example/" },
		func(f *Facts) { f.Link = "https://auth.example.org.evil.example/" },
		func(f *Facts) { f.Link = "https://auth.example.org@evil.example/" },
		func(f *Facts) { f.Link = "https://auth.example.org/x y" },
		func(f *Facts) { f.Link = "https://auth.example.org/\r\nx" },
		func(f *Facts) { f.NotMe = "javascript:alert(1)" },
		func(f *Facts) { f.NotMe = "/not-me/1" },
		func(f *Facts) { f.Portal = "" },
		func(f *Facts) { f.Portal = "javascript:alert(1)" },
		func(f *Facts) { f.Portal = "https://eve:x@auth.example.org" },
	} {
		f := told()
		change(&f)
		if _, _, _, err := English.Compose(EmailConfirm, f); err == nil || strings.Contains(err.Error(), "evil") || strings.Contains(err.Error(), "9f8e") {
			t.Errorf("%+v: %v", f, err)
		}
	}
	if _, _, _, err := English.Compose("gossip", told()); err == nil {
		t.Error("an unknown kind was composed")
	}
}

func TestBrief_TheGravestOnlyAndShort(t *testing.T) {
	grave := 0
	for _, k := range Kinds() {
		for _, organization := range []string{"Analytical Engines", "", "Ω≈日本", "日本", strings.Repeat("W", 100), "{thing}€[]~", "a\nb\u202e", "O’Neill – Söhne"} {
			f := told()
			f.Organization = organization
			said, err := English.Brief(k, f)
			if !Grave(k) {
				if !errors.Is(err, errNotBrief) || said != "" {
					t.Errorf("%s: %q, %v", k, said, err)
				}
				continue
			}
			own, ok := strings.CutSuffix(said, f.NotMe)
			if err != nil || !ok || utf8.RuneCountInString(own) > briefLength || !strings.HasSuffix(own, "Not you? ") || strings.ContainsAny(own, "{}[]~€^|\\\r\n") {
				t.Errorf("%s of %q: %q, %v", k, organization, said, err)
			}
			for _, r := range own {
				if !strings.ContainsRune(gsm7Basic, r) {
					t.Errorf("%s: %q is not in the alphabet", k, r)
				}
			}
			f.NotMe = ""
			if said, err := English.Brief(k, f); err != nil || strings.Contains(said, "://") || utf8.RuneCountInString(said) > briefLength {
				t.Errorf("%s without a link: %q, %v", k, said, err)
			}
		}
		if Grave(k) {
			grave++
		}
	}
	if grave != 11 {
		t.Errorf("%d kinds are grave, want 11", grave)
	}
	f := told()
	f.NotMe = "https://evil.example/"
	if said, err := English.Brief(PasswordChanged, f); err == nil {
		t.Errorf("a foreign link: %q", said)
	}
}
