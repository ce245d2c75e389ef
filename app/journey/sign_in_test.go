package journey_test

import "testing"

func TestSignIn_WithPasswordAndPasscode(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	b := newBrowser(t, h.address)
	b.open("/profile")
	b.page("Sign in")
	b.focus("User name or e-mail")
	b.fill("User name or e-mail", ada.Name)
	b.fill("Password", ada.Password)
	b.press("Sign in")
	b.page("Enter your code")
	b.focus("Six-digit code")
	b.fill("Six-digit code", ada.Passcode())
	b.page("Profile")
}
