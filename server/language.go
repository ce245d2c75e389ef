package server

import (
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
// while nothing else is known of the caller: somebody who signs in with a stolen password
// must not choose the language that its owner is warned in.
func (c *caller) languageOf(u auth.User) *languages.Language {
	if u.Speaks() == "" && c.speaks != nil && c.user.ID == u.ID {
		return c.speaks
	}
	return languages.Of(u.Speaks())
}

// browserLanguage returns what is remembered as the language that u's browser asks for,
// after a sign-in that became session. A browser that u is not known to use counts when
// two factors were proved.
func (c *caller) browserLanguage(u auth.User, session auth.Session) string {
	if u.BrowserLanguage == "" || c.familiar.user == u.ID || session.Level >= auth.TwoFactors {
		return c.asksFor.Tag
	}
	return u.BrowserLanguage
}

// changeLanguage changes the language of pages, mails and text messages.
func (s *Server) changeLanguage(ctx context.Context, c *caller, req api.ChangeLanguageRequest) (api.Done, error) {
	if req.Language != "" && !languages.Known(req.Language) {
		return api.Done{}, auth.RefuseField("language", check.BadCharacters)
	}
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		u.Language = req.Language
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		c.cookies = nil
		c.keepLanguage(s, u)
		e := c.event(auth.EventLanguageChanged)
		e.Details = map[string]string{"name": languages.Of(req.Language).Name()}
		if req.Language == "" {
			e.Details["name"] = c.asksFor.Name()
		}
		return s.record(ctx, tx, e, c)
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
