// Package languages has every language that Doorward speaks: the words of its pages,
// and those of its mails and text messages. English stands beside the code that says
// it; every other language is one file here, named by its BCP 47 tag. A language is
// added by adding a file, and the tests of this package say what is missing in it.
package languages

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"doorward/app/words"
	"doorward/server/message"
)

//go:embed *.json
var files embed.FS

// Language is one language.
type Language struct {
	Tag    string // BCP 47
	Client words.Words
	Mail   message.Words
}

// Name returns what the language calls itself.
func (l *Language) Name() string { return l.Client.Name }

var (
	every   = all()
	matcher = language.NewMatcher(tags())
)

// Every returns all languages: English, and the others by their names.
func Every() []*Language { return every }

func all() []*Language {
	list := []*Language{{Tag: words.English.Lang, Client: words.English, Mail: message.English}}
	found, err := files.ReadDir(".")
	if err != nil {
		panic(err) // they are part of the binary
	}
	for _, f := range found {
		l, err := read(f.Name())
		if err != nil {
			panic(err)
		}
		list = append(list, l)
	}
	slices.SortFunc(list[1:], func(a, b *Language) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

func read(name string) (*Language, error) {
	l := &Language{Tag: strings.TrimSuffix(name, ".json")}
	text, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, l); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	l.Client.Lang, l.Mail.Lang = l.Tag, l.Tag
	return l, nil
}

func tags() (list []language.Tag) {
	for _, l := range every {
		list = append(list, language.MustParse(l.Tag))
	}
	return list
}

// Of returns the language called tag, or else English.
func Of(tag string) *Language {
	for _, l := range every {
		if l.Tag == tag {
			return l
		}
	}
	return every[0]
}

// Known reports whether there is a language called tag.
func Known(tag string) bool { return Of(tag).Tag == tag }

// longest is how much of an Accept-Language header is looked at, in bytes.
const longest = 200

// Preferred returns the language that suits an Accept-Language header best (RFC 9110
// §12.5.4): English where it names none of ours, or is malformed.
func Preferred(header string) *Language {
	if len(header) > longest {
		header = header[:strings.LastIndex(header[:longest], ",")+1]
	}
	wanted, _, err := language.ParseAcceptLanguage(strings.TrimSuffix(header, ","))
	if err != nil {
		return every[0]
	}
	_, i, sure := matcher.Match(wanted[:min(len(wanted), 8)]...) // each may cost a tenth of a millisecond
	if sure == language.No {
		return every[0]
	}
	return every[i]
}
