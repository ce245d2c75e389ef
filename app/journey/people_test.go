package journey_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// atPerson opens the page of who for staff, by way of the list.
func (b *browser) atPerson(who *servertest.Person) {
	b.Helper()
	b.open("/")
	b.press("Your account")
	b.press("Administration")
	b.page("People")
	b.fill("Find somebody", who.Name)
	b.sees("1 of ")
	b.press(who.Name)
	b.page(who.Name)
}

func TestPeople_StaffSendsALinkAndThePersonUsesIt(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			mary := h.Invite("mary").SignIn().Enroll()
			staff := h.signedIn(t, ada.Equip().SignIn(), screen...)
			staff.expect("403 POST")
			staff.atPerson(mary)
			staff.sees("Active", "Phone", "10 left", "Turned two-factor authentication on.")
			staff.press("Send a link to turn off two-factor")
			staff.provesBoth(ada, ada.Passcode())
			staff.sees("Send a link to turn off two-factor?", "What they are told")
			staff.focus("Reason")
			staff.press("Make the link")
			staff.sees("Please fill this in.")
			staff.fill("Reason", "she lost her phone on the train")
			staff.press("Make the link")
			staff.sees("The link is made", "Mailed to mary@example.org.")
			link := ask[string](staff, `document.querySelector(".link-text").textContent`)
			if dark := ask[string](staff, `getComputedStyle(document.querySelector(".qr-dark")).fill + getComputedStyle(document.querySelector(".qr-ground")).fill`); dark != "rgb(0, 0, 0)rgb(255, 255, 255)" {
				t.Errorf("the QR code is drawn in %s", dark)
			}
			staff.press("Close")
			staff.sees("It is shown only now.")
			staff.press("Close for good")
			staff.seesNot(link)
			staff.sees("Turns two-factor authentication off", "A link to turn off two-factor authentication was made.", "by Ada Lovelace", "Reason: she lost her phone on the train")

			b := newBrowser(t, h.address, screen...)
			b.expect("401 POST", "410 POST") // a wrong password, and in the end a dead link
			b.follow(h, "mary@example.org", "/turn-off/")
			b.page("Turn off two-factor authentication")
			if here := ask[string](b, "location.href"); here != link {
				t.Errorf("the link that was mailed, %s, is not the one that was shown", here)
			}
			b.sees("It is for the account mary.", "Every session ends.")
			b.focus("Password")
			b.fill("Password", "not my password")
			b.press("Turn it off")
			b.sees("That password is not right.")
			b.fill("Password", mary.Password)
			b.press("Turn it off")
			b.page("Sign in")
			b.sees("Two-factor authentication is off", "set it up again on your new phone")
			b.signsIn(mary.Name, mary.Password)
			b.page("Protect your account")
			b.open(strings.TrimPrefix(link, h.address))
			b.page("This link does not open anything")

			staff.atPerson(mary)
			staff.sees("Not set up", "None.", "Two-factor authentication was taken off.", "with a link")
		})
	}
}

func TestPeople_ALinkIsTakenBack(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	mary := h.Invite("mary").SignIn().Enroll()
	h.resetLink(t, ada.Equip(), mary)
	b := h.signedIn(t, ada)
	b.atPerson(mary)
	b.press("Take back Turns two-factor authentication off")
	b.sees("Take this link back?")
	b.press("Take it back")
	b.sees("The link no longer works.", "A pending link was taken back.", "None.")
	b.expect("410 POST")
	b.follow(h, "mary@example.org", "/turn-off/")
	b.page("This link does not open anything")
}

func TestPeople_CallerHasARecoveryCode(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			mary := h.Invite("mary").SignIn().Enroll()
			b := h.signedIn(t, ada.Equip().SignIn(), screen...)
			b.expect("403 POST", "401 POST")
			b.atPerson(mary)
			b.press("Caller has a recovery code")
			b.provesBoth(ada, ada.Passcode())
			b.fill("Reason", "she called from the number I know")
			b.fill("Recovery code", "aaaa bbbb cccc dddd")
			b.sees("Read it back: AAAA-BBBB-CCCC-DDDD", "Never ask for their password.")
			b.press("Turn two-factor off")
			b.sees("That recovery code is not right, or has been used.")
			b.focus("Recovery code")
			b.fill("Recovery code", strings.ToLower(strings.ReplaceAll(mary.Codes[0], "-", " ")))
			b.press("Turn two-factor off")
			b.sees("Two-factor authentication is off. They can sign in with the password.", "Not set up",
				"A recovery code that was read out by telephone was refused.", "with a recovery code by telephone", "Nowhere at this moment.")
			mary.Secret = nil
			mary.SignIn()
			h.Deliver()
			told := false
			for _, m := range h.Post.Mails("mary@example.org") {
				told = told || strings.Contains(m.Subject, "turned off for you")
			}
			if !told {
				t.Error("mary was not told")
			}
		})
	}
}

