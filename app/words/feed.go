package words

// Feed is the text of the pages that tell what has happened.
type Feed struct {
	MineTitle, MineLead    string
	Title, Lead            string
	Show, All, Refused     string // which outcomes
	Allowed                string
	Today                  string
	Older                  string
	NewOne, NewMany        string // {n}
	Live, LiveText         string
	Paused, Resume         string
	Lost                   string
	NoneTitle, NoneText    string
	NoneMine               string
	NoMatch, NoMatchText   string
	NoMatchAct             string
	NotMe, NotMeText       string
	NotMeAct, NotMeTitle   string
	NotMeLead, NotMeMail   string
	NotMePoints            []string
	NotMeSessions          string
	NotMePassword          string
	Person, PersonHint     string // filters
	PersonNone, PersonDrop string // {name}
	Kind, AnyKind          string
	Outcome, Address       string
	From, To, BadDays      string
	Search, Filters        string
	ExportCSV, ExportJSON  string
	Export, ExportText     string
	Chain                  string
	ChainWhole             string // {n} {when}
	ChainNever             string
	ChainLooking           string // {n}
	ChainAgain, ChainFirst string
	ChainDamage            string
	ChainDamageText        string // {when}
	ChainSeen              string
	ToActivity             string
}

var englishFeed = Feed{
	MineTitle:   "My activity",
	MineLead:    "What has happened to your account, the newest first.",
	Title:       "Activity",
	Lead:        "What has happened here, the newest first. It is kept in a chain, so that nothing can be changed unnoticed.",
	Show:        "Show",
	All:         "Everything",
	Refused:     "What was refused",
	Allowed:     "What was allowed",
	Today:       "Today",
	Older:       "Load older",
	NewOne:      "1 new entry",
	NewMany:     "{n} new entries",
	Live:        "Live",
	LiveText:    "What happens appears here by itself.",
	Paused:      "Not live any more: nothing was pressed here for a while.",
	Resume:      "Go on",
	Lost:        "The server cannot be reached. This goes on by itself.",
	NoneTitle:   "Nothing has happened yet",
	NoneText:    "As soon as somebody signs in or a setting changes, it is told here.",
	NoneMine:    "As soon as you sign in or change a setting, it is told here.",
	NoMatch:     "Nothing matches",
	NoMatchText: "Nothing of that kind has happened. Loosen the filters to see more.",
	NoMatchAct:  "Show everything",
	NotMe:       "Something here was not you?",
	NotMeText:   "One press shuts everybody out of your account, until you have chosen a new password.",
	NotMeAct:    "This was not me",
	NotMeTitle:  "Shut everybody out of your account?",
	NotMeLead:   "Do this when somebody else may be in your account.",
	NotMePoints: []string{
		"Every session ends at once, on all devices. This one too.",
		"Trusted devices are forgotten, and links that wait stop working.",
		"The password no longer opens the door. We mail you a link to choose a new one.",
		"Two-factor authentication stays as it is, and nothing is deleted.",
	},
	NotMeMail:       "No mail can be sent from here yet, so the link for a new password would not reach you, and you would be shut out as well. End the sessions that are not yours and change your password instead.",
	NotMeSessions:   "To your sessions",
	NotMePassword:   "Change the password",
	Person:          "Person",
	PersonHint:      "Name or e-mail",
	PersonNone:      "Nobody is called that.",
	PersonDrop:      "Show everybody, not only {name}",
	Kind:            "What happened",
	AnyKind:         "Anything",
	Outcome:         "Outcome",
	Address:         "Address",
	From:            "From",
	To:              "To",
	BadDays:         "This is before the first day.",
	Search:          "Search",
	Filters:         "Filters",
	ExportCSV:       "CSV",
	ExportJSON:      "JSON Lines",
	Export:          "Export",
	ExportText:      "Everything that matches the filters, the oldest first.",
	Chain:           "The chain",
	ChainWhole:      "The audit is whole: {n} entries, looked at {when}.",
	ChainNever:      "Nobody has looked through the audit since this portal was started.",
	ChainLooking:    "Looking through the audit: {n} entries so far.",
	ChainAgain:      "Look again",
	ChainFirst:      "Look now",
	ChainDamage:     "The audit is damaged",
	ChainDamageText: "Somebody or something has changed it past this portal. Keep a copy of the database as it is, and compare it with your last backup.",
	ChainSeen:       "Looked at {when}",
	ToActivity:      "All activity",
}
