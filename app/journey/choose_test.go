package journey_test

import (
	"fmt"
	"testing"
)

// picks takes this option of the list with this name. The list that the browser opens
// for it is no part of the page, and so cannot be pressed here.
func (b *browser) picks(name, option string) {
	b.Helper()
	b.wait(fmt.Sprintf("%q in the list %q", option, name), `(e => {
		const n = e ? [...e.options].findIndex(o => o.text === `+js(option)+`) : -1;
		if (n < 0) return false;
		e.focus();
		e.selectedIndex = n;
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})(all("select").find(called(`+js(name)+`)))`)
}

// picked waits until the list with this name shows this option.
func (b *browser) picked(name, option string) {
	b.Helper()
	b.wait(fmt.Sprintf("%q in the list %q", option, name),
		`(e => e && e.selectedIndex >= 0 && e.selectedOptions[0].text === `+js(option)+`)(all("select").find(called(`+js(name)+`)))`)
}

// The first option of a list, which chooses nothing in particular, can be chosen again.
func TestChoose_TheFirstOptionAgain(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	mary := h.Invite("mary")
	b := h.signedIn(t, ada)
	b.open("/admin/people")
	b.page("People")
	b.sees("2 people")
	b.picks("Show", "Two-factor active")
	b.sees("1 of 2 people", "Ada Lovelace")
	b.picks("Show", "Everybody")
	b.picked("Show", "Everybody")
	b.sees("2 people", "mary@example.org")
	b.picks("Show", "Suspended")
	b.sees("Nobody is found")
	b.press("Show everybody")
	b.sees("2 people")
	b.picked("Show", "Everybody")

	order := func(first, then string) {
		t.Helper()
		b.wait(first+" before "+then, `text().indexOf(`+js(first)+`) < text().indexOf(`+js(then)+`)`)
	}
	order("ada@example.org", "mary@example.org")
	b.picks("Order", "Name, backwards")
	order("mary@example.org", "ada@example.org")
	b.picks("Order", "Name")
	b.picked("Order", "Name")
	order("ada@example.org", "mary@example.org")

	b.open("/admin/activity")
	b.page("Activity")
	b.sees("Ada Lovelace set this portal up.")
	b.picks("What happened", "Signed in")
	b.is("/admin/activity?kind=signed_in")
	b.seesNot("Ada Lovelace set this portal up.")
	b.picks("Outcome", "What was refused")
	b.is("/admin/activity?kind=signed_in&outcome=denied")
	b.sees("Nothing matches")
	b.picks("Outcome", "Everything")
	b.is("/admin/activity?kind=signed_in")
	b.picks("What happened", "Anything")
	b.is("/admin/activity")
	b.picked("What happened", "Anything")
	b.sees("Ada Lovelace set this portal up.")
	ask[bool](b, "(history.back(), true)")
	b.is("/admin/activity?kind=signed_in")
	b.picked("What happened", "Signed in")
	ask[bool](b, "(history.forward(), true)")
	b.is("/admin/activity")
	b.picked("What happened", "Anything")

	h.Organization("Kitchens")
	b.atPerson(mary)
	b.press("Move to another organization…")
	b.picked("Where to", "Choose an organization")
	b.picks("Where to", "Kitchens")
	b.picked("Where to", "Kitchens")
	b.picks("Where to", "Choose an organization")
	b.picked("Where to", "Choose an organization")
	b.fill("Reason", "she cooks now")
	b.press("Move the account")
	b.sees("Please fill this in.")
	b.focus("Where to")
	b.picks("Where to", "Kitchens")
	b.press("Move the account")
	b.sees("The account has moved.", "Kitchens")
}
