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
	b.fill("Six-digit code", ada.Passcode())
	b.keys(kb.Enter)
	b.page("Security")
	b.is("/profile/security")
	if sent := b.at.answered("/api/sign-in"); len(sent) > 0 {
		t.Errorf("without the client there were calls: %v", sent)
	}
	release()
	b.raw = false
	b.sees("Active", "10 of 10 left")
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
