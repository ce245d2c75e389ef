package words

// Acts is the text of what staff do for people, one or many.
type Acts struct {
	Of map[string]Act // by api.Act

	Title, Text            string // the section of the page of a person
	Many                   string // {n}: whom it is about
	More                   string // {n}: who else
	ReasonHint             string
	Role, RoleHint         string
	Days, DaysHint         string
	DaysOf                 map[int]string
	ConfirmOne, ConfirmAll string // {name}, {n}: what has to be typed
	RefusedOne, Refused    string // {n}
	ResultTitle            string
	DoneOne, DoneMany      string // {n}
	LinksText              string
	CopyLink, CopyAll      string
	Mailed, NotMailed      string // {email}
	Leave                  string
	Until                  string // {when}
}

// Act is one thing to do: how it is offered, what the dialog explains, and what is
// said when it is done.
type Act struct {
	Offer, OfferText string
	Title            string
	Points           []string
	Told             string
	Submit, Done     string
}

// Act returns the words of one act.
func (a *Acts) Act(name string) Act { return a.Of[name] }

var englishActs = Acts{
	Of: map[string]Act{
		"invite_again": {
			Offer:     "Invite again",
			OfferText: "Makes a new invitation link, good for seven days. The one before stops working.",
			Title:     "Invite again?",
			Points:    []string{"A new link is made and mailed, and shown to you once. It is good for seven days.", "Links from before stop working."},
			Told:      "the new link, by mail.",
			Submit:    "Invite again",
			Done:      "Invited again.",
		},
		"revoke_invitation": {
			Offer:     "Revoke invitation",
			OfferText: "The link stops working. The person stays on the list and can be invited again.",
			Title:     "Revoke the invitation?",
			Points:    []string{"The link stops working at once.", "They stay on the list. You can invite them again, or delete them."},
			Told:      "nothing; it is written down.",
			Submit:    "Revoke",
			Done:      "The invitation is revoked.",
		},
		"suspend": {
			Offer:     "Suspend",
			OfferText: "Lets the person in no more until they are reinstated. Nothing is deleted.",
			Title:     "Suspend?",
			Points:    []string{"They are signed out at once, on all devices, and cannot sign in.", "Trusted devices are forgotten, and links that wait stop working.", "Nothing is deleted. You can reinstate them at any time."},
			Told:      "that the account is suspended.",
			Submit:    "Suspend",
			Done:      "Suspended.",
		},
		"reinstate": {
			Offer:     "Reinstate",
			OfferText: "Lets the person in again, with the same password and second step as before.",
			Title:     "Reinstate?",
			Points:    []string{"They can sign in again, with the same password and second step as before."},
			Told:      "that the account can be used again.",
			Submit:    "Reinstate",
			Done:      "Reinstated.",
		},
		"change_role": {
			Offer:     "Change role",
			OfferText: "Decides what the person may do for others.",
			Title:     "Change the role?",
			Points:    []string{"It counts from the next thing that they do."},
			Told:      "the new role.",
			Submit:    "Change the role",
			Done:      "The role is changed.",
		},
		"remind": {
			Offer:     "Remind",
			OfferText: "Mails a reminder to set up two-factor, at most once a day.",
			Title:     "Remind to set up two-factor?",
			Points:    []string{"A mail goes to those who have not set it up yet, at most once a day."},
			Told:      "how to set up two-factor, and the date when there is one.",
			Submit:    "Remind",
			Done:      "Reminded.",
		},
		"reset_link": {
			Offer:     "Reset link",
			OfferText: "For a lost phone: a link with which two-factor is turned off, after the password.",
			Title:     "Send a link to turn off two-factor?",
			Points:    []string{"A one-time link is mailed, and shown to you once.", "It asks for the password, so it is worth nothing to others."},
			Told:      "that you have made this link, on all their addresses.",
			Submit:    "Make the link",
			Done:      "The link is made and mailed.",
		},
		"end_sessions": {
			Offer:     "End sessions",
			OfferText: "Signs the person out everywhere.",
			Title:     "End all sessions?",
			Points:    []string{"They are signed out at once, on all devices.", "The password and the second step stay as they are."},
			Told:      "that staff have signed them out.",
			Submit:    "End all sessions",
			Done:      "Signed out everywhere.",
		},
		"exempt": {
			Offer:     "Exempt",
			OfferText: "Two-factor is not asked of the person until a day that you choose, even where it is mandatory.",
			Title:     "Exempt from mandatory two-factor?",
			Points:    []string{"They can sign in with the password alone until that day.", "The reason and the day are shown with the account."},
			Told:      "nothing; it is written down.",
			Submit:    "Exempt",
			Done:      "Exempt.",
		},
		"end_exemption": {
			Offer:     "End exemption",
			OfferText: "Where two-factor is mandatory, it is asked of the person again, at once.",
			Title:     "End the exemption?",
			Points:    []string{"Where two-factor is mandatory, it is asked of them again, at once."},
			Told:      "nothing; it is written down.",
			Submit:    "End the exemption",
			Done:      "The exemption is over.",
		},
		"delete": {
			Offer:     "Delete",
			OfferText: "Takes the account away for good, with everything in it.",
			Title:     "Delete for good?",
			Points:    []string{"The account is gone, with its password, authenticators and recovery codes. It cannot be brought back.", "What happened stays in the audit, with the name.", "To keep somebody out for a while, suspend them instead."},
			Told:      "that the account was deleted.",
			Submit:    "Delete for good",
			Done:      "Deleted.",
		},
	},

	Title:       "The account",
	Text:        "Each of these asks you to prove that it is you, and is written down with your name.",
	Many:        "{n} people",
	More:        "and {n} more",
	ReasonHint:  "It is kept in the audit.",
	Role:        "New role",
	RoleHint:    "Helpers may help members who cannot get in. Administrators look after everybody, and set the rules.",
	Days:        "For how long",
	DaysHint:    "As short as is enough.",
	DaysOf:      map[int]string{7: "A week", 14: "Two weeks", 30: "30 days", 90: "90 days", 180: "180 days", 366: "A year"},
	ConfirmOne:  "Type the user name {name}",
	ConfirmAll:  "Type the number {n}",
	RefusedOne:  "Not done for 1 person",
	Refused:     "Not done for {n} people",
	ResultTitle: "What became of it",
	DoneOne:     "Done for 1 person.",
	DoneMany:    "Done for {n} people.",
	LinksText:   "Each works once, and is shown only now. Copy what you want to hand over yourself.",
	CopyLink:    "Copy the link",
	CopyAll:     "Copy all",
	Mailed:      "Mailed to {email}.",
	NotMailed:   "Not mailed: hand it over yourself.",
	Leave:       "Close for good",
	Until:       "Good until {when}",
}
