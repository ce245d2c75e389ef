package message

// words are all that mails say in one language. Another language is a second table.
//
// In sentences, {product}, {organization}, {portal}, {thing} and {count} stand for the facts.
type words struct {
	lang    string
	notices map[Kind]wording

	hello, helloNobody string
	nameless           string // for {thing} when it has no name that can be shown
	months             [12]string
	moment             string // {day}, {month}, {year}, {time}
	shortMoment        string

	when, place, device, by string

	notMeTitle string
	notMe      string // above its button
	notMeLink  string // on it
	notMeDoes  string // below it
	noNotMe    string // where there is no such link

	linkInFull string
	expires    string // {moment}

	reasons [4]string // by audience: who sent it and why
	never   string

	briefNotMe, briefNoNotMe string
}

// wording is what the mails of one kind say.
type wording struct {
	subject string
	said    []string
	counted *counted // a further sentence
	link    string   // on the button of Link
	ours    string   // instead of "if this was not you": what to do then
	brief   string   // in a text message; letters of GSM-7 only
}

// counted is a sentence about Count.
type counted struct{ none, one, many string }

const askAnew = "If you did not ask for this, ignore this mail. Nothing changes unless the link is used."

const onlyThat = "If you have done it already, there is nothing to do. We never ask for codes or passwords to set it up."

var codesLeft = &counted{
	none: "No unused recovery code is left. Sign in and make new ones on the Security tab.",
	one:  "One unused recovery code is left. Sign in and make new ones on the Security tab.",
	many: "{count} unused recovery codes are left.",
}

