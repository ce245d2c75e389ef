package journey_test

import (
	"strings"
	"testing"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// mailed returns how many mails with these words have come to an address.
func (h *house) mailed(address, words string) (n int) {
	h.Deliver()
	for _, m := range h.Post.Mails(address) {
		if strings.Contains(m.Subject+"\n"+m.Text, words) {
			n++
		}
	}
	return n
}

func TestEmail_ChangesOnceTheLinkIsOpenedElsewhere(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.again(ada.SignIn())
	b := h.signedIn(t, ada)
	b.expect("400 POST " + h.address + "/api/profile/email")
	b.open("/profile")
	b.page("Profile")
	b.press("Change the address")
	b.proves(ada.Password)
	b.focus("New address")
	b.fill("New address", "ADA@example.org")
	b.press("Send the link")
	b.sees("This is the address that you have already.")
	b.focus("New address")
	b.fill("New address", "countess@example.org")
	b.press("Send the link")
	b.sees("We sent a link to countess@example.org. The address changes once you open it.")
	if h.mailed("countess@example.org", "/email/") != 1 || h.mailed("ada@example.org", "countess@example.org") != 1 {
		t.Errorf("mailed to the new address: %v, to the old: %v", h.Post.Mails("countess@example.org"), h.Post.Mails("ada@example.org"))
	}
	link := h.Post.Link("countess@example.org", "/email/")

	elsewhere := newBrowser(t, h.address, servertest.Phone(), servertest.Dark())
	elsewhere.expect("410 POST " + h.address + "/api/link") // once it has been opened
	elsewhere.open("/email/" + link)
	elsewhere.page("Confirm your address")
	elsewhere.sees("Confirm countess@example.org as your address.")
	h.Post.Empty()
	elsewhere.press("Confirm the address")
	elsewhere.page("Sign in")
	elsewhere.sees("Your address is confirmed.")
	elsewhere.open("/email/" + link)
	elsewhere.page("This link does not open anything")
	elsewhere.open("/sign-in")
	elsewhere.signsIn("countess@example.org", ada.Password)
	elsewhere.page("Protect your account")
	for _, address := range []string{"ada@example.org", "countess@example.org"} {
		if n := h.mailed(address, "countess@example.org"); n == 0 {
			t.Errorf("%s is not told of the change", address)
		}
	}

	b.open("/profile")
	b.page("Profile")
	b.sees("countess@example.org")
	b.seesNot("We sent a link", "ada@example.org")
}

func TestEmail_TheNoticeOfAChangeShutsEverybodyOut(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll().StepUp()
	b := h.signedIn(t, ada)
	b.expect("401 GET "+h.address+"/api/session", "401 GET "+h.address+"/api/security", "401 POST "+h.address+"/api/sign-in")
	b.open("/profile")
	b.page("Profile")
	h.Deliver()
	h.Post.Empty()
	servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "thief@example.org"})
	notMe := h.LinkAt("ada@example.org", "/not-me/")
	thiefs := h.Post.Link("thief@example.org", "/email/")
	servertest.Must(t, h.Browser(), api.ConfirmEmail, api.LinkRequest{Token: thiefs})

	reader := newBrowser(t, h.address, servertest.Phone())
	reader.expect("410 POST " + h.address + "/api/link") // once it has been opened
	reader.open("/not-me/" + h.LinkAt("ada@example.org", "/not-me/"))
	reader.page("This was not you?")
	reader.sees("Two-factor authentication stays as it is")
	reader.press("Shut everybody out")
	reader.page("Sign in")
	reader.sees("Everybody is shut out of your account")
	h.Deliver() // the link with which to choose another password
	b.press("Your account")
	b.press("Security")
	b.page("Sign in")
	b.signsIn(ada.Name, ada.Password)
	b.sees("Your account is closed to strangers, until you choose a new password.")

	reader.open("/password/" + h.LinkAt("ada@example.org", "/password/"))
	reader.page("Choose a new password")
	reader.sees("For the account ada.")
	reader.fill("Password", "ada ada")
	reader.press("Set the password")
	reader.sees("Use more characters.")
	reader.focus("Password")
	reader.fill("Password", "marble sonnet lantern")
	reader.press("Set the password")
	reader.page("Sign in")
	reader.sees("Your password is set.")
	reader.signsIn("ada@example.org", "marble sonnet lantern")
	reader.page("Enter your code")
	reader.fill("Six-digit code", ada.Passcode())
	reader.page("Welcome, Ada Lovelace")
	reader.open("/not-me/" + notMe)
	reader.page("This link does not open anything")
	reader.press("To your sessions")
	reader.page("Sessions")
}

func TestEmail_AFurtherAddressForNotices(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn().StepUp(), servertest.Window(320, 640))
	b.open("/profile")
	b.page("Profile")
	b.press("Add an address")
	b.fill("New address", "a.very.long.name.of.a.mailbox@mail.analytical-engines.example.org")
	b.press("Send the link")
	b.sees("Notices go there once you open it.")
	b.page("Profile")
	b.press("Cancel the change")
	b.sees("Nothing changes, and the link no longer works.")
	b.press("Add an address")
	b.fill("New address", "babbage@example.org")
	b.press("Send the link")
	b.sees("We sent a link to babbage@example.org.")
	b.open("/email/" + h.LinkAt("babbage@example.org", "/email/"))
	b.page("Confirm your address")
	b.press("Confirm the address")
	b.page("Profile")
	b.sees("Your address is confirmed.", "Use another address")
	b.press("Remove it babbage@example.org")
	b.sees("Remove this address?")
	b.press("Remove the address")
	b.sees("The address is removed.", "None yet.")
}
