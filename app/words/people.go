package words

// People is the text of the staff's list of people, and of the page of one person.
type People struct {
	Title, Lead            string
	Find, FindHint         string
	Show, Sort             string
	Filters, Sorts         map[string]string
	AllOne, AllMany        string // {n}
	Some                   string // {n} {all}
	More                   string
	NoneTitle, NoneText    string
	NoMatch, NoMatchText   string
	NoMatchAct             string
	Invite, Export         string
	ExportFailed           string
	LastSignIn             string
	Methods                map[string]string
	Due, Exempt            string // marks
	DueFrom, ExemptUntil   string // {when}
	ExemptReason           string // {reason}
	DueTitle               string
	Choose                 string // the column of the boxes
	ChooseAll              string
	ChosenOne, Chosen      string // {n}
	TooMany                string // {n}
	Unchoose               string
	ForChosen              string
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

// MethodName returns what a way to do the second step is called, likewise.
func (p *People) MethodName(method string) string { return named(p.Methods, method) }

// LinkName returns what a link is for, likewise.
func (p *People) LinkName(kind string) string { return named(p.LinkKinds, kind) }

var englishPeople = People{
	Title:    "People",
	Lead:     "Everybody who has an account here. Choose somebody to see how the account stands, or to help.",
	Find:     "Find somebody",
	FindHint: "Part of a name, user name or address.",
	Show:     "Show",
	Sort:     "Order",
	Filters: map[string]string{"": "Everybody", "two_factor": "Two-factor active", "not_set_up": "Two-factor not set up", "totp": "With authenticator app",
		"sms": "With codes by text message", "invited": "Invited", "suspended": "Suspended", "throttled": "Has to wait after too many tries",
		"exempt": "Exempt from two-factor", "locked": "Closed to strangers", "staff": "Helpers and above"},
	Sorts: map[string]string{"": "Name", "-": "Name, backwards", "last_sign_in-": "Last sign-in, newest first", "last_sign_in": "Last sign-in, oldest first",
		"added-": "Added, newest first", "added": "Added, oldest first"},
	AllOne:       "1 person",
	AllMany:      "{n} people",
	Some:         "{n} of {all} people",
	More:         "Show more",
	NoneTitle:    "Nobody is here yet",
	NoneText:     "Invite the first people. They appear here at once.",
	NoMatch:      "Nobody is found",
	NoMatchText:  "Nobody is called that, or nobody is in that state.",
	NoMatchAct:   "Show everybody",
	Invite:       "Invite people",
	Export:       "Export CSV",
	ExportFailed: "The list could not be exported",
	LastSignIn:   "Last sign-in",
	Methods:      map[string]string{"totp": "App", "sms": "Text message"},
	Due:          "Due",
	Exempt:       "Exempt",
	DueFrom:      "Two-factor must be set up by {when}",
	ExemptUntil:  "Until {when}",
	ExemptReason: "Reason: {reason}",
	DueTitle:     "Two-factor due",
	Choose:       "Choose",
	ChooseAll:    "Choose all shown",
	ChosenOne:    "1 person chosen",
	Chosen:       "{n} people chosen",
	TooMany:      "At most {n} people at once.",
	Unchoose:     "Choose nobody",
	ForChosen:    "What to do for those chosen",
	Name:         "Name",
	Email:        "E-mail",
	UserName:     "User name",
	Role:         "Role",
	TwoFactor:    "Two-factor",
	State:        "Account",
	Roles:        map[string]string{"member": "Member", "helper": "Helper", "admin": "Administrator", "operator": "Operator"},
	States:       map[string]string{"active": "Can sign in", "invited": "Invited", "suspended": "Suspended"},
	Locked:       "Closed",
	LockedTitle:  "This account is closed to strangers",
	LockedTxt:    "The password opens nothing until a new one is chosen. A link for that was mailed; “Forgot your password?” sends another.",
	You:          "You",

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
