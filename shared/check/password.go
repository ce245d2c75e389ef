package check

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Password reports what is wrong with the length and the context of a new
// password: it must have at least min and at most [MaxPassword] code points and
// must not be built on one of the words (product, organization, user name, parts
// of the address). There are no composition rules, and spaces are characters
// (NIST SP 800-63B-4 §3.1.1.2). Lists of common passwords and guessing are the
// server's part.
func Password(v string, min int, words ...string) Code {
	switch {
	case v == "":
		return Required
	case !utf8.ValidString(v) || strings.ContainsRune(v, 0):
		return BadCharacters
	case utf8.RuneCountInString(v) > MaxPassword:
		return TooLong
	case utf8.RuneCountInString(v) < min:
		return PasswordTooShort
	case contextual(v, words):
		return PasswordContext
	}
	return ""
}

// contextual reports whether what is left of v without the words is too little
// to be a password of its own: "doorward2026" is, "the doorward of my aunt" is not.
func contextual(v string, words []string) bool {
	rest := strings.ToLower(v)
	found := false
	all := append(Words(words...), "doorward")
	// A whole address goes before its parts: what is left of it without them would
	// look like something.
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	for _, w := range all {
		if strings.Contains(rest, w) {
			found = true
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return found && utf8.RuneCountInString(strings.Trim(rest, "0123456789!?.-_ ")) < 8
}

// Words splits names and addresses into the lower-case words of four letters or
// more that a password must not be built on.
func Words(names ...string) []string {
	var words []string
	for _, n := range names {
		whole := Fold(n)
		parts := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune(" @.-_+'", r) })
		for _, w := range append(parts, whole) {
			if utf8.RuneCountInString(w) >= 4 {
				words = append(words, w)
			}
		}
	}
	return words
}

// PasswordInput reports what is wrong with v as a password that somebody gives to
// prove who they are: it is there, is text, and is not endless. Nothing else is
// asked of it, so that old passwords keep working; it may be longer than
// [MaxPassword], for some keyboards type one letter as several code points.
func PasswordInput(v string) Code {
	switch {
	case v == "":
		return Required
	case !utf8.ValidString(v) || strings.ContainsRune(v, 0):
		return BadCharacters
	case utf8.RuneCountInString(v) > 4*MaxPassword:
		return TooLong
	}
	return ""
}
