package words

import "doorward/shared/check"

// Codes says each check.Code in one calm sentence.
type Codes map[check.Code]string

// Code returns the sentence for c. A code that this client does not know, because
// the server is newer, reads as a fault.
func (w *Words) Code(c check.Code) string {
	if s, ok := w.Codes[c]; ok {
		return s
	}
	return w.Codes[check.Internal]
}

// Knows reports whether there is a sentence for c.
func (w *Words) Knows(c check.Code) bool {
	_, ok := w.Codes[c]
	return ok
}

// Wait says how long seconds are, for a person: "42 seconds", "5 minutes".
func (w *Words) Wait(seconds int) string {
	switch {
	case seconds < 120:
		return Many(seconds, w.Parts.OneSecond, w.Parts.Seconds)
	case seconds < 2*60*60:
		return Many((seconds+59)/60, w.Parts.OneMinute, w.Parts.Minutes)
	}
	return Many((seconds+3599)/3600, w.Parts.OneHour, w.Parts.Hours)
}

var englishCodes = Codes{
	check.Required:          "Please fill this in.",
	check.TooLong:           "This is too long.",
	check.BadCharacters:     "This has characters that cannot be used here.",
	check.UserNameShape:     "Use 2 to 64 letters, digits, dots, hyphens or underscores, beginning with a letter or a digit.",
	check.EmailShape:        "This does not look like an e-mail address.",
	check.PasscodeShape:     "Enter the six digits that your app shows.",
	check.RecoveryCodeShape: "A recovery code has 16 letters and digits, in groups of four.",
	check.PasswordTooShort:  "Use more characters. A sentence that only you would think of works well.",
	check.PasswordContext:   "This is built on your name, your address or the name of this portal. Please choose something else.",
	check.PasswordCommon:    "This password is on lists of known passwords. Please choose another.",
	check.PasswordWeak:      "This is too easy to guess. A few unrelated words make it strong.",
	check.PasswordSame:      "This is the password you have now. Please choose another.",
	check.Taken:             "Somebody else has this already.",
	check.MustBeTrue:        "Please tick this box to go on.",
	check.SameEmail:         "This is the address that you have already.",
	check.PhoneShape:        "This does not look like a telephone number.",
	check.PhoneCountry:      "Text messages cannot be sent to this country from here.",
	check.PhoneExtension:    "A number with an extension takes no text messages. Please enter a mobile number of your own.",
	check.PhoneNotMobile:    "This number takes no text messages. Please enter a mobile number.",
	check.PhonePremium:      "This number costs extra to reach. Please enter an ordinary mobile number.",
	check.PhoneImpossible:   "There is no such number in this country. Please check the country and the digits.",
	check.PhoneSame:         "You have this number here already.",
	check.UnknownField:      "This page is out of date. Please reload it.",
	check.WrongType:         "This page is out of date. Please reload it.",

	check.Malformed:        "This page is out of date. Please reload it.",
	check.TooLarge:         "This is too much to send at once.",
	check.CrossOrigin:      "This was sent from another site. Please try again from this page.",
	check.NotFound:         "This is not here any more.",
	check.MethodNotAllowed: "This page is out of date. Please reload it.",
	check.Internal:         "Something went wrong on our side. Please try again.",
	check.Busy:             "Many people are signing in at this moment. Please try again shortly.",
	check.Offline:          "The server cannot be reached. Please check your connection and try again.",
	check.Throttled:        "There were too many tries.",

	check.SignedOut:             "You are signed out. Please sign in again.",
	check.SignInExpired:         "That took a little long. Please sign in again.",
	check.Forbidden:             "Your role does not allow this.",
	check.StepUpRequired:        "Please prove again that it is you.",
	check.WrongPassword:         "Name and password do not match.",
	check.WrongPasscode:         "That code is not right. Each code works once: if you have used this one, wait for the next.",
	check.WrongRecoveryCode:     "That recovery code is not right, or has been used.",
	check.SpentPasscode:         "That code has been used. Please wait for the next one.",
	check.ClockSlow:             "Your phone's clock is slow. Set it to automatic time and enter the next code.",
	check.ClockFast:             "Your phone's clock is fast. Set it to automatic time and enter the next code.",
	check.PasswordShortAlone:    "Your password is too short to stand alone at the door. Choose a longer one first, then turn two-factor authentication off.",
	check.LinkDead:              "This link has been used or has expired. Please ask for a new one.",
	check.AlreadySetUp:          "This portal is set up already.",
	check.EnrollmentExpired:     "That took a little long, and nothing was changed. Please start again.",
	check.TooManyAuthenticators: "You have as many authenticators as there may be. Remove one first.",
	check.LastAuthenticator:     "This is your last authenticator. Replace it, or turn two-factor authentication off.",
	check.AuthenticatorDisabled: "This authenticator was switched off after too many wrong codes. Please use a recovery code.",
	check.AlreadyActive:         "Two-factor authentication is on already.",
	check.NotActive:             "Two-factor authentication is not on.",
	check.WrongTextCode:         "That code is not right. The right one is in the newest message; older ones no longer count.",
	check.TextCodeExpired:       "That code has run out, or was tried too often. Please ask for another.",
	check.TextsUnavailable:      "Text messages cannot be sent here. Please choose another way.",
	check.TextsPaused:           "No more text messages are sent today. Please choose another way.",
	check.TextTooSoon:           "A code was sent a moment ago. Give it a little time to arrive.",
	check.TextLimit:             "Enough messages have been sent for now.",
	check.FactorForbidden:       "Your organization does not allow this method. Please choose another.",
	check.RecoveryPhoneRequired: "Your organization asks for a recovery phone, so the last one can be changed but not removed.",
	check.TooManyPhones:         "You have as many recovery phones as there may be. Change or remove one first.",
	check.LastOperator:          "Nobody else runs this portal. Make somebody else an operator first.",
	check.TwoFactorRequired:     "Two-factor authentication is mandatory here. Set it up, and then go on.",
	check.TwoFactorFirst:        "Whoever looks after other people's accounts protects their own first. Set up two-factor authentication, and then come back.",
	check.PolicyChanged:         "Somebody else has changed these rules meanwhile. Have a look at what they are now, and change them again.",
	check.LastAdmin:             "Nobody else administers this organization. Make somebody else an administrator first.",
	check.NotInvited:            "This invitation has been accepted already, or there is none.",
	check.OwnOrganization:       "This is your own organization. You would shut yourself out.",
	check.CannotSignIn:          "This account cannot sign in: it is suspended, or its invitation is not accepted yet.",
	check.RemindedToday:         "A reminder has gone out less than a day ago.",
	check.MailUnavailable:       "No mail can be sent from here yet, so there is no way to remind anybody.",
	check.TooSmall:              "This is less than it can be.",
	check.RoleUnknown:           "There is no such role. Write member, helper, admin or operator.",
	check.RoleAbove:             "You cannot give somebody a role above your own.",
	check.MethodNeeded:          "The authenticator app has to stay: everybody can use it, also when no message arrives.",
	check.TwiceInList:           "Another row of the list has this too.",
	check.RowShape:              "This row has too few or too many parts. It should have a name, a user name, an e-mail address and, if you like, a role.",
	check.ConfirmMismatch:       "That is not what had to be typed.",
	check.PasswordLocked:        "Your account is closed to strangers, until you choose a new password. We have mailed you a link for that.",
}
