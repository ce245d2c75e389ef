package journey_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"doorward/server/servertest"
)

// asOf has the browser go by the clock of the portal, from the next page on: dates are
// chosen by the browser's clock.
func (b *browser) asOf(h *house) {
	b.Helper()
	b.withClock()
	skew := strconv.FormatInt(time.Until(h.Clock.Now()).Milliseconds(), 10)
	b.do(command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "window.journeySkew = " + skew}))
}

// makesItMandatory has the administrator at b make two-factor mandatory at once.
func (b *browser) makesItMandatory(admin *servertest.Person) {
	b.Helper()
	b.open("/admin/two-factor")
	b.page("Two-factor")
	b.sees("Voluntary", "33 %", "Not ready")
	b.press("Make it mandatory…")
	b.sees("Who is ready", "3 people, 1 ready. 2 are not, and will be asked at their next sign-in once it is mandatory.")
	b.focus("Who is ready")
	b.press("Continue")
	b.sees("From when", "These 2 people will be asked at their next sign-in from")
	b.press("Back")
	b.sees("Who is ready")
	b.press("Continue")
	b.press("At once")
	b.sees("These 2 people will be asked at once")
	b.press("Continue")
	b.sees("Who is exempt", "mary@example.org")
	b.press("Exempt… charles")
	b.sees("Exempt charles from two-factor?", "Until the end of")
	b.focus("Reason")
	b.press("Cancel")
	b.press("Continue")
	b.sees("Look once more, and confirm", "These 2 people will be asked at once")
	b.press("Make it mandatory at once")
	b.provesBoth(admin, admin.Passcode())
	b.sees("Two-factor is mandatory now.", "Mandatory since", "Decided by Ada Lovelace")
}

func TestMandatory_AtOnceAndUndone(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			mary, charles := h.Invite("mary"), h.Invite("charles")
			h.again(ada.SignIn().Enroll())
			open := h.signedIn(t, mary.SignIn(), screen...)
			open.expect("403 GET", "403 POST")
			open.open("/profile/sessions")
			open.page("Sessions")

			staff := h.signedIn(t, ada, screen...)
			staff.asOf(h)
			staff.expect("403 POST")
			staff.makesItMandatory(ada)

			open.press("Your account")
			open.press("Profile")
			open.proves(mary.Password)
			open.page("Choose a method")
			open.sees("Two-factor authentication is mandatory here", "Sign out")
			open.seesNot("Cancel")
			open.open("/profile/sessions")
			open.is("/profile/security/set-up?next=%2Fprofile%2Fsessions")
			open.page("Choose a method")
			open.press("Sign out")
			open.page("Sign in")
			open.open("/profile/sessions")
			open.page("Sign in")
			open.signsIn(mary.Name, mary.Password)
			open.page("Choose a method")
			open.setsUpThere(h)
			open.press("Finish")
			open.page("Sessions")
			open.sees("This browser")

			led := h.signedIn(t, charles.SignIn(), screen...)
			led.open("/")
			led.is("/profile/security/set-up")
			led.page("Choose a method")

			staff.press("Disable mandatory two-factor")
			staff.sees("From this moment on it is up to everybody again.")
			staff.press("Disable mandatory two-factor")
			staff.sees("Two-factor is no longer mandatory.", "Voluntary")
			led.open("/")
			led.page("Welcome, charles")
			led.sees("Not set up")
			led.seesNot("mandatory")
		})
	}
}

// setsUpThere goes through the wizard from its first step to its end.
func (b *browser) setsUpThere(h *house) {
	b.Helper()
	b.press("Continue")
	b.page("Get an authenticator app")
	b.press("Continue")
	b.page("Name your device")
	b.press("Continue")
	b.page("Connect your app")
	key := b.key()
	b.press("My app shows a code")
	b.page("Enter the code")
	b.fill("Six-digit code", h.passcode(servertest.SecretOf(b.T, key)))
	b.page("Save your recovery codes")
	b.saves()
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
}

func TestMandatory_AnnouncedThenDue(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	mary := h.Invite("mary")
	h.again(ada.SignIn().Enroll())
	staff := h.signedIn(t, ada, servertest.Window(320, 640), servertest.Dark())
	staff.asOf(h)
	staff.expect("403 POST")
	staff.open("/admin/two-factor")
	staff.page("Two-factor")
	staff.press("Make it mandatory…")
	for range 3 {
		staff.press("Continue")
	}
	staff.press("Make it mandatory from then on")
	staff.provesBoth(ada, ada.Passcode())
	staff.sees("Two-factor becomes mandatory on", "Announced", "Becomes mandatory on")

	b := h.signedIn(t, mary.SignIn(), servertest.Window(320, 640), servertest.Dark())
	b.expect("403 GET")
	b.open("/profile/sessions")
	b.sees("Two-factor becomes mandatory on", "Set it up now")
	h.Clock.Advance(15 * 24 * time.Hour)
	mary.SignIn()
	servertest.Adopt(t, b.ctx, h.address, mary.Browser)
	b.open("/profile/sessions")
	b.is("/profile/security/set-up?next=%2Fprofile%2Fsessions")
	b.page("Choose a method")
	b.sees("Two-factor authentication is mandatory here")
}
