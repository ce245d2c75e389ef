package words

// Outbox is the text of the operators' page about messages, and of what the front
// page warns operators of.
type Outbox struct {
	Title, Lead            string
	Refresh, Refreshed     string
	Mail, Texts            string
	On, Off                string
	MailOn, MailOff        string
	TextsOn, TextsOff      string
	Today                  string // {n} {most}
	TodayOpen              string // {n}
	Paused, PausedText     string
	Terminal               string // in development mode
	DevelopmentText        string
	Arrived                string // leads to that page
	Counts, CountsText     string
	Waiting, GivenUp       string
	Messages               string
	Newest                 string // {n}
	NoneTitle, NoneText    string
	About, State           string // columns
	When, Acts             string
	To                     string // {to}
	Untried, OneTry, Tries string // {n}
	Created, NextTry       string // {when} {wait}
	NextNow, SentAt        string // {when}
	Retry, Retried         string
	Error, Hide            string
	ByMail, ByText         string
	States                 map[string]string
	Kinds                  map[string]string
	WarnMail, WarnMailText string // on the front page
	WarnPaused             string
	WarnPausedText         string
	WarnUndelivered        string
	WarnUndeliveredText    string
	WarnDevelopment        string
	WarnDevelopmentText    string
	Open                   string
}

// StateName returns what a state is called; one that this client does not know yet
// keeps its own name.
func (o *Outbox) StateName(state string) string { return named(o.States, state) }

// KindName returns what a message is about; a kind that this client does not know
// yet keeps its own name.
func (o *Outbox) KindName(kind string) string { return named(o.Kinds, kind) }

func named(names map[string]string, key string) string {
	if name, ok := names[key]; ok {
		return name
	}
	return key
}

var englishOutbox = Outbox{
	Title:               "Outbox",
	Lead:                "Every message that this portal sends, and how it fared. What a message says is not shown.",
	Refresh:             "Refresh",
	Refreshed:           "This is how it stands now.",
	Mail:                "E-mail",
	Texts:               "Text messages",
	On:                  "Ready",
	Off:                 "Not configured",
	MailOn:              "Messages go out through the mail server.",
	MailOff:             "Messages wait here. Set DOORWARD_SMTP and DOORWARD_MAIL_FROM, and start Doorward again.",
	TextsOn:             "Messages go out through the gateway.",
	TextsOff:            "Phones cannot be used. Set DOORWARD_SMS_GATEWAY and what its gateway needs, and start Doorward again.",
	Today:               "{n} of {most} today",
	TodayOpen:           "{n} today",
	Paused:              "Paused",
	PausedText:          "The day's ceiling is reached. They go on tomorrow; people can use another way until then.",
	Terminal:            "To the terminal",
	DevelopmentText:     "Messages arrive in the terminal that Doorward was started from and on a page of this portal, and nowhere else.",
	Arrived:             "Read what has arrived",
	Counts:              "On their way",
	CountsText:          "A message is tried again and again for a day, and then given up.",
	Waiting:             "Waiting",
	GivenUp:             "Given up",
	Messages:            "Messages",
	Newest:              "These are the newest {n}.",
	NoneTitle:           "Nothing has been sent yet",
	NoneText:            "When somebody is invited, signs in on a new device or changes what protects their account, the message to them appears here.",
	About:               "About",
	To:                  "To {to}",
	State:               "State",
	Untried:             "Not tried yet",
	OneTry:              "1 try",
	Tries:               "{n} tries",
	When:                "When",
	Acts:                "What to do",
	Created:             "Written {when}",
	NextTry:             "Next try in {wait}",
	NextNow:             "Next try any moment",
	SentAt:              "Sent {when}",
	Retry:               "Try again",
	Retried:             "It is tried again now.",
	Error:               "What went wrong",
	Hide:                "Hide what went wrong",
	ByMail:              "By e-mail",
	ByText:              "By text message",
	WarnMail:            "No mail can be sent",
	WarnMailText:        "Invitations, links and notices wait in the outbox. Set DOORWARD_SMTP and DOORWARD_MAIL_FROM, and start Doorward again.",
	WarnPaused:          "Text messages are paused",
	WarnPausedText:      "The day's ceiling is reached. Look whether the messages are wanted before you raise it.",
	WarnUndelivered:     "Some messages do not arrive",
	WarnUndeliveredText: "They were given up, or fail again and again. The outbox says why, and can try them again.",
	WarnDevelopment:     "This portal runs in development mode",
	WarnDevelopmentText: "It is meant for trying things out, on this machine only. Messages arrive in the terminal that it was started from and on a page of this portal.",
	Open:                "Open the outbox",
	States: map[string]string{
		"waiting": "Waiting", "sending": "On its way", "sent": "Sent", "given_up": "Given up",
	},
	Kinds: map[string]string{
		"two_factor_on":           "Two-factor turned on",
		"two_factor_off":          "Two-factor turned off",
		"two_factor_reset":        "Two-factor taken off by staff",
		"authenticator_added":     "Authenticator added",
		"authenticator_renamed":   "Authenticator renamed",
		"authenticator_replaced":  "Authenticator replaced",
		"authenticator_removed":   "Authenticator removed",
		"authenticator_disabled":  "Authenticator switched off",
		"recovery_codes_made":     "New recovery codes",
		"recovery_code_used":      "Recovery code used",
		"phone_verified":          "Phone verified",
		"phone_changed":           "Phone changed",
		"phone_removed":           "Phone removed",
		"password_changed":        "Password changed",
		"password_reset":          "Password chosen by a link",
		"new_device":              "Sign-in on a new device",
		"second_step_failed":      "Second step failed",
		"trusted_device_added":    "Device trusted",
		"sessions_ended_by_staff": "Sessions ended by staff",
		"email_change_asked":      "Change of address asked for",
		"email_changed":           "Address changed",
		"email_confirm":           "Link to confirm an address",
		"notice_address_confirm":  "Link to confirm a further address",
		"notice_address_added":    "Further address added",
		"notice_address_removed":  "Further address removed",
		"locked_down":             "Account closed to strangers",
		"password_link":           "Link to choose a password",
		"texts_paused":            "Text messages paused",
		"recovery_phone_used":     "Recovery phone used",
		"reset_link":              "Link to turn two-factor off",
		"reset_link_sent":         "A link to turn two-factor off was made",
		"help_wanted":             "Somebody asks for help",
		"throttle_lifted":         "The wait was ended by staff",
		"role_changed":            "Role changed",
		"language_changed":        "Language changed",
		"test":                    "Test message",
		"text_code":               "Six-digit code",
		"invitation":              "Invitation",
		"account_suspended":       "Account suspended",
		"account_reinstated":      "Account open again",
		"account_deleted":         "Account deleted",
		"two_factor_wanted":       "Reminder to set up two-factor",
		"mandatory_announced":     "Two-factor becomes mandatory",
		"mandatory_week":          "A week left for two-factor",
		"mandatory_day":           "A day left for two-factor",
		"mandatory_now":           "Two-factor is mandatory now",
		"method_ends":             "Another second step is needed",
	},
}
