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
	Rename, Replace        string
	Remove                 string
	RenameTitle, NameField string
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
}

var englishSecurity = Security{
	Title:       "Security",
	Lead:        "How your account is protected, and what to do when your phone is lost.",
	TwoFactor:   "Two-factor authentication",
	ActiveSince: "Active since {when}",
	ActiveText:  "Signing in takes your password and a code from one of your authenticator apps.",
	OffText:     "Your password alone opens the door. With a second step it stays shut even for someone who knows your password. It takes about two minutes.",
	SetUp:       "Set up two-factor authentication",

	Apps:         "Authenticator apps",
	AppsText:     "Any one of them shows a code that works.",
	Added:        "Added {when}",
	Used:         "Last used {when}",
	NeverUsed:    "Not used yet",
	Disabled:     "Switched off",
	DisabledText: "Too many wrong codes were entered for it. Replace it to use it again.",
	Add:          "Add another",
	Full:         "You have {n} authenticator apps, which is as many as there may be.",
	OneOnly:      "Keep a second way in",
	OneOnlyText:  "With one authenticator app, one lost phone sends you to your recovery codes. Add it on a tablet, a computer or an old phone as well.",
	Rename:       "Rename",
	Replace:      "Replace",
	Remove:       "Remove",
	RenameTitle:  "Rename this authenticator app",
	NameField:    "Name",
	NameHint:     "So that you can tell your devices apart.",
	RenameSubmit: "Save the name",
	Renamed:      "The name is saved.",
	RemoveTitle:  "Remove {name}?",
	RemoveText:   "Its codes stop working at once. You can set it up again later, with a new QR code.",
	RemoveSubmit: "Remove it",
	Removed:      "{name} is removed.",
	LastTitle:    "This is your only authenticator app",
	LastText:     "Without it there would be no second step. Replace it with another one, which keeps the old one working until the new one is proved, or turn two-factor authentication off.",
	LastReplace:  "Replace it",
	LastOff:      "Turn it off",

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
	OffPoint1:     "Your authenticator apps are forgotten. Their codes stop working.",
	OffPoint2:     "Your recovery codes stop working.",
	OffPoint3:     "You can set it up again whenever you like, from the start.",
	OffSubmit:     "Turn it off",
	OffKeep:       "Keep it on",
	OffDone:       "Two-factor authentication is off.",
	OffShortAct:   "Choose a longer one",
}
