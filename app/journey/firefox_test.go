package journey_test

import (
	"fmt"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
)

// fox is somebody at a Firefox, who sees with the same eyes.
type fox struct {
	*testing.T
	*servertest.Firefox
}

// until waits until the expression holds; a page that is being left is as good as no.
func (f fox) until(what, expression string) {
	f.Helper()
	var ok bool
	for end := time.Now().Add(patience); f.see(expression, &ok) != nil || !ok; time.Sleep(20 * time.Millisecond) {
		if !f.Alive() || time.Now().After(end) {
			var seen string
			err := f.see(`location.href + " [" + document.documentElement.className + "] focus on " + nameOf(document.activeElement) + ": " + text()`, &seen)
			f.Fatalf("waited for %s; seen: %s %v; complaints: %q", what, seen, err, f.Complaints())
		}
	}
}

func (f fox) see(expression string, result any) error {
	return f.Look("(async () => {"+eyes+"return "+expression+"})()", result)
}

// page waits for the page with this title and its client, and fails when it is not in order.
func (f fox) page(title string) {
	f.Helper()
	f.until("the page "+title, settled(false)+` && [...document.querySelectorAll("h1")].some(e => tidy(e.textContent) === `+js(title)+`)`)
	var wrong []string
	if err := f.see("improper()", &wrong); err != nil || len(wrong) > 0 {
		f.Errorf("the page %q is not in order: %q %v", title, wrong, err)
	}
}

func (f fox) sees(words ...string) {
	f.Helper()
	for _, w := range words {
		f.until(fmt.Sprintf("the words %q", w), "text().includes("+js(w)+")")
	}
}

// press presses what has this name, once it can be pressed and stands still.
func (f fox) press(name string) {
	f.Helper()
	f.pressAt(fmt.Sprintf("the button %q", name), "pressable("+js(name)+")")
}

func (f fox) pressAt(what, expression string) {
	f.Helper()
	f.until(what, `(await (async () => {
		const was = point(`+expression+`);
		await new Promise(requestAnimationFrame);
		const is = point(`+expression+`);
		return was && is && was.x === is.x && was.y === is.y;
	})())`)
	var at struct{ X, Y float64 }
	if err := f.see("point("+expression+")", &at); err != nil {
		f.Fatalf("%s: %v", what, err)
	}
	f.Click(at.X, at.Y)
}

// fill types text into the empty field with this name.
func (f fox) fill(name, typed string) {
	f.Helper()
	f.pressAt(fmt.Sprintf("the field %q", name), "field("+js(name)+")")
	f.until("the focus in "+name, "document.activeElement === field("+js(name)+") && (document.activeElement.select(), true)")
	f.Keys(typed)
}

// TestFirefox_FromTheInvitationToTheSecurityTab is the main journey in a browser that is built on nothing of Chromium's.
func TestFirefox_FromTheInvitationToTheSecurityTab(t *testing.T) {
	t.Parallel()
	h, _ := newHouse(t)
	link, _, err := h.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	const password = "sonnet marble lantern g"
	f := fox{t, servertest.StartFirefox(t, 4*time.Minute)}
	f.Open(link)
	f.page("Choose your password")
	f.fill("Password", password)
	f.press("Set the password")

	f.page("Sign in")
	f.signsIn("grace", password)
	f.page("Protect your account")
	f.press("Set it up now")
	secret := f.enrolls(h, password)
	f.page("Two-factor authentication is on")
	f.press("To your security settings")
	f.page("Security")
	f.sees("Active", "10 of 10 left")

	f.press("Your account")
	f.press("Sign out")
	f.page("Sign in")
	f.sees("You are signed out.")
	f.signsIn("grace", password)
	f.page("Enter your code")
	f.fill("Six-digit code", "000000")
	f.sees("That code is not right.")
	h.Clock.Advance(30 * time.Second)
	f.fill("Six-digit code", h.passcode(secret))
	f.until("to be signed in", `location.pathname === "/" && document.readyState === "complete"`) // what is left while it loads complains
	f.Open(h.address + "/profile/security")
	f.page("Security")
	f.sees("Active", "Old phone", "10 of 10 left")

	for _, c := range f.Complaints() {
		if c != "403 POST "+h.address+"/api/sign-in/totp" && c != "401 POST "+h.address+"/api/sign-in/totp" {
			t.Errorf("Firefox complains: %s", c)
		}
	}
}

func (f fox) signsIn(name, password string) {
	f.Helper()
	f.fill("User name or e-mail", name)
	f.fill("Password", password)
	f.press("Sign in")
}

// enrolls goes through the wizard, and saves the recovery codes.
func (f fox) enrolls(h *house, password string) auth.Secret {
	f.Helper()
	f.sees("Is it still you?")
	f.fill("Your password", password)
	f.press("Continue")
	f.page("Choose a method")
	f.press("Continue")
	f.page("Get an authenticator app")
	f.press("I already have one")
	f.page("Name your device")
	f.fill("Name of the device", "Old phone")
	f.press("Continue")
	f.page("Connect your app")
	f.until("the QR code and the key", `all(".qr").length === 1 && all(".key").length === 1`)
	var key string
	if err := f.see(`[...all(".key span")].map(e => e.textContent).join("")`, &key); err != nil {
		f.Fatal(err)
	}
	secret := servertest.SecretOf(f.T, key)
	f.press("My app shows a code")
	f.page("Enter the code")
	f.fill("Six-digit code", h.passcode(secret))
	f.page("Save your recovery codes")
	f.until("ten recovery codes", `all("ol.codes li").length === 10`)
	f.press("Copy")
	f.sees("Copied")
	f.press("I have saved them")
	f.press("Turn on two-factor authentication")
	return secret
}