func TestPeople_ClosesAnAccountAndEndsSessions(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	mary := h.Invite("mary").SignIn()
	b := h.signedIn(t, ada.Equip().SignIn())
	b.expect("403 POST")
	b.atPerson(mary)
	b.press("End all sessions")
	b.provesBoth(ada, ada.Passcode())
	b.sees("End all sessions?")
	b.keys(kb.Escape)
	b.seesNot("End all sessions?")
	b.press("End all sessions")
	b.fill("Reason", "a laptop was stolen")
	b.press("End all sessions")
	b.sees("1 session has ended.", "Nowhere at this moment.", "All sessions were ended.")

	b.press("Close the account to strangers")
	b.sees("Close the account to strangers?", "The password opens nothing any more.")
	b.fill("Reason", "the password was on the laptop")
	b.press("Close the account")
	b.sees("The account is closed to strangers.", "This account is closed to strangers", "Chooses a new password", "Reason: the password was on the laptop")
	b.press("All people")
	b.page("People")
	b.sees("Closed")
}

func TestPeople_LetsSomebodyTryAgain(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	mary := h.Invite("mary")
	ada.Equip().SignIn().StepUp() // first, as it takes time, and the wait does not last
	stranger := h.Browser()
	for range 12 {
		servertest.Refused(t, stranger, api.SignIn, api.SignInRequest{Name: mary.Name, Password: "a guess of a stranger"})
	}
	b := h.signedIn(t, ada)
	b.atPerson(mary)
	b.sees("has to wait until")
	b.press("Let them try again")
	b.fill("Reason", "she had the wrong keyboard")
	b.press("End the wait")
	b.sees("They can try again at once.", "The wait after too many tries was ended.")
	b.seesNot("has to wait until")
	mary.SignIn()
}

func TestPeople_WhoMayNotHelpHearsWhy(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	helper, mary := h.Invite("helga"), h.Invite("mary")
	if _, err := h.Server.Promote(t.Context(), helper.Name, auth.Helper, "she answers the telephone"); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn(t, helper.Equip().SignIn(), servertest.Window(320, 640))
	b.atPerson(helper)
	b.sees("This is your own account")
	b.seesNot("Close the account to strangers")
	b.open("/admin/people/" + h.idOf(t, helper, ada))
	b.page("Ada Lovelace")
	b.sees("You cannot act on this account")
	b.seesNot("Close the account to strangers")
	b.atPerson(mary)
	b.sees("Close the account to strangers")

	b.expect("403 GET", "404 POST")
	b.open("/admin/people/" + strings.Repeat("0", 32))
	b.sees("There is no such person")
	member := h.signedIn(t, mary.SignIn())
	member.expect("403 GET", "404 POST", "403 POST")
	member.open("/")
	member.press("Your account")
	member.seesNot("Administration")
	member.open("/admin/people")
	member.sees("Your role does not allow this.")
}

func TestPeople_FindsByTyping(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.Invite("mary")
	h.Invite("charles")
	b := h.signedIn(t, ada.Equip().SignIn(), servertest.Window(320, 640), servertest.Dark())
	b.open("/admin/people")
	b.page("People")
	b.sees("3 people")
	b.fill("Find somebody", "LOVE ada@")
	b.sees("1 of 3 people", "Ada Lovelace")
	b.seesNot("charles")
	b.fill("Find somebody", "nobody like that")
	b.sees("Nobody is called that")
	b.press("Show everybody")
	b.sees("3 people", "charles")
	b.focus("Find somebody")
	b.fill("Find somebody", "char")
	b.sees("1 of 3 people")
	b.seesNot("Ada Lovelace")
	b.chooses("charles")
	b.page("charles")
}
