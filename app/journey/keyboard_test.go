package journey_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"doorward/server/auth"
	"doorward/server/servertest"
)

// tabTo presses Tab until the focus is on what has this name.
func (b *browser) tabTo(name string) {
	b.Helper()
	b.wait(name, "usable(pressable("+js(name)+") || field("+js(name)+"))")
	var passed []string
	for range 60 {
		b.keys(kb.Tab)
		on := ask[string](b, "called("+js(name)+")(document.activeElement) ? '' : nameOf(document.activeElement) || document.activeElement.nodeName")
		if on == "" {
			return
		}
		passed = append(passed, on)
	}
	b.Fatalf("Tab never comes to %q: %q", name, passed)
}

// chooses goes to something by Tab and presses Enter.
func (b *browser) chooses(name string) {
	b.Helper()
	b.tabTo(name)
	b.keys(kb.Enter)
}

// staysInTheDialog fails when Tab leads out of the dialog that is open.
func (b *browser) staysInTheDialog() {
	b.Helper()
	for range 12 {
		b.keys(kb.Tab)
		if out := ask[string](b, `document.activeElement === document.body || reach().contains(document.activeElement) ? "" : nameOf(document.activeElement)`); out != "" {
			b.Fatalf("Tab leads out of the dialog to %q", out)
		}
	}
}

func TestKeyboard_AloneDoesEverything(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := newBrowser(t, h.address)
	b.open("/sign-in")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.keys(ada.Name + kb.Tab + ada.Password + kb.Enter)
	b.page("Protect your account")
	b.chooses("Set it up now")
	b.sees("Is it still you?")
	b.focus("Your password")
	b.staysInTheDialog()
	b.keys(kb.Escape)
	b.sees("First we make sure that it is you")
	b.chooses("Prove that it is me")
	b.focus("Your password")
	b.keys(ada.Password + kb.Enter)
	b.page("Choose a method")
	b.chooses("Continue")
	b.page("Get an authenticator app")
	b.chooses("I already have one")
	b.page("Name your device")
	b.focus("Name of the device")
	b.keys(kb.Enter)
	b.page("Connect your app")
	secret := servertest.SecretOf(t, b.key())
	b.chooses("My app shows a code")
	b.page("Enter the code")
	b.focus("Six-digit code")
	b.keys(h.passcode(secret))
	b.page("Save your recovery codes")
	b.focus("Save your recovery codes")
	b.chooses("Copy")
	b.sees("Copied")
	b.tabTo("I have saved them")
	b.keys(" ")
	b.chooses("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.focus("Two-factor authentication is on")
	b.chooses("To your security settings")
	b.page("Security")
	b.dialogsAndMenu()
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.keys(ada.Name + kb.Tab + ada.Password + kb.Enter)
	b.page("Enter your code")
	b.focus("Six-digit code")
	b.keys(secret.Passcode(auth.TimeStep(h.Clock.Now()) + 1))
	b.page("Welcome, Ada Lovelace")
}

// dialogsAndMenu opens and closes a dialog and the menu of the Security tab, and
// signs out, by the keyboard alone.
func (b *browser) dialogsAndMenu() {
	b.Helper()
	b.chooses("Rename Phone")
	b.sees("Rename this authenticator app")
	b.focus("Name")
	b.staysInTheDialog()
	b.keys(kb.Escape)
	b.seesNot("Rename this authenticator app")
	b.focus("Rename Phone")
	b.tabTo("Your account")
	b.keys(" ")
	b.sees("Sign out")
	b.keys(kb.Tab + kb.Escape)
	b.wait("the menu to close", `!document.querySelector("details.menu").open`)
	b.focus("Your account")
	b.keys(kb.Enter)
	b.chooses("Sign out")
}
