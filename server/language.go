package server

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"doorward/server/auth"
	"doorward/server/languages"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// languageCookie has the tag of the language that somebody who signed in with this
// browser has chosen, so that the pages before the sign-in are in it as well. It says
// nothing else.
const languageCookie = "doorward-language"

// languageFor is how long a browser keeps it.
const languageFor = 365 * 24 * time.Hour

// identifyLanguage finds out what the caller is answered in: the language that they
// have chosen, or that was chosen on this browser, or that the browser asks for.
func (s *Server) identifyLanguage(r *http.Request, c *caller) {
	c.asksFor = languages.Preferred(r.Header.Get("Accept-Language"))
	c.speaks = c.asksFor
	tag := c.user.Language
	if kept, err := r.Cookie(s.cookieName(languageCookie)); err == nil && c.user.ID == "" {
		tag = kept.Value
	}
	if languages.Known(tag) {
		c.speaks = languages.Of(tag)
	}
}

// keepLanguage has the browser remember the language that u has chosen, or forget the
// one that somebody else has.
func (c *caller) keepLanguage(s *Server, u auth.User) {
	if u.Language == "" {
		c.forget(s, languageCookie)
		return
	}
	c.keep(s, languageCookie, u.Language, languageFor)
}

// languageOf returns what u is written to in. What the browser asks for now counts only
// while nothing else is known of somebody who is signed in: who has a stolen password must
// not choose the language that its owner is warned in.
func (c *caller) languageOf(u auth.User) *languages.Language {
	if u.Speaks() == "" && c.session.User == u.ID && c.speaks != nil {
		return c.speaks
	}
	return languages.Of(u.Speaks())
}

// browserLanguage returns what is remembered as the language that u's browser asks for,
// after a sign-in that became session: another one only when two factors were proved, or
// when none is known yet and the sign-in is u's first or from a browser of theirs.
func (c *caller) browserLanguage(u auth.User, session auth.Session) string {
	first := u.BrowserLanguage == "" && (u.LastSignIn.IsZero() || c.familiar.user == u.ID)
	if first || session.Level >= auth.TwoFactors {
		return c.asksFor.Tag
	}
	return u.BrowserLanguage
}

// changeLanguage changes the language of pages, mails and text messages. The one that it
// was so far is what the notice of it is in.
func (s *Server) changeLanguage(ctx context.Context, c *caller, req api.ChangeLanguageRequest) (api.Done, error) {
	if req.Language != "" && !languages.Known(req.Language) {
		return api.Done{}, auth.RefuseField("language", check.BadCharacters)
	}
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil || u.Language == req.Language {
			return err
		}
		e := c.event(auth.EventLanguageChanged)
		e.Details = map[string]string{"name": languages.Of(cmp.Or(req.Language, c.asksFor.Tag)).Name()}
		if err := s.record(ctx, tx, e, c); err != nil {
			return err
		}
		u.Language = req.Language
		c.cookies = nil
		c.keepLanguage(s, u)
		return tx.SaveUser(ctx, u)
	})
}

// languageChoice returns the languages that there are, by their tags.
func languageChoice() []api.Language {
	var list []api.Language
	for _, l := range languages.Every() {
		list = append(list, api.Language{Tag: l.Tag, Name: l.Name()})
	}
	return list
}
