package journey_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// inWizard opens the wizard for somebody who has proved themselves; hash is the
// step, or empty.
func (h *house) inWizard(t *testing.T, who *servertest.Person, hash string, screen ...servertest.ChromiumOption) *browser {
	t.Helper()
	b := newBrowser(t, h.address, screen...)
	b.withClock()
	servertest.Adopt(t, b.ctx, h.address, who.Browser)
	b.open("/profile/security/set-up" + hash)
	return b
}

// reload reloads the page, which must come back as the same step.
func (b *browser) reload(title string) {
	b.Helper()
	b.do(chromedp.Reload())
	b.page(title)
}

func TestWizard_ReloadAndBackAtEveryStep(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.inWizard(t, ada.SignIn().StepUp(), "")
	b.page("Choose a method")
	b.sees("Step 1 of 5")
	b.reload("Choose a method")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.sees("Step 2 of 5")
	b.is("/profile/security/set-up#app")
	b.focus("Get an authenticator app")
	b.press("Back")
	b.page("Choose a method")
	b.press("Continue")
	b.page("Get an authenticator app")
	b.reload("Get an authenticator app")
	b.press("iPhone, iPad")
	b.sees("App Store")
	b.press("Continue")
	b.page("Name your device")
	b.focus("Name of the device")
	b.holds("Name of the device", "Phone")
	b.reload("Name your device")
	b.press("Back")
	b.page("Get an authenticator app")
	b.press("Continue")
	b.fill("Name of the device", "Tablet")
	b.press("Continue")
	b.page("Connect your app")
	b.sees("For Tablet", "Step 3 of 5")
	key := b.key()
	b.reload("Connect your app")
	b.sameKey(key)
	b.press("Back")
	b.page("Get an authenticator app")
	b.press("Continue")
	b.page("Connect your app")
	b.sameKey(key)
	b.press("My app shows a code")
	b.page("Enter the code")
	b.focus("Six-digit code")
	b.reload("Enter the code")
	b.press("Back")
	b.page("Connect your app")
	b.press("My app shows a code")
	b.page("Enter the code")
	b.do(chromedp.NavigateBack())
	b.page("Connect your app")
	b.sameKey(key)
	b.do(chromedp.NavigateForward())
	b.page("Enter the code")
	b.fill("Six-digit code", h.passcode(servertest.SecretOf(t, key)))
	b.throughTheCodes()
	b.sees("Active", "Remove Tablet", "10 of 10 left")
}

// throughTheCodes reloads and goes back at the step of the recovery codes, and
// finishes.
func (b *browser) throughTheCodes() {
	b.Helper()
	b.page("Save your recovery codes")
	b.sees("Step 5 of 5")
	codes := b.codes()
	b.reload("Save your recovery codes")
	again := b.codes()
	for i := range codes {
		if codes[i] != again[i] {
			b.Errorf("after a reload the code %s is %s", codes[i], again[i])
		}
	}
	b.press("Back")
	b.page("Tablet works")
	b.reload("Tablet works")
	b.press("Go on to the recovery codes")
	b.page("Save your recovery codes")
	b.saves()
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.focus("Two-factor authentication is on")
	b.reload("Two-factor authentication is on")
	b.press("To your security settings")
	b.page("Security")
}

func (b *browser) sameKey(key string) {
	b.Helper()
	if now := b.key(); now != key {
		b.Errorf("the key was %s and is %s", key, now)
	}
}

func TestWizard_CancelAsksAndChangesNothing(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll().StepUp()
	b := h.inWizard(t, ada, "")
	b.open("/profile/security/set-up?add=1")
	b.page("Choose a method")
	b.press("Cancel") // nothing is pending: nothing to ask
	b.page("Security")
	b.open("/profile/security/set-up?add=1#scan")
	b.page("Name your device")
	b.fill("Name of the device", "Tablet")
	b.press("Continue")
	b.page("Connect your app")
	b.press("Cancel")
	b.sees("Stop setting it up?", "what you have keeps working")
	b.focus("Go on setting it up")
	b.press("Go on setting it up")
	b.seesNot("Stop setting it up?")
	b.page("Connect your app")
	b.press("Cancel")
	b.press("Stop")
	b.page("Security")
	b.sees("Phone", "10 of 10 left")
	if info := servertest.Must(t, ada, api.Security, api.None{}); len(info.Authenticators) != 1 {
		t.Errorf("after it was cancelled there are %d authenticators", len(info.Authenticators))
	}
	ada.StepUp() // with the old phone
}

func TestWizard_TimeOutSaysSoAndStartsAnew(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().StepUp()
	b := h.inWizard(t, ada, "#scan")
	b.expect("403 GET", "422 POST")
	b.page("Name your device")
	b.press("Continue")
	b.page("Connect your app")
	key := b.key()
	h.Clock.Advance(10*time.Minute + time.Second)
	h.provesAgain(b, ada)
	b.later(10*time.Minute + time.Second)
	b.page("That took a little long") // by itself
	b.sees("Nothing was changed.")
	b.press("Start again")
	b.page("Connect your app")
	if b.key() == key {
		t.Error("the new key is the old one")
	}
	b.press("My app shows a code")
	b.page("Enter the code")
	h.Clock.Advance(10*time.Minute + time.Second) // the browser does not know
	h.provesAgain(b, ada)
	b.keys("123456")
	b.page("That took a little long")
	b.press("Start again")
	b.page("Connect your app")
}

func TestWizard_SaysWhatIsWrongWithACode(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll().StepUp()
	b := h.inWizard(t, ada, "")
	b.expect("403 POST", "422 POST", "400 POST", "401 POST")
	b.open("/profile/security/set-up?add=1#scan")
	b.page("Name your device")
	b.fill("Name of the device", "Tablet")
	b.press("Continue")
	b.page("Connect your app")
	secret := servertest.SecretOf(t, b.key())
	b.press("My app shows a code")
	b.page("Enter the code")
	b.keys("000000")
	b.sees("That code is not right.")
	b.holds("Six-digit code", "")
	b.focus("Six-digit code")
	step := auth.TimeStep(h.Clock.Now())
	b.keys(secret.Passcode(step - 4))
	b.sees("Your phone's clock is slow.", "It is off by about 2 minutes.")
	b.holds("Six-digit code", "")
	b.keys(secret.Passcode(step + 4))
	b.sees("Your phone's clock is fast.")
	b.holds("Six-digit code", "")
	b.press("The code is not taken?")
	b.sees("the clock of your device is set automatically")
	b.fill("Six-digit code", secret.Passcode(step))
	b.page("Tablet is connected")
}

// provesAgain renews the proof of who in the session of b, as another of its pages
// could.
func (h *house) provesAgain(b *browser, who *servertest.Person) {
	b.Helper()
	who.StepUp()
	servertest.Adopt(b.T, b.ctx, h.address, who.Browser)
}

// connects goes from the first step of the wizard to the passcode, and returns
// what the new app holds.
func (b *browser) connects(h *house, name string) auth.Secret {
	b.Helper()
	b.press("Continue")
	b.page("Get an authenticator app")
	b.press("I already have one")
	b.page("Name your device")
	b.fill("Name of the device", name)
	b.press("Continue")
	b.page("Connect your app")
	secret := servertest.SecretOf(b.T, b.key())
	b.press("My app shows a code")
	b.page("Enter the code")
	b.fill("Six-digit code", h.passcode(secret))
	return secret
}
