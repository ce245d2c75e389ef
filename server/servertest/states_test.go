package servertest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"doorward/server/auth"
	"doorward/shared/api"
)

// state is what a page looks like after something was done on it. Without a path it goes on from the state before.
type state struct {
	name string
	stop stop
	does []step
}

// step is one thing that somebody does on a page or waits for, as an expression of the script below.
type step string

func press(name string) step { return step("await press(" + quoted(name) + ")") }
func write(field, text string) step {
	return step("await write(" + quoted(field) + ", " + quoted(text) + ")")
}
func sees(words string) step { return step("await sees(" + quoted(words) + ")") }

func quoted(s string) string {
	literal, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always can be
	}
	return string(literal)
}

// hands is the script by which steps are taken.
const hands = `
const tidy = s => (s || "").replace(/\u2060/g, "").replace(/\s+/g, " ").trim();
const reach = () => [...document.querySelectorAll("dialog")].find(d => d.matches(":modal")) || document.body;
const until = async (what, look) => {
	for (const end = Date.now() + 60000; Date.now() < end; await new Promise(done => setTimeout(done, 20))) {
		const found = look();
		if (found) return found;
	}
	const seen = tidy(reach().innerText);
	throw new Error("waited for " + what + "; seen: " + (seen.length < 900 ? seen : seen.slice(0, 200) + " … " + seen.slice(-700)));
};
const names = e => [e.getAttribute("aria-label"), e.innerText || e.textContent, ...[...(e.labels || [])].map(l => l.textContent),
	...[...e.querySelectorAll(".button-words, .heading, .cell-name")].map(w => w.textContent),
	...[...(e.labels || [])].flatMap(l => [...l.querySelectorAll(".heading")]).map(w => w.textContent)].map(tidy);
const find = (selector, name) => [...reach().querySelectorAll(selector)].find(e => names(e).includes(name) && !e.disabled &&
	e.checkVisibility({visibilityProperty: true}));
const press = async name => (await until(name, () => find("a[href], button, summary, input[type=checkbox], input[type=radio]", name))).click();
const write = async (field, text) => {
	const e = await until(field, () => find("input, textarea", field));
	e.focus();
	e.value = text;
	e.dispatchEvent(new Event("input", {bubbles: true}));
};
const sees = words => until(words, () => tidy(reach().innerText).includes(words));
`

// TestStates_InABrowser looks with axe-core at what pages become when something is done on them: dialogs, the menu, what is wrong and
// what is asked for. Each is looked at as a desktop and as a phone, one of them in the dark, and with text of twice the size.
func TestStates_InABrowser(t *testing.T) {
	a, w, g := newAxe(t), people(t), newGuide(t)
	ctx := Chromium(t, Within(12*time.Minute))
	for _, part := range []struct {
		address string
		states  []state
	}{{w.address, w.states()}, {g.address, g.states(t)}} {
		for _, s := range part.states {
			if s.stop.path != "" {
				open(t, ctx, part.address, s)
			}
			if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("(async () => {"+hands+joined(s.does)+"; return true})()", chromedp.EvalAwaitPromise)); err != nil {
				t.Errorf("%s: %v", s.name, err)
				continue
			}
			if err := Settled(ctx); err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			for _, screen := range screens {
				if err := chromedp.Do(ctx, screen.set...); err != nil {
					t.Fatal(err)
				}
				a.look(t, ctx, s.name+", "+screen.name)
				picture(t, ctx, "state-"+strings.ReplaceAll(s.name, " ", "-")+"-"+screen.name)
			}
			hinders(t, ctx, s.name)
			still(t, ctx, s.name)
			stretch(t, ctx, s.name, 320, 1280)
		}
	}
	NoTroubles(t, ctx, "400 POST", "401 POST", "403 POST", "409 POST", "422 POST", "429 POST", "404 GET", "beforeunload")
	t.Logf("axe-core has looked %d times", a.looked)
}

// screens are set while a page is open.
var screens = []struct {
	name string
	set  []chromedp.Action[chromedp.Void]
}{
	{"phone-dark", append(themed("dark"), chromedp.EmulateViewport(390, 844))},
	{"desktop-light", append(themed("light"), chromedp.EmulateViewport(1280, 800))},
}

func themed(scheme string) []chromedp.Action[chromedp.Void] {
	return []chromedp.Action[chromedp.Void]{send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})}
}

func joined(steps []step) string {
	var all []string
	for _, s := range steps {
		all = append(all, string(s))
	}
	return strings.Join(all, ";\n")
}

// open opens the page that a state begins with.
func open(t *testing.T, ctx context.Context, address string, s state) {
	t.Helper()
	Adopt(t, ctx, address, s.stop.as)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+s.stop.path)); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	if err := Settled(ctx); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
}

