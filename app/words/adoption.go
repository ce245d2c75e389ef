package words

// Adoption is the text of how far two-factor authentication has come, of making it
// mandatory, and of what those are told who have to set it up.
type Adoption struct {
	Title, Lead          string
	Now                  string // the bar
	Ready, Exempt, Open  string
	OfAll                string // {all} {share}
	OfOne                string // {share}
	Of                   string // {name} {n} {share}
	InvitedOne, Invited  string // {n}
	Share, Little, Most  string // {n}
	NowPicture           string // {ready} {all} {share}
	Nobody, NobodyText   string
	Invite               string
	ByMethod             string
	ByMethodText         string
	MethodNone           string
	Methods              map[string]string
	Line, LineText       string
	LinePicture          string // {from} {to} {first} {firstAll} {last} {lastAll}
	LineNone             string
	LineOne              string // {day}
	LineReady, LineAll   string // what the curves are
	AsTable, AsPicture   string
	State, People, Part  string // columns
	Day, Method, Name    string
	Acts                 string
	NotReady             string
	NotReadyOne          string
	NotReadyMany         string // {n}
	NotReadyOffOne       string
	NotReadyOff          string // {n}
	NotReadyMore         string // {n} {all}
	NotReadyAll          string // the link to them
	NotReadyNone         string
	NotReadyNoneText     string
	ExemptUntil          string // {when}
	Remind, RemindDone   string // {name}
	RemindAll            string
	RemindAllTitle       string
	RemindAllOne         string
	RemindAllMany        string // {n}
	RemindAllText        string
	RemindAllSubmit      string
	RemindedOne          string
	RemindedMany         string // {n}
	RemindedNone         string
	RemindedAt           string // {when}
	RemindedNever        string
	NoMail               string
	Exempts              string // the button of a row
	ExemptTitle          string // {name}
	ExemptText           string
	ExemptUntilField     string
	ExemptUntilHint      string
	Reason, ReasonHint   string
	ExemptSubmit         string
	ExemptDone           string // {name}
	EndExempt            string
	EndExemptTitle       string // {name}
	EndExemptText        string
	EndExemptSubmit      string
	EndExemptDone        string // {name}
	Mandatory            string
	OffText, MakeIt      string
	NeedsOwn             string
	NeedsOwnText         string
	SinceBadge, OnBadge  string
	OffBadge             string
	Since, From          string // {when}
	By, BySomebody       string // {name} {when}
	OnText, AheadText    string
	ChangeDate           string
	Disable              string
	DisableTitle         string
	DisableText          string
	DisablePoint1        string
	DisablePoint2        string
	DisableKeep          string
	DisableDone          string
	PlanTitle, PlanDate  string
	PlanWho, PlanWhoText string // the steps
	PlanWhen             string
	PlanWhenText         string
	PlanExempt           string
	PlanExemptRest       string
	PlanExemptText       string
	PlanConfirm          string
	PlanSum              string // {people} {ready} {open}
	PlanOpenOne          string
	PlanOpenMany         string // {n}
	PlanOpenNone         string
	PlanExemptOne        string
	PlanExemptMany       string // {n}
	AtOnce, AtOnceText   string
	Later, LaterText     string
	Date, Time           string
	AskedOnce            string // {n}
	AskedOnceOne         string
	AskedLater           string // {n} {when}
	AskedLaterOne        string // {when}
	AskedNobody          string
	AskedNobodyLater     string // {when}
	ExemptLine           string // {n}
	ExemptLineOne        string
	Announce             string
	AnnounceLater        string
	AnnounceNoMail       string
	NewPeople            string
	StaffToo             string
	Undo                 string
	Continue, Cancel     string
	ConfirmOnce          string
	ConfirmLater         string
	DoneOnce             string
	DoneLater            string // {when}
	Past, Far            string // what is wrong with a date
	NoDate               string
	Changed, ChangedText string
	ChangedOff           string
	ChangedFrom          string // {when}

	Soon, SoonText string // {when}
	SoonAct        string
	SoonMethod     string // {when}
	SoonMethodText string
	SoonMethodAct  string
	Due, DueText   string // {when}
	DueMethod      string
	DueMethodText  string // {when}
	OffRefused     string
	OffRefusedText string
	LastKept       string
}

// MethodName returns what a method is called; one that this client does not know yet
// keeps its own name.
func (a *Adoption) MethodName(method string) string { return named(a.Methods, method) }

