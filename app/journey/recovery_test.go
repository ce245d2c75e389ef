package journey_test

import (
	"strings"
	"testing"
	"time"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// screens are the windows that the ways back in are gone through: a phone, as who
// has lost one often sits at another, and a desk.
var screens = map[string][]servertest.ChromiumOption{
	"phone": {servertest.Phone()},
	"desk":  {servertest.Window(1280, 900), servertest.Dark()},
}

const maryPhone = "+491701234542"

// withPhone adds a recovery phone to who, who has two-factor and is signed in.
func (h *house) withPhone(t *testing.T, who *servertest.Person) {
	t.Helper()
	who.StepUp()
	servertest.Must(t, who, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: maryPhone, Country: "DE"})
	h.Deliver()
	servertest.Must(t, who, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: h.Post.Code(maryPhone)})
	h.Clock.Advance(2 * time.Minute) // so that another code may be sent
}

// atTheLadder brings who, with the password given, to the ladder of recovery.
func (b *browser) atTheLadder(who *servertest.Person) {
	b.Helper()
	b.open("/")
	b.page("Sign in")
	b.signsIn(who.Name, who.Password)
	b.page("Enter your code")
	b.press("Lost your phone?")
	b.page("Lost your phone?")
}

// follow opens the last link to path that was mailed to address.
func (b *browser) follow(h *house, to, path string) {
	b.Helper()
	h.Deliver()
	token := h.Post.Link(to, path)
	if token == "" {
		b.Fatalf("no link to %s was mailed", path)
	}
	b.open(path + token)
}

func TestRecovery_CodeThenANewPhone(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := newHouse(t)
			mary := h.Invite("mary").SignIn().Enroll()
			b := newBrowser(t, h.address, screen...)
			b.expect("401 POST")
			b.atTheLadder(mary)
			b.sees("You are not locked out. Take the first of these that you can.", "Ask your administrator")
			b.seesNot("Have a code sent to your recovery phone") // she has none
			b.press("Use a recovery code")
			b.page("Use a recovery code")
			b.focus("Recovery code")
			b.fill("Recovery code", "AAAA-BBBB-CCCC-DDDD")
			b.press("Continue")
			b.sees("That recovery code is not right, or has been used.")
			b.fill("Recovery code", mary.Codes[0])
			b.press("Continue")
			b.page("You are in")
			b.replacement()
			b.press("Set up a new phone")
			b.is("/profile/security/set-up?replace=any")
		})
	}
}

func TestRecovery_CodeToTheRecoveryPhone(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := newHouse(t, servertest.WithTexts)
			mary := h.Invite("mary").SignIn().Enroll()
			h.withPhone(t, mary)
			b := newBrowser(t, h.address, screen...)
			b.expect("401 POST")
			b.atTheLadder(mary)
			b.press("Text a code to the number ending in 42")
			b.page("Enter the code from your phone")
			b.sees("to the number ending in 42", "Not received?", "Another code in")
			b.focus("Six-digit code")
			h.Deliver()
			code := h.Post.Code(maryPhone)
			b.fill("Six-digit code", wrongOf(code))
			b.sees("That code is not right. The right one is in the newest message")
			b.fill("Six-digit code", code)
			b.page("You are in")
			b.sees("The code from your recovery phone has let you in.")
			b.seesNot("Your new recovery code")
			b.press("I still have my phone")
			b.page("Welcome, mary")
			b.sees("Active")
		})
	}
}

// wrongOf returns a code that is not code.
func wrongOf(code string) string {
	if code[0] == '1' {
		return "2" + code[1:]
	}
	return "1" + code[1:]
}

