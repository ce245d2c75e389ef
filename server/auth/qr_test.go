package auth

import (
	"image"
	"image/color"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// odd are issuers and accounts that have confused one app or another.
var odd = []struct{ issuer, account string }{
	{"Doorward", "ada"},
	{"Doorward Analytical Engines", "ada@example.org"},
	{"A/B Ltd", "ada/lovelace"},
	{"Ltd: the company", "a:b"},
	{"Caffè & Co. + Söhne = 100%", "ada+test@example.org"},
	{"🚪 Doorward", "ada 🔑"},
	{`"Quoted" 'Ltd'`, `<ada>`},
	{"?secret=AAAA&issuer=Evil#", "ada?x=1&secret=BBBB"},
	{"  Doorward  ", " ada "},
	{":", "::"},
	{"", ""},
	{"дверь", "阿达"},
}

// appReads reads a link as authenticator apps do: the issuer and the account are
// the two parts of the label, the rest stands in the query.
func appReads(t *testing.T, uri string) (issuer, account string, q url.Values) {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatalf("%q: %v", uri, err)
	}
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Fragment != "" || u.User != nil {
		t.Fatalf("%q: %+v", uri, u)
	}
	issuer, account, ok := strings.Cut(strings.TrimPrefix(u.Path, "/"), ":")
	if !ok || strings.Contains(account, ":") {
		t.Fatalf("%q: label %q", uri, u.Path)
	}
	if q, err = url.ParseQuery(u.RawQuery); err != nil {
		t.Fatalf("%q: %v", uri, err)
	}
	return issuer, account, q
}

func TestURI_AppsReadWhatWasMeant(t *testing.T) {
	for _, tt := range odd {
		uri := rfcSecret.URI(tt.issuer, tt.account)
		issuer, account, q := appReads(t, uri)
		if issuer != label(tt.issuer) || account != label(tt.account) || q.Get("issuer") != issuer {
			t.Errorf("%q and %q are read as %q and %q (%q)", tt.issuer, tt.account, issuer, account, q.Get("issuer"))
		}
		if len(q["secret"]) != 1 || q.Get("secret") != rfcSecret.Base32() || q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("algorithm") != "SHA1" {
			t.Errorf("%q: %v", uri, q)
		}
		if strings.ContainsAny(uri, " +\"<>") {
			t.Errorf("%q has characters that apps show as they are", uri)
		}
	}
}

func TestLabel(t *testing.T) {
	for v, want := range map[string]string{"ada": "ada", " ada ": "ada", "a:b": "a b", ":": "Doorward", "": "Doorward", "a/b": "a/b"} {
		if got := label(v); got != want {
			t.Errorf("%q became %q", v, got)
		}
	}
}

func FuzzURI_AlwaysParsesBack(f *testing.F) {
	for _, tt := range odd {
		f.Add(tt.issuer, tt.account)
	}
	f.Add("\x00\xff", "\n\t")
	f.Fuzz(func(t *testing.T, issuer, account string) {
		gotIssuer, gotAccount, q := appReads(t, rfcSecret.URI(issuer, account))
		if gotIssuer != label(issuer) || gotAccount != label(account) || q.Get("issuer") != label(issuer) {
			t.Errorf("%q and %q are read as %q and %q", issuer, account, gotIssuer, gotAccount)
		}
		if len(q) != 5 || q.Get("secret") != rfcSecret.Base32() {
			t.Errorf("%v", q)
		}
	})
}

// photo is a QR code as a phone's camera sees it: black on white, some pixels a
// module, with the quiet zone of four.
func photo(rows []string) image.Image {
	const scale, quiet = 4, 4
	size := (len(rows) + 2*quiet) * scale
	img := image.NewGray(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			img.SetGray(x, y, color.Gray{Y: 255})
			if row, col := y/scale-quiet, x/scale-quiet; row >= 0 && row < len(rows) && col >= 0 && col < len(rows) && rows[row][col] == '1' {
				img.SetGray(x, y, color.Gray{})
			}
		}
	}
	return img
}

func TestQR_APhoneReadsTheLink(t *testing.T) {
	long := strings.Repeat("Ö", 100)
	for _, tt := range append(odd, struct{ issuer, account string }{long, long[:128]}) {
		uri := rfcSecret.URI(tt.issuer, tt.account)
		rows, err := QR(uri)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row) != len(rows) || strings.Trim(row, "01") != "" || !utf8.ValidString(row) {
				t.Fatalf("%q is no row of %d", row, len(rows))
			}
		}
		if rows[0][:8] != "11111110" || !strings.HasPrefix(rows[len(rows)-1], "1111111") {
			t.Errorf("%q: the code does not begin in its corner", uri)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(photo(rows))
		if err != nil {
			t.Fatal(err)
		}
		seen, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
		if err != nil {
			t.Errorf("%q: %v", uri, err)
		} else if seen.GetText() != uri {
			t.Errorf("a phone reads %q, want %q", seen.GetText(), uri)
		}
	}
}

func TestQR_RefusesWhatDoesNotFit(t *testing.T) {
	if _, err := QR("otpauth://totp/" + strings.Repeat("x", 4000)); err == nil {
		t.Error("4,000 characters in a QR code")
	}
	if _, err := QR("://"); err == nil {
		t.Error("a QR code of what is no link")
	}
}
