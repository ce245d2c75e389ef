package words

import "strings"

// Frame is the text around every page.
type Frame struct {
	Product        string
	Home           string // what the logo leads to
	Skip           string // to the main part
	Menu           string // name of the avatar menu
	Loading        string
	NeedsClient    string // why a page stays empty
	NeedsClientTo  string // what works all the same
	ClientFailed   string // it could not be loaded, or has stopped
	ClientFailedTo string
	Profile        string
	Security       string
	Sessions       string
	People         string // staff see it
	Outbox         string // operators see it
	Admin          string // the admin view, and its pages
	Adoption       string
	Policy         string
	Activity       string
	Organizations  string
	SignOut        string
	Theme          string // name of the switch
	ThemeSystem    string
	ThemeLight     string
	ThemeDark      string
	Update         string
	UpdateNow      string
	NotFound       string
	NotFoundText   string
	ToHome         string
	Offline        string
	OfflineText    string
	OfflineRetry   string

	OrganizationsShort string // where there is little room

	Description  string // of the app, where it is installed from
	Install      string // the app
	InstallTitle string // the dialog that says how, where the browser cannot do it itself
	InstallText  string
	InstallSteps []string // in Safari on an iPhone
	InstallDone  string
	Fault        string // the whole page, when the server is at fault
}

var englishFrame = Frame{
	Product:        "Doorward",
	Home:           "Doorward, home",
	Skip:           "To the main part",
	Menu:           "Your account",
	Loading:        "Loading",
	NeedsClient:    "This page needs WebAssembly, which is switched off in this browser.",
	NeedsClientTo:  "Signing in and out works without it. To change your security settings, use another browser.",
	ClientFailed:   "This page could not be loaded to the end.",
	ClientFailedTo: "Please check your connection and reload it. Nothing was changed.",
	Profile:        "Profile",
	Security:       "Security",
	Sessions:       "Sessions",
	People:         "People",
	Outbox:         "Outbox",
	Admin:          "Administration",
	Adoption:       "Two-factor",
	Policy:         "Rules",
	Activity:       "Activity",
	Organizations:  "Organizations",
	SignOut:        "Sign out",
	Theme:          "Colours",
	ThemeSystem:    "Colours: as the system",
	ThemeLight:     "Colours: light",
	ThemeDark:      "Colours: dark",
	Update:         "A new version is ready.",
	UpdateNow:      "Reload",
	NotFound:       "Nothing behind this door",
	NotFoundText:   "There is no page at this address. It may have moved, or the link may be cut short.",
	ToHome:         "To the front page",
	Offline:        "You are offline",
	OfflineText:    "Doorward cannot be reached. This page goes on by itself as soon as the connection is back.",
	OfflineRetry:   "Try now",

	OrganizationsShort: "Orgs",

	Description:  "Sign in once, with a second step that a lost phone does not break.",
	Install:      "Install the app",
	InstallTitle: "Put Doorward on your home screen",
	InstallText:  "It then opens like any other app, without the bar of the browser.",
	InstallSteps: []string{"Press the button Share of Safari: a square with an arrow.", "Choose “Add to Home Screen”.", "Press Add."},
	InstallDone:  "Doorward is installed.",
	Fault:        "Doorward could not answer. Please try again in a moment.",
}

// Parts is the text of reusable parts.
type Parts struct {
	Show, Hide             string // a password
	Copy, Copied           string
	CopyFailed             string
	Close, Cancel, Back    string
	Optional               string
	Labelled               string // {label}, {value}
	Working                string
	Failed                 string
	TryAgain               string // a button
	TryAgainIn             string // {wait}
	TryAgainNow            string
	OneSecond, Seconds     string
	OneMinute, Minutes     string
	OneHour, Hours         string
	ClockOff               string // {n} minutes
	StepOf                 string // {step} of {steps}
	Active, NotSetUp       string
	QR                     string // what the picture is
	RecoveryCodes          string
	CharactersLeft, Enough string // of a new password, {n}
	CheckFields            string
	BrowserOn              string // {browser} {system}
	UnknownBrowser         string
	SomeBrowserOn          string // {system}
}

var englishParts = Parts{
	Show:           "Show the password",
	Hide:           "Hide the password",
	Copy:           "Copy",
	Copied:         "Copied",
	CopyFailed:     "Please copy it by hand",
	Labelled:       "{label}: {value}",
	Close:          "Close",
	Cancel:         "Cancel",
	Back:           "Back",
	Optional:       "optional",
	Working:        "Working",
	Failed:         "This could not be loaded",
	TryAgain:       "Try again",
	TryAgainIn:     "Try again in {wait}.",
	TryAgainNow:    "You can try again now.",
	OneSecond:      "1 second",
	Seconds:        "{n} seconds",
	OneMinute:      "1 minute",
	Minutes:        "{n} minutes",
	OneHour:        "1 hour",
	Hours:          "{n} hours",
	ClockOff:       "It is off by about {n} minutes.",
	StepOf:         "Step {step} of {steps}",
	Active:         "Active",
	NotSetUp:       "Not set up",
	QR:             "QR code to scan with your authenticator app",
	RecoveryCodes:  "Recovery codes",
	CharactersLeft: "{n} more characters needed",
	Enough:         "Long enough",
	CheckFields:    "Please check what is marked below.",
	BrowserOn:      "{browser} on {system}",
	UnknownBrowser: "Unknown browser",
	SomeBrowserOn:  "A browser on {system}",
}

// Browser returns a browser that the server describes in English, such as "Firefox on
// Linux", in this language.
func (p *Parts) Browser(described string) string {
	name, system, on := strings.Cut(described, " on ")
	switch {
	case described == englishParts.UnknownBrowser:
		return p.UnknownBrowser
	case !on:
		return described
	case name+" on {system}" == englishParts.SomeBrowserOn:
		return With(p.SomeBrowserOn, "system", system)
	}
	return With(p.BrowserOn, "browser", name, "system", system)
}
