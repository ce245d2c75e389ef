package words

// Invite is the text of the page that invites people.
type Invite struct {
	Title, Lead        string
	Modes              string // the name of the choice
	One, Many          string
	OneTitle, OneText  string
	Name, NameHint     string
	UserName, Email    string
	UserHint           string
	Role               string
	Mail, MailHint     string
	MailOff            string
	Submit             string
	ManyTitle          string
	ManyText           string
	Example            string // what a list looks like
	List, ListHint     string
	File, FileHint     string
	FileTaken          string // {name}
	FileTooLarge       string
	FileUnread         string
	Check              string
	Empty              string
	Checked            string
	Line               string
	Problems           string
	BadOne, Bad        string // {n}
	GoodOne, Good      string // {n}
	Fix                string
	Fine               string
	InviteOne, Invite  string // {n}: the button
	Changed            string
	DoneOne, Done      string // {n}: titles
	DoneText           string
	DoneMailed         string
	Expires            string // {when}
	Link               string
	Copy, CopyAll      string // a button
	MailedTo, Unmailed string
	Another            string
	ToPeople           string
	Leave              string
	OnlyNow            string
}

var englishInvite = Invite{
	Title:        "Invite people",
	Lead:         "Each gets a link of their own, good for seven days, and chooses a password with it.",
	Modes:        "How many",
	One:          "One person",
	Many:         "A list",
	OneTitle:     "Who it is",
	OneText:      "The user name and the e-mail address are what they sign in with.",
	Name:         "Name",
	NameHint:     "As colleagues know them.",
	UserName:     "User name",
	UserHint:     "Small letters and digits; also . _ and -",
	Email:        "E-mail address",
	Role:         "Role",
	Mail:         "Mail the links",
	MailHint:     "You get to see the links in any case, once.",
	MailOff:      "No mail can be sent from here yet. Hand the links over yourself.",
	Submit:       "Invite",
	ManyTitle:    "The list",
	ManyText:     "A person a line: name, user name, e-mail address and, if you like, role (member, helper or admin). Commas, semicolons and tabs are understood, so you can paste from a spreadsheet.",
	Example:      "Mary Somerville, mary, mary@example.org",
	List:         "List of people",
	ListHint:     "At most 500 people and 64 KiB at once. Titles in the first line are fine.",
	File:         "Choose a CSV file",
	FileHint:     "or drop one onto the list",
	FileTaken:    "The list was filled from {name}.",
	FileTooLarge: "This file is larger than 64 KiB. Please split it.",
	FileUnread:   "This file could not be read.",
	Check:        "Check the list",
	Empty:        "There is nobody on this list.",
	Checked:      "What was understood",
	Line:         "Line",
	Problems:     "What is wrong",
	BadOne:       "1 row has to be mended before anybody is invited.",
	Bad:          "{n} rows have to be mended before anybody is invited.",
	GoodOne:      "1 row is good.",
	Good:         "All {n} rows are good.",
	Fix:          "Mend the list above and check it again. Nothing has been sent.",
	Fine:         "Nothing has been sent yet.",
	InviteOne:    "Invite 1 person",
	Invite:       "Invite {n} people",
	Changed:      "The list has changed. Check it again.",
	DoneOne:      "1 person is invited",
	Done:         "{n} people are invited",
	DoneText:     "Each link works once, and is shown only now.",
	DoneMailed:   "The links are on their way by mail. Each works once, and is shown only now.",
	Expires:      "They are good until {when}.",
	Link:         "Link",
	Copy:         "Copy the link",
	CopyAll:      "Copy all",
	MailedTo:     "Mailed",
	Unmailed:     "Not mailed",
	Another:      "Invite more",
	ToPeople:     "To the people",
	Leave:        "Leave for good",
	OnlyNow:      "The links were not copied, and not all were mailed. They cannot be shown again.",
}
