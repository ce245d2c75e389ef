package words

// Recovery is the text for a lost phone, and after a recovery code.
type Recovery struct {
	LostTitle, LostLead        string
	LostOnlyStaff, LostNobody  string // leads, where there are no ways of one's own
	LostGeneral, LostSignIn    string // without a sign-in under way
	LostCode, LostCodeText     string
	LostPhone, LostPhoneText   string // {end}
	LostPhoneGeneral           string
	LostAdmin, LostAdminText   string
	LostAsk, LostAskNote       string
	LostAsked, LostAskedBefore string
	LostNoMail                 string
	LostHost, LostHostText     string
	LostMore                   string
	LostOther                  string
	TextOther                  string // of a code that does not come
	UsedLeadPhone              string
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
	LostTitle:        "Lost your phone?",
	LostLead:         "You are not locked out. Take the first of these that you can.",
	LostCode:         "Use a recovery code",
	LostOnlyStaff:    "You are not locked out. There are no recovery codes and no recovery phone, but people can let you in again.",
	LostNobody:       "You are not locked out. Whoever runs this portal can let you in again.",
	LostGeneral:      "You are not locked out. Sign in with your name and password first: we then show you the ways that you have.",
	LostSignIn:       "Sign in",
	LostCodeText:     "You saved ten of them when you set up two-factor authentication: in a file, on paper, or in your password manager. Each works once.",
	LostPhone:        "Have a code sent to your recovery phone",
	LostPhoneText:    "We send six digits to the number ending in {end}.",
	LostPhoneGeneral: "If you have given us the number of another phone, we send six digits to it.",
	LostAdmin:        "Ask your administrator",
	LostAdminText:    "They make sure that it is you. Then they send you a link that turns the second step off, or take one of your recovery codes by telephone. Your password stays, and you set the second step up again on your new phone.",
	LostAsk:          "Tell them that I need help",
	LostAskNote:      "We mail them your name, and when and from where you asked.",
	LostAsked:        "They have been told. They may speak to you first, to make sure that it is you.",
	LostAskedBefore:  "They were told a while ago. If you hear nothing, reach them in person or by telephone.",
	LostNoMail:       "They cannot be told from here, because no mail can be sent. Reach them in person or by telephone.",
	LostHost:         "Ask whoever runs this portal",
	LostHostText:     "On the machine that it runs on, they take the second step off with the command “doorward user reset-2fa”. Your password stays.",
	LostMore:         "Is there another phone or computer?",
	LostOther:        "A tablet, a computer or an old phone that has your authenticator app shows the same code. A backup of the app, restored on a new phone, does too.",
	TextOther:        "Or go back and take another way in.",
	UsedLeadPhone:    "The code from your recovery phone has let you in. Set up the second step on your new phone now, so that next time is as easy as before.",
	UsedTitle:        "You are in",
	UsedLead:         "Your recovery code has been used up. Here is a new one in its place. Write it down before you go on: it is shown only now.",
	UsedNew:          "Your new recovery code",
	UsedNewHint:      "Strike out the one you used and add this one to your list.",
	LeftOne:          "You have 1 recovery code, this one.",
	LeftMany:         "You have {n} recovery codes, this one among them.",
	SetUpNewPhone:    "Set up a new phone",
	HavePhone:        "I still have my phone",
	ProtectTitle:     "Protect your account",
	ProtectLead:      "A password can be guessed, watched or stolen. A second step keeps the door shut even then.",
	ProtectWhy1:      "It takes about three minutes, with a free app on your phone.",
	ProtectWhy2:      "You get recovery codes, so that a lost phone does not lock you out.",
	ProtectWhy3:      "You can turn it off again whenever you like.",
	ProtectSetUp:     "Set it up now",
	ProtectLater:     "Later",
	NoReplacement:    "There is no code to show. It may have been shown before.",
}
