package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"doorward/server/auth"
	"doorward/server/languages"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// pageIn returns the page at path as a browser gets it that asks for a language.
func pageIn(b *servertest.Browser, path, accept string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", accept)
	return b.Do(r)
}

func TestLanguage_OfPagesIsTheBrowsers(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for accept, want := range map[string]string{"": "en", "fr-CA,fr;q=0.8": "fr", "de": "de", "es-MX": "es", "ja": "en", "<b>\"'": "en"} {
		answer := pageIn(p.Browser(), "/sign-in", accept)
		body := answer.Body.String()
		if !strings.Contains(body, `<html lang="`+want+`"`) || answer.Header().Get("Content-Language") != want {
			t.Errorf("%q: not in %s", accept, want)
		}
		if title := languages.Of(want).Client.SignIn.Title; !strings.Contains(body, "<title>"+title+" ·") {
			t.Errorf("%q: the page is not called %q", accept, title)
		}
	}
	french := languages.Of("fr").Client
	if body := pageIn(p.Browser(), "/sign-in?code=wrong_password", "fr").Body.String(); !strings.Contains(body, french.Code(check.WrongPassword)) {
		t.Error("what is wrong is not said in French")
	}
	if body := pageIn(p.Browser(), "/no/such/page", "fr").Body.String(); !strings.Contains(body, french.Frame.NotFound) {
		t.Error("a page that is not there is not missing in French")
	}
}

func TestLanguage_ChosenGoesBeforeTheBrowsers(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		grace := p.Invite("grace").SignIn()
		for _, wrong := range []string{"xx", "EN", "../fr", "fr-FR"} {
			if code := servertest.Refused(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: wrong}); code != check.BadCharacters {
				t.Errorf("%q: %s", wrong, code)
			}
		}
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "fr"})
		if info := servertest.Must(t, grace, api.Profile, api.None{}); info.Language != "fr" || info.BrowserLanguage != "English" || len(info.Languages) != len(languages.Every()) {
			t.Errorf("the profile says %+v", info)
		}
		if e := grace.Events(auth.EventLanguageChanged); len(e) != 1 || e[0].Details["name"] != "Français" {
			t.Errorf("the audit says %+v", e)
		}
		for _, path := range []string{"/", "/profile"} {
			if lang := pageIn(grace.Browser, path, "de").Header().Get("Content-Language"); lang != "fr" {
				t.Errorf("%s is in %q", path, lang)
			}
		}
		servertest.Must(t, grace, api.SignOut, api.None{})
		if lang := pageIn(grace.Browser, "/sign-in", "de").Header().Get("Content-Language"); lang != "fr" {
			t.Errorf("after signing out, the sign-in page is in %q", lang)
		}
		if lang := pageIn(p.Browser(), "/sign-in", "de").Header().Get("Content-Language"); lang != "de" {
			t.Errorf("in another browser it is in %q", lang)
		}
		grace.Browser = p.Browser()
		grace.SignIn()
		if lang := pageIn(grace.Browser, "/", "de").Header().Get("Content-Language"); lang != "fr" {
			t.Errorf("in another browser, the page behind the sign-in is in %q", lang)
		}
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{})
		if lang := pageIn(grace.Browser, "/", "de").Header().Get("Content-Language"); lang != "de" || grace.Cookie("doorward-language") != "" {
			t.Errorf("left to the browser, the page is in %q, cookie %q", lang, grace.Cookie("doorward-language"))
		}
	})
}

// Whoever has somebody's session can choose another language; the owner hears of it in
// theirs, as of everything.
func TestLanguage_ChangingItIsToldInTheOneBefore(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		grace := p.Invite("grace").SignIn()
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "fr"})
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "de"})
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "de"}) // nothing new
		p.Deliver()
		mails := p.Post.Mails("grace@example.org")
		if len(mails) != 1 || mails[0].Subject != languages.Of("fr").Mail.Notices["language_changed"].Subject || !strings.Contains(mails[0].Text, "Deutsch") {
			t.Errorf("she is told %+v", mails)
		}
	})
}

// A browser that somebody else has used before follows whoever signs in.
func TestLanguage_OfASharedBrowserIsWhoeverSignsIn(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	grace, mary := p.Invite("grace").SignIn(), p.Invite("mary")
	servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "es"})
	servertest.Must(t, grace, api.SignOut, api.None{})
	mary.Browser = grace.Browser
	mary.SignIn()
	if lang := pageIn(mary.Browser, "/", "de").Header().Get("Content-Language"); lang != "de" {
		t.Errorf("mary's page is in %q", lang)
	}
	servertest.Must(t, mary, api.SignOut, api.None{})
	if lang := pageIn(mary.Browser, "/sign-in", "de").Header().Get("Content-Language"); lang != "de" {
		t.Errorf("after mary, the sign-in page is in %q", lang)
	}
}