var englishAdoption = Adoption{
	Title:            "Two-factor",
	Lead:             "How many people have a second step, and who has to have one.",
	Now:              "Ready now",
	Ready:            "Ready",
	Exempt:           "Exempt for now",
	Open:             "Not ready",
	OfAll:            "of {all} people ({share})",
	OfOne:            "of 1 person ({share})",
	Of:               "{name}: {n} ({share})",
	InvitedOne:       "Besides them, 1 person is invited and has not been here yet.",
	Invited:          "Besides them, {n} people are invited and have not been here yet.",
	Share:            "{n} %",
	Little:           "less than 1 %",
	Most:             "more than 99 %",
	NowPicture:       "{ready} of {all} people are ready: {share}.",
	Nobody:           "Nobody is here yet",
	NobodyText:       "When people have accepted their invitations, you see here how many are ready.",
	Invite:           "Invite people",
	ByMethod:         "By method",
	ByMethodText:     "Somebody with several is counted with each.",
	MethodNone:       "Nobody has set up a method yet.",
	Methods:          map[string]string{"totp": "Authenticator app", "sms": "Text message"},
	Line:             "Over time",
	LineText:         "At the end of each day, and as it is now.",
	LinePicture:      "From {from} to {to}: {first} of {firstAll} people were ready at first, {last} of {lastAll} at last.",
	LineNone:         "The line begins at the end of today.",
	LineOne:          "The line begins on {day}. It takes another day to become one.",
	LineReady:        "Ready",
	LineAll:          "Everybody",
	AsTable:          "Show as a table",
	AsPicture:        "Show as a picture",
	State:            "State",
	People:           "People",
	Part:             "Share",
	Day:              "Day",
	Method:           "Method",
	Name:             "Name",
	Acts:             "What you can do",
	NotReady:         "Not ready",
	NotReadyOne:      "1 person signs in with a password alone.",
	NotReadyOffOne:   "1 of them is exempt for now.",
	NotReadyOff:      "{n} of them are exempt for now.",
	NotReadyMany:     "{n} people sign in with a password alone.",
	NotReadyMore:     "These are the first {n} of {all}.",
	NotReadyAll:      "See them all",
	NotReadyNone:     "Everybody is ready",
	NotReadyNoneText: "Everybody who can sign in has a second step.",
	ExemptUntil:      "Exempt until {when}",
	Remind:           "Remind",
	RemindDone:       "{name} is reminded by e-mail.",
	RemindAll:        "Remind everybody who is not ready",
	RemindAllTitle:   "Remind everybody who is not ready?",
	RemindAllOne:     "1 person gets an e-mail that asks to set up two-factor authentication, with the way to it.",
	RemindAllMany:    "{n} people get an e-mail that asks to set up two-factor authentication, with the way to it.",
	RemindAllText:    "It can be done once a day. Nobody who is exempt is reminded.",
	RemindAllSubmit:  "Remind them",
	RemindedOne:      "1 person is reminded by e-mail.",
	RemindedMany:     "{n} people are reminded by e-mail.",
	RemindedNone:     "There was nobody to remind.",
	RemindedAt:       "All were reminded last {when}.",
	RemindedNever:    "They have not been reminded yet.",
	NoMail:           "No mail can be sent from here, so nobody can be reminded.",
	Exempts:          "Exempt…",
	ExemptTitle:      "Exempt {name} from two-factor?",
	ExemptText:       "Until that day the password alone goes on opening the door, also while two-factor is mandatory.",
	ExemptUntilField: "Until the end of",
	ExemptUntilHint:  "At most a year ahead. After that day it is asked for again, without your doing anything.",
	Reason:           "Reason",
	ReasonHint:       "It goes into the record of what happened, for whoever looks later.",
	ExemptSubmit:     "Exempt",
	ExemptDone:       "{name} is exempt for now.",
	EndExempt:        "End the exemption…",
	EndExemptTitle:   "End the exemption of {name}?",
	EndExemptText:    "While two-factor is mandatory, the wizard comes first at the next sign-in.",
	EndExemptSubmit:  "End the exemption",
	EndExemptDone:    "{name} is no longer exempt.",
	Mandatory:        "Mandatory two-factor",
	OffText:          "It is up to everybody whether to set it up. You can make it mandatory, at once or from a day on, and undo that whenever you like.",
	MakeIt:           "Make it mandatory…",
	NeedsOwn:         "Set up your own first",
	NeedsOwnText:     "Whoever asks others for a second step has one. It takes about three minutes, and then you come back here.",
	SinceBadge:       "Mandatory",
	OnBadge:          "Announced",
	OffBadge:         "Voluntary",
	Since:            "Mandatory since {when}",
	From:             "Becomes mandatory on {when}",
	By:               "Decided by {name} on {when}.",
	BySomebody:       "Decided on {when}.",
	OnText:           "Who is not ready reaches nothing but the wizard, at sign-in and where they are signed in already.",
	AheadText:        "Until then people see a banner with the date, and are reminded a week before, a day before, and on the day.",
	ChangeDate:       "Change the date…",
	Disable:          "Disable mandatory two-factor",
	DisableTitle:     "Disable mandatory two-factor?",
	DisableText:      "From this moment on it is up to everybody again.",
	DisablePoint1:    "Who was led to the wizard gets in with the password alone.",
	DisablePoint2:    "Who has two-factor keeps it, and may turn it off.",
	DisableKeep:      "Leave it mandatory",
	DisableDone:      "Two-factor is no longer mandatory.",
	PlanTitle:        "Make two-factor mandatory",
	PlanDate:         "Change the date",
	PlanWho:          "Who is ready",
	PlanWhoText:      "Nothing changes before you confirm at the end.",
	PlanWhen:         "From when",
	PlanWhenText:     "Give people time to find a quiet three minutes. Two weeks are usual.",
	PlanExempt:       "Who is exempt",
	PlanExemptText:   "Somebody without a phone, or away for long? Exempt them until a day, with a reason. It is fine to exempt nobody.",
	PlanExemptRest:   "You find the others in the list of people.",
	PlanConfirm:      "Look once more, and confirm",
	PlanSum:          "{people} people, {ready} ready.",
	PlanOpenOne:      "1 person is not, and will be asked at the next sign-in once it is mandatory.",
	PlanOpenMany:     "{n} are not, and will be asked at their next sign-in once it is mandatory.",
	PlanOpenNone:     "Nobody has to do anything.",
	PlanExemptOne:    "1 more is exempt for now.",
	PlanExemptMany:   "{n} more are exempt for now.",
	AtOnce:           "At once",
	AtOnceText:       "Who is not ready is led to the wizard with the next press, in the middle of the day.",
	Later:            "From a moment on",
	LaterText:        "Until then people see a banner with the date, and are reminded by e-mail.",
	Date:             "Day",
	Time:             "Time where you are",
	AskedOnce:        "These {n} people will be asked at once: at their next sign-in, and with the next press where they are signed in.",
	AskedOnceOne:     "1 person will be asked at once: at the next sign-in, and with the next press where they are signed in.",
	AskedLater:       "These {n} people will be asked at their next sign-in from {when}.",
	AskedLaterOne:    "1 person will be asked at the next sign-in from {when}.",
	AskedNobody:      "It is mandatory at once. Everybody is ready, so nobody notices.",
	AskedNobodyLater: "It is mandatory from {when}. Everybody is ready now, so only new people notice.",
	ExemptLine:       "{n} people are exempt for now and not asked.",
	ExemptLineOne:    "1 person is exempt for now and not asked.",
	Announce:         "Everybody who is not ready gets an e-mail about it.",
	AnnounceLater:    "Everybody who is not ready gets an e-mail now, a week before, a day before, and on the day.",
	AnnounceNoMail:   "No mail can be sent from here, so nobody is told before it is asked of them. They see a banner when they are signed in.",
	NewPeople:        "Who is invited later sets it up at the first sign-in.",
	StaffToo:         "Nobody can turn it off, or remove the last method, while it is mandatory. Replacing a method goes on working.",
	Undo:             "You can undo this at any time, with one press.",
	Continue:         "Continue",
	Cancel:           "Cancel",
	ConfirmOnce:      "Make it mandatory at once",
	ConfirmLater:     "Make it mandatory from then on",
	DoneOnce:         "Two-factor is mandatory now.",
	DoneLater:        "Two-factor becomes mandatory on {when}.",
	Past:             "Please choose a moment that is still to come.",
	Far:              "That is too far ahead. A year is the most.",
	NoDate:           "Please choose a day and a time.",
	Changed:          "Somebody else has changed the rules meanwhile",
	ChangedText:      "This page shows what is so now, and what you chose is kept. Look at it once more, and confirm again if you still want to.",
	ChangedOff:       "Two-factor is not mandatory at this moment.",
	ChangedFrom:      "Two-factor is mandatory from {when} at this moment.",

	Soon:           "Two-factor becomes mandatory on {when}",
	SoonText:       "Set it up now, while you have the time. It takes about three minutes.",
	SoonAct:        "Set it up now",
	SoonMethod:     "From {when}, text messages alone are no longer enough",
	SoonMethodText: "Add an authenticator app now, while you have the time. It takes about three minutes.",
	SoonMethodAct:  "Add an authenticator app",
	Due:            "Two-factor authentication is mandatory here",
	DueText:        "Your organization asks everybody for a second step since {when}. Set it up now: it takes about three minutes, and then you go on to where you wanted to go.",
	DueMethod:      "Text messages alone are no longer enough",
	DueMethodText:  "Your organization asks for another method since {when}. Add an authenticator app now: it takes about three minutes, and then you go on to where you wanted to go.",
	OffRefused:     "Two-factor authentication is mandatory here",
	OffRefusedText: "Your organization asks everybody for it, so it cannot be turned off. You can replace an authenticator with another at any time.",
	LastKept:       "Two-factor authentication is mandatory here, so the last authenticator stays. You can replace it with another one, which keeps the old one working until the new one is proved.",
}
