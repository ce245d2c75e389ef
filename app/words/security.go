package words

// Security is the text of the Security tab.
type Security struct {
	Title, Lead             string
	TwoFactor               string
	ActiveSince, ActiveText string // {when}
	OffText, SetUp          string

	Apps, AppsText         string
	Added, Used, NeverUsed string // {when}
	Disabled, DisabledText string
	Add, Full              string // {n}
	OneOnly, OneOnlyText   string
	OneOnlyOrPhone         string
	OneIsText              string // the only one is text messages
	ByText                 string // what kind of authenticator it is
	Rename, Replace        string
	Remove                 string
	RenameTitle, NameField string
	RenameTextTitle        string // of text messages, as the next two
	RemoveTextText         string
	LastTextTitle          string
	NameHint, RenameSubmit string
	Renamed                string
	RemoveTitle            string // {name}
	RemoveText             string
	RemoveSubmit, Removed  string
	LastTitle, LastText    string
	LastReplace, LastOff   string

	Codes, CodesText                string
	Left                            string // {n} {total}
	Made                            string // {when}
	FewTitle, FewText               string
	NoneTitle                       string
	New, NewTitle, NewText          string
	NewSubmit                       string
	NewDoneTitle, NewDoneText       string
	NewClose                        string
	NewLeaveTitle                   string
	CodesDone                       string
	Password, PasswordText          string // {when}
	PasswordAct                     string
	Off, OffTitle, OffWhat          string
	OffPoint1, OffPoint2, OffPoint3 string
	OffSubmit, OffKeep, OffDone     string
	OffShortAct                     string

	Phones, PhonesText       string
	PhoneAsked               string // the organization asks for one
	PhoneAdd, PhoneChange    string
	PhoneNone, PhoneNoneText string
	PhoneFull                string // {n}
	PhonesOff                string // no text messages can be sent
	PhoneRemoveTitle         string // {number}
	PhoneRemoveText          string
	PhoneRemoveSubmit        string
	PhoneRemoved             string // {number}
	PhoneChangeAct           string
	Trust                    string
	TrustOne, TrustMany      string // {n} days
	TrustOver                string
	TrustNone                string
	TrustHere                string
	TrustUntil               string // {when}
	AskAgain, AskedAgain     string // {name}
	AskAll, AskAllTitle      string
	AskAllOne, AskAllMany    string // {n}
	AskAllDoneOne            string
	AskAllDoneMany           string // {n}
	CheckTitle, CheckText    string
	CheckField, CheckSubmit  string
	CheckGood                string
	CheckSkip, CheckSkipped  string
	CheckLost                string
}

var englishSecurity = Security{
	Title:       "Security",
	Lead:        "How your account is protected, and what to do when your phone is lost.",
	TwoFactor:   "Two-factor authentication",
	ActiveSince: "Active since {when}",
	ActiveText:  "Signing in takes your password and a code from one of your authenticators.",
	OffText:     "Your password alone opens the door. With a second step it stays shut even for someone who knows your password. It takes about three minutes.",
	SetUp:       "Set up two-factor authentication",

	Apps:            "Authenticators",
	AppsText:        "Any one of them opens the second step.",
	Added:           "Added {when}",
	Used:            "Last used {when}",
	NeverUsed:       "Not used yet",
	Disabled:        "Switched off",
	DisabledText:    "Too many wrong codes were entered for it. Replace it to use it again.",
	Add:             "Add another",
	Full:            "You have {n} authenticators, which is as many as there may be.",
	OneOnly:         "Keep a second way in",
	OneOnlyText:     "With one authenticator, one lost phone sends you to your recovery codes. Add it on a tablet, a computer or an old phone as well.",
	OneOnlyOrPhone:  "With one authenticator, one lost phone sends you to your recovery codes. Add it on a tablet, a computer or an old phone as well, or add a recovery phone below.",
	OneIsText:       "Where there is no network, or when the phone is lost, only your recovery codes are left. Add an authenticator app as well: it needs no network, and its codes cannot be read on the way.",
	ByText:          "Text message – the weaker choice",
	Rename:          "Rename",
	Replace:         "Replace",
	Remove:          "Remove",
	RenameTitle:     "Rename this authenticator app",
	RenameTextTitle: "Rename this phone",
	RemoveTextText:  "No codes are sent to it any more. You can set it up again later.",
	LastTextTitle:   "This phone is your only second step",
	NameField:       "Name",
	NameHint:        "So that you can tell your devices apart.",
	RenameSubmit:    "Save the name",
	Renamed:         "The name is saved.",
	RemoveTitle:     "Remove {name}?",
	RemoveText:      "Its codes stop working at once. You can set it up again later, with a new QR code.",
	RemoveSubmit:    "Remove it",
	Removed:         "{name} is removed.",
	LastTitle:       "This is your only authenticator app",
	LastText:        "Without it there would be no second step. Replace it with another one, which keeps the old one working until the new one is proved, or turn two-factor authentication off.",
	LastReplace:     "Replace it",
	LastOff:         "Turn it off",

	Codes:         "Recovery codes",
	CodesText:     "Also called backup codes. Each lets you in once when your phone is lost.",
	Left:          "{n} of {total} left",
	Made:          "Made {when}",
	FewTitle:      "Few recovery codes are left",
	FewText:       "Make a new set while you still can get in.",
	NoneTitle:     "No recovery codes are left",
	New:           "Make new codes",
	NewTitle:      "Make new recovery codes?",
	NewText:       "The codes you have now stop working at once, wherever they are written down.",
	NewSubmit:     "Make new codes",
	NewDoneTitle:  "Your new recovery codes",
	NewDoneText:   "They are shown only now. The old ones no longer work.",
	NewClose:      "Done",
	NewLeaveTitle: "Please save the codes first",
	CodesDone:     "Your new recovery codes are in force.",
	Password:      "Password",
	PasswordText:  "Last changed {when}",
	PasswordAct:   "Change the password",
	Off:           "Turn off two-factor authentication",
	OffTitle:      "Turn off two-factor authentication?",
	OffWhat:       "From then on your password alone opens the door.",
	OffPoint1:     "Your authenticators are forgotten. Their codes stop working.",
	OffPoint2:     "Your recovery codes stop working.",
	OffPoint3:     "You can set it up again whenever you like, from the start.",
	OffSubmit:     "Turn it off",
	OffKeep:       "Keep it on",
	OffDone:       "Two-factor authentication is off.",
	OffShortAct:   "Choose a longer one",

	Phones:            "Recovery phone",
	PhonesText:        "Together with your password it lets you back in when your authenticator is lost.",
	PhoneAsked:        "Your organization asks for one.",
	PhoneAdd:          "Add a recovery phone",
	PhoneChange:       "Change",
	PhoneNone:         "No recovery phone yet",
	PhoneNoneText:     "Verify a mobile number, and a lost phone does not lock you out even when the recovery codes are gone too.",
	PhoneFull:         "You have {n} recovery phones, which is as many as there may be.",
	PhonesOff:         "No text messages can be sent at present, so these do not help until that is possible again.",
	PhoneRemoveTitle:  "Remove {number}?",
	PhoneRemoveText:   "It no longer lets you in when your authenticator is lost. You are told about it, there and by mail.",
	PhoneRemoveSubmit: "Remove it",
	PhoneRemoved:      "{number} is removed.",
	PhoneChangeAct:    "Change the number",
	Trust:             "Trusted devices",
	TrustOne:          "Browsers that are asked for the password only, for 1 day.",
	TrustMany:         "Browsers that are asked for the password only, for {n} days.",
	TrustOver:         "Browsers that were not to be asked for a code. No more can be added.",
	TrustNone:         "None. When you give a code at sign-in, you can choose not to be asked for one again in that browser.",
	TrustHere:         "This browser",
	TrustUntil:        "Until {when}",
	AskAgain:          "Ask again",
	AskedAgain:        "{name} is asked for a code again.",
	AskAll:            "Ask again everywhere",
	AskAllTitle:       "Ask for a code again everywhere?",
	AskAllOne:         "1 browser is asked for a code when you sign in with it next.",
	AskAllMany:        "{n} browsers are asked for a code when you sign in with them next.",
	AskAllDoneOne:     "1 browser is asked for a code again.",
	AskAllDoneMany:    "{n} browsers are asked for a code again.",
	CheckTitle:        "Does your authenticator still work?",
	CheckText:         "Enter the code that it shows now. Then you know that it opens the door when it matters.",
	CheckField:        "Six-digit code",
	CheckSubmit:       "Check the code",
	CheckGood:         "Good, it works.",
	CheckSkip:         "Not now",
	CheckSkipped:      "All right. You are not asked again.",
	CheckLost:         "I no longer have it",
}
