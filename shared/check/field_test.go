package check

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// row is a sentence: what, the input, what is wrong with it.
type row struct {
	name, typed string
	want        Code
}

func rows(t *testing.T, rule func(string) Code, table []row) {
	t.Helper()
	for _, tt := range table {
		t.Run(tt.name, func(t *testing.T) {
			if got := rule(tt.typed); got != tt.want {
				t.Errorf("%q: %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	rows(t, func(v string) Code { return Text(v, 5) }, []row{
		{"five letters", "abcde", ""},
		{"five code points", "дверь", ""},
		{"six", "abcdef", TooLong},
		{"nothing", "", Required},
		{"spaces", "   ", Required},
		{"no-break spaces", "\u00a0", Required},
		{"a line break", "a\nb", BadCharacters},
		{"a tab", "a\tb", BadCharacters},
		{"a NUL", "a\x00", BadCharacters},
		{"an escape", "\x1b[31m", BadCharacters},
		{"invalid UTF-8", "a\xff", BadCharacters},
		{"a mark that turns the direction", "a\u202eb", BadCharacters},
		{"an isolate", "a\u2066b", BadCharacters},
		{"a paragraph separator", "a\u2029b", BadCharacters},
		{"a byte order mark", "\ufeffa", BadCharacters},
		{"a family in one emoji", "👨‍👩‍👧", ""},
	})
}

func TestUserName(t *testing.T) {
	rows(t, UserName, []row{
		{"two letters", "ad", ""},
		{"all there is", "Ada.Love_lace-1815", ""},
		{"digits first", "1815ada", ""},
		{"64 letters", strings.Repeat("a", 64), ""},
		{"65 letters", strings.Repeat("a", 65), TooLong},
		{"a space behind, as phones type it", "ada ", ""},
		{"one letter", "a", UserNameShape},
		{"one letter and a space", "a ", UserNameShape},
		{"a hyphen first", "-ada", UserNameShape},
		{"a dot first", ".ada", UserNameShape},
		{"an address", "ada@example.org", UserNameShape},
		{"a space within", "ada lovelace", UserNameShape},
		{"a slash", "ada/x", UserNameShape},
		{"an umlaut", "jürgen", UserNameShape},
		{"a letter that looks like an a", "аda", UserNameShape},
		{"nothing", "", Required},
		{"a NUL", "ada\x00", BadCharacters},
	})
}

func TestEmail(t *testing.T) {
	rows(t, Email, []row{
		{"a usual one", "ada@example.org", ""},
		{"with a plus", "ada+test@example.org", ""},
		{"of another script", "ада@пример.рф", ""},
		{"on this network", "ada@localhost", ""},
		{"with an apostrophe", "o'neill@example.org", ""},
		{"a space behind, as phones type it", "ada@example.org ", ""},
		{"64 before the at", strings.Repeat("a", 64) + "@example.org", ""},
		{"65 before the at", strings.Repeat("a", 65) + "@example.org", EmailShape},
		{"255 in all", "ada@" + strings.Repeat("a.", 123) + "examp", TooLong},
		{"no at", "ada.example.org", EmailShape},
		{"two ats", "ada@b@example.org", EmailShape},
		{"nothing before the at", "@example.org", EmailShape},
		{"nothing behind the at", "ada@", EmailShape},
		{"two dots", "ada..l@example.org", EmailShape},
		{"a dot first", ".ada@example.org", EmailShape},
		{"a dot last", "ada.@example.org", EmailShape},
		{"a domain that ends in a dot", "ada@example.org.", EmailShape},
		{"a domain that begins with a hyphen", "ada@-example.org", EmailShape},
		{"a domain part that ends with a hyphen", "ada@example-.org", EmailShape},
		{"a name and brackets", "Ada <ada@example.org>", EmailShape},
		{"two addresses", "ada@example.org,eve@example.org", EmailShape},
		{"a space within", "ada l@example.org", EmailShape},
		{"a header within", "ada@example.org\r\nBcc: eve@example.org", BadCharacters},
		{"nothing", "", Required},
	})
}

func TestLogin_IsLenient(t *testing.T) {
	rows(t, Login, []row{
		{"a user name", "ada", ""},
		{"an address", "ada@example.org ", ""},
		{"what nobody can be called", "a b/c", ""},
		{"nothing", " ", Required},
		{"a NUL", "ada\x00", BadCharacters},
		{"255", strings.Repeat("a", 255), TooLong},
	})
}

func TestLabel(t *testing.T) {
	rows(t, Label, []row{
		{"a name", "Ada's phone 📱", ""},
		{"fifty", strings.Repeat("ö", 50), ""},
		{"fifty-one", strings.Repeat("ö", 51), TooLong},
		{"spaces", "  ", Required},
	})
}

func TestToken(t *testing.T) {
	rows(t, Token, []row{
		{"43 of the alphabet", strings.Repeat("aZ0-_", 8) + "abc", ""},
		{"42", strings.Repeat("a", 42), BadCharacters},
		{"44", strings.Repeat("a", 44), BadCharacters},
		{"a slash", strings.Repeat("a", 42) + "/", BadCharacters},
		{"43 bytes of umlauts", strings.Repeat("ö", 21) + "a", BadCharacters},
		{"nothing", "", Required},
	})
}

func TestID(t *testing.T) {
	rows(t, ID, []row{
		{"one of ours", "AAECAwQFBgcICQoLDA0ODw", ""},
		{"any", "any", ""},
		{"65", strings.Repeat("a", 65), TooLong},
		{"a quote", "a'b", BadCharacters},
		{"a space", " a", BadCharacters},
		{"nothing", "", Required},
	})
}

func TestFold(t *testing.T) {
	for v, want := range map[string]string{" Ada@Example.ORG ": "ada@example.org", "ADA": "ada", "ÄDA": "äda", "": ""} {
		if got := Fold(v); got != want {
			t.Errorf("%q: %q", v, got)
		}
	}
}

var paths = []struct {
	typed string
	want  bool
}{
	{"/", true},
	{"/profile/security?tab=1&x=%2F#top", true},
	{"/a//b", true},
	{"/%2f%2fevil.example", true},
	{"/.//evil.example", true},
	{"/..//evil.example", true},
	{"", false},
	{"profile", false},
	{"//evil.example", false},
	{"///evil.example", false},
	{`/\evil.example`, false},
	{`\\evil.example`, false},
	{"/\t/evil.example", false},
	{"/\n/evil.example", false},
	{"/\r\nLocation: https://evil.example", false},
	{"\t//evil.example", false},
	{" //evil.example", false},
	{"/ /evil.example", false},
	{"https://evil.example", false},
	{"javascript:alert(1)", false},
	{"/\x00", false},
	{"/\u00a0", false},
	{"/\u2215evil.example", false},
	{"/\xff", false},
	{`/"><script>`, false},
	{"/" + strings.Repeat("a", MaxPath-1), true},
	{"/" + strings.Repeat("a", MaxPath), false},
}

func TestPath(t *testing.T) {
	for _, tt := range paths {
		if got := Path(tt.typed); got != tt.want {
			t.Errorf("%q: %v", tt.typed, got)
		}
	}
}

// asBrowsersRead returns v as the URL standard has browsers read it: tabs and line
// breaks vanish, spaces and control characters around too, and a backslash is a slash.
func asBrowsersRead(v string) string {
	v = strings.Trim(v, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ")
	v = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(v)
	path, rest, _ := strings.Cut(v, "?")
	return strings.ReplaceAll(path, `\`, "/") + "?" + rest
}

func FuzzPath_NeverLeadsToAnotherHost(f *testing.F) {
	for _, tt := range paths {
		f.Add(tt.typed)
	}
	base := &url.URL{Scheme: "https", Host: "auth.example.org", Path: "/sign-in"}
	f.Fuzz(func(t *testing.T, v string) {
		if !Path(v) {
			return
		}
		for _, read := range []string{v, asBrowsersRead(v)} {
			u, err := url.Parse(read)
			if err != nil { // a stray percent sign: browsers take it as it is, and the host is not its part
				if !strings.HasPrefix(read, "/") || strings.HasPrefix(read, "//") {
					t.Errorf("%q is accepted and is no path: %v", v, err)
				}
				continue
			}
			if to := base.ResolveReference(u); to.Host != base.Host || to.Scheme != base.Scheme || to.User != nil {
				t.Errorf("%q leads to %s", v, to)
			}
		}
	})
}

func TestCodes_AreListedOnce(t *testing.T) {
	codes := Codes()
	slices.Sort(codes)
	if len(slices.Compact(slices.Clone(codes))) != len(codes) || slices.Contains(codes, "") {
		t.Errorf("%q", codes)
	}
}
