package journey_test

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"doorward/server/servertest"
)

// plainly runs a journey where the client never comes: with WebAssembly switched
// off, and with all scripts switched off.
func plainly(t *testing.T, journey func(b *browser, h *house, ada *servertest.Person)) {
	t.Run("without WebAssembly", func(t *testing.T) {
		t.Parallel()
		h, ada := newHouse(t)
		b := newBrowser(t, h.address, servertest.NoWebAssembly())
		journey(b, h, ada.SignIn().Enroll())
	})
	t.Run("without scripts", func(t *testing.T) {
		t.Parallel()
		h, ada := newHouse(t)
		b := newBrowser(t, h.address)
		b.raw = true
		b.do(command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
		journey(b, h, ada.SignIn().Enroll())
	})
}

func TestPlain_PasswordAndPasscodeLeadToThePageAskedFor(t *testing.T) {
	t.Parallel()
	plainly(t, func(b *browser, h *house, ada *servertest.Person) {
		b.open("/profile/sessions")
		b.page("Sign in")
		b.focus("User name or e-mail")
		b.signsIn(ada.Name, "not my password")
		b.page("Sign in")
		b.sees("Name and password do not match.")
		b.press("Sign in")
		b.sees("Please fill this in.")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter your code")
		b.focus("Six-digit code")
		b.fill("Six-digit code", "12ab")
		b.press("Continue")
		b.sees("Enter the six digits that your app shows.")
		b.fill("Six-digit code", ada.Passcode())
		b.press("Continue")
		b.page("Sessions")
		b.is("/profile/sessions")
		b.saysItNeedsTheClient("/profile/sessions", "/profile", "/profile/security", "/profile/security/set-up", "/")
		b.press("Your account")
		b.press("Sign out")
		b.page("Sign in")
		b.sees("You are signed out.")
		b.open("/profile")
		b.page("Sign in")
	})
}

// sends presses a button that sends a form, and waits for the page that it leads to. It
// may look like the one before.
func (b *browser) sends(button string) {
	b.Helper()
	ask[bool](b, "window.before = true")
	b.press(button)
	b.wait("the next page", `!window.before && document.readyState === "complete"`)
}

// signsIn gives name and password on the page for it.
func (b *browser) signsIn(name, password string) {
	b.Helper()
	b.fill("User name or e-mail", name)
	b.fill("Password", password)
	b.press("Sign in")
}

func (b *browser) saysItNeedsTheClient(paths ...string) {
	b.Helper()
	for _, path := range paths {
		b.open(path)
		b.sees("This page needs WebAssembly, which is switched off in this browser.", "Signing in and out works without it.")
		if ask[bool](b, `[...document.querySelectorAll("main .while-loading")].some(seen)`) {
			b.Errorf("%s shows what will never be loaded", path)
		}
	}
}

func TestPlain_RecoveryCodeShowsItsReplacement(t *testing.T) {
	t.Parallel()
	plainly(t, func(b *browser, h *house, ada *servertest.Person) {
		b.open("/profile")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter your code")
		b.press("Another way")
		b.page("Another way in")
		b.press("Recovery code")
		b.page("Use a recovery code")
		b.focus("Recovery code")
		b.fill("Recovery code", "AAAA-BBBB-CCCC-DDDD")
		b.press("Continue")
		b.sees("That recovery code is not right, or has been used.")
		b.fill("Recovery code", ada.Codes[0])
		b.press("Continue")
		b.page("You are in")
		b.sees("Your new recovery code", "You have 10 recovery codes, this one among them.")
		replacement := b.replacement()
		b.press("I still have my phone")
		b.page("Profile")
		b.is("/profile")

		b.press("Your account")
		b.press("Sign out")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter your code")
		b.open("/sign-in/recovery-code")
		b.fill("Recovery code", ada.Codes[0])
		b.press("Continue")
		b.sees("That recovery code is not right, or has been used.")
		b.fill("Recovery code", replacement)
		b.press("Continue")
		b.page("You are in")
		b.press("Set up a new phone")
		b.is("/profile/security/set-up?replace=any")
		b.sees("This page needs WebAssembly")
	})
}

// replacement returns the one recovery code that the page shows.
func (b *browser) replacement() string {
	b.Helper()
	b.wait("a code", `all(".key.big").length === 1`)
	code := ask[string](b, `[...all(".key.big span")].map(e => e.textContent).join("-")`)
	if len(code) != 19 {
		b.Fatalf("the replacement is %q", code)
	}
	return code
}

func TestPlain_ThrottlingIsSaidInWords(t *testing.T) {
	t.Parallel()
	plainly(t, func(b *browser, h *house, ada *servertest.Person) {
		b.open("/profile")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter your code")
		for range 5 {
			b.fill("Six-digit code", "000000")
			b.sends("Continue")
			b.sees("That code is not right. Each code works once: if you have used this one, wait for the next.")
		}
		b.fill("Six-digit code", "000000")
		b.press("Continue")
		b.sees("There were too many tries.", "Try again in")
		h.Clock.Advance(time.Minute)
		b.fill("Six-digit code", ada.Passcode())
		b.press("Continue")
		b.page("Profile")
	})
}
