package app

import (
	"cmp"
	"net/url"
	"strings"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// locale returns the tag that numbers and dates are written by: the browser's own of the
// language in use, so that somebody in Dublin does not see dates of Boston, or else that
// language.
func locale() string {
	lang := say().Lang
	if !goapp.IsClient {
		return lang
	}
	list := goapp.Window().Get("navigator").Get("languages")
	for i := 0; list.Truthy() && i < list.Length(); i++ {
		if tag := list.Index(i).String(); tag == lang || strings.HasPrefix(tag, lang+"-") {
			return tag
		}
	}
	return lang
}

// languageCard is the part of the profile about the language.
type languageCard struct {
	form   form
	chosen string // and not saved yet; empty while nothing is
	told   bool   // the page was loaded anew because the language has changed
}

// ofBrowser is the choice that leaves it to the browser.
const ofBrowser = "browser"

// languageSaved is what the query of the profile says once it was loaded anew.
const languageSaved = "language"

func (l *languageCard) begin(q url.Values) {
	l.form.ID, l.told = "language-form", q.Get("saved") == languageSaved
}

// draw draws the card.
func (l *languageCard) draw(p *profilePage) goapp.UI {
	return goapp.Section().Class("card").ID("language").TabIndex(-1).Aria("labelledby", "language-title").Body(
		goapp.H2().Class("subtitle").ID("language-title").Text(say().Profile.Language),
		p.email.info.draw(func(i api.ProfileInfo) goapp.UI { return l.choice(p, i) }, p.load),
	)
}

func (l *languageCard) choice(p *profilePage, i api.ProfileInfo) goapp.UI {
	w := &say().Profile
	field := choose{Name: "language", Label: w.Language, Hint: w.LanguageHint, Value: cmp.Or(l.chosen, i.Language, ofBrowser),
		Of: []choice{{ofBrowser, with(w.LanguageOfBrowser, "name", i.BrowserLanguage)}},
		On: func(value string) { l.chosen = value }}
	for _, one := range i.Languages {
		field.Of = append(field.Of, choice{one.Tag, one.Name})
	}
	said := goapp.UI(span("", ""))
	if l.told {
		said = banner{Kind: bannerGood, Text: w.LanguageSaved}.draw()
	}
	return l.form.post("", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		l.save(p, field.Value)
	}, said, l.form.notice(), l.form.choose(field),
		actions(button{Label: w.LanguageSubmit, Submit: true, Busy: l.form.busy, ID: "save-language"}.draw()))
}

// save sends the language that was chosen, and loads the page in it.
func (l *languageCard) save(p *profilePage, tag string) {
	if tag = cmp.Or(l.chosen, tag); tag == ofBrowser {
		tag = ""
	}
	send(&p.account, &l.form, api.ChangeLanguage, api.ChangeLanguageRequest{Language: tag}, func(api.Done) {
		leave("/profile?saved=" + languageSaved + "#language")
	})
}
