package journey_test

import (
	"testing"

	"doorward/server/servertest"
)

func TestSessions_EndOneAndAllOthers(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn()
	here := h.signedIn(t, ada)
	there := newBrowser(t, h.address, servertest.Phone())
	there.expect("401 GET")
	there.open("/sign-in")
	there.signsIn(ada.Name, ada.Password)
	there.page("Protect your account")
	there.press("Later")
	there.page("Welcome, Ada Lovelace")
	h.again(ada) // a third one

	here.open("/profile/sessions")
	here.page("Sessions")
	here.sees("This browser", "Elsewhere", "From 127.0.0.1", "From 203.0.113.7", "Firefox on Linux")
	here.wait("two other sessions", `all("ul.items > li").length === 3`)
	here.wait("the question", `(() => { const e = all("ul.items > li").find(l => l.textContent.includes("127.0.0.1") && l.textContent.includes("Last seen"));
		if (e) e.querySelector("button").id = "journey-end"; return !!e; })()`)
	here.pressAt("End of the phone's", `document.querySelector("#journey-end")`)
	here.proves(ada.Password)
	here.sees("End this session?")
	here.focus("Cancel")
	here.press("End the session")
	here.sees("The session has ended.")
	here.wait("one other session", `all("ul.items > li").length === 2`)

	there.press("Your account")
	there.press("Security")
	there.page("Sign in")
	there.is("/sign-in?next=%2Fprofile%2Fsecurity")
	there.signsIn(ada.Name, ada.Password)
	there.page("Protect your account")

	here.open("/profile/sessions")
	here.press("End all others")
	here.sees("End all other sessions?", "2 other browsers are signed out at once.")
	here.press("End them all")
	here.sees("2 other sessions have ended.", "You are signed in nowhere else")
	there.open("/profile")
	there.page("Sign in")
}

func TestProfile_NameAndPassword(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn())
	b.expect("400 POST", "401 POST")
	b.open("/profile")
	b.page("Profile")
	b.fill("Display name", "Countess of Lovelace")
	b.press("Save the name")
	b.sees("Your name is saved.")
	b.wait("her new initials", `document.querySelector("summary .avatar").textContent === "CL"`)
	b.press("Your account")
	b.sees("Countess of Lovelace")
	b.press("Your account")

	b.fill("Current password", "not my password")
	b.fill("New password", "short")
	b.sees("10 more characters needed")
	b.fill("New password", "lovelace lovelace")
	b.sees("This is built on your name, your address or the name of this portal.")
	b.fill("New password", "passwordpassword1")
	b.press("Change the password")
	b.sees("That password is not right.")
	b.focus("Current password")
	b.fill("Current password", ada.Password)
	b.press("Change the password")
	b.wait("the server's reason", `text().includes("This is too easy to guess.") || text().includes("lists of known passwords")`)
	b.focus("New password")
	b.fill("New password", "copper lantern under seven hats")
	b.sees("Long enough")
	b.press("Change the password")
	b.sees("Your password is changed.")
	b.holds("New password", "")
	b.signsOut()
	b.signsIn(ada.Name, ada.Password)
	b.sees("Name and password do not match.")
	b.fill("Password", "copper lantern under seven hats")
	b.press("Sign in")
	b.page("Protect your account")
}
