package journey_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// withWorker opens a page under the service worker, which takes over with the
// second page that is opened.
func (b *browser) withWorker(path string) {
	b.Helper()
	b.open(path)
	b.wait("the service worker", "(await navigator.serviceWorker.ready).active.state === 'activated'")
	b.open(path)
	b.wait("the worker to take over", "navigator.serviceWorker.controller")
}

func TestWorker_KeepsNoPageAndNoCall(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn())
	b.withWorker("/profile")
	b.page("Profile")
	b.open("/profile/security")
	b.page("Security")
	b.sees("Not set up")
	calls := b.at.answered("/api/")
	if len(calls) == 0 {
		t.Error("there were no calls")
	}
	for _, a := range calls {
		if a.fromWorker || a.fromCache {
			t.Errorf("a call was not answered by the server: %+v", a)
		}
	}
	kept := ask[[]string](b, `(await Promise.all((await caches.keys()).map(async k => (await (await caches.open(k)).keys()).map(r => new URL(r.url).pathname)))).flat()`)
	if len(kept) == 0 {
		t.Error("the service worker keeps nothing")
	}
	for _, path := range kept {
		if !strings.HasPrefix(path, "/web/") {
			t.Errorf("the service worker keeps %s", path)
		}
	}
	// Signed out elsewhere, the next page is not the one that was there before.
	servertest.Must(t, ada, api.SignOut, api.None{})
	b.open("/profile/security")
	b.page("Sign in")
}

func TestWorker_OfflineSaysSoAndRecovers(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn())
	b.expect("net::ERR_", "401 GET "+h.address+"/api/session") // asks without cookies whether there is an answer
	b.withWorker("/profile")
	b.page("Profile")
	h.cut()
	b.do(chromedp.Reload())
	b.raw = true
	b.page("You are offline")
	b.is("/profile")
	h.join()
	b.raw = false
	b.page("Profile") // by itself
	b.sees("Ada Lovelace")
}

func TestWorker_NewVersionAsksButNotInTheWizard(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn().StepUp())
	b.withWorker("/profile/security/set-up")
	b.page("Choose a method")
	h.update()
	ask[bool](b, "(await (await navigator.serviceWorker.getRegistration()).update(), true)")
	b.wait("the new version to wait", "(await navigator.serviceWorker.getRegistration()).waiting")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.seesNot("A new version is ready.")
	b.press("Cancel")
	b.page("Security")
	b.sees("A new version is ready.")
	ask[bool](b, "(window.journeyBefore = true)")
	ask[bool](b, `(navigator.serviceWorker.startMessages(),
		navigator.serviceWorker.addEventListener("message", e => { window.journeyHeard = e.data }), true)`)
	b.press("Reload")
	b.wait("the new version to be told", `window.journeyHeard === "heard doorward:update"`)
	// The old worker gives way once it is idle, and one that is watched, as those of
	// this browser are, never is. What the browser tells the page then is told here.
	ask[bool](b, `navigator.serviceWorker.dispatchEvent(new Event("controllerchange"))`)
	b.wait("another document", "!window.journeyBefore")
	b.page("Security")
}
