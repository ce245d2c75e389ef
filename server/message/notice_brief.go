package message

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// briefLength is how many characters of GSM-7 a text message may have before its link.
const briefLength = 150

var errNotBrief = errors.New("is not sent as a text message")

// Brief says the same as Compose in one text message, for the gravest kinds only: at most 150 characters of GSM-7, and the "this was not
// me" link after them. It fails for a kind that has none, and where Compose would.
func (w *Words) Brief(k Kind, f Facts) (string, error) {
	m, err := mannerOf(k)
	if err != nil {
		return "", err
	}
	if !m.grave {
		return "", fmt.Errorf("a mail of kind %q %w", k, errNotBrief)
	}
	if err := f.check(m); err != nil {
		return "", fmt.Errorf("text message of kind %q: %w", k, err)
	}
	return w.brief(m, f.clean()), nil
}

func (w *Words) brief(m manner, f Facts) string {
	said := w.Notices[m.kind].Brief
	if !f.At.IsZero() {
		said += " " + w.at(w.ShortMoment, f.At) + "."
	}
	if f.NotMe != "" {
		said += " " + w.BriefNotMe
	} else {
		said += " " + w.BriefNoNotMe
	}
	house := inBrief(f.Organization)
	if strings.Trim(house, "? ") == "" {
		house = inBrief(f.Product)
	}
	// No letter of inBrief counts double, so that runes are what a message is measured in.
	if r, room := []rune(house), briefLength-utf8.RuneCountInString(said)-utf8.RuneCountInString(strings.Replace(w.BriefFrom, "{house}", "", 1)); len(r) > room {
		house = strings.TrimSpace(string(r[:room]))
	}
	return strings.Replace(w.BriefFrom, "{house}", house, 1) + said + f.NotMe
}

// inBrief returns v in the alphabet of a plain text message, with a question mark for each letter that it does not have: one
// other letter would make the whole message twice as long and dear.
func inBrief(v string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(gsm7Basic, r):
			return r
		case r == '\u200c':
			return -1
		case r == '’' || r == '‘':
			return '\''
		case r == '–' || r == '—':
			return '-'
		}
		return '?'
	}, v)
}