func TestRecovery_AskTheStaff(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := newHouse(t)
			mary := h.Invite("mary").SignIn().Enroll()
			b := newBrowser(t, h.address, screen...)
			b.atTheLadder(mary)
			b.press("Tell them that I need help")
			b.is("/sign-in/lost-phone?notice=asked")
			b.page("Lost your phone?")
			b.sees("They have been told.")
			b.seesNot("Tell them that I need help")
			b.open("/sign-in/lost-phone")
			b.sees("They were told a while ago.")
			h.Post.Empty()
			h.Deliver()
			told := false
			for _, m := range h.Post.Mails("ada@example.org") {
				told = told || strings.Contains(m.Text, "(mary)")
			}
			if !told {
				t.Error("ada was not told")
			}
			b.press("Sign in as someone else")
			b.page("Sign in")
			b.open("/sign-in/lost-phone") // by itself
			b.sees("Sign in with your name and password first")
			b.seesNot("Tell them that I need help")
			b.press("Sign in")
			b.page("Sign in")
		})
	}
}

func TestRecovery_ForgottenPasswordStillAsksForTheCode(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := newHouse(t)
			mary := h.Invite("mary").SignIn().Enroll()
			b := newBrowser(t, h.address, screen...)
			b.open("/sign-in")
			b.page("Sign in")
			b.press("Forgot your password?")
			b.page("Forgot your password?")
			b.focus("User name or e-mail")
			for _, who := range []string{"nobody-of-that-name", "mary"} { // the same for both
				b.fill("User name or e-mail", who)
				b.press("Send the link")
				b.page("Sign in")
				b.is("/sign-in?notice=password_link")
				b.sees("If there is such an account, we have mailed a link", "The second step is still asked for.")
				b.open("/forgot-password")
			}
			h.Deliver() // the notes, which order the mails
			b.follow(h, "mary@example.org", "/password/")
			b.page("Choose a new password")
			mary.Password = "copper lantern under seven hats"
			b.fill("Password", mary.Password)
			b.press("Set the password")
			b.page("Sign in")
			b.signsIn(mary.Name, mary.Password)
			b.page("Enter your code")
			b.fill("Six-digit code", mary.Passcode())
			b.page("Welcome, mary")
		})
	}
}

// TestPlain_WaysBack goes through them where the client never comes.
func TestPlain_WaysBack(t *testing.T) {
	t.Parallel()
	plainly(t, func(b *browser, h *house, ada *servertest.Person) {
		b.open("/sign-in/lost-phone")
		b.sees("Sign in with your name and password first")
		b.press("Sign in")
		b.signsIn(ada.Name, ada.Password)
		b.page("Enter your code")
		b.press("Lost your phone?")
		b.page("Lost your phone?")
		b.sees("Use a recovery code", "Ask whoever runs this portal") // she runs it, alone
		b.press("Sign in as someone else")
		b.page("Sign in")
		b.press("Forgot your password?")
		b.page("Forgot your password?")
		b.press("Send the link")
		b.sees("Please fill this in.")
		b.fill("User name or e-mail", ada.Name)
		b.press("Send the link")
		b.page("Sign in")
		b.sees("If there is such an account")

		mary := h.Invite("mary").SignIn().Enroll()
		h.resetLink(b.T, ada, mary)
		b.follow(h, "mary@example.org", "/turn-off/")
		b.page("Turn off two-factor authentication")
		b.fill("Password", "not my password")
		b.press("Turn it off")
		b.sees("That password is not right.")
		b.fill("Password", mary.Password)
		b.press("Turn it off")
		b.page("Sign in")
		b.sees("Two-factor authentication is off")
		b.signsIn(mary.Name, mary.Password)
		b.page("Protect your account")
		b.follow(h, "mary@example.org", "/turn-off/") // a second time
		b.page("This link does not open anything")
	})
}

// resetLink has staff send who a link that turns two-factor off.
func (h *house) resetLink(t *testing.T, staff, who *servertest.Person) {
	t.Helper()
	staff.SignIn().StepUp()
	servertest.Must(t, staff, api.SendResetLink, api.SendResetLinkRequest{ID: h.idOf(t, staff, who), Reason: "a new phone"})
}

// idOf returns the id of who, as staff see it.
func (h *house) idOf(t *testing.T, staff, who *servertest.Person) string {
	t.Helper()
	for _, p := range servertest.Must(t, staff, api.People, api.PeopleRequest{}).People {
		if p.UserName == who.Name {
			return p.ID
		}
	}
	t.Fatalf("%s is not among the people", who.Name)
	return ""
}
