package journey_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
)

func TestTrusted_IsNotAskedUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.SetPolicy(func(p *auth.Policy) { p.TrustedDays = 30 })
	ada.SignIn().Enroll()
	b := newBrowser(t, h.address)
	b.expect("401 POST " + h.address + "/api/sign-in/totp")
	b.open("/profile")
	b.page("Sign in")
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.sees("Only on a device that is yours alone.")
	b.press("Do not ask again on this device for 30 days")
	b.fill("Six-digit code", "000000")
	b.sees("That code is not right.")
	b.wait("the tick that was set", `pressable("Do not ask again on this device for 30 days").checked`)
	b.fill("Six-digit code", ada.Passcode())
	b.page("Profile")
	if h.mailed("ada@example.org", "trusted") == 0 {
		t.Error("nobody is told of the trusted device")
	}

	b.signsOut()
	b.signsIn(ada.Name, ada.Password)
	b.page("Welcome, Ada Lovelace")
	elsewhere := newBrowser(t, h.address, servertest.Phone())
	elsewhere.open("/sign-in")
	elsewhere.signsIn(ada.Name, ada.Password)
	elsewhere.page("Enter your code")

	b.open("/profile/security")
	b.page("Security")
	b.sees("Trusted devices", "Headless Chrome on Linux", "This browser", "From 127.0.0.1")
	b.press("Ask again Headless Chrome on Linux")
	b.sees("Headless Chrome on Linux is asked for a code again.", "None. When you give a code")
	b.focus("Security")
	b.signsOut()
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.fill("Six-digit code", ada.Passcode())
	b.page("Welcome, Ada Lovelace")
}

func TestTrusted_EndsAfterItsDays(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.SetPolicy(func(p *auth.Policy) { p.TrustedDays = 1 })
	ada.SignIn().Enroll()
	b := newBrowser(t, h.address)
	b.open("/sign-in")
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.press("Do not ask again on this device for 1 day")
	b.fill("Six-digit code", ada.Passcode())
	b.page("Welcome, Ada Lovelace")
	h.Clock.Advance(25 * time.Hour)
	b.open("/sign-in")
	b.page("Sign in")
	b.signsIn(ada.Name, ada.Password)
	b.page("Enter your code")
	b.sees("Do not ask again on this device for 1 day")
}
