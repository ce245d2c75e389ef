package journey_test

import (
	"strings"
	"testing"
)

// TestWhole_FromTheSetupLinkToANewPhone is the story that Doorward is for, with the
// binary that people run.
func TestWhole_FromTheSetupLinkToANewPhone(t *testing.T) {
	t.Parallel()
	address, setupLink := startBinary(t)
	b := newBrowser(t, address)
	b.expect("401 POST", "403 POST", "422 POST", "400 POST")
	b.setsUp(strings.TrimPrefix(setupLink, address))

	b.page("Sign in")
	b.sees("Doorward is ready.")
	b.signsIn("ada", "umbrella kitchen orbit")
	b.page("Protect your account")
	b.press("Later")
	b.page("Welcome, Ada Lovelace")
	b.sees("Not set up")
	b.press("Your account")
	b.press("Profile")
	b.page("Profile")
	b.press("Security")
	b.page("Security")
	b.sees("Not set up")

	old := b.enrolls("ada", "umbrella kitchen orbit")
	codes := b.saves()
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.press("To your security settings")
	b.page("Security")
	b.sees("Active", "10 of 10 left")
	b.seesNot("Not set up")

	b.signsOut()
	b.signsIn("ada@example.org", "umbrella kitchen orbit")
	b.page("Enter your code")
	b.fill("Six-digit code", old.passcode())
	b.page("Welcome, Ada Lovelace")

	b.signsOut()
	b.signsIn("ada", "umbrella kitchen orbit")
	b.page("Enter your code")
	b.press("Lost your phone?")
	b.page("Lost your phone?")
	b.press("Use a recovery code")
	b.page("Use a recovery code")
	b.fill("Recovery code", strings.ToLower(strings.ReplaceAll(codes[3], "-", " ")))
	b.press("Continue")
	b.page("You are in")
	b.sees("You have 10 recovery codes, this one among them.")
	if replacement := b.replacement(); strings.Contains(strings.Join(codes, "\n"), replacement) {
		t.Errorf("the replacement %s was there before", replacement)
	}

	b.press("Set up a new phone")
	next := b.replaces("ada", "umbrella kitchen orbit")
	b.signsOut()
	b.signsIn("ada", "umbrella kitchen orbit")
	b.page("Enter your code")
	b.fill("Six-digit code", old.passcode())
	b.sees("That code is not right. Each code works once: if you have used this one, wait for the next.")
	b.fill("Six-digit code", next.passcode())
	b.page("Welcome, Ada Lovelace")
}

// setsUp makes the organization and its administrator, with what is wrong first.
func (b *browser) setsUp(path string) {
	b.Helper()
	b.open(path)
	b.page("Welcome to Doorward")
	b.focus("Organization")
	b.fill("Organization", "Analytical Engines")
	b.fill("Your name", "Ada Lovelace")
	b.fill("User name", "ada")
	b.fill("E-mail", "ada@example.org")
	b.fill("Password", "short")
	b.sees("10 more characters needed")
	b.press("Make the account")
	b.sees("Use more characters.")
	b.focus("Password")
	b.fill("Password", "umbrella kitchen orbit")
	b.press("Make the account")
}

// enrolls goes from the Security tab to the recovery codes.
func (b *browser) enrolls(account, password string) *phone {
	b.Helper()
	b.press("Set up two-factor authentication")
	b.proves(password)
	b.page("Choose a method")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.press("I already have one")
	b.page("Name your device")
	b.fill("Name of the device", "Old phone")
	b.press("Continue")
	b.page("Connect your app")
	p := b.newPhone(account)
	b.press("My app shows a code")
	b.page("Enter the code")
	b.focus("Six-digit code")
	b.fill("Six-digit code", p.passcode())
	b.page("Save your recovery codes")
	return p
}

// proves gives the password in the step-up.
func (b *browser) proves(password string) {
	b.Helper()
	b.sees("Is it still you?")
	b.fill("Your password", password)
	b.press("Continue")
	b.seesNot("Is it still you?")
}

// saves saves the recovery codes: there is no way on before that.
func (b *browser) saves() []string {
	b.Helper()
	codes := b.codes()
	b.cannot("Turn on two-factor authentication")
	b.cannot("I have saved them")
	b.sees("Download, copy or print them first.")
	b.press("Copy")
	b.sees("Copied")
	b.cannot("Turn on two-factor authentication")
	b.press("I have saved them")
	return codes
}

// codes returns the ten recovery codes that the page shows.
func (b *browser) codes() []string {
	b.Helper()
	b.wait("ten recovery codes", `all("ol.codes li").length === 10`)
	return ask[[]string](b, `all("ol.codes li").map(e => e.lastElementChild.textContent)`)
}

// cannot fails when what has this name can be pressed.
func (b *browser) cannot(press string) {
	b.Helper()
	b.wait(press+", switched off", "pressable("+js(press)+") && !usable(pressable("+js(press)+"))")
}

// replaces sets up the new phone after the old one is lost.
func (b *browser) replaces(account, password string) *phone {
	b.Helper()
	b.wait("the wizard", `location.pathname === "/profile/security/set-up"`)
	b.settle()
	b.page("Choose a method")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.press("Continue")
	b.page("Name your device")
	b.fill("Name of the device", "New phone")
	b.press("Continue")
	b.page("Connect your app")
	p := b.newPhone(account)
	b.press("My app shows a code")
	b.page("Enter the code")
	b.fill("Six-digit code", p.passcode())
	b.page("New phone has taken over")
	return p
}

func (b *browser) signsOut() {
	b.Helper()
	b.open("/profile")
	b.page("Profile")
	b.press("Your account")
	b.press("Sign out")
	b.page("Sign in")
	b.sees("You are signed out.")
}
