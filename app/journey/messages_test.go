package journey_test

import (
	"errors"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
)

func TestCheckUp_AfterFourWeeks(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	h.Clock.Advance(auth.CheckUpAfter + time.Hour)
	h.again(ada)
	b := h.signedIn(t, ada, servertest.Phone(), servertest.Dark())
	b.expect("401 POST " + h.address + "/api/check-up")
	b.open("/")
	b.page("Welcome, Ada Lovelace")
	b.sees("Does your authenticator still work?")
	b.fill("Six-digit code", "000000")
	b.sees("That code is not right.")
	b.focus("Six-digit code")
	b.holds("Six-digit code", "")
	b.fill("Six-digit code", ada.Passcode())
	b.sees("Good, it works.")
	b.seesNot("Does your authenticator still work?")
	b.focus("Welcome, Ada Lovelace")
	b.open("/profile/security")
	b.page("Security")
	b.sees("Recovery codes")
	b.seesNot("Does your authenticator still work?")
}

func TestCheckUp_NotNow(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	h.Clock.Advance(auth.CheckUpAfter + time.Hour)
	h.again(ada)
	b := h.signedIn(t, ada)
	b.open("/profile/security")
	b.page("Security")
	b.sees("Does your authenticator still work?", "I no longer have it")
	b.press("Not now")
	b.sees("All right. You are not asked again.")
	b.seesNot("Does your authenticator still work?")
	b.open("/")
	b.page("Welcome, Ada Lovelace")
	b.sees("Active")
	b.seesNot("Does your authenticator still work?")
}

func TestOutbox_OperatorTriesAgain(t *testing.T) {
	t.Parallel()
	for name, screen := range map[string][]servertest.ChromiumOption{
		"desktop": nil, "320 pixels in the dark": {servertest.Window(320, 640), servertest.Dark()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			h.Post.Fail(errors.New("the cable is cut"))
			ada.SignIn().Enroll()
			h.Deliver()
			b := h.signedIn(t, ada, screen...)
			b.open("/")
			b.page("Welcome, Ada Lovelace")
			b.press("Your account")
			b.press("Administration")
			b.page("People")
			b.press("Outbox")
			b.page("Outbox")
			b.sees("Two-factor turned on", "To a•••@example.org", "1 try", "Next try in")
			b.press("What went wrong Two-factor turned on")
			b.sees("Hide what went wrong", "the message could not be sent")
			b.page("Outbox")
			b.press("Try again Two-factor turned on")
			b.sees("It is tried again now.", "Next try any moment")
			h.Post.Fail(nil)
			h.Deliver()
			b.press("Refresh")
			b.sees("Sent just now")
			b.wait("nothing more to do about it", `!pressable("Try again Two-factor turned on")`)
			b.page("Outbox")
		})
	}
}
