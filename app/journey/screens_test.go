package journey_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"doorward/server/servertest"
)

// TestScreens_SmallOnes goes through the wizard where there is little room: page
// fails when anything makes it scroll sideways.
func TestScreens_SmallOnes(t *testing.T) {
	t.Parallel()
	for name, screen := range map[string][]servertest.ChromiumOption{
		"phone in the dark":        {servertest.Phone(), servertest.Dark()},
		"320 pixels, bright still": {servertest.Window(320, 640), servertest.ReducedMotion()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			b := h.signedIn(t, ada.SignIn(), screen...)
			b.open("/profile/security")
			b.page("Security")
			b.press("Set up two-factor authentication")
			b.proves(ada.Password)
			b.page("Choose a method")
			b.connects(h, "A phone whose name is as long as a name of a phone")
			b.page("Save your recovery codes")
			b.saves()
			b.press("Turn on two-factor authentication")
			b.page("Two-factor authentication is on")
			b.press("To your security settings")
			b.page("Security")
			b.press("Remove A phone whose name is as long as a name of a phone")
			b.sees("This is your only authenticator app")
			b.page("Security") // with the dialog over it
			b.press("Cancel")
			b.press("Sessions")
			b.page("Sessions")
			b.press("Profile")
			b.page("Profile")
			b.press("Doorward, home")
			b.page("Welcome, Ada Lovelace")
		})
	}
}

func TestScreens_ThemeSwitch(t *testing.T) {
	t.Parallel()
	h, _ := newHouse(t)
	b := newBrowser(t, h.address)
	colour := func() string { return ask[string](b, "getComputedStyle(document.documentElement).backgroundColor") }
	// bar is what the browser draws around the page: by the system in the light, and in the dark.
	bar := func(light, dark string) {
		t.Helper()
		b.wait("the bars "+light+" and "+dark, `[...document.querySelectorAll("meta[name=theme-color]")].map(e => e.content).join() === "`+light+","+dark+`"`)
	}
	const paper, night = "#FAF9F6", "#11161B"
	b.open("/sign-in")
	system := colour()
	bar(paper, night)
	b.press("Colours: as the system")
	b.sees("Colours: light")
	bar(paper, paper)
	if colour() != system {
		t.Error("the light theme is not what a light system gives")
	}
	b.press("Colours: light")
	b.sees("Colours: dark")
	b.wait("the dark", "getComputedStyle(document.documentElement).backgroundColor !== "+js(system))
	b.do(chromedp.Reload())
	b.page("Sign in")
	b.sees("Colours: dark")
	bar(night, night)
	if colour() == system {
		t.Error("after a reload the dark theme is gone")
	}
	b.press("Colours: dark")
	b.sees("Colours: as the system")
	bar(paper, night)
	b.wait("the light", "getComputedStyle(document.documentElement).backgroundColor === "+js(system))
	if kept := ask[int](b, "localStorage.length"); kept != 0 {
		t.Errorf("the browser keeps %d things", kept)
	}
}
