package message

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"doorward/shared/check"
)

// dialed is a telephone number as somebody typed it, without what is only there for the eye.
type dialed struct {
	plus   bool
	digits string // ASCII
	trunk  int    // where the 0 of "+49 (0)170" is among digits, or -1
}

// What stands between a number and its extension. All but the signs are words that people write.
var extensionWords = []string{"x", "xt", "ext", "extn", "extension", "durchwahl", "dw", "poste", "int", "interno", "anexo", "ramal", "доб"}

// readDialed takes the digits out of what somebody typed: spaces, dots, hyphens, slashes, brackets and invisible marks of any
// script go, "tel:" goes, and digits of other scripts become ours.
func readDialed(typed string) (dialed, check.Code) {
	d := dialed{trunk: -1}
	if len(typed) > maxTyped || !utf8.ValidString(typed) {
		return d, check.PhoneShape
	}
	rest := []rune(strings.Map(visible, typed))
	if word := string(rest[:min(4, len(rest))]); strings.EqualFold(word, "tel:") {
		rest = rest[4:]
	}
	var digits []byte
	for i, r := range rest {
		if c, ok := asciiDigit(r); ok {
			if c == '0' && i > 0 && i+1 < len(rest) && opening(rest[i-1]) && closing(rest[i+1]) {
				d.trunk = len(digits)
			}
			digits = append(digits, c)
			continue
		}
		switch {
		case separates(r):
		case strings.ContainsRune("+＋﹢", r) && len(digits) == 0 && !d.plus:
			d.plus = true
		case len(digits) >= minDigits && extension(rest[i:]):
			return d, check.PhoneExtension
		default:
			return d, check.PhoneShape
		}
	}
	if d.digits = string(digits); len(digits) < minDigits {
		return d, check.PhoneShape
	}
	return d, ""
}

// readings returns what d may mean, the likeliest first, as phonenumbers reads it, where calling is the calling code of the
// country that it is dialed in. Without one (0) only a number that says its own means anything.
func (d dialed) readings(calling int) []string {
	var list []string
	if !d.plus && calling > 0 {
		list = append(list, d.digits)
	}
	digits, trunk := d.digits, d.trunk
	switch rest, abroad := strings.CutPrefix(digits, "00"); {
	case d.plus:
	case abroad:
		// Where 00 does not lead abroad it may be a part of what does, such as 0011: so the country's own rules went first.
		digits, trunk = rest, trunk-2
	case calling > 0 && strings.HasPrefix(digits, strconv.Itoa(calling)):
		// Many leave the + away, and some countries have landlines that begin like their own calling code.
	default:
		return list
	}
	// In "+49 (0)170" the 0 is for calls from inside; a few countries dial it from outside as well.
	if trunk > 0 {
		list = append(list, "+"+digits[:trunk]+digits[trunk+1:])
	}
	return append(list, "+"+digits)
}

// visible drops the marks that nobody sees and that come along when a number is copied, and spaces of any kind.
func visible(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func separates(r rune) bool {
	return unicode.Is(unicode.Pd, r) || strings.ContainsRune("−ーｰ.．。·•/／", r) || opening(r) || closing(r)
}

func opening(r rune) bool { return strings.ContainsRune("([（［", r) }
func closing(r rune) bool { return strings.ContainsRune(")]）］", r) }

// extension reports whether rest, behind a number, is an extension: a word or a sign for one, and digits.
func extension(rest []rune) bool {
	i := slices.IndexFunc(rest, func(r rune) bool { _, ok := asciiDigit(r); return ok })
	if i < 0 {
		return false
	}
	word := strings.Trim(strings.ToLower(string(rest[:i])), ".:;,=#")
	return word == "" || slices.Contains(extensionWords, word)
}

// asciiDigit returns the ASCII digit for r: full width, Arabic-Indic, Persian and Devanagari ones are digits, too.
func asciiDigit(r rune) (byte, bool) {
	for _, zero := range []rune{'0', '０', '٠', '۰', '०'} {
		if r >= zero && r <= zero+9 {
			return '0' + byte(r-zero), true
		}
	}
	return 0, false
}
