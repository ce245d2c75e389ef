package words

// Policy is the text of the rules of an organization.
type Policy struct {
	Title, Lead               string
	Methods, MethodsText      string
	App, AppText              string
	Text, TextText            string
	TextUnset                 string
	UntilNow                  string // {when}
	UntilOver                 string // {when}
	UntilNone                 string
	Phone, PhoneText          string
	PhoneUnset                string
	Phones                    map[string]string
	PhoneNotes                map[string]string
	Trust, TrustText          string
	TrustField, TrustHint     string
	Limits, LimitsText        string
	Idle, IdleHint            string
	Overall, OverallHint      string
	Unit                      string
	Minutes, Hours, Days      string // units
	Stay, StayText            string
	Password, PasswordField   string
	PasswordHint              string
	Preview                   string
	PreviewTitle              string
	PreviewLead               string
	Nothing, NothingText      string
	Setting, Before, After    string // columns
	Names                     map[string]string
	None, OneDay, ManyDays    string // {n}
	OneMinute, ManyMinutes    string
	OneHour, ManyHours        string
	Characters                string // {n}
	Yes, No                   string
	Affected                  string
	AffectedOne, AffectedMany string // {n} {method}
	OnlyOne, OnlyMany         string // {n}
	OnlyNone                  string
	OnlyFirst                 string // {n}
	UntilDate, UntilDateText  string
	UntilOpen, UntilOpenText  string
	UntilSays                 string // {when}
	SessionsOne, SessionsMany string // {n}
	SessionsNone              string
	Edit, Confirm             string
	Saved                     string
	Changed, ChangedText      string
	ChangedNothing            string
	ChangedRow                string // {name} {before} {after}
	NotWhole                  string
	TooMuch                   string
}

// NameOf returns what a setting is called; one that this client does not know yet
// keeps its own name.
func (p *Policy) NameOf(setting string) string { return named(p.Names, setting) }

// PhoneName returns what is asked about recovery phones, likewise.
func (p *Policy) PhoneName(policy string) string { return named(p.Phones, policy) }

var englishPolicy = Policy{
	Title:         "Rules",
	Lead:          "What is asked of everybody here. Nothing changes before you have seen what it does.",
	Methods:       "Methods",
	MethodsText:   "What people can set up as their second step.",
	App:           "Authenticator app",
	AppText:       "Always allowed: it works for everybody, also without a network.",
	Text:          "Text message",
	TextText:      "The weaker choice: a message can be read on its way, and a number can be taken over.",
	TextUnset:     "No text messages can be sent from here yet, so it is not offered to anybody. DOORWARD_SMS_GATEWAY sets that up on the host.",
	UntilNow:      "Until {when}, who has nothing else goes on with it. From then on they are asked for an authenticator app.",
	UntilOver:     "Since {when}, who has nothing else is asked for an authenticator app.",
	UntilNone:     "Who has set it up before goes on with it.",
	Phone:         "Recovery phone",
	PhoneText:     "A number that, with the password, lets somebody back in when their authenticator is lost.",
	PhoneUnset:    "No text messages can be sent from here yet, so nobody is asked for one.",
	Phones:        map[string]string{"off": "Off", "optional": "Optional", "required": "Required"},
	PhoneNotes:    map[string]string{"off": "Nobody is asked for one.", "optional": "It is offered, and can be skipped.", "required": "Nobody finishes setting up two-factor without one."},
	Trust:         "Trusted devices",
	TrustText:     "After a code, people can choose not to be asked for one again in that browser.",
	TrustField:    "For how many days",
	TrustHint:     "From 0 to 90. With 0, everybody is asked for a code every time.",
	Limits:        "Sessions",
	LimitsText:    "How long somebody stays signed in.",
	Idle:          "Ends when nothing is done for",
	IdleHint:      "From 15 minutes to 30 days.",
	Overall:       "Ends in any case after",
	OverallHint:   "At most 30 days, and no shorter than the limit above.",
	Unit:          "Unit",
	Minutes:       "minutes",
	Hours:         "hours",
	Days:          "days",
	Stay:          "Stay signed in when the browser is closed",
	StayText:      "Without it, closing the browser signs people out. The limits above hold either way.",
	Password:      "Passwords",
	PasswordField: "Least number of characters",
	PasswordHint:  "From 8 to 64. Where a password stands alone, without a second step, 15 is the least in any case.",
	Preview:       "See what changes",
	PreviewTitle:  "What changes",
	PreviewLead:   "This is what you are about to change.",
	Nothing:       "Nothing changes",
	NothingText:   "The rules are already as you set them here.",
	Setting:       "Rule",
	Before:        "Before",
	After:         "From now on",
	Names: map[string]string{"methods": "Methods", "recovery_phone": "Recovery phone", "trusted_devices": "Trusted devices", "trusted_days": "Trusted devices",
		"idle_minutes": "A session ends when nothing is done for", "overall_minutes": "A session ends in any case after", "stay_signed_in": "Stay signed in",
		"min_password": "Least length of a password", "until": "When text messages alone stop being enough"},
	None:           "Not at all",
	OneDay:         "1 day",
	ManyDays:       "{n} days",
	OneMinute:      "1 minute",
	ManyMinutes:    "{n} minutes",
	OneHour:        "1 hour",
	ManyHours:      "{n} hours",
	Characters:     "{n} characters",
	Yes:            "Yes",
	No:             "No",
	Affected:       "Who is affected",
	AffectedOne:    "{method}: 1 person uses it.",
	AffectedMany:   "{method}: {n} people use it.",
	OnlyOne:        "1 person has nothing else, and has to add an authenticator app.",
	OnlyMany:       "{n} people have nothing else, and have to add an authenticator app.",
	OnlyNone:       "All of them have another method, so nobody has to do anything.",
	OnlyFirst:      "These are the first {n}.",
	UntilDate:      "From a moment on it is not enough",
	UntilDateText:  "Who still has nothing else then is led to the wizard. Until then they see a banner with the date.",
	UntilOpen:      "It goes on working for them",
	UntilOpenText:  "Nobody new can set it up. You can set a date later.",
	UntilSays:      "Text messages alone are enough until {when}.",
	SessionsOne:    "1 session ends at once, because the limits are tighter.",
	SessionsMany:   "{n} sessions end at once, because the limits are tighter.",
	SessionsNone:   "No session ends because of it.",
	Edit:           "Change it again",
	Confirm:        "Put it in force",
	Saved:          "The rules are in force.",
	Changed:        "Somebody else has changed the rules meanwhile",
	ChangedText:    "What you typed is kept. This is what is different now; look whether it still fits, and see what changes once more.",
	ChangedNothing: "The rules that you see here are the same as before.",
	ChangedRow:     "{name}: {before} before, {after} now.",
	NotWhole:       "Please write a whole number.",
	TooMuch:        "This is more than it can be.",
}
