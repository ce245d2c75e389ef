package journey_test

import (
	"testing"
	"time"

	"doorward/server/servertest"
)

// again signs who in anew, in another browser: the proof that the first one has
// does not count there.
func (h *house) again(who *servertest.Person) *servertest.Person {
	who.Browser = h.Browser()
	return who.SignIn()
}

// provesBoth gives password and passcode in the step-up. The passcode sends it.
func (b *browser) provesBoth(who *servertest.Person, passcode string) {
	b.Helper()
	b.sees("Is it still you?")
	b.focus("Your password")
	b.fill("Your password", who.Password)
	b.fill("Six-digit code", passcode)
	b.seesNot("Is it still you?")
}

func TestSecurity_RenamesReplacesAndRemoves(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.again(ada.SignIn().Enroll())
	b := h.signedIn(t, ada)
	b.expect("403 POST", "403 GET", "401 POST", "422 POST", "400 POST")
	b.open("/profile/security")
	b.page("Security")
	b.sees("Active", "Keep a second way in")

	b.press("Remove Phone") // the last one explains, and needs no proof
	b.sees("This is your only authenticator app", "there would be no second step")
	b.focus("Cancel")
	b.press("Cancel")
	b.focus("Remove Phone")

	b.renamesAfterProof(h, ada)

	b.press("Add another") // proved: not asked again
	b.page("Choose a method")
	b.connects(h, "Tablet")
	b.page("Tablet is connected")
	b.press("To your security settings")
	b.page("Security")
	b.sees("Tablet")

	b.press("Replace Old phone")
	b.page("Choose a method")
	fresh := b.connects(h, "New phone")
	b.page("New phone has taken over")
	b.press("To your security settings")
	b.page("Security")
	b.sees("New phone", "Tablet")
	b.seesNot("Old phone")

	b.press("Remove Tablet")
	b.sees("Remove Tablet?", "Its codes stop working at once.")
	b.focus("Cancel")
	b.press("Remove it")
	b.sees("Tablet is removed.")
	b.wait("one row", `all("ul.items > li").length === 1`)
	b.focus("Security")

	b.open("/sign-in") // signed in: goes home
	b.page("Welcome, Ada Lovelace")
	b.signsOut()
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.fill("Six-digit code", ada.Passcode())
	b.sees("That code is not right.")
	b.fill("Six-digit code", h.passcode(fresh))
	b.page("Welcome, Ada Lovelace")
}

// renamesAfterProof renames the only authenticator, after a wrong password and a
// spent passcode.
func (b *browser) renamesAfterProof(h *house, ada *servertest.Person) {
	b.Helper()
	b.press("Rename Phone")
	b.sees("Is it still you?")
	b.fill("Your password", "not my password")
	b.fill("Six-digit code", h.passcode(ada.Secret))
	b.sees("That password is not right.")
	b.fill("Your password", ada.Password)
	b.press("Continue")
	b.sees("That code has been used. Please wait for the next one.")
	b.fill("Six-digit code", ada.Passcode())
	b.sees("Rename this authenticator app")
	b.holds("Name", "Phone")
	b.fill("Name", "Old phone")
	b.press("Save the name")
	b.sees("The name is saved.", "Old phone")
}

func TestSecurity_CodesAndOffAskAgainAfterTenMinutes(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.again(ada.SignIn().Enroll())
	b := newBrowser(t, h.address)
	b.withClock()
	servertest.Adopt(t, b.ctx, h.address, ada.Browser)
	b.expect("403 POST", "403 GET")
	b.open("/profile/security")
	b.page("Security")
	b.press("Make new codes")
	b.provesBoth(ada, ada.Passcode())
	b.sees("Make new recovery codes?")
	b.press("Make new codes")
	b.sees("Your new recovery codes", "They are shown only now.")
	codes := b.codes()
	b.cannot("Done")
	b.press("Close")
	b.sees("Please save the codes first")
	file := b.downloads("Download", "doorward-ada-recovery-codes.txt")
	if n := len(codeShape.FindAllString(file, -1)); n != 10 {
		t.Errorf("the file has %d codes", n)
	}
	b.press("I have saved them")
	b.press("Done")
	b.sees("Your new recovery codes are in force.", "10 of 10 left")

	b.press("Rename Phone") // still proved
	b.sees("Rename this authenticator app")
	b.press("Cancel")
	h.Clock.Advance(12 * time.Minute)
	b.later(12 * time.Minute)
	b.press("Turn it off")
	b.sees("Is it still you?")
	b.press("Use a recovery code instead")
	b.focus("Recovery code")
	b.fill("Your password", ada.Password)
	b.fill("Recovery code", codes[0])
	b.press("Continue")
	b.sees("Note your new recovery code", "This one takes its place.")
	b.replacement()
	b.press("I have noted it")
	b.sees("Turn off two-factor authentication?", "Your recovery codes stop working.")
	b.focus("Keep it on")
	b.press("Keep it on")
	b.sees("10 of 10 left")
	b.press("Turn it off")
	b.wait("the question", `reach() !== document`)
	b.press("Turn it off")
	b.sees("Two-factor authentication is off.", "Not set up")
	b.signsOut()
	b.signsIn(ada.Name, ada.Password)
	b.page("Protect your account")
}