var english = &words{
	lang:  "en",
	hello: "Hello {name},", helloNobody: "Hello,",
	nameless: "(no name)",
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December"},
	moment:      "{day}\u00a0{month} {year}, {time}\u00a0UTC",
	shortMoment: "{day} {month}, {time} UTC",

	when: "When", place: "Where from", device: "Browser", by: "Done by",

	notMeTitle: "If this was not you",
	notMe:      "Say so with this link. It asks you once more before it does anything.",
	notMeLink:  "This was not me",
	notMeDoes: "It ends every session of your account, forgets all trusted devices, voids all links that are still pending, and asks " +
		"for a new password. Nothing is deleted.",
	noNotMe: "Sign in at {portal}, change your password, end all sessions, and tell your administrator.",

	linkInFull: "If the button does not work, copy this address into your browser:",
	expires:    "The link works once, until {moment}.",

	reasons: [4]string{
		toOwner:    "{product} sent you this because it concerns the security of your account of {organization} at {portal}. Such notices cannot be turned off.",
		toStranger: "{product} sent you this because somebody entered this address for an account of {organization} at {portal}. You will get nothing more unless it is confirmed.",
		toOperator: "{product} sent you this because you look after people of the portal of {organization} at {portal}.",
		toInvited:  "{product} sent you this because somebody at {organization} wants to give you an account at {portal}. Without you there is none.",
	},
	never: "We never ask for a password or a code by mail, message or telephone.",

	briefNotMe: "Not you? ", briefNoNotMe: "Not you? Tell your administrator.",

	notices: map[Kind]wording{
		TwoFactorOn: {
			subject: "Two-factor authentication was turned on",
			said:    []string{"Two-factor authentication was turned on for your account.", "From now on, signing in takes a second step after the password. Keep your recovery codes where you can find them without your phone."},
		},
		TwoFactorOff: {
			subject: "Two-factor authentication was turned off",
			said:    []string{"Two-factor authentication was turned off for your account.", "From now on, the password alone is enough to sign in."},
			brief:   "two-factor authentication was turned off.",
		},
		TwoFactorReset: {
			subject: "Two-factor authentication was turned off for you",
			said:    []string{"Two-factor authentication was turned off for your account by those who look after the portal, as is done when somebody has lost their phone.", "From now on, the password alone is enough to sign in. You can turn it on again on the Security tab."},
			brief:   "two-factor authentication was turned off by staff.",
		},
		AuthenticatorAdded: {
			subject: "An authenticator was added",
			said:    []string{"The authenticator “{thing}” was added to your account. It can be used for the second step of signing in."},
		},
		AuthenticatorRenamed: {
			subject: "An authenticator was renamed",
			said:    []string{"An authenticator of your account was renamed. It is now called “{thing}”. It works as before."},
		},
		AuthenticatorReplaced: {
			subject: "An authenticator was replaced",
			said:    []string{"An authenticator of your account was replaced by “{thing}”. The old one no longer works."},
		},
		AuthenticatorRemoved: {
			subject: "An authenticator was removed",
			said:    []string{"The authenticator “{thing}” was removed from your account. It can no longer be used to sign in."},
		},
		AuthenticatorDisabled: {
			subject: "An authenticator was switched off",
			said:    []string{"The authenticator “{thing}” was switched off after too many wrong codes.", "Sign in with another way or with a recovery code, and set it up anew on the Security tab. Whoever entered the codes may know your password: if it was not you, choose a new one."},
		},
		RecoveryCodesMade: {
			subject: "New recovery codes were made",
			said:    []string{"New recovery codes (backup codes) were made for your account. The old ones no longer work."},
		},
		RecoveryCodeUsed: {
			subject: "A recovery code was used",
			said:    []string{"One of your recovery codes was used in place of the second step. It cannot be used again."},
			counted: codesLeft,
			brief:   "a recovery code was used to sign in.",
		},
		PhoneVerified: {
			subject: "A phone number was verified",
			said:    []string{"The phone number {thing} was verified for your account."},
		},
		PhoneChanged: {
			subject: "Your phone number was changed",
			said:    []string{"The phone number of your account was changed to {thing}. The old number is no longer used."},
			brief:   "your phone number was changed.",
		},
		PhoneRemoved: {
			subject: "Your phone number was removed",
			said:    []string{"The phone number {thing} was removed from your account. No codes are sent to it any more."},
			brief:   "this phone number was removed from your account.",
		},
		PasswordChanged: {
			subject: "Your password was changed",
			said:    []string{"The password of your account was changed by somebody who knew the old one."},
			brief:   "your password was changed.",
		},
		PasswordReset: {
			subject: "Your password was reset",
			said:    []string{"A new password was chosen for your account through a link, without the old one."},
			brief:   "your password was reset through a link.",
		},
		NewDevice: {
			subject: "A sign-in from a new browser",
			said:    []string{"Somebody signed in to your account from a browser that was not seen with it before. If it was you, there is nothing to do."},
		},
		SecondStepFailed: {
			subject: "Right password, wrong second step",
			said:    []string{"Your password was entered correctly, but the second step was not. Nobody was signed in."},
			counted: &counted{
				none: "If it was you, there is nothing to do.",
				one:  "It happened once. If it was you, there is nothing to do. If not, somebody knows your password.",
				many: "It happened {count} times. If it was you, there is nothing to do. If not, somebody knows your password.",
			},
		},
		TrustedDeviceAdded: {
			subject: "A device is now trusted",
			said:    []string{"A device was marked as trusted. For some days it is asked for the password only, not for the second step. You can revoke it on the Security tab."},
		},
		SessionsEndedByStaff: {
			subject: "You were signed out by an administrator",
			said:    []string{"An administrator ended the sessions of your account. Your password and your authenticators are as they were."},
			ours:    "There is nothing you must do. If you do not know why this happened, ask your administrator.",
		},
		EmailChangeAsked: {
			subject: "Your e-mail address is about to change",
			said:    []string{"Somebody who is signed in to your account asked to change its e-mail address to {thing}. It changes when the new address is confirmed."},
		},
		EmailChanged: {
			subject: "Your e-mail address was changed",
			said:    []string{"The e-mail address of your account was changed to {thing}. Mail about the account goes there from now on."},
			brief:   "your e-mail address was changed.",
		},
		EmailConfirm: {
			subject: "Confirm your new e-mail address",
			said:    []string{"Please confirm that this address is yours. It then becomes the e-mail address of your account."},
			link:    "Confirm this address",
			ours:    askAnew,
		},
		NoticeAddressConfirm: {
			subject: "Confirm this address for security notices",
			said:    []string{"Please confirm that this address is yours. Notices about the security of the account are then sent here too. Nobody can sign in with it."},
			link:    "Confirm this address",
			ours:    askAnew,
		},
		NoticeAddressAdded: {
			subject: "An address for security notices was added",
			said:    []string{"Notices about the security of your account are now sent to {thing} too."},
		},
		NoticeAddressRemoved: {
			subject: "An address for security notices was removed",
			said:    []string{"Notices about the security of your account are no longer sent to {thing}."},
		},
		LockedDown: {
			subject: "Your account was locked down",
			said:    []string{"The account was closed to strangers: with the link “This was not me” of a notice, or by staff. All sessions were ended, all trusted devices forgotten and all pending links voided. Nothing was deleted.", "Nobody can sign in until a new password is chosen."},
			ours:    "If you did not do this, somebody else reads your mail. Change the password of your mailbox, and tell your administrator.",
			brief:   "all sessions were ended. A new password is needed to sign in.",
		},
		PasswordLink: {
			subject: "Choose a new password",
			said:    []string{"A new password can be chosen for your account with the link below. If two-factor authentication is on, signing in still takes the second step."},
			link:    "Choose a new password",
			ours:    "If you did not ask for this, ignore this mail: your password stays as it is unless the link is used. Pass the link on to nobody.",
		},
		RecoveryPhoneUsed: {
			subject: "Your recovery phone was used to sign in",
			said:    []string{"Somebody who knows your password signed in with a code that was sent to your recovery phone, {thing}, in place of the usual second step."},
			brief:   "your recovery phone was used to sign in.",
		},
		ResetLink: {
			subject: "A link to turn off two-factor authentication",
			said:    []string{"Your staff made a link for you, because you said that you can no longer do the second step of signing in.", "It asks for your password, and then turns two-factor authentication off. Set it up again right after: until then the password alone is enough to sign in."},
			link:    "Turn two-factor authentication off",
		},
		ResetLinkSent: {
			subject: "A link to turn off two-factor authentication was made",
			said:    []string{"Your staff made a link that turns off two-factor authentication of your account, and mailed it to your main address. It works with your password only."},
		},
		HelpWanted: {
			subject: "Somebody cannot sign in and asks for help",
			said:    []string{"{thing} has given the right password, says that the second step is lost, and asks the staff for help.", "Make sure that it is them, in person or by a number that you know, before you do anything: whoever has found out the password could ask the same. Then open People, choose the person, and send a link or take a recovery code by telephone."},
			ours:    "If they did not ask for this, close their account to strangers on the page of the person.",
		},
		ThrottleLifted: {
			subject: "You can try to sign in again",
			said:    []string{"There had been too many tries at signing in to your account. Staff have ended the wait."},
		},
		RoleChanged: {
			subject: "Your role was changed",
			said:    []string{"Your role on the portal is now: {thing}."},
		},
		TextsPaused: {
			subject: "Text messages are paused",
			said:    []string{"The daily ceiling of text messages was reached. No more are sent until the day is over or the ceiling is raised, and codes cannot be had by text message. Other ways to sign in work as before."},
			counted: &counted{none: "Many messages in a short time can mean that somebody misuses the portal to run up costs.", one: "The ceiling is one message a day.", many: "The ceiling is {count} messages a day. Many messages in a short time can mean that somebody misuses the portal to run up costs."},
			ours:    "Look at the outbox and at the audit for who asked for them, and raise the ceiling if they are right.",
		},
		Invitation: {
			subject: "You are invited",
			said:    []string{"An account of {organization} is ready for you. Your user name is {thing}.", "Choose a password with the link below. After that you can sign in at {portal}."},
			link:    "Choose a password",
			ours:    "If you do not know what this is about, ignore this mail. Pass the link on to nobody.",
		},
		AccountSuspended: {
			subject: "Your account was suspended",
			said:    []string{"Your account was suspended by those who look after the portal. All sessions were ended, and nobody can sign in. Nothing was deleted."},
			ours:    "If you do not know why, ask your administrator.",
			brief:   "your account was suspended. Ask your administrator if you do not know why.",
		},
		AccountReinstated: {
			subject: "Your account is open again",
			said:    []string{"Your account is no longer suspended. You can sign in as before."},
			ours:    "If you have noticed nothing of it, there is nothing to do.",
		},
		AccountDeleted: {
			subject: "Your account was deleted",
			said:    []string{"Your account was deleted by those who look after the portal, with its password and everything that was set up for it."},
			ours:    "If you do not know why, ask your administrator.",
		},
		TwoFactorWanted: {
			subject: "Please set up two-factor authentication",
			said:    []string{"Your administrator asks you to set up two-factor authentication: a second step after the password, with your phone.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			ours:    onlyThat,
		},
		MandatoryAnnounced: {
			subject: "Two-factor authentication becomes mandatory",
			said:    []string{"{organization} asks everybody to sign in with two-factor authentication: a second step after the password, with your phone. From {from} on, you need it to go on.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			ours:    onlyThat,
		},
		MandatoryWeek: {
			subject: "A week left to set up two-factor authentication",
			said:    []string{"You have not set up two-factor authentication yet. From {from} on, you need it to go on at {organization}.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			ours:    onlyThat,
		},
		MandatoryDay: {
			subject: "One day left to set up two-factor authentication",
			said:    []string{"You have not set up two-factor authentication yet. From {from} on, you need it to go on at {organization}.", "It takes about three minutes. Sign in at {portal}, open your profile and choose Security."},
			ours:    onlyThat,
		},
		MandatoryNow: {
			subject: "Two-factor authentication is mandatory now",
			said:    []string{"You have not set up two-factor authentication. At your next sign-in you are asked to, and you can go on right after.", "It takes about three minutes, at {portal}. You are not locked out: your password works as before."},
			ours:    onlyThat,
		},
		MethodEnds: {
			subject: "Please set up another second step",
			said:    []string{"{organization} will not accept {thing} as the only second step. From {from} on, you are asked to set up another, such as an authenticator app, before you can go on.", "Until then it works as before. Sign in at {portal}, open your profile and choose Security."},
			ours:    onlyThat,
		},
		Test: {
			subject: "A test of mail",
			said:    []string{"This mail was sent to try the mail settings. If you can read it, they work."},
			ours:    "There is nothing to do.",
		},
	},
}
