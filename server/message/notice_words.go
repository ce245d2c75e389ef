package message

// Words are all that mails and text messages say in one language. The English stands
// here and is what the others are measured by.
//
// In sentences, {product}, {organization}, {portal}, {thing}, {from} and {count} stand for the facts.
type Words struct {
	Lang    string `json:"-"` // the BCP 47 tag
	Notices map[Kind]Wording

	Hello, HelloNobody string     // {name}
	Nameless           string     // for {thing} when it has no name that can be shown
	Months             [12]string // as dates have them
	FirstDay           string     // {day} of the first of a month
	Moment             string     // {day}, {month}, {year}, {time}
	ShortMoment        string     // of a text message

	When, Place, Device, By string            // labels of the facts
	Methods                 map[string]string // {thing} of MethodEnds, by auth.Method
	Roles                   map[string]string // {thing} of RoleChanged, by auth.Role
	CommandLine             string            // who did it: a command on the host

	NotMeTitle string
	NotMe      string // above its button
	NotMeLink  string // on it
	NotMeDoes  string // below it
	NoNotMe    string // where there is no such link

	LinkInFull string
	LinkBelow  string // {label}, in plain text; the link follows on a line of its own
	Expires    string // {moment}

	Reasons Reasons // who sent it and why
	Never   string

	BriefFrom                string // {house}, at the start of a text message; letters of GSM-7 only
	BriefNotMe, BriefNoNotMe string // at the end of a text message; letters of GSM-7 only
	Code                     string // the text message with a code; {code}; letters of GSM-7 only, at most 120
}

// Reasons say to each audience why it gets a mail.
type Reasons struct{ Owner, Stranger, Operator, Invited string }

// of returns the one for an audience.
func (r Reasons) of(a audience) string {
	return [...]string{toOwner: r.Owner, toStranger: r.Stranger, toOperator: r.Operator, toInvited: r.Invited}[a]
}

// Wording is what the mails of one kind say.
type Wording struct {
	Subject string
	Said    []string
	Counted *Counted `json:",omitempty"` // a further sentence
	Link    string   `json:",omitempty"` // on the button of Link
	Ours    string   `json:",omitempty"` // instead of "if this was not you": what to do then
	Brief   string   `json:",omitempty"` // in a text message; letters of GSM-7 only, at most 90
}

// Counted is a sentence about Count.
type Counted struct{ None, One, Many string }

const askAnew = "If you did not ask for this, ignore this mail. Nothing changes unless the link is used."

const onlyThat = "If you have done it already, there is nothing to do. We never ask for codes or passwords by mail."

var codesLeft = &Counted{
	None: "No unused recovery code is left. Sign in and make new ones on the Security tab.",
	One:  "One unused recovery code is left. Sign in and make new ones on the Security tab.",
	Many: "{count} unused recovery codes are left.",
}

