package message

import (
	"bytes"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"
)

// read parses a mail as a mail client does.
func read(t *testing.T, content []byte) (header netmail.Header, text, html string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		t.Fatalf("%v:\n%s", err, content)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("Content-Type %q, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct {
		kind string
		to   *string
	}{{"text/plain", &text}, {"text/html", &html}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || kind != want.kind || params["charset"] != "UTF-8" || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("part %v, %v", part.Header, err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		*want.to = strings.ReplaceAll(string(b), "\r\n", "\n")
	}
	if _, err := parts.NextPart(); err != io.EOF {
		t.Errorf("a third part, or %v", err)
	}
	return m.Header, text, html
}

func TestEML_HeadersAndParts(t *testing.T) {
	m := Mail{ID: "01J8ZK", To: "ada@example.net", Subject: "Grüße und ein sehr langer Betreff, der über mehr als eine Zeile geht: ✓ " + strings.Repeat("ä", 100),
		Text: "Grüße\n.\n--\nhttps://auth.example.org/x?a=1\n", HTML: "<p>Grüße" + strings.Repeat(" lang", 500) + "</p>\n", Date: time.Date(2026, 11, 21, 23, 46, 5, 0, time.FixedZone("", 3600))}
	content, err := m.EML("Türwächter <auth@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(content), "\r\n") {
		if len(line) > 78 || strings.ContainsAny(line, "\r\n") || !ascii(line) {
			t.Errorf("a line that is too long, or not ASCII, or ends oddly: %q", line)
		}
	}
	header, text, html := read(t, content)
	if text != m.Text || html != m.HTML {
		t.Errorf("the parts came out as %q and %q", text, html)
	}
	want := map[string]string{
		"Date": "Sat, 21 Nov 2026 22:46:05 +0000", "Message-Id": "<01J8ZK@example.org>", "Mime-Version": "1.0", "To": "<ada@example.net>",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Type": header.Get("Content-Type"),
		"Subject": header.Get("Subject"), "From": header.Get("From"),
	}
	if got := slices.Sorted(maps.Keys(header)); !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
		t.Errorf("headers %v", got)
	}
	for name, value := range want {
		if got := header[name]; len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if from, err := header.AddressList("From"); err != nil || len(from) != 1 || from[0].Name != "Türwächter" || from[0].Address != "auth@example.org" {
		t.Errorf("from %v, %v", from, err)
	}
	if again, err := m.EML("Türwächter <auth@example.org>"); err != nil || !bytes.Equal(again, content) {
		t.Errorf("a second try differs: %v", err)
	}
}

func TestEML_NothingInjectsAHeader(t *testing.T) {
	for _, subject := range []string{"a\r\nBcc: eve@example.net", "a\nBcc: eve@example.net", "a\rBcc: eve@example.net", "a\r\n\r\n<p>", "\u2028Bcc: x", "=?utf-8?q?=0D=0ABcc:_eve?=", "ü\r\nBcc: eve@example.net", "\x00\x7f\xff", "\u202eolleh"} {
		content, err := Mail{ID: "1", To: "ada@example.net", Subject: subject, Text: "t", HTML: "h", Date: time.Unix(0, 0)}.EML("auth@example.org")
		if err != nil {
			t.Fatal(err)
		}
		header, text, html := read(t, content)
		if len(header) != 9 || header.Get("Bcc") != "" || text != "t" || html != "h" {
			t.Errorf("%q: %v", subject, header)
		}
		if got, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || strings.ContainsAny(got, "\r\n\x00\u202e") {
			t.Errorf("%q became %q, %v", subject, got, err)
		}
	}
	for _, m := range []Mail{
		{ID: "1", To: "ada@example.net\r\nBcc: eve@example.net"}, {ID: "1", To: "\"a\r\nBcc: eve\"@example.net"}, {ID: "1", To: ""},
		{ID: "1>\r\nBcc: eve@example.net", To: "ada@example.net"}, {ID: "", To: "ada@example.net"}, {ID: "a b", To: "ada@example.net"},
	} {
		if content, err := m.EML("auth@example.org"); err == nil || strings.Contains(err.Error(), "example") {
			t.Errorf("%+v: %v, %s", m, err, content)
		}
	}
}
