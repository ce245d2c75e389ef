package journey_test

import (
	"strings"
	"testing"

	"doorward/server/servertest"
	"doorward/shared/api"
)

func TestActivity_MineIsLiveAndThisWasNotMe(t *testing.T) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, _ := newHouse(t)
			mary := h.Invite("mary").SignIn()
			b := h.signedIn(t, mary, screen...)
			b.open("/")
			b.press("Your account")
			b.press("My activity")
			b.page("My activity")
			b.sees("Today", "Signed in.", "Accepted the invitation and chose a password.", "Live")
			servertest.Must(t, mary.Browser, api.ChangeDisplayName, api.ChangeDisplayNameRequest{DisplayName: "Mary S."})
			b.sees("Changed the display name.")
			b.press("What was refused")
			b.is("/profile/activity?outcome=denied")
			b.sees("Nothing matches")
			b.press("Show everything")
			b.is("/profile/activity")
			b.sees("Signed in.")

			b.press("This was not me")
			b.sees("Shut everybody out of your account?", "We mail you a link to choose a new one.")
			b.focus("Cancel")
			b.press("Shut everybody out")
			b.page("Sign in")
			b.sees("Everybody is shut out of your account")
			servertest.Refused(t, mary.Browser, api.Session, api.None{})
			b.follow(h, "mary@example.org", "/password/")
			b.page("Choose a new password")
			b.sees("For the account mary") // the link has been looked at, and nothing moves any more
			b.press("Suggest a password")
			b.sees("Keep it in a password manager", "Long enough")
			b.press("Set the password")
			b.page("Sign in")
		})
	}
}

func TestActivity_AnAdministratorLooksThroughIt(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	mary := h.Invite("mary").SignIn()
	b := h.signedIn(t, ada)
	b.open("/admin/activity")
	b.page("Activity")
	b.sees("mary signed in.", "mary was invited by a command on the host.", "Live")
	servertest.Must(t, mary.Browser, api.ChangeDisplayName, api.ChangeDisplayNameRequest{DisplayName: "Mary Somerville"})
	b.sees("Mary Somerville changed the display name.")

	b.fill("Person", "somer")
	b.press("Mary Somerville mary@example.org")
	b.sees("Mary Somerville signed in.")
	b.seesNot("Ada Lovelace set this portal up.")
	b.wait("the person in the address", `location.search.startsWith("?person=")`)
	file := b.downloads("CSV Export", "activity.csv")
	if !strings.Contains(file, "display_name_changed") || strings.Contains(file, "set_up") {
		t.Errorf("the file is not what is looked for: %s", file)
	}
	file = b.downloads("JSON Lines Export", "activity.jsonl")
	if !strings.Contains(file, `"kind":"display_name_changed"`) {
		t.Errorf("the file is not what is looked for: %s", file)
	}
	ask[bool](b, "(history.back(), true)")
	b.is("/admin/activity")
	b.sees("Ada Lovelace set this portal up.")

	b.press("Look now")
	b.sees("The audit is whole: ", "Look again")
}

func TestOrganizations_AreAddedOpenedAndSuspended(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn().Enroll()
	b := h.signedIn(t, ada)
	b.open("/admin/organizations")
	b.page("Organizations")
	b.sees("Yours")
	b.press("Add an organization")
	b.fill("Name", "Kitchens")
	b.press("Add it")
	b.sees("The organization is added.", "Kitchens")
	b.press("Kitchens")
	b.page("People")
	b.wait("the organization in the address", `location.search.startsWith("?organization=")`)
	b.open("/admin/activity" + ask[string](b, "location.search"))
	b.page("Activity")
	b.sees("Shown here", "Kitchens", "All organizations", "The organization was added by Ada Lovelace.")
	b.press("All organizations")
	b.page("Organizations")
	b.press("Suspend Kitchens")
	b.fill("Reason", "they have left")
	b.press("Suspend it")
	b.sees("That is not what had to be typed.")
	b.focus("Type Kitchens to confirm")
	b.fill("Type Kitchens to confirm", "Kitchens")
	b.press("Suspend it")
	b.sees("Kitchens is suspended.", "since just now")
}
