package words

// Help is the text of what staff can do for somebody, each in a dialog of its own.
type Help struct {
	Title, Text      string
	Reason           string
	ReasonHint       string
	Points           string // what stands above what happens
	Told             string // {told}: what the person hears
	Link, Code       HelpAct
	Lock, End, Lift  HelpAct
	Revoke           HelpAct
	NoTwoFactor      string
	Hours, HoursHint string
	HoursWrong       string
	ReadBack         string // {code}
	EndedOne         string // {n}
	EndedMany        string

	LinkTitle, LinkText string // the link, shown once
	LinkMailed          string // {email}
	LinkWaits           string // {email}
	LinkExpires         string // {when}
	LinkQR, LinkCopy    string
	LinkOnce, LinkClose string
	LinkLeave           string
}

// HelpAct is one thing to do: how it is offered, what the dialog explains, and what
// is said when it is done.
type HelpAct struct {
	Offer, OfferText string
	Title            string
	Points           []string
	Told             string
	Submit, Done     string
}

var englishHelp = Help{
	Title:      "Help",
	Text:       "Make sure that it is really them, in person or by a number that you know. Each of these asks you to prove that it is you, and is written down with your name.",
	Reason:     "Reason",
	ReasonHint: "How you know that it is them, and what has happened. It is kept in the audit.",
	Points:     "What happens",
	Told:       "What they are told: {told}",
	Link: HelpAct{
		Offer:     "Send a link to turn off two-factor",
		OfferText: "For a lost phone. The person opens it and gives the password; two-factor authentication is off then, and can be set up anew.",
		Title:     "Send a link to turn off two-factor?",
		Points: []string{
			"A one-time link is mailed to them, and shown to you once.",
			"It asks for their password, so it is worth nothing to others.",
			"Until it is used, everything stays as it is. You can take it back.",
		},
		Told:   "that you have made this link, on all their addresses.",
		Submit: "Make the link",
		Done:   "The link is made and mailed.",
	},
	Code: HelpAct{
		Offer:     "Caller has a recovery code",
		OfferText: "The person is on the telephone and reads out one of their recovery codes. It is used up, and two-factor authentication is off.",
		Title:     "Take a recovery code",
		Points: []string{
			"The code is used up, and two-factor authentication is off at once.",
			"Their authenticators, other recovery codes and recovery phones are forgotten.",
			"All their sessions end. They sign in with the password alone and set it up anew.",
			"Never ask for their password.",
		},
		Told:   "that staff have turned two-factor authentication off, on all their addresses.",
		Submit: "Turn two-factor off",
		Done:   "Two-factor authentication is off. They can sign in with the password.",
	},
	Lock: HelpAct{
		Offer:     "Close the account to strangers",
		OfferText: "When somebody else may have the password, or be in the account. Nobody gets in until the person has chosen a new password.",
		Title:     "Close the account to strangers?",
		Points: []string{
			"Every session ends at once, on all devices.",
			"Trusted devices are forgotten, and links that wait stop working.",
			"The password opens nothing any more. A link to choose a new one is mailed.",
			"Two-factor authentication stays as it is, and nothing is deleted.",
		},
		Told:   "that the account was closed, on all their addresses, with the link to choose a new password.",
		Submit: "Close the account",
		Done:   "The account is closed to strangers. A link to choose a new password is mailed.",
	},
	End: HelpAct{
		Offer:     "End all sessions",
		OfferText: "Signs the person out everywhere. They sign in again as always.",
		Title:     "End all sessions?",
		Points: []string{
			"They are signed out at once, on all devices.",
			"The password and the second step stay as they are.",
		},
		Told:   "that staff have signed them out.",
		Submit: "End all sessions",
		Done:   "All their sessions have ended.",
	},
	Lift: HelpAct{
		Offer:     "Let them try again",
		OfferText: "Ends the wait after too many tries.",
		Title:     "Let them try again at once?",
		Points: []string{
			"The wait ends, and wrong tries are counted anew.",
			"If it was not them who tried, leave it: the wait keeps a stranger from guessing.",
		},
		Told:   "that staff have ended the wait.",
		Submit: "End the wait",
		Done:   "They can try again at once.",
	},
	Revoke: HelpAct{
		Offer:     "Take back",
		OfferText: "The link stops working.",
		Title:     "Take this link back?",
		Points:    []string{"It stops working at once. You can make another at any time."},
		Told:      "nothing; it is written down.",
		Submit:    "Take it back",
		Done:      "The link no longer works.",
	},
	NoTwoFactor: "Two-factor authentication is not on, so there is nothing to turn off.",
	Hours:       "It works for",
	HoursHint:   "As short as is enough.",
	HoursWrong:  "A link works for 1 to 24 hours.",
	ReadBack:    "Read it back: {code}",
	EndedOne:    "1 session has ended.",
	EndedMany:   "{n} sessions have ended.",

	LinkTitle:   "The link is made",
	LinkText:    "They can scan this with the camera of a phone, or open the link from the mail.",
	LinkMailed:  "Mailed to {email}.",
	LinkWaits:   "The mail to {email} waits in the outbox, because no mail can be sent: hand the link over yourself.",
	LinkExpires: "It works once, until {when}.",
	LinkQR:      "QR code of the link",
	LinkCopy:    "Copy the link",
	LinkOnce:    "It is shown only now. If they have not got it yet, copy it first.",
	LinkClose:   "Close",
	LinkLeave:   "Close for good",
}