func TestLanguage_OfMailsAndTexts(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		grace := p.Invite("grace").SignIn().EnrollText("+447400123456")
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, grace, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "de"})
		p.Deliver()
		p.Post.Empty()
		grace.StepUp()
		servertest.Must(t, grace, api.ChangePassword, api.ChangePasswordRequest{Current: grace.Password, New: "paraffin tumbler window"})
		p.Deliver()
		german := languages.Of("de").Mail
		mails := p.Post.Mails("grace@example.org")
		if len(mails) != 1 || mails[0].Subject != german.Notices["password_changed"].Subject || !strings.Contains(mails[0].HTML, `lang="de"`) {
			t.Errorf("the mails are %+v", mails)
		}
		var codes, notices int
		for _, text := range p.Post.Texts("+447400123456") {
			switch {
			case strings.Contains(text.Body, german.Notices["password_changed"].Brief):
				notices++
			case strings.Contains(text.Body, strings.TrimPrefix(german.Code, "{code}")):
				codes++
			default:
				t.Errorf("not in German: %q", text.Body)
			}
		}
		if codes != 1 || notices != 1 {
			t.Errorf("%d codes and %d notices by text message", codes, notices)
		}
	}, servertest.WithTexts)
}

// Somebody with a stolen password does not choose the language that the owner is warned
// in, then or later.
func TestLanguage_IsNotChosenByWhoStoleThePassword(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		grace := p.Invite("grace")
		asFrom := func(b *servertest.Browser, lang string) {
			t.Helper()
			r := httptest.NewRequest(http.MethodPost, api.SignIn.Path, strings.NewReader(`{"name":"grace","password":"`+grace.Password+`"}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept-Language", lang)
			if answer := b.Do(r); answer.Code != http.StatusOK {
				t.Fatal(answer.Body.String())
			}
		}
		asFrom(grace.Browser, "fr")
		p.Deliver()
		p.Post.Empty()
		thief := p.Browser()
		asFrom(thief, "de")
		p.Deliver()
		french := languages.Of("fr").Mail
		if mails := p.Post.Mails("grace@example.org"); len(mails) != 1 || mails[0].Subject != french.Notices["new_device"].Subject {
			t.Errorf("the owner was told %+v", mails)
		}
		asFrom(thief, "de") // the browser is known by now
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, grace.StepUp(), api.ChangePassword, api.ChangePasswordRequest{Current: grace.Password, New: "paraffin tumbler window"})
		p.Deliver()
		if mails := p.Post.Mails("grace@example.org"); len(mails) != 1 || mails[0].Subject != french.Notices["password_changed"].Subject {
			t.Errorf("the owner is told from then on %+v", mails)
		}
	})
}

// An invitation is in the language of who invites, until the person is here.
func TestLanguage_OfAnInvitationIsTheInviters(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	servertest.Must(t, ada, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "es"})
	p.Post.Empty()
	servertest.Must(t, ada, api.Invite, api.InvitationsRequest{People: []api.InvitationRow{{UserName: "grace", Email: "grace@example.org"}}, Mail: true})
	p.Deliver()
	if mails := p.Post.Mails("grace@example.org"); len(mails) != 1 || mails[0].Subject != languages.Of("es").Mail.Notices["invitation"].Subject {
		t.Errorf("she is invited with %+v", mails)
	}
}

func TestLanguage_OfTheManifest(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for _, l := range languages.Every() {
		answer := pageIn(p.Browser(), "/manifest.webmanifest", l.Tag)
		var m struct {
			Lang, Name, Description string
			Shortcuts               []struct{ Name, URL string }
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		if m.Lang != l.Tag || m.Name != "Doorward" || m.Description != l.Client.Frame.Description || answer.Header().Get("Content-Type") != "application/manifest+json" {
			t.Errorf("%s: %+v", l.Tag, m)
		}
		for _, s := range m.Shortcuts {
			if !slices.Contains([]string{l.Client.Frame.Security, l.Client.Frame.Activity}, s.Name) {
				t.Errorf("%s: the shortcut to %s is called %q", l.Tag, s.URL, s.Name)
			}
		}
	}
}
