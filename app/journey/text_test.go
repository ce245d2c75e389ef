package journey_test

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"doorward/server/auth"
	"doorward/server/servertest"
)

// number is a mobile number in Germany.
const number = "+491701234542"

// passes moves the portal's time on, and the time that the page goes by; see
// withClock.
func (h *house) passes(b *browser, d time.Duration) {
	b.Helper()
	h.Clock.Advance(d)
	b.later(d)
}

func TestText_SetUpByTheWizardAndSignedInWith(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t, servertest.WithTexts)
	b := h.inWizard(t, ada.SignIn().StepUp(), "")
	b.expect("400 POST "+h.address+"/api/enrollment/start", "401 POST "+h.address+"/api/enrollment/confirm")
	b.page("Choose a method")
	b.sees("Step 1 of 6", "Weaker", "An authenticator app is safer")
	b.press("Text message")
	b.sees("Step 1 of 4")
	b.press("Continue")
	b.page("Your mobile number")
	b.focus("Mobile number")
	b.press("Send a code")
	b.sees("Please fill this in.")
	b.fill("Mobile number", "0049 30 / 123456")
	b.press("Send a code")
	b.sees("This number takes no text messages. Please enter a mobile number.")
	b.focus("Mobile number")
	if n := h.Deliver() + len(h.Post.Texts("")); n > 1 { // the notice of a new device
		t.Errorf("a landline got one of %d messages", n)
	}
	b.fill("Mobile number", "0049 (0)170 / 123-45 42")
	b.press("Send a code")
	b.page("Enter the code")
	b.sees("Step 3 of 4", "We have sent a code to the number ending in 42.", "Another code in")
	b.provesTheNumber(h)
	b.page("Save your recovery codes")
	b.sees("Step 4 of 4")
	b.saves()
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.press("To your security settings")
	b.page("Security")
	b.sees("Active", "Text message – the weaker choice", "10 of 10 left")
	b.seesNot("4542")

	b.signsOut()
	h.Clock.Advance(auth.ResendAfter)
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter the code from your phone")
	b.focus("Six-digit code")
	b.sees("to the number ending in 42", "Not received?")
	b.keys(h.CodeAt(number))
	b.page("Welcome, Ada Lovelace")
}

// provesTheNumber gives a wrong code, has another sent, gives the one before, and
// then the right one.
func (b *browser) provesTheNumber(h *house) {
	b.Helper()
	b.focus("Six-digit code")
	first := h.CodeAt(number)
	b.keys(otherThan(first))
	b.sees("That code is not right.")
	b.focus("Six-digit code")
	b.holds("Six-digit code", "")
	h.passes(b, auth.ResendAfter)
	b.press("Send another code")
	b.sees("Another code in")
	b.seesNot("That code is not right.")
	b.reload("Enter the code")
	b.focus("Six-digit code")
	b.keys(first)
	b.sees("That code is not right. The right one is in the newest message")
	b.keys(h.CodeAt(number))
}

// otherThan returns a code that code is not.
func otherThan(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}

func TestText_ByTheKeyboardAloneOnAPhone(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t, servertest.WithTexts)
	b := h.signedIn(t, ada.SignIn().StepUp(), servertest.Phone())
	b.expect("401 POST " + h.address + "/api/sign-in/text")
	b.open("/profile/security/set-up")
	b.page("Choose a method")
	b.tabTo("Authenticator app")
	b.keys(kb.ArrowDown)
	b.focus("Text message")
	b.chooses("Continue")
	b.page("Your mobile number")
	b.focus("Mobile number")
	b.keys("+49 170 1234542" + kb.Enter)
	b.page("Enter the code")
	b.focus("Six-digit code")
	b.chooses("Not received?")
	b.sees("Only the newest one counts.")
	b.fillByKeys("Six-digit code", h.CodeAt(number))
	b.page("Save your recovery codes")
	b.focus("Save your recovery codes")
	b.chooses("Copy")
	b.sees("Copied")
	b.tabTo("I have saved them")
	b.keys(" ")
	b.chooses("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.chooses("To your security settings")
	b.page("Security")
	b.tabTo("Your account")
	b.keys(kb.Enter)
	b.chooses("Sign out")

	b.page("Sign in")
	b.focus("User name or e-mail")
	h.Clock.Advance(auth.ResendAfter)
	b.keys(ada.Name + kb.Tab + ada.Password + kb.Enter)
	b.page("Enter the code from your phone")
	b.focus("Six-digit code")
	code := h.CodeAt(number)
	b.keys(otherThan(code))
	b.sees("That code is not right.")
	b.focus("Six-digit code")
	b.chooses("Another way")
	b.page("Another way in")
	h.Clock.Advance(auth.ResendAfter)
	b.chooses("Text message")
	b.page("Enter the code from your phone")
	b.focus("Six-digit code")
	b.keys(h.CodeAt(number))
	b.page("Welcome, Ada Lovelace")
}

// fillByKeys goes back to the field with this name by Shift and Tab, and types.
func (b *browser) fillByKeys(name, typed string) {
	b.Helper()
	for range 20 {
		if ask[bool](b, "document.activeElement === field("+js(name)+")") {
			b.keys(typed)
			return
		}
		b.keys(kb.Tab, kb.ModifierShift)
	}
	b.Fatalf("Shift and Tab never come to %q", name)
}

// plainText runs a journey where the client never comes, for somebody whose second
// step is a text message.
func plainText(t *testing.T, journey func(b *browser, h *house, ada *servertest.Person)) {
	t.Run("without WebAssembly", func(t *testing.T) {
		t.Parallel()
		h, ada := newHouse(t, servertest.WithTexts)
		b := newBrowser(t, h.address, servertest.NoWebAssembly())
		journey(b, h, ada.SignIn().EnrollText(number))
	})
	t.Run("without scripts", func(t *testing.T) {
		t.Parallel()
		h, ada := newHouse(t, servertest.WithTexts)
		b := newBrowser(t, h.address)
		b.raw = true
		b.do(command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
		journey(b, h, ada.SignIn().EnrollText(number))
	})
}

func TestText_WithoutTheClient(t *testing.T) {
	t.Parallel()
	plainText(t, func(b *browser, h *house, ada *servertest.Person) {
		h.Clock.Advance(auth.ResendAfter)
		b.open("/profile/sessions")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter the code from your phone")
		b.focus("Six-digit code")
		b.sees("to the number ending in 42")
		first := h.CodeAt(number)
		b.fill("Six-digit code", otherThan(first))
		b.press("Continue")
		b.sees("That code is not right.")
		b.press("Send another code")
		b.sees("Try again in")
		h.Clock.Advance(auth.ResendAfter)
		b.press("Send another code")
		b.seesNot("Try again in")
		b.page("Enter the code from your phone")
		b.fill("Six-digit code", first)
		b.press("Continue")
		b.sees("That code is not right. The right one is in the newest message")

		h.Deliver() // the code that the next one voids
		b.press("Another way")
		b.page("Another way in")
		h.Clock.Advance(auth.ResendAfter)
		b.press("Text message")
		b.page("Enter the code from your phone")
		b.fill("Six-digit code", h.CodeAt(number))
		b.press("Continue")
		b.page("Sessions")
		b.is("/profile/sessions")
		b.press("Your account")
		b.press("Sign out")

		h.Clock.Advance(auth.ResendAfter)
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter the code from your phone")
		b.press("Lost your phone?")
		b.page("Lost your phone?")
		b.press("Use a recovery code")
		b.page("Use a recovery code")
		b.fill("Recovery code", ada.Codes[0])
		b.press("Continue")
		b.page("You are in")
		b.replacement()
	})
}
