package journey_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"doorward/server/auth"
	"doorward/server/servertest"
)

// wrong waits until a field is marked as wrong, with words that are tied to it, that are announced, and with the focus on it.
func (b *browser) wrong(name, words string) {
	b.Helper()
	b.wait(name+", marked as wrong", `field(`+js(name)+`)?.getAttribute("aria-invalid") === "true"`)
	b.wait("the words at "+name, `(field(`+js(name)+`).getAttribute("aria-describedby") || "").split(" ")
		.some(id => id && tidy(document.getElementById(id).innerText).includes(`+js(words)+`))`)
	b.wait(words+", announced", `[...reach().querySelectorAll("[aria-live=polite]")].some(e => tidy(e.textContent).includes(`+js(words)+`))`)
	b.focus(name)
}

// alerted waits for words in a part of the page that is read out the moment they appear.
func (b *browser) alerted(words string) {
	b.Helper()
	b.wait("the alert "+words, `all("[role=alert]").some(e => tidy(e.innerText).includes(`+js(words)+`))`)
}

// types replaces what stands in the field that has the focus.
func (b *browser) types(text string) {
	b.Helper()
	b.keys("a", kb.ModifierCtrl)
	b.at.typed(text)
	b.keys(text)
}

// beginsAtTheTop waits for the focus to be nowhere yet, as on a document of its own without a field: it is read from its title on.
func (b *browser) beginsAtTheTop() {
	b.Helper()
	b.wait("the focus at the top", "document.activeElement === document.body")
}

// provesByKeys gives the password and a passcode in the step-up. The passcode sends it.
func (b *browser) provesByKeys(password, passcode string) {
	b.Helper()
	b.sees("Is it still you?")
	b.focus("Your password")
	b.types(password)
	b.tabTo("Six-digit code")
	b.types(passcode)
	b.seesNot("Is it still you?")
}

func TestKeyboard_SetsUpThePortal(t *testing.T) {
	t.Parallel()
	needsClient(t)
	p, address := servertest.Serve(t)
	link, _, err := p.Server.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, address)
	b.expect("422 POST")
	b.open(strings.TrimPrefix(link, address))
	b.page("Welcome to Doorward")
	b.focus("Organization")
	b.keys(kb.Enter)
	b.wrong("Organization", "Please fill this in.")
	b.types("Analytical Engines" + kb.Tab + "Ada Lovelace" + kb.Tab + "ada" + kb.Tab + "ada@example.org" + kb.Tab)
	b.focus("Password")
	b.types("short" + kb.Enter)
	b.wrong("Password", "Use more characters.")
	b.types("umbrella kitchen orbit")
	b.chooses("Show the password")
	b.focus("Hide the password")
	b.wait("the password to be seen", `field("Password").type === "text"`)
	b.chooses("Make the account")
	b.page("Sign in")
	b.sees("Doorward is ready.")
	b.focus("User name or e-mail")
	b.keys("ada" + kb.Tab + "not the password" + kb.Enter)
	b.expect("401 POST")
	b.alerted("Name and password do not match.")
	b.focus("Password")
	b.types("umbrella kitchen orbit" + kb.Enter)
	b.page("Protect your account")
	b.beginsAtTheTop()
	b.chooses("Later")
	b.page("Welcome, Ada Lovelace")
}

func TestKeyboard_LostPhoneAndANewOne(t *testing.T) {
	t.Parallel()
	h, _ := newHouse(t)
	mary := h.Invite("mary").SignIn().Enroll()
	b := newBrowser(t, h.address)
	b.expect("401 POST")
	b.open("/sign-in")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.keys(mary.Name + kb.Tab + mary.Password + kb.Enter)
	b.page("Enter your code")
	b.focus("Six-digit code")
	b.chooses("Lost your phone?")
	b.page("Lost your phone?")
	b.focus("Lost your phone?")
	b.chooses("Use a recovery code")
	b.page("Use a recovery code")
	b.focus("Recovery code")
	b.types("AAAA-BBBB-CCCC-DDDD" + kb.Enter)
	b.alerted("That recovery code is not right, or has been used.")
	b.focus("Recovery code")
	b.types(mary.Codes[0] + kb.Enter)
	b.page("You are in")
	b.beginsAtTheTop()
	b.chooses("Set up a new phone")
	b.is("/profile/security/set-up?replace=any")
	b.page("Choose a method")
	b.chooses("Continue")
	b.page("Get an authenticator app")
	b.focus("Get an authenticator app")
	b.chooses("I already have one")
	b.page("Name your device")
	b.focus("Name of the device")
	b.types("New phone" + kb.Enter)
	b.page("Connect your app")
	b.focus("Connect your app")
	secret := servertest.SecretOf(t, b.key())
	b.chooses("My app shows a code")
	b.page("Enter the code")
	b.focus("Six-digit code")
	b.types(wrongOf(h.passcode(secret)))
	b.wrong("Six-digit code", "That code is not right.")
	b.types(h.passcode(secret))
	b.page("New phone has taken over")
	b.focus("New phone has taken over")
	b.chooses("To your security settings")
	b.page("Security")
	b.tabTo("Your account")
	b.keys(kb.Enter)
	b.chooses("Sign out")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.keys(mary.Name + kb.Tab + mary.Password + kb.Enter)
	b.page("Enter your code")
	b.focus("Six-digit code")
	b.keys(secret.Passcode(auth.TimeStep(h.Clock.Now()) + 1))
	b.page("Welcome, mary")
}

func TestKeyboard_CodeToTheRecoveryPhone(t *testing.T) {
	t.Parallel()
	h, _ := newHouse(t, servertest.WithTexts)
	mary := h.Invite("mary").SignIn().Enroll()
	h.withPhone(t, mary)
	b := newBrowser(t, h.address)
	b.open("/sign-in")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.keys(mary.Name + kb.Tab + mary.Password + kb.Enter)
	b.page("Enter your code")
	b.chooses("Lost your phone?")
	b.page("Lost your phone?")
	b.chooses("Text a code to the number ending in 42")
	b.page("Enter the code from your phone")
	b.focus("Six-digit code")
	h.Deliver()
	b.keys(h.Post.Code(maryPhone))
	b.page("You are in")
	b.beginsAtTheTop()
	b.chooses("I still have my phone")
	b.page("Welcome, mary")
}
