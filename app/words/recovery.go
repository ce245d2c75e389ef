package words

// Recovery is the text for a lost phone, and after a recovery code.
type Recovery struct {
	LostTitle, LostLead        string
	LostCode, LostCodeText     string
	LostOther, LostOtherText   string
	LostAdmin, LostAdminText   string
	LostHost                   string
	UsedTitle, UsedLead        string
	UsedNew, UsedNewHint       string
	LeftOne, LeftMany          string // recovery codes left
	SetUpNewPhone, HavePhone   string
	ProtectTitle, ProtectLead  string
	ProtectWhy1, ProtectWhy2   string
	ProtectWhy3                string
	ProtectSetUp, ProtectLater string
	NoReplacement              string
}

var englishRecovery = Recovery{
	LostTitle:     "Lost your phone?",
	LostLead:      "You are not locked out. Take the first of these that you can.",
	LostCode:      "Use a recovery code",
	LostCodeText:  "You saved ten of them when you set up two-factor authentication: in a file, on paper, or in your password manager. Each works once.",
	LostOther:     "Use another device with your authenticator app",
	LostOtherText: "A tablet, a computer or an old phone that has it shows the same code. A backup of the app, restored on a new phone, does too.",
	LostAdmin:     "Ask your administrator",
	LostAdminText: "They check that it is you, and then take the second step off your account on the host that runs Doorward. You keep your password and set it up again on your new phone.",
	LostHost:      "Administrators: the command is “doorward user reset-2fa”.",
	UsedTitle:     "You are in",
	UsedLead:      "Your recovery code has been used up. Here is a new one in its place. Write it down before you go on: it is shown only now.",
	UsedNew:       "Your new recovery code",
	UsedNewHint:   "Strike out the one you used and add this one to your list.",
	LeftOne:       "You have 1 recovery code, this one.",
	LeftMany:      "You have {n} recovery codes, this one among them.",
	SetUpNewPhone: "Set up a new phone",
	HavePhone:     "I still have my phone",
	ProtectTitle:  "Protect your account",
	ProtectLead:   "A password can be guessed, watched or stolen. A second step keeps the door shut even then.",
	ProtectWhy1:   "It takes about two minutes, with a free app on your phone.",
	ProtectWhy2:   "You get recovery codes, so that a lost phone does not lock you out.",
	ProtectWhy3:   "You can turn it off again whenever you like.",
	ProtectSetUp:  "Set it up now",
	ProtectLater:  "Later",
	NoReplacement: "There is no code to show. It may have been shown before.",
}
