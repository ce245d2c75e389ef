package journey_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doorward/server/languages"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// TestLanguage_ChosenInTheProfile has somebody choose a language: everything is in it
// from then on, also what the client says later, errors, the sign-in page, and the page
// that is shown offline.
func TestLanguage_ChosenInTheProfile(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn())
	b.expect("net::ERR_", "422 POST", "401 GET", "401 POST")
	b.withWorker("/profile")
	b.page("Profile")
	french := languages.Of("fr").Client
	b.wait("the choice", `document.querySelector("#language select")`)
	b.do(chromedp.Focus("#language select"))
	b.keys("F") // as by the keyboard: the language that begins so
	b.keys(kb.Tab + kb.Enter)
	b.page(french.Profile.Title)
	b.sees(french.Profile.LanguageSaved)
	if lang := ask[string](b, "document.documentElement.lang"); lang != "fr" {
		t.Errorf("the page says it is in %q", lang)
	}
	b.press(french.Frame.Security)
	b.page(french.Security.Title)
	b.sees(french.Parts.NotSetUp)
	b.open("/profile")
	b.page(french.Profile.Title)
	b.press(french.Profile.Submit)
	b.sees(french.Code(check.Required))
	b.wait("the offline page in French", `(await (await caches.match("/web/" + document.documentElement.dataset.version + "/offline.html")).text()).includes("lang=\"fr\"")`)
	h.cut()
	b.do(chromedp.Reload())
	b.sees(french.Frame.Offline)
	h.join()
	b.page(french.Profile.Title)
	servertest.Must(t, ada, api.SignOut, api.None{})
	b.open("/")
	b.page(french.SignIn.Title)
	b.fill(french.SignIn.Name, ada.Name)
	b.fill(french.SignIn.Password, "wrong as can be")
	b.press(french.SignIn.Submit)
	b.sees(french.Code(check.WrongPassword))
}
