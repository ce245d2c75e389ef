package journey_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestTakeOver_KeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	release := h.holdClient()
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/profile")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.fill("Password", "umbrella orbit")
	for range "orbit" {
		b.keys(kb.ArrowLeft)
	}
	// A password manager that fills in the name tells nobody.
	ask[bool](b, `(field("User name or e-mail").value = "`+ada.Name+`", true)`)
	before := ask[float64](b, `document.querySelector("main").getBoundingClientRect().height`)
	release()
	b.raw = false
	b.settle()
	b.holds("User name or e-mail", ada.Name)
	b.holds("Password", "umbrella orbit")
	b.focus("Password")
	if after := ask[float64](b, `document.querySelector("main").getBoundingClientRect().height`); after != before {
		t.Errorf("the page was %v high and is %v after the take-over", before, after)
	}
	b.at.typed(ada.Password)
	b.keys("kitchen ") // where the caret is
	b.holds("Password", ada.Password)
	b.keys(kb.Enter)
	b.page("Enter your code")
	b.fill("Six-digit code", ada.Passcode())
	b.page("Profile")
	if n := len(b.at.answered("/api/sign-in")); n < 2 {
		t.Errorf("the client sent %d calls", n)
	}
}

func TestTakeOver_MayComeAfterTheWholeSignIn(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	release := h.holdClient()
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/profile/security")
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.fill("Six-digit code", ada.Passcode()) // the last digit sends them
	b.page("Security")
	b.is("/profile/security")
	b.sees("Active", "10 of 10 left")
	b.press("Make new codes") // there is nobody yet who could
	b.wait("the button to show that it is at work", `pressable("Make new codes").classList.contains("busy")`)
	if sent := b.at.answered("/api/sign-in"); len(sent) > 0 {
		t.Errorf("without the client there were calls: %v", sent)
	}
	release()
	b.raw = false
	b.sees("Active", "10 of 10 left", "Is it still you?") // what the press leads to
	if sent := b.at.answered("/api/security"); len(sent) > 0 {
		t.Errorf("the client asked for what the page had brought along: %v", sent)
	}
}

func TestTakeOver_WaitsForHandsToRest(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/sign-in")
	b.page("Sign in")
	// Somebody at work: no timer of the page runs out between two keys.
	ask[bool](b, `(window.hurry = setInterval(() => document.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift"})), 20), true)`)
	b.wait("the client to have been fetched ahead", `performance.getEntriesByType("resource").some(e => e.name.endsWith("/app.wasm"))`)
	b.signsIn(ada.Name, "not my password")
	b.sees("Name and password do not match.")
	if sent := b.at.answered("/api/sign-in"); len(sent) > 0 {
		t.Errorf("the client came between the keys: %v", sent)
	}
	b.raw = false
	b.settle()
	b.signsIn(ada.Name, ada.Password)
	b.is("/sign-in/protect")
}

func TestTakeOver_KeepsTheFocusAlone(t *testing.T) {
	t.Parallel()
	h, _ := newHouse(t)
	release := h.holdClient()
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/sign-in")
	b.focus("User name or e-mail")
	b.keys(kb.Tab)
	b.focus("Password")
	release()
	b.raw = false
	b.settle()
	b.focus("Password")
	b.keys("sesame stone")
	b.holds("Password", "sesame stone")
	b.press("Show the password")
	b.wait("the password to be legible", `field("Password").type === "text"`)
	b.press("Hide the password")
	b.holds("Password", "sesame stone")
}

// What is held back is the same form again. Who leaves by another one meanwhile, leaves.
func TestIntruder_NobodyIsKeptFromLeaving(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	h.holdClient()
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/sign-in")
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	ask[bool](b, `(document.querySelector("form[action='/sign-in/totp']").requestSubmit(), document.querySelector("form[action='/sign-in/cancel']").requestSubmit(), true)`)
	b.page("Sign in")
}

// TestTakeOver_NamesSurviveARefusal has forms refused that were sent before the client
// came: names and addresses are still there, passwords are not, and nothing is kept.
func TestTakeOver_NamesSurviveARefusal(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.holdClient()
	b := newBrowser(t, h.address)
	b.raw = true
	b.open("/sign-in")
	b.page("Sign in")
	b.signsIn(ada.Name, "not my password")
	b.sees("Name and password do not match.")
	b.holds("User name or e-mail", ada.Name)
	b.holds("Password", "")
	b.keepsNothing()
	b.open("/sign-in?code=wrong_password")
	b.sees("Name and password do not match.")
	b.holds("User name or e-mail", "") // that was for one trip
}
