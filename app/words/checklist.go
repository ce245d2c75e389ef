package words

// Checklist is the text of what is left to do after setting up, for administrators.
type Checklist struct {
	Title, Lead    string
	Left, LeftOne  string // {n}
	AllDone        string
	Done, Open     string // whether a thing is done, for those who hear it
	Tick           string
	Ticked         string
	Away, AwayDone string
	Items          map[string]ChecklistItem
	Unknown        string
}

// ChecklistItem is one thing to do.
type ChecklistItem struct {
	Name string
	Text string // while it is open
	Act  string // the button that leads to it; "–" where there is none
}

var englishChecklist = Checklist{
	Title:    "First steps",
	Lead:     "What makes this portal ready for everybody. In no hurry, and in any order.",
	Left:     "{n} things are left.",
	LeftOne:  "1 thing is left.",
	AllDone:  "Everything is done. Well kept.",
	Done:     "Done:",
	Open:     "To do:",
	Tick:     "Done",
	Ticked:   "Noted as done.",
	Away:     "Put this list away",
	AwayDone: "The list is put away.",
	Items: map[string]ChecklistItem{
		"two_factor": {"Protect your own account", "Whoever looks after others goes first. It takes about three minutes.", "Set up two-factor authentication"},
		"invite":     {"Invite people", "One by one, or many from a list. Each gets a link that works for 7 days.", "Invite people"},
		"mandatory":  {"Decide whether two-factor is mandatory", "See who is ready, and choose a day. If you would rather leave it to everybody, that is a decision too.", "Look at two-factor"},
		"mail":       {"Have mail sent", "Invitations, reminders and warnings go out by e-mail. On the host of this portal, set DOORWARD_SMTP to the mail server and DOORWARD_MAIL_FROM to the sender's address, and start it anew.", "–"},
		"texts":      {"Decide about text messages", "They make recovery phones possible, and a second step without an app. On the host, set DOORWARD_SMS_GATEWAY and start it anew. Doing without is fine.", "–"},
		"https":      {"Have it reached over HTTPS", "Without it, passwords can be read on the way. On the host, set DOORWARD_URL to the address that begins with https://, and start it anew.", "–"},
		"backup":     {"Have it backed up", "Copy the data folder regularly to another place: the database, and the key ring beside it. One is worth nothing without the other. The README says how.", "–"},
	},
	Unknown: "Something new",
}
