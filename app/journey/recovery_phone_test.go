package journey_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
)

// spare is another mobile number in Germany.
const spare = "+491702345656"

// getsAnApp goes from the first step of the wizard past that about apps.
func (b *browser) getsAnApp() {
	b.Helper()
	b.page("Choose a method")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.press("I already have one")
}

// namesAndConnects goes from the name of the device to the end of the wizard.
func (b *browser) namesAndConnects(h *house) {
	b.Helper()
	b.page("Name your device")
	b.focus("Name of the device")
	b.press("Continue")
	b.page("Connect your app")
	secret := servertest.SecretOf(b.T, b.key())
	b.press("My app shows a code")
	b.page("Enter the code")
	b.fill("Six-digit code", h.passcode(secret))
	b.page("Save your recovery codes")
	b.saves()
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
}

// verifies gives a number, and the code that is sent to it.
func (b *browser) verifies(h *house, number string) {
	b.Helper()
	b.focus("Mobile number")
	b.fill("Mobile number", number)
	b.press("Send a code")
	b.sees("We have sent a code to the number ending in " + number[len(number)-2:] + ".")
	b.focus("Six-digit code")
	b.keys(h.CodeAt(number))
}

func TestRecoveryPhone_SkippedInTheWizardAndAddedAfterwards(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t, servertest.WithTexts)
	b := h.inWizard(t, ada.SignIn().StepUp(), "")
	b.page("Choose a method")
	b.sees("Step 1 of 6")
	b.getsAnApp()
	b.page("Your recovery phone")
	b.sees("Step 3 of 6")
	b.focus("Mobile number")
	b.press("Skip for now")
	b.namesAndConnects(h)
	b.sees("Add a recovery phone")
	b.press("Add a phone number")
	b.page("Add a recovery phone")
	b.verifies(h, number)
	b.page("Security")
	b.sees("The number ending in 42 is your recovery phone now.", "+49 ••• 42")
}

func TestRecoveryPhone_VerifiedInTheWizard(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t, servertest.WithTexts)
	h.SetPolicy(func(p *auth.Policy) { p.RecoveryPhone = auth.PhoneRequired })
	b := h.inWizard(t, ada.SignIn().StepUp(), "")
	b.expect("400 POST "+h.address+"/api/recovery-phone/start", "401 POST "+h.address+"/api/recovery-phone/confirm",
		"422 POST "+h.address+"/api/recovery-phone/remove")
	b.getsAnApp()
	b.page("Your recovery phone")
	b.sees("Your organization asks for one.")
	b.seesNot("Skip for now")
	b.fill("Mobile number", "+49 170 1234542 ext. 7")
	b.press("Send a code")
	b.sees("A number with an extension takes no text messages.")
	b.verifiesAfterReloads(h)
	b.namesAndConnects(h)
	b.seesNot("Add a recovery phone")
	b.press("To your security settings")
	b.page("Security")
	b.sees("Recovery phone", "Your organization asks for one.", "+49 ••• 42")

	b.press("Remove +49 ••• 42")
	b.sees("Remove +49 ••• 42?")
	b.press("Remove it")
	b.sees("the last one can be changed but not removed")
	b.press("Change the number")
	b.page("Change your recovery phone")
	b.verifies(h, spare)
	b.page("Security")
	b.sees("The number ending in 56 is your recovery phone now.", "+49 ••• 56")
	b.seesNot("+49 ••• 42")
}

// verifiesAfterReloads verifies number in the wizard, with reloads and with another
// message in between.
func (b *browser) verifiesAfterReloads(h *house) {
	b.Helper()
	b.fill("Mobile number", number)
	b.press("Send a code")
	b.sees("We have sent a code to the number ending in 42.")
	b.reload("Your recovery phone")
	b.sees("We have sent a code", "Another code in")
	b.keys(otherThan(h.CodeAt(number)))
	b.sees("That code is not right.")
	h.passes(b, auth.ResendAfter)
	b.press("Send another code")
	b.sees("Another code in")
	b.seesNot("That code is not right.")
	b.fill("Six-digit code", h.CodeAt(number))
	b.page("Name your device")
	b.focus("Name of the device")
	b.press("Back")
	b.page("Your recovery phone")
	b.sees("The number ending in 42 is verified.")
	b.press("Continue")
}

func TestRecoveryPhone_AddedChangedAndRemovedOnTheSecurityTab(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t, servertest.WithTexts)
	h.again(ada.SignIn().Enroll())
	b := newBrowser(t, h.address, servertest.Phone())
	b.withClock()
	servertest.Adopt(t, b.ctx, h.address, ada.Browser)
	b.expect("403 GET "+h.address+"/api/recovery-phone", "400 POST "+h.address+"/api/recovery-phone/start")
	b.open("/profile/security")
	b.page("Security")
	b.sees("No recovery phone yet")
	b.press("Add a recovery phone")
	b.provesBoth(ada, ada.Passcode())
	b.page("Add a recovery phone")
	b.verifies(h, number)
	b.page("Security")
	b.sees("+49 ••• 42")

	h.passes(b, 15*time.Minute)
	b.press("Change +49 ••• 42")
	b.provesBoth(ada, ada.Passcode())
	b.page("Change your recovery phone")
	b.fill("Mobile number", number)
	b.press("Send a code")
	b.sees("You have this number here already.")
	b.verifies(h, spare)
	b.page("Security")
	b.sees("+49 ••• 56")
	b.seesNot("+49 ••• 42")

	h.passes(b, 15*time.Minute)
	b.press("Remove +49 ••• 56")
	b.provesBoth(ada, ada.Passcode())
	b.sees("Remove +49 ••• 56?")
	b.focus("Cancel")
	b.press("Remove it")
	b.sees("+49 ••• 56 is removed.", "No recovery phone yet")
	b.focus("Security")
	h.Deliver()
	if list := h.Post.Texts(spare); len(list) == 0 {
		t.Error("the number is not told that it is removed")
	}
}
