package journey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"doorward/server/servertest"
)

// writes types text into the list of people to invite, in place of what stands there.
func (b *browser) writes(text string) {
	b.Helper()
	b.tabTo("List of people")
	ask[bool](b, `(document.activeElement.select(), true)`)
	b.keys(text)
}

// ticks presses Tab until the box with this name has the focus, and Space.
func (b *browser) ticks(name string) {
	b.Helper()
	b.tabTo(name)
	b.keys(" ")
}

// Two people are invited by a list with a bad row, suspended, reinstated and deleted,
// with the keyboard alone.
func TestAdminPeople_FromTheListToTheEnd(t *testing.T) {
	t.Parallel()
	for name, screen := range map[string][]servertest.ChromiumOption{
		"desktop": nil, "320 pixels in the dark": {servertest.Window(320, 640), servertest.Dark()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			h.again(ada.SignIn().Enroll())
			b := h.signedIn(t, ada, screen...)
			b.expect("403 POST")
			b.open("/admin/people")
			b.page("People")
			b.sees("1 person")
			b.chooses("Invite people")
			b.page("Invite people")
			b.chooses("A list")
			b.writes("Name,User name,E-mail\nMary Somerville,mary,mary@example.org\nAnnie Easley,annie,nowhere")
			b.chooses("Check the list")
			b.sees("1 row has to be mended before anybody is invited.", "This does not look like an e-mail address.", "Annie Easley")
			b.cannot("Invite 2 people")
			b.page("Invite people")
			b.writes("Mary Somerville,mary,mary@example.org\nAnnie Easley,annie,annie@example.org")
			b.sees("The list has changed. Check it again.")
			b.chooses("Check the list")
			b.sees("All 2 rows are good.", "Nothing has been sent yet.")
			b.chooses("Invite 2 people")
			h.Clock.Advance(30 * time.Second)
			b.provesBoth(ada, h.passcode(ada.Secret))
			b.page("2 people are invited")
			b.sees("Mary Somerville", "Mailed: annie@example.org")
			link := ask[string](b, `document.querySelector(".link-text").textContent`)
			b.chooses("Copy the link Mary Somerville")
			b.sees("Copied")
			b.chooses("To the people")
			b.page("People")
			b.sees("3 people", "Invited")

			stranger := newBrowser(t, h.address, screen...)
			stranger.open(strings.TrimPrefix(link, h.address))
			stranger.sees("mary")

			b.tabTo("Find somebody")
			b.at.typed("easley annie")
			b.keys("easley annie")
			b.sees("1 of 3 people", "Annie Easley")
			b.seesNot("Mary Somerville")
			ask[bool](b, `(document.activeElement.select(), true)`)
			b.keys(kb.Delete)
			b.sees("3 people", "Mary Somerville")

			b.ticks("Choose all shown")
			b.sees("2 people chosen")
			b.chooses("Suspend")
			b.sees("Suspend?", "Annie Easley, Mary Somerville")
			b.focus("Reason")
			b.keys("the course is over" + kb.Enter)
			b.sees("Suspended.")
			b.focus("3 people") // where the list begins
			b.seesNot("people chosen", "Can sign in Invited")
			b.page("People")

			b.ticks("Choose all shown")
			b.chooses("Reinstate")
			b.focus("Reason")
			b.keys("another course" + kb.Enter)
			b.sees("Reinstated.")
			b.wait("nobody suspended", `!document.querySelector("table").innerText.includes("Suspended")`)

			b.ticks("Choose all shown")
			b.chooses("Delete")
			b.focus("Reason")
			b.keys("they have left" + kb.Tab + "3" + kb.Enter)
			b.sees("That is not what had to be typed.")
			b.focus("Type the number 2")
			ask[bool](b, `(document.activeElement.select(), true)`)
			b.keys("2" + kb.Enter)
			b.sees("Deleted.", "1 person")
			b.focus("1 person")
			b.seesNot("Mary Somerville")
			b.page("People")
		})
	}
}
