package app

import (
	"strings"
	"unicode"

	"doorward/app/words"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// avatar draws who is signed in as a coin; a plain figure until that is known. The letters are part of the button's name, as
// somebody who speaks to the browser may say what they see.
func avatar(name, user string) goapp.UI {
	coin := goapp.Span().Class("avatar")
	if letters := initials(name, user); letters != "" {
		return coin.Text(letters)
	}
	return coin.Body(iconUser.draw())
}

// initials returns what an avatar shows: the first letters of the first and the
// last part of a name, or the first of the user name. Parts without a letter, such
// as an emoji, count only where there are no others.
func initials(name, user string) string {
	signs := strings.Fields(name)
	if len(signs) == 0 {
		signs = []string{user}
	}
	var parts []string
	for _, part := range signs {
		if i := strings.IndexFunc(part, unicode.IsLetter); i >= 0 {
			parts = append(parts, part[i:])
		}
	}
	if len(parts) == 0 {
		parts = signs
	}
	first, last := firstSign(parts[0]), ""
	if len(parts) > 1 {
		last = firstSign(parts[len(parts)-1])
	}
	if last != "" && words.RightToLeft(last) {
		last = "\u200c" + last // or else Arabic would write both as one
	}
	return strings.ToUpper(first + last)
}

// firstSign returns what people take for the first sign of s: a rune with the marks on
// it and with what is joined to it, as in a flag or a family.
func firstSign(s string) string {
	const joiner = '\u200d'
	var before rune
	for i, r := range s {
		flag := region(before) && region(r) && i == len(string(before))
		if i > 0 && !flag && before != joiner && r != joiner && !unicode.IsMark(r) && !tone(r) {
			return s[:i]
		}
		before = r
	}
	return s
}

// region reports whether r is one of the two that make a flag.
func region(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// tone reports whether r gives the emoji before it the colour of its skin.
func tone(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF }
