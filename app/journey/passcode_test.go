package journey_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// halfway puts the browser where ada has given her password.
func (h *house) halfway(b *browser, ada *servertest.Person) {
	b.Helper()
	half := h.Browser()
	servertest.Must(b.T, half, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password, Next: "/profile"})
	servertest.Adopt(b.T, b.ctx, h.address, half)
	b.open("/sign-in/passcode")
	b.page("Enter your code")
	b.focus("Six-digit code")
}

func TestPasscode_IsSentOnceByItself(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	b := newBrowser(t, h.address)
	b.expect("403 POST", "401 POST", "422 POST", "400 POST")
	h.halfway(b, ada)
	b.keys("000000")
	b.sees("That code is not right.")
	b.focus("Six-digit code")
	b.keys(kb.End + kb.Backspace)
	b.holds("Six-digit code", "00000")
	b.keys("0")
	b.holds("Six-digit code", "000000")
	b.fill("Six-digit code", "111111")
	b.until("the second refusal", func() bool { return len(b.at.answered("/api/sign-in/totp")) == 2 })
	b.sees("That code is not right.")
	b.fill("Six-digit code", ada.Passcode())
	b.page("Profile")
	if n := len(b.at.answered("/api/sign-in/totp")); n != 3 {
		t.Errorf("three values were sent %d times", n)
	}
}

func TestPasscode_IsTakenOutOfWhatIsPasted(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	b := newBrowser(t, h.address)
	for _, text := range []func(code string) string{
		func(code string) string { return code[:3] + " " + code[3:] },
		func(code string) string { return code[:3] + "-" + code[3:] },
		func(code string) string { return "Your code for Doorward is " + code + ". Tell it to nobody." },
	} {
		h.halfway(b, ada)
		pasted := text(ada.Passcode())
		b.at.typed(pasted)
		b.do(copying(pasted))
		b.do(command(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "v", Code: "KeyV",
			Modifiers: int64(kb.ModifierCtrl), Commands: []string{"paste"}}))
		b.page("Profile")
	}
}

// copying puts text on the clipboard, as a press of a button could.
func copying(text string) chromedp.Action[chromedp.Void] {
	return command(runtime.Evaluate, runtime.EvaluateParams{
		Expression: "navigator.clipboard.writeText(" + js(text) + ")", UserGesture: new(true), AwaitPromise: new(true)})
}
