package words

// Sessions is the text of the list of sessions.
type Sessions struct {
	Title, Lead                   string
	ThisTitle, OthersTitle        string
	Unknown                       string // a device that says nothing of itself
	From, Started, Seen           string // {address} {when}
	End, EndTitle, EndText        string // {device}
	EndSubmit, Ended              string
	EndAll, EndAllTitle           string
	EndAllOne, EndAllMany         string // {n}
	EndAllSubmit                  string
	EndedOne, EndedMany           string
	NoneTitle, NoneText           string
	NotYou, NotYouText, NotYouAct string
	SignOut                       string
}

var englishSessions = Sessions{
	Title:        "Sessions",
	Lead:         "Every browser that is signed in as you.",
	ThisTitle:    "This browser",
	OthersTitle:  "Elsewhere",
	Unknown:      "Unknown device",
	From:         "From {address}",
	Started:      "Signed in {when}",
	Seen:         "Last seen {when}",
	End:          "End",
	EndTitle:     "End this session?",
	EndText:      "{device} is signed out at once and has to sign in again.",
	EndSubmit:    "End the session",
	Ended:        "The session has ended.",
	EndAll:       "End all others",
	EndAllTitle:  "End all other sessions?",
	EndAllOne:    "1 other browser is signed out at once. You stay signed in here.",
	EndAllMany:   "{n} other browsers are signed out at once. You stay signed in here.",
	EndAllSubmit: "End them all",
	EndedOne:     "1 other session has ended.",
	EndedMany:    "{n} other sessions have ended.",
	NoneTitle:    "You are signed in nowhere else",
	NoneText:     "When you sign in on another device, it appears here and you can end it from afar.",
	NotYou:       "One of these is not you?",
	NotYouText:   "End it, and then change your password.",
	NotYouAct:    "Change the password",
	SignOut:      "Sign out",
}
