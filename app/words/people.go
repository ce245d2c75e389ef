package words

// People is the text of the staff's list of people, and of the page of one person.
type People struct {
	Title, Lead            string
	Filter, FilterHint     string
	AllOne, AllMany        string // {n}
	Some                   string // {n} {all}
	More                   string // {n}
	NoneTitle, NoneText    string
	NoMatch, NoMatchText   string
	NoMatchAct             string
	Name, Email            string // columns, and facts
	UserName, Role         string
	TwoFactor, State       string
	Roles, States          map[string]string
	Locked                 string
	LockedTitle, LockedTxt string
	You                    string

	ToPeople               string
	Gone                   string
	Self, SelfText         string
	SelfAct                string
	Above, AboveText       string
	Throttled              string // {when}
	ThrottledText          string
	Account                string
	Since                  string // {when}
	OffText                string
	Authenticators         string
	NoAuthenticators       string
	Codes                  string
	CodesLeft, CodesOne    string // {n}
	CodesNone              string
	Phones, NoPhones       string
	Sessions               string
	NoSessions             string
	Links, LinksText       string
	NoLinks                string
	LinkKinds              map[string]string
	LinkMade, LinkUntil    string // {when}
	Revoke                 string
	Activity, ActivityText string
	NoActivity             string
}

// RoleName returns what a role is called; one that this client does not know yet
// keeps its own name.
func (p *People) RoleName(role string) string { return named(p.Roles, role) }

// StateName returns what the state of an account is called, likewise.
func (p *People) StateName(state string) string { return named(p.States, state) }

// LinkName returns what a link is for, likewise.
func (p *People) LinkName(kind string) string { return named(p.LinkKinds, kind) }

var englishPeople = People{
	Title:       "People",
	Lead:        "Everybody in your organization. Choose somebody to see how the account stands, or to help.",
	Filter:      "Find somebody",
	FilterHint:  "A part of the name, the user name or the e-mail address.",
	AllOne:      "1 person",
	AllMany:     "{n} people",
	Some:        "{n} of {all} people",
	More:        "These are the first {n}. Type more of the name to find the others.",
	NoneTitle:   "Nobody is here yet",
	NoneText:    "Invite people on the host of this portal: doorward user invite. They appear here at once.",
	NoMatch:     "Nobody is called that",
	NoMatchText: "Try another part of the name, or the address.",
	NoMatchAct:  "Show everybody",
	Name:        "Name",
	Email:       "E-mail",
	UserName:    "User name",
	Role:        "Role",
	TwoFactor:   "Two-factor",
	State:       "Account",
	Roles:       map[string]string{"member": "Member", "helper": "Helper", "admin": "Administrator", "operator": "Operator"},
	States:      map[string]string{"active": "Can sign in", "invited": "Invited", "suspended": "Suspended"},
	Locked:      "Closed",
	LockedTitle: "This account is closed to strangers",
	LockedTxt:   "The password opens nothing until a new one is chosen. A link for that was mailed; “Forgot your password?” sends another.",
	You:         "You",

	ToPeople:         "All people",
	Gone:             "There is no such person, or not within your reach.",
	Self:             "This is your own account",
	SelfText:         "Nobody helps themselves here: it takes another of the staff. Your own settings are in your profile.",
	SelfAct:          "Your security settings",
	Above:            "You cannot act on this account",
	AboveText:        "Its role is above what your role may help. An administrator or an operator can.",
	Throttled:        "After too many tries, this person has to wait until {when}",
	ThrottledText:    "That keeps guessing slow. If it was the person, you can end the wait.",
	Account:          "Account",
	Since:            "On since {when}",
	OffText:          "The password alone opens the door.",
	Authenticators:   "Authenticators",
	NoAuthenticators: "None",
	Codes:            "Recovery codes",
	CodesLeft:        "{n} left",
	CodesOne:         "1 left",
	CodesNone:        "None left",
	Phones:           "Recovery phones",
	NoPhones:         "None",
	Sessions:         "Signed in",
	NoSessions:       "Nowhere at this moment.",
	Links:            "Pending links",
	LinksText:        "One-time links that were mailed and not used yet.",
	NoLinks:          "None.",
	LinkKinds: map[string]string{"invitation": "Invitation", "email": "Confirms a new e-mail address", "notice_email": "Confirms a further address",
		"password": "Chooses a new password", "reset": "Turns two-factor authentication off"},
	LinkMade:     "Made {when}",
	LinkUntil:    "Good until {when}",
	Revoke:       "Take back",
	Activity:     "Recent activity",
	ActivityText: "The newest first.",
	NoActivity:   "Nothing yet.",
}