// English is the language the others are measured by.
var English = Words{
	Lang:  "en",
	Hello: "Hello {name},", HelloNobody: "Hello,",
	Nameless: "(no name)",
	Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December"},
	FirstDay:    "1",
	Moment:      "{day}\u00a0{month} {year}, {time}\u00a0UTC",
	ShortMoment: "{day} {month}, {time} UTC",

	When: "When", Place: "Where from", Device: "Browser", By: "Done by",
	Methods:     map[string]string{"totp": "an authenticator app", "sms": "a text message"},
	Roles:       map[string]string{"member": "member", "helper": "helper", "admin": "administrator", "operator": "operator"},
	CommandLine: "a command on the host",

	NotMeTitle: "If this was not you",
	NotMe:      "Say so with this link. It asks you once more before it does anything.",
	NotMeLink:  "This was not me",
	NotMeDoes: "It ends every session of your account, forgets all trusted devices, voids all links that are still pending, and asks " +
		"for a new password. Nothing is deleted.",
	NoNotMe: "Sign in at {portal}, change your password, end all sessions, and tell your administrator.",

	LinkInFull: "If the button does not work, copy this address into your browser:",
	Expires:    "The link works once, until {moment}.",

	Reasons: Reasons{
		Owner:    "{product} sent you this because it concerns the security of your account of {organization} at {portal}. Such notices cannot be turned off.",
		Stranger: "{product} sent you this because somebody entered this address for an account of {organization} at {portal}. You will get nothing more unless it is confirmed.",
		Operator: "{product} sent you this because you look after people of the portal of {organization} at {portal}.",
		Invited:  "{product} sent you this because somebody at {organization} wants to give you an account at {portal}. Without you there is none.",
	},
	Never: "We never ask for your password, or for a code that your phone shows or gets, by mail, message or telephone.",

	LinkBelow:  "{label}:",
	BriefFrom:  "{house}: ",
	BriefNotMe: "Not you? ", BriefNoNotMe: "Not you? Tell your administrator.",
	Code: "{code} is your Doorward code. It works for 10 minutes. Nobody will ever ask you for it.",

	Notices: map[Kind]Wording{
		TwoFactorOn: {
			Subject: "Two-factor authentication was turned on",
			Said:    []string{"Two-factor authentication was turned on for your account.", "From now on, signing in takes a second step after the password. Keep your recovery codes where you can find them without your phone."},
		},
		TwoFactorOff: {
			Subject: "Two-factor authentication was turned off",
			Said:    []string{"Two-factor authentication was turned off for your account.", "From now on, the password alone is enough to sign in."},
			Brief:   "two-factor authentication was turned off.",
		},
		TwoFactorReset: {
			Subject: "Two-factor authentication was turned off for you",
			Said:    []string{"Two-factor authentication was turned off for your account by those who look after the portal, as is done when somebody has lost their phone.", "From now on, the password alone is enough to sign in. You can turn it on again on the Security tab."},
			Brief:   "two-factor authentication was turned off by staff.",
		},
		AuthenticatorAdded: {
			Subject: "An authenticator was added",
			Said:    []string{"The authenticator “{thing}” was added to your account. It can be used for the second step of signing in."},
		},
		AuthenticatorRenamed: {
			Subject: "An authenticator was renamed",
			Said:    []string{"An authenticator of your account was renamed. It is now called “{thing}”. It works as before."},
		},
		AuthenticatorReplaced: {
			Subject: "An authenticator was replaced",
			Said:    []string{"An authenticator of your account was replaced by “{thing}”. The old one no longer works."},
		},
		AuthenticatorRemoved: {
			Subject: "An authenticator was removed",
			Said:    []string{"The authenticator “{thing}” was removed from your account. It can no longer be used to sign in."},
		},
		AuthenticatorDisabled: {
			Subject: "An authenticator was switched off",
			Said:    []string{"The authenticator “{thing}” was switched off after too many wrong codes.", "Sign in with another way or with a recovery code, and set it up anew on the Security tab. Whoever entered the codes may know your password: if it was not you, choose a new one."},
		},
		RecoveryCodesMade: {
			Subject: "New recovery codes were made",
			Said:    []string{"New recovery codes (backup codes) were made for your account. The old ones no longer work."},
		},
		RecoveryCodeUsed: {
			Subject: "A recovery code was used",
			Said:    []string{"One of your recovery codes was used in place of the second step. It cannot be used again."},
			Counted: codesLeft,
			Brief:   "a recovery code was used to sign in.",
		},
		PhoneVerified: {
			Subject: "A phone number was verified",
			Said:    []string{"The phone number {thing} was verified for your account."},
		},
		PhoneChanged: {
			Subject: "Your phone number was changed",
			Said:    []string{"The phone number of your account was changed to {thing}. The old number is no longer used."},
			Brief:   "your phone number was changed.",
		},
		PhoneRemoved: {
			Subject: "Your phone number was removed",
			Said:    []string{"The phone number {thing} was removed from your account. No codes are sent to it any more."},
			Brief:   "this phone number was removed from your account.",
		},
		PasswordChanged: {
			Subject: "Your password was changed",
			Said:    []string{"The password of your account was changed by somebody who knew the old one."},
			Brief:   "your password was changed.",
		},
		PasswordReset: {
			Subject: "Your password was reset",
			Said:    []string{"A new password was chosen for your account through a link, without the old one."},
			Brief:   "your password was reset through a link.",
		},
		NewDevice: {
			Subject: "A sign-in from a new browser",
			Said:    []string{"Somebody signed in to your account from a browser that was not seen with it before. If it was you, there is nothing to do."},
		},
		SecondStepFailed: {
			Subject: "Right password, wrong second step",
			Said:    []string{"Your password was entered correctly, but the second step was not. Nobody was signed in."},
			Counted: &Counted{
				None: "If it was you, there is nothing to do.",
				One:  "It happened once. If it was you, there is nothing to do. If not, somebody knows your password.",
				Many: "It happened {count} times. If it was you, there is nothing to do. If not, somebody knows your password.",
			},
		},
		TrustedDeviceAdded: {
			Subject: "A device is now trusted",
			Said:    []string{"A device was marked as trusted. For some days it is asked for the password only, not for the second step. You can revoke it on the Security tab."},
		},
		SessionsEndedByStaff: {
			Subject: "You were signed out by an administrator",
			Said:    []string{"An administrator ended the sessions of your account. Your password and your authenticators are as they were."},
			Ours:    "There is nothing you must do. If you do not know why this happened, ask your administrator.",
		},
		EmailChangeAsked: {
			Subject: "Your e-mail address is about to change",
			Said:    []string{"Somebody who is signed in to your account asked to change its e-mail address to {thing}. It changes when the new address is confirmed."},
		},
		EmailChanged: {
			Subject: "Your e-mail address was changed",
			Said:    []string{"The e-mail address of your account was changed to {thing}. Mail about the account goes there from now on."},
			Brief:   "your e-mail address was changed.",
		},
		EmailConfirm: {
			Subject: "Confirm your new e-mail address",
			Said:    []string{"Please confirm that this address is yours. It then becomes the e-mail address of your account."},
			Link:    "Confirm this address",
			Ours:    askAnew,
		},
		NoticeAddressConfirm: {
			Subject: "Confirm this address for security notices",
			Said:    []string{"Please confirm that this address is yours. Notices about the security of the account are then sent here too. Nobody can sign in with it."},
			Link:    "Confirm this address",
			Ours:    askAnew,
		},
		NoticeAddressAdded: {
			Subject: "An address for security notices was added",
			Said:    []string{"Notices about the security of your account are now sent to {thing} too."},
		},
		NoticeAddressRemoved: {
			Subject: "An address for security notices was removed",
			Said:    []string{"Notices about the security of your account are no longer sent to {thing}."},
		},
		LockedDown: {
			Subject: "Your account was locked down",
			Said:    []string{"The account was closed to strangers: with the link “This was not me” of a notice, or by staff. All sessions were ended, all trusted devices forgotten and all pending links voided. Nothing was deleted.", "Nobody can sign in until a new password is chosen."},
			Ours:    "If neither you nor your staff did this, somebody else reads your mail. Change the password of your mailbox, and tell your administrator.",
			Brief:   "all sessions were ended. A new password is needed to sign in.",
		},
		PasswordLink: {
			Subject: "Choose a new password",
			Said:    []string{"A new password can be chosen for your account with the link below. If two-factor authentication is on, signing in still takes the second step."},
			Link:    "Choose a new password",
			Ours:    "If you did not ask for this, ignore this mail: your password stays as it is unless the link is used. Pass the link on to nobody.",
		},
		RecoveryPhoneUsed: {
			Subject: "Your recovery phone was used to sign in",
			Said:    []string{"Somebody who knows your password signed in with a code that was sent to your recovery phone, {thing}, in place of the usual second step."},
			Brief:   "your recovery phone was used to sign in.",
		},
		ResetLink: {
			Subject: "A link to turn off two-factor authentication",
			Said:    []string{"Your staff made a link for you, because you said that you can no longer do the second step of signing in.", "It asks for your password, and then turns two-factor authentication off. Set it up again right after: until then the password alone is enough to sign in."},
			Link:    "Turn two-factor authentication off",
		},
		ResetLinkSent: {
			Subject: "A link to turn off two-factor authentication was made",
			Said:    []string{"Your staff made a link that turns off two-factor authentication of your account, and mailed it to your main address. It works with your password only."},
		},
		HelpWanted: {
			Subject: "Somebody cannot sign in and asks for help",
			Said:    []string{"{thing} has given the right password, says that the second step is lost, and asks the staff for help.", "Make sure that it is them, in person or by a number that you know, before you do anything: whoever has found out the password could ask the same. Then open People, choose the person, and send a link or take a recovery code by telephone."},
			Ours:    "If they did not ask for this, close their account to strangers on the page of the person.",
		},
		ThrottleLifted: {
			Subject: "You can try to sign in again",
			Said:    []string{"There had been too many tries at signing in to your account. Staff have ended the wait."},
		},
		RoleChanged: {
			Subject: "Your role was changed",
			Said:    []string{"Your role on the portal is now: {thing}."},
		},
		TextsPaused: {
			Subject: "Text messages are paused",
			Said:    []string{"The daily ceiling of text messages was reached. No more are sent until the day is over or the ceiling is raised, and codes cannot be had by text message. Other ways to sign in work as before."},
			Counted: &Counted{None: "Many messages in a short time can mean that somebody misuses the portal to run up costs.", One: "The ceiling is one message a day.", Many: "The ceiling is {count} messages a day. Many messages in a short time can mean that somebody misuses the portal to run up costs."},
			Ours:    "Look at the outbox and at the audit for who asked for them, and raise the ceiling if they are right.",
		},
		Invitation: {
			Subject: "You are invited",
			Said:    []string{"An account of {organization} is ready for you. Your user name is {thing}.", "Choose a password with the link below. After that you can sign in at {portal}."},
			Link:    "Choose a password",
			Ours:    "If you do not know what this is about, ignore this mail. Pass the link on to nobody.",
		},
		AccountSuspended: {
			Subject: "Your account was suspended",
			Said:    []string{"Your account was suspended by those who look after the portal. All sessions were ended, and nobody can sign in. Nothing was deleted."},
			Ours:    "If you do not know why, ask your administrator.",
			Brief:   "your account was suspended. Ask your administrator if you do not know why.",
		},
		AccountReinstated: {
			Subject: "Your account is open again",
			Said:    []string{"Your account is no longer suspended. You can sign in as before."},
			Ours:    "If you have noticed nothing of it, there is nothing to do.",
		},
		AccountDeleted: {
			Subject: "Your account was deleted",
			Said:    []string{"Your account was deleted by those who look after the portal, with its password and everything that was set up for it."},
			Ours:    "If you do not know why, ask your administrator.",
		},
		TwoFactorWanted: {
			Subject: "Please set up two-factor authentication",
			Said:    []string{"Your administrator asks you to set up two-factor authentication: a second step after the password, with your phone.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			Ours:    onlyThat,
		},
		MandatoryAnnounced: {
			Subject: "Two-factor authentication becomes mandatory",
			Said:    []string{"{organization} asks everybody to sign in with two-factor authentication: a second step after the password, with your phone. From {from} on, you need it to go on.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			Ours:    onlyThat,
		},
		MandatoryWeek: {
			Subject: "A week left to set up two-factor authentication",
			Said:    []string{"You have not set up two-factor authentication yet. From {from} on, you need it to go on at {organization}.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			Ours:    onlyThat,
		},
		MandatoryDay: {
			Subject: "One day left to set up two-factor authentication",
			Said:    []string{"You have not set up two-factor authentication yet. From {from} on, you need it to go on at {organization}.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			Ours:    onlyThat,
		},
		MandatoryNow: {
			Subject: "Two-factor authentication is mandatory now",
			Said:    []string{"You have not set up two-factor authentication. At your next sign-in you are asked to, and you can go on right after.", "It takes about three minutes, at {portal}. You are not locked out: your password works as before."},
			Ours:    onlyThat,
		},
		MethodEnds: {
			Subject: "Please set up another second step",
			Said:    []string{"{organization} will not accept {thing} as the only second step. From {from} on, you are asked to set up another, such as an authenticator app, before you can go on.", "Until then it works as before. Sign in at {portal}, open your profile and choose Security."},
			Ours:    onlyThat,
		},
		LanguageChanged: {
			Subject: "Your language was changed",
			Said:    []string{"The language of your account was changed to {thing}. Mails and text messages about it come in that language from now on."},
		},
		Test: {
			Subject: "A test of mail",
			Said:    []string{"This mail was sent to try the mail settings. If you can read it, they work."},
			Ours:    "There is nothing to do.",
		},
	},
}
