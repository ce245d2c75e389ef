package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The most characters (code points) that each field takes.
const (
	MaxUserName     = 64
	MaxEmail        = 254
	MaxName         = 100 // display names, organization names
	MaxLabel        = 50  // names of authenticators
	MaxPath         = 512 // where to go after sign-in, in bytes
	MaxPassword     = 256
	MinPassword     = 15 // as the only factor (NIST SP 800-63B-4 §3.1.1.2)
	MinPasswordWith = 8  // where a second factor always goes with it
)

// Text reports what is wrong with v as one line of text of at most max code
// points: Required, TooLong or BadCharacters. Spaces around do not count.
func Text(v string, max int) Code {
	switch {
	case !printable(v):
		return BadCharacters
	case strings.TrimSpace(v) == "":
		return Required
	case utf8.RuneCountInString(v) > max:
		return TooLong
	}
	return ""
}

// UserName reports what is wrong with v as a user name: 2 to 64 letters, digits,
// dots, hyphens and underscores, beginning with a letter or a digit. It has no
// "@", so that a user name can never be somebody's e-mail address. Case is kept
// for display and does not count when names are compared (see [Fold]). Spaces
// around do not count either: phones type one behind a word.
func UserName(v string) Code {
	if c := Text(v, MaxUserName); c != "" {
		return c
	}
	v = strings.TrimSpace(v)
	if utf8.RuneCountInString(v) < 2 {
		return UserNameShape
	}
	for i, r := range v {
		letter := r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if !letter && (i == 0 || !strings.ContainsRune(".-_", r)) {
			return UserNameShape
		}
	}
	return ""
}

// Email reports what is wrong with the shape of v as an e-mail address. Only a
// message that arrives proves one; this catches slips of the finger. Spaces around
// do not count.
func Email(v string) Code {
	if c := Text(v, MaxEmail); c != "" {
		return c
	}
	v = strings.TrimSpace(v)
	local, domain, ok := strings.Cut(v, "@")
	if !ok || local == "" || len(local) > 64 || strings.ContainsAny(v, " \t<>()[],;:\\\"") || strings.Contains(domain, "@") {
		return EmailShape
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(v, "..") {
		return EmailShape
	}
	for part := range strings.SplitSeq(domain, ".") {
		if part == "" || strings.HasPrefix(part, "-") || strings.HasSuffix(part, "-") {
			return EmailShape
		}
	}
	return ""
}

// Login reports what is wrong with v as what somebody types to say who they are:
// a user name or an e-mail address. It is lenient on purpose: only the server
// knows who exists, and it answers the same for all.
func Login(v string) Code { return Text(v, MaxEmail) }

// Label reports what is wrong with v as the name of an authenticator.
func Label(v string) Code { return Text(v, MaxLabel) }

// Fold returns v as names and addresses are compared: without spaces around and
// in lower case.
func Fold(v string) string { return strings.ToLower(strings.TrimSpace(v)) }

// Path reports whether v is a path on this very host that one may be sent to
// after signing in: it begins with one slash and holds nothing that a browser
// could read as another host, and no control character (RFC 9700 §4.11).
func Path(v string) bool {
	if len(v) == 0 || len(v) > MaxPath || v[0] != '/' || strings.HasPrefix(v, "//") {
		return false
	}
	for _, r := range v {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune("\\\"'<>`", r) {
			return false
		}
	}
	return true
}

// printable reports whether v is valid UTF-8 without control characters, line
// breaks, or the invisible marks that turn the direction of text.
func printable(v string) bool {
	if !utf8.ValidString(v) {
		return false
	}
	for _, r := range v {
		if unicode.IsControl(r) || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029 {
			return false
		}
	}
	return true
}

// Token reports what is wrong with the shape of v as the token of a one-time
// link: 43 characters of unpadded base64url (256 bits).
func Token(v string) Code {
	if v == "" {
		return Required
	}
	if len(v) != 43 {
		return BadCharacters
	}
	return ID(v)
}

// ID reports what is wrong with the shape of v as an identifier.
func ID(v string) Code {
	if v == "" {
		return Required
	}
	if len(v) > 64 {
		return TooLong
	}
	for i := range len(v) {
		c := v[i]
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_') {
			return BadCharacters
		}
	}
	return ""
}

// Phone reports what is wrong with the shape of v as a telephone number that
// somebody typed. Whether there is such a number, and whether it takes text
// messages, is the server's to say.
func Phone(v string) Code {
	digits := 0
	for _, r := range v {
		if _, ok := digit(r); ok {
			digits++
		}
	}
	switch {
	case strings.TrimSpace(v) == "":
		return Required
	case len(v) > 60 || digits < 4:
		return PhoneShape
	}
	return ""
}

// Country reports what is wrong with v as a country: the two letters of ISO 3166,
// upper case.
func Country(v string) Code {
	if len(v) != 2 || v[0] < 'A' || v[0] > 'Z' || v[1] < 'A' || v[1] > 'Z' {
		return PhoneCountry
	}
	return ""
}

// Role reports what is wrong with v as the name of a role.
func Role(v string) Code {
	switch v {
	case "member", "helper", "admin", "operator":
		return ""
	case "":
		return Required
	}
	return RoleUnknown
}

// Between reports what is wrong with v as a number from least to most.
func Between(v, least, most int) Code {
	switch {
	case v < least:
		return TooSmall
	case v > most:
		return TooLong
	}
	return ""
}
