package words

import "strings"

// Activity is the sentences about what has happened to an account, by the kind of
// the event. In them {name} is what it was about and {n} a number. Sentences about
// what was refused, of kinds that can be either, stand in Refused.
type Activity struct {
	Events, Refused map[string]string
	// Of and RefusedOf are the same for a list about many people: {who} is the person,
	// and there is no full stop, because who did it follows.
	Of, RefusedOf map[string]string
	Somebody      string // whose name is not known
	// Groups is every kind by its name, for choosing one.
	Groups []KindGroup
	Details
	By, ByHost  string // {by}
	From        string // {address}
	Times       string // {n}
	Reason      string // {reason}
	ByLink      string
	ByTelephone string
	Nameless    string
}

// Sentence returns what is said of an event. A kind that this client does not know
// yet is told by its plain name.
func (a *Activity) Sentence(kind string, refused bool) string {
	if s, ok := a.Refused[kind]; ok && refused {
		return s
	}
	if s, ok := a.Events[kind]; ok {
		return s
	}
	return strings.ReplaceAll(kind, "_", " ")
}

// SentenceOf is Sentence for a list about many people.
func (a *Activity) SentenceOf(kind string, refused bool) string {
	if s, ok := a.RefusedOf[kind]; ok && refused {
		return s
	}
	if s, ok := a.Of[kind]; ok {
		return s
	}
	return "{who}: " + strings.ReplaceAll(kind, "_", " ")
}

var englishActivity = Activity{
	By:          "by {by}",
	ByHost:      "by a command on the host",
	From:        "from {address}",
	Times:       "{n} times",
	Reason:      "Reason: {reason}",
	ByLink:      "with a link",
	ByTelephone: "with a recovery code by telephone",
	Nameless:    "without a name",
	Of:          englishOf,
	RefusedOf:   englishRefusedOf,
	Somebody:    "Somebody",
	Groups:      englishKinds,
	Details:     englishDetails,
	Refused: map[string]string{
		"two_factor_reset": "A recovery code that was read out by telephone was refused.",
		"texts_paused":     "A text message was not sent: the ceiling of the day is reached.",
	},
	Events: map[string]string{
		"setup_link_made":         "The link to set this portal up was made.",
		"set_up":                  "Set this portal up.",
		"user_invited":            "Was invited.",
		"invitation_accepted":     "Accepted the invitation and chose a password.",
		"password_accepted":       "Gave the right password; the second step was still to come.",
		"signed_in":               "Signed in.",
		"sign_in_refused":         "A sign-in was refused.",
		"second_step_refused":     "Gave the right password; the second step was refused.",
		"signed_out":              "Signed out.",
		"stepped_up":              "Proved again who it is.",
		"step_up_refused":         "Could not prove again who it is.",
		"session_ended":           "Ended a session.",
		"sessions_ended":          "Ended other sessions: {n}.",
		"two_factor_on":           "Turned two-factor authentication on.",
		"two_factor_off":          "Turned two-factor authentication off.",
		"two_factor_reset":        "Two-factor authentication was taken off.",
		"authenticator_added":     "Added the authenticator “{name}”.",
		"authenticator_renamed":   "Named an authenticator “{name}”.",
		"authenticator_replaced":  "Replaced an authenticator by “{name}”.",
		"authenticator_removed":   "Removed the authenticator “{name}”.",
		"authenticator_disabled":  "The authenticator “{name}” was switched off after too many wrong codes.",
		"enrollment_refused":      "A code was refused while setting up an authenticator.",
		"recovery_code_used":      "Used a recovery code.",
		"recovery_codes_made":     "Made new recovery codes.",
		"password_changed":        "Changed the password.",
		"password_change_refused": "A change of the password was refused.",
		"display_name_changed":    "Changed the display name.",
		"language_changed":        "Changed the language to {name}.",
		"text_sent":               "A code was sent to {name}.",
		"texts_paused":            "Text messages were paused.",
		"phone_added":             "Added the recovery phone {name}.",
		"phone_changed":           "Changed a recovery phone to {name}.",
		"phone_removed":           "Removed the recovery phone {name}.",
		"phone_refused":           "A code was refused while adding a recovery phone.",
		"device_trusted":          "Trusted the device “{name}”.",
		"trust_revoked":           "Took back the trust in a device.",
		"email_change_asked":      "Asked to change the e-mail address.",
		"email_changed":           "Changed the e-mail address.",
		"notice_email_asked":      "Asked for a further address for notices.",
		"notice_email_added":      "Added a further address for notices.",
		"notice_email_removed":    "Removed the further address for notices.",
		"locked_down":             "The account was closed to strangers.",
		"password_link_sent":      "A link to choose a new password was sent.",
		"password_reset":          "Chose a new password with a link.",
		"checked_up":              "Was asked whether the authenticator still works.",
		"recovery_phone_used":     "Used the recovery phone {name}.",
		"help_asked":              "Gave the right password and asked the staff for help.",
		"reset_link_made":         "A link to turn off two-factor authentication was made.",
		"link_revoked":            "A pending link was taken back.",
		"turn_off_refused":        "A link to turn off two-factor authentication was opened; the password was refused.",
		"sessions_ended_by_staff": "All sessions were ended.",
		"throttle_lifted":         "The wait after too many tries was ended.",
		"role_changed":            "The role was changed to {name}.",
		"policy_changed":          "The rules were changed.",
		"mandatory_on":            "Two-factor authentication was made mandatory.",
		"mandatory_off":           "Two-factor authentication is no longer mandatory.",
		"exempted":                "Was exempted from mandatory two-factor authentication.",
		"exemption_ended":         "The exemption from mandatory two-factor authentication was ended.",
		"reminded":                "A reminder to set up two-factor authentication was sent.",
		"invited_again":           "Was invited again.",
		"invitation_revoked":      "The invitation was taken back.",
		"user_suspended":          "The account was suspended.",
		"user_reinstated":         "The account was opened again.",
		"user_deleted":            "The account was deleted.",
		"user_moved":              "The account was moved to another organization.",
		"exported":                "Data was exported.",
		"organization_added":      "The organization was added.",
		"organization_renamed":    "The organization was renamed to “{name}”.",
		"organization_suspended":  "The organization was suspended.",
		"organization_reinstated": "The organization was opened again.",
		"message_retried":         "Had a message tried again.",
		"keys_rotated":            "The keys of this portal were rotated.",
	},
}