// at is where a state begins.
func at(path string, as *Browser) stop { return stop{path: path, as: as} }

// states are those of the sign-in path, the links, the wizard and one's own account.
func (w walk) states() []state {
	w.prove()
	w.secured.SignIn().StepUp()
	stranger := w.Browser() // the clock stands from here on, and so does the wait
	for range 12 {
		Refused(w.T, stranger, api.SignIn, api.SignInRequest{Name: "olga", Password: "a guess of a stranger"})
	}
	return []state{
		{"sign-in empty", at("/sign-in", w.nobody), []step{press("Sign in"), sees("Please fill this in.")}},
		{"sign-in refused", stop{}, []step{write("User name or e-mail", "mary"), write("Password", "not her password"), press("Show the password"), press("Sign in"), sees("do not match")}},
		{"sign-in throttled", at("/sign-in", stranger), []step{write("User name or e-mail", "olga"), write("Password", "another"), press("Sign in"), sees("Try again in")}},
		{"forgotten password", at("/forgot-password", w.nobody), nil},
		{"forgotten password empty", stop{}, []step{press("Send the link"), sees("Please fill this in.")}},
		{"passcode too short", at("/sign-in/passcode", w.halfway), []step{write("Six-digit code", "12"), press("Continue"), sees("six digits")}},
		{"recovery code refused", at("/sign-in/recovery-code", w.halfway), []step{write("Recovery code", "AAAA-BBBB-CCCC-DDDD"), press("Continue"), sees("not right")}},
		{"invitation with problems", at(w.invited, w.nobody), []step{write("Password", "short"), sees("more characters needed"), press("Set the password"), sees("Use more characters.")}},
		{"invitation with a suggestion", stop{}, []step{press("Suggest a password"), sees("Nobody else was told")}},
		{"menu", at("/", w.secured.Browser), []step{press("Your account"), sees("Sign out")}},
		{"profile with problems", at("/profile", w.secured.Browser), []step{press("Change the password"), sees("Please fill this in.")}},
		{"new address", stop{}, []step{press("Change the address"), sees("Change your e-mail address"), write("New address", "nowhere"), press("Send the link"), sees("does not look like")}},
		{"rename", at("/profile/security", w.secured.Browser), []step{press("Rename Phone"), sees("Rename this authenticator app")}},
		{"remove the last", stop{}, []step{press("Cancel"), press("Remove Phone"), sees("This is your only authenticator app")}},
		{"new codes asked", stop{}, []step{press("Cancel"), press("Make new codes"), sees("Make new recovery codes?")}},
		{"new codes shown", stop{}, []step{press("Make new codes"), sees("They are shown only now.")}},
		{"turn off", at("/profile/security", w.secured.Browser), []step{press("Turn it off"), sees("Turn off two-factor authentication?")}},
		{"phones", at("/profile/security", w.phoned.Browser), []step{press("Ask again everywhere"), sees("Ask for a code again everywhere?")}},
		{"end a session", at("/profile/sessions", w.phoned.Browser), []step{press("End all others"), sees("End all other sessions?")}},
		{"my activity", at("/profile/activity", w.secured.Browser), []step{sees("Something here was not you?")}},
		{"this was not me", stop{}, []step{press("This was not me"), sees("Shut everybody out of your account?")}},
		{"step-up", at("/profile/security/set-up", w.plain.Browser), []step{sees("Is it still you?")}},
		{"step-up refused", stop{}, []step{write("Your password", "not mine"), press("Continue"), sees("That password is not right.")}},
		{"step-up closed", stop{}, []step{press("Close"), sees("First we make sure that it is you")}},
		{"wizard name", at("/profile/security/set-up#app", w.choosing.Browser), []step{press("I already have one"), press("Skip for now"), sees("Name your device")}},
		{"wizard code refused", at("/profile/security/set-up#code", w.pending.Browser), []step{write("Six-digit code", "000"), press("Check the code"), sees("six digits")}},
		{"wizard left", stop{}, []step{press("Cancel"), sees("Stop setting it up?")}},
		{"wizard number refused", at("/profile/security/set-up#number", w.choosing.Browser), []step{write("Mobile number", "12"), press("Send a code"), sees("number")}},
		{"plan who", at("/admin/two-factor", w.operator.Browser), []step{press("Make it mandatory…"), sees("Nothing changes before")}},
		{"plan when", stop{}, []step{press("Continue"), sees("From a moment on")}},
		{"plan exempt", stop{}, []step{press("Continue"), sees("Somebody without a phone")}},
		{"plan confirm", stop{}, []step{press("Continue"), sees("Look once more")}},
		{"checklist", at("/", w.operator.Browser), []step{sees("First steps")}},
	}
}

