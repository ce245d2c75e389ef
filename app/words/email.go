package words

// Email is the text about a person's addresses, and of what mailed links open.
type Email struct {
	Title, Text           string
	None                  string // no address is known
	Change, ChangeTitle   string
	Field, ChangeHint     string
	ChangeSubmit          string
	Pending, Waits        string // {email}; no mail can be sent
	NoticeTitle           string
	NoticeText            string
	NoticeNone            string
	NoticeAdd, NoticeSwap string
	NoticeAddTitle        string
	NoticeHint            string
	NoticePending         string // {email}
	NoticeWaits           string
	Send                  string
	Remove, RemoveTitle   string
	RemoveText            string // {email}
	RemoveSubmit, Removed string
	Cancel, CancelBoth    string
	Cancelled             string
	NoMail, NoMailText    string

	ConfirmTitle, ConfirmLead         string
	ConfirmLeadTo                     string // {email}
	ConfirmNot, ConfirmSubmit         string
	ConfirmDead                       string
	NotMeTitle, NotMeLead             string
	NotMeSessions, NotMeTrust         string
	NotMePassword, NotMeStays         string
	NotMeSubmit                       string
	WasMe, WasMeText                  string
	NotMeDead, NotMeDeadAct           string
	PasswordTitle, PasswordLead       string
	PasswordFor                       string // {name}
	PasswordSubmit, PasswordDead      string
	Confirmed, LockedDown, LockedText string // notices on the sign-in page
}

var englishEmail = Email{
	Title:          "E-mail",
	Text:           "It signs you in like your user name, and what happens to your account is told there.",
	None:           "No address yet",
	Change:         "Change the address",
	ChangeTitle:    "Change your e-mail address",
	Field:          "New address",
	ChangeHint:     "We send a link there, and tell your present address about it.",
	ChangeSubmit:   "Send the link",
	Pending:        "We sent a link to {email}. The address changes once you open it.",
	Waits:          "A link to {email} waits in the outbox. The address changes once it has arrived and been opened.",
	NoticeTitle:    "Further address for notices",
	NoticeText:     "It gets every security notice too; it cannot be used to sign in.",
	NoticeNone:     "None yet. A second address still tells you when the first is in other hands.",
	NoticeAdd:      "Add an address",
	NoticeSwap:     "Use another address",
	NoticeAddTitle: "Further address for notices",
	NoticeHint:     "We send a link there. Notices go to it once you open that.",
	NoticePending:  "We sent a link to {email}. Notices go there once you open it.",
	NoticeWaits:    "A link to {email} waits in the outbox. Notices go there once it has arrived and been opened.",
	Send:           "Send the link",
	Remove:         "Remove it",
	RemoveTitle:    "Remove this address?",
	RemoveText:     "{email} gets no more notices. It is told so, this once.",
	RemoveSubmit:   "Remove the address",
	Removed:        "The address is removed.",
	Cancel:         "Cancel the change",
	CancelBoth:     "Cancel both changes",
	Cancelled:      "Nothing changes, and the link no longer works.",
	NoMail:         "No mail can be sent here yet",
	NoMailText:     "A link waits in the outbox until then. Please ask your administrator.",

	ConfirmTitle:   "Confirm your address",
	ConfirmLead:    "Doorward will write to the address that this link was sent to.",
	ConfirmLeadTo:  "Confirm {email} as your address. Doorward will write to it.",
	ConfirmNot:     "You did not ask for this? Close this page: without you nothing changes.",
	ConfirmSubmit:  "Confirm the address",
	ConfirmDead:    "It has been used, or has expired. If the address is not yours yet, sign in, open your profile and have a new link sent.",
	NotMeTitle:     "This was not you?",
	NotMeLead:      "One press shuts everybody out of your account, until you have chosen a new password.",
	NotMeSessions:  "Every session ends at once, on all devices. Yours too.",
	NotMeTrust:     "Trusted devices are forgotten, and links that wait stop working.",
	NotMePassword:  "The password no longer opens the door. You choose a new one.",
	NotMeStays:     "Two-factor authentication stays as it is, and nothing is deleted.",
	NotMeSubmit:    "Shut everybody out",
	WasMe:          "It was you after all?",
	WasMeText:      "Close this page. Nothing happens.",
	NotMeDead:      "It has been used, or has expired. If somebody else may be in your account, end the sessions that are not yours and change your password.",
	NotMeDeadAct:   "To your sessions",
	PasswordTitle:  "Choose a new password",
	PasswordLead:   "You are then asked to sign in with it. Two-factor authentication stays as it is.",
	PasswordFor:    "For the account {name}.",
	PasswordSubmit: "Set the password",
	PasswordDead:   "It has been used, or has expired. Sign in with the password that you have chosen. If your account is still closed, sign in with the old one: it opens nothing, and brings you a new link by mail. If you have forgotten it, “Forgot your password?” does that too.",
	Confirmed:      "Your address is confirmed.",
	LockedDown:     "Everybody is shut out of your account",
	LockedText:     "We have mailed you a link to choose a new password. With that you can come in again.",
}