// states are those of the admin view.
func (g guide) states(t *testing.T) []state {
	t.Helper()
	o := g.operator
	g.Clock.Advance(30 * time.Second)
	Must(t, o, api.StepUp, api.StepUpRequest{Password: g.made.Password, Passcode: g.made.Secret.Passcode(auth.TimeStep(g.Clock.Now()))})
	g.Organization("Kitchens")
	const reason = "she had the wrong keyboard"
	return []state{
		{"people", at("/admin/people", o), []step{sees("200 people")}},
		{"people chosen", stop{}, []step{press("Choose all shown"), sees("people chosen")}},
		{"suspend asked", stop{}, []step{press("Suspend"), sees("What they are told")}},
		{"suspend without a reason", stop{}, []step{press("Suspend"), sees("Please fill this in.")}},
		{"nobody found", at("/admin/people", o), []step{write("Find somebody", "nobody like that"), sees("Nobody is found")}},
		{"person", at("/admin/people/"+string(g.somebody.ID), o), []step{sees("Recent activity")}},
		{"reset link asked", stop{}, []step{press("Send a link to turn off two-factor"), sees("What they are told")}},
		{"caller has a code", stop{}, []step{press("Cancel"), press("Caller has a recovery code"), write("Recovery code", "aaaa bbbb"), sees("Read it back")}},
		{"role asked", stop{}, []step{press("Cancel"), press("Change role"), sees("New role")}},
		{"delete asked", stop{}, []step{press("Cancel"), press("Delete"), sees("Type the user name"), press("Delete for good"), sees("Please fill this in.")}},
		{"move asked", stop{}, []step{press("Cancel"), press("Move to another organization…"), sees("Where to")}},
		{"invite", at("/admin/people/invite", o), []step{sees("Who it is")}},
		{"invite with problems", stop{}, []step{press("Invite"), sees("Please fill this in.")}},
		{"invite a list", stop{}, []step{press("A list"), write("List of people", "Name,User name,E-mail\nMary Somerville,somer,somer@example.org\nAnnie Easley,easley,nowhere"), press("Check the list"), sees("has to be mended")}},
		{"invite a good list", stop{}, []step{write("List of people", "Mary Somerville,somer,somer@example.org\nAnnie Easley,easley,easley@example.org"), press("Check the list"), sees("All 2 rows are good.")}},
		{"invited", stop{}, []step{press("Invite 2 people"), sees("2 people are invited")}},
		{"adoption", at("/admin/two-factor", o), []step{sees("Over time")}},
		{"adoption as tables", stop{}, []step{press("Show as a table"), sees("Show as a picture"), press("Show as a table"), sees("Everybody")}},
		{"exempt asked", stop{}, []step{step(`(await until("a row", () => [...document.querySelectorAll("button")].find(b => tidy(b.innerText).startsWith("Exempt…")))).click()`), sees("Until the end of")}},
		{"date changed", at("/admin/two-factor", o), []step{press("Change the date…"), sees("From a moment on"), write("Day", ""), press("Continue"), sees("Please choose a day and a time.")}},
		{"disable asked", at("/admin/two-factor", o), []step{press("Disable mandatory two-factor"), sees("From this moment on it is up to everybody again.")}},
		{"rules", at("/admin/policy", o), []step{sees("Least number of characters")}},
		{"rules with problems", stop{}, []step{write("For how many days", "many"), press("See what changes"), sees("Please write a whole number.")}},
		{"rules previewed", stop{}, []step{write("For how many days", "14"), press("See what changes"), sees("This is what you are about to change.")}},
		{"activity", at("/admin/activity", o), []step{sees("Load older")}},
		{"activity finds a person", stop{}, []step{write("Person", "a"), step(`await until("somebody", () => document.querySelector(".found .way"))`)}},
		{"activity without a match", at("/admin/activity?address=198.51.100.254", o), []step{sees("Nothing matches")}},
		{"organizations", at("/admin/organizations", o), []step{sees("Kitchens")}},
		{"add an organization", stop{}, []step{press("Add an organization"), press("Add it"), sees("Please fill this in.")}},
		{"suspend an organization", stop{}, []step{press("Cancel"), press("Suspend Kitchens"), write("Reason", reason), press("Suspend it"), sees("That is not what had to be typed.")}},
		{"another organization", stop{}, []step{press("Cancel"), press("Kitchens"), sees("Shown here")}},
		{"outbox", at("/admin/outbox", o), []step{sees("Messages")}},
		{"home of a member", at("/", g.member), []step{sees("Welcome")}},
	}
}
