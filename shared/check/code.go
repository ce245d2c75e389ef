// Package check holds the rules for what people type, run by both sides of the
// contract: the client answers while they type, the server decides. A rule
// returns a [Code], never a sentence; the words belong to the client.
package check

// Code names one reason for a "no". The empty Code means that nothing is wrong.
// Codes are part of the contract: their spelling does not change.
type Code string

// What can be wrong with a field.
const (
	Required          Code = "required"            // nothing was typed
	TooLong           Code = "too_long"            // more characters than the field takes
	BadCharacters     Code = "bad_characters"      // control characters, NUL, invalid UTF-8
	UserNameShape     Code = "user_name_shape"     // not a user name, see [UserName]
	EmailShape        Code = "email_shape"         // not an e-mail address, see [Email]
	PasscodeShape     Code = "passcode_shape"      // not six digits
	RecoveryCodeShape Code = "recovery_code_shape" // not sixteen characters of Crockford base32
	PasswordTooShort  Code = "password_too_short"  // below the length that the account needs
	PasswordContext   Code = "password_context"    // built on the product, the organization or the person
	PasswordCommon    Code = "password_common"     // on the list of common and breached passwords
	PasswordWeak      Code = "password_weak"       // too easy to guess
	PasswordSame      Code = "password_same"       // the same as the current one
	Taken             Code = "taken"               // somebody else has it
	MustBeTrue        Code = "must_be_true"        // a box that has to be ticked
	SameEmail         Code = "same_email"          // the address that the account has already
	PhoneShape        Code = "phone_shape"         // not a telephone number
	PhoneCountry      Code = "phone_country"       // no such country, or none that messages may be sent to
	PhoneExtension    Code = "phone_extension"     // a number with an extension takes no text messages
	PhoneNotMobile    Code = "phone_not_mobile"    // a landline, or another that takes no text messages
	PhonePremium      Code = "phone_premium"       // a number whose owner earns by being called
	PhoneImpossible   Code = "phone_impossible"    // no such number exists in that country
	PhoneSame         Code = "phone_same"          // the person has this number already
	UnknownField      Code = "unknown_field"       // the contract has no such field
	WrongType         Code = "wrong_type"          // text where a number belongs, and the like
	TooSmall          Code = "too_small"           // a number, or a moment, below what is possible
	RoleUnknown       Code = "role_unknown"        // no such role
	RoleAbove         Code = "role_above"          // a role above one's own
	MethodNeeded      Code = "method_needed"       // the authenticator app must be among the methods
	TwiceInList       Code = "twice_in_list"       // another row of the list has it too
	RowShape          Code = "row_shape"           // a row of a list that has too few or too many parts
	ConfirmMismatch   Code = "confirm_mismatch"    // not what had to be typed to confirm
)

// What can be wrong with a request as a whole.
const (
	Malformed        Code = "malformed"          // not the JSON or the form that was asked for
	TooLarge         Code = "too_large"          // the body is over the limit
	CrossOrigin      Code = "cross_origin"       // another site sent it
	NotFound         Code = "not_found"          // no such thing, or not yours
	MethodNotAllowed Code = "method_not_allowed" // a GET where a POST belongs
	Internal         Code = "internal"           // we broke
	Busy             Code = "busy"               // too many sign-ins at once; try again
	Offline          Code = "offline"            // the client could not reach the server
	Throttled        Code = "throttled"          // too many tries; Retry says when
)

// What sign-in, step-up and the authenticators answer.
const (
	SignedOut             Code = "signed_out"              // no session, or it has ended
	SignInExpired         Code = "sign_in_expired"         // the half-finished sign-in is over
	Forbidden             Code = "forbidden"               // the role does not reach
	StepUpRequired        Code = "step_up_required"        // prove it again first
	WrongPassword         Code = "wrong_password"          // name and password do not match
	WrongPasscode         Code = "wrong_passcode"          // refused second step
	WrongRecoveryCode     Code = "wrong_recovery_code"     // refused second step
	SpentPasscode         Code = "spent_passcode"          // right, but used before: wait for the next one
	ClockSlow             Code = "clock_slow"              // the phone's clock is behind; Minutes says by how much
	ClockFast             Code = "clock_fast"              // the phone's clock is ahead
	PasswordShortAlone    Code = "password_short_alone"    // choose a longer password before turning two-factor off
	LinkDead              Code = "link_dead"               // used, expired or never was
	AlreadySetUp          Code = "already_set_up"          // there is an administrator
	EnrollmentExpired     Code = "enrollment_expired"      // the pending secret is gone; start again
	TooManyAuthenticators Code = "too_many_authenticators" // five is the most
	LastAuthenticator     Code = "last_authenticator"      // turn off or replace instead
	AuthenticatorDisabled Code = "authenticator_disabled"  // switched off after too many wrong passcodes
	AlreadyActive         Code = "already_active"          // two-factor is on
	NotActive             Code = "not_active"              // two-factor is off
	WrongTextCode         Code = "wrong_text_code"         // refused second step
	TextCodeExpired       Code = "text_code_expired"       // run out, or tried too often: ask for another
	TextsUnavailable      Code = "texts_unavailable"       // no gateway, or the organization does not allow them
	TextsPaused           Code = "texts_paused"            // the day's ceiling is reached
	TextTooSoon           Code = "text_too_soon"           // a code was sent a moment ago; Retry says when to ask for another
	TextLimit             Code = "text_limit"              // enough messages to this number or person for now; Retry says when
	FactorForbidden       Code = "factor_forbidden"        // the organization does not allow this method
	RecoveryPhoneRequired Code = "recovery_phone_required" // the organization asks for one
	TooManyPhones         Code = "too_many_phones"         // two recovery phones are the most
	LastOperator          Code = "last_operator"           // nobody would be left to run the portal
	PasswordLocked        Code = "password_locked"         // locked down: a link to choose a new one has been mailed
	TwoFactorRequired     Code = "two_factor_required"     // it is mandatory: the wizard comes first
	TwoFactorFirst        Code = "two_factor_first"        // who administers has two-factor: set it up first
	PolicyChanged         Code = "policy_changed"          // another administrator was faster: look again
	LastAdmin             Code = "last_admin"              // nobody would be left to administer the organization
	NotInvited            Code = "not_invited"             // the invitation was accepted, or there is none
	OwnOrganization       Code = "own_organization"        // one cannot suspend one's own
	RemindedToday         Code = "reminded_today"          // a reminder has gone out within a day
	CannotSignIn          Code = "cannot_sign_in"          // the account is suspended, or its invitation not accepted
	MailUnavailable       Code = "mail_unavailable"        // no mail server is configured
)

// Codes lists every Code once, for the tests that ask for words for each.
func Codes() []Code {
	return []Code{
		Required, TooLong, BadCharacters, UserNameShape, EmailShape, PasscodeShape, RecoveryCodeShape,
		PasswordTooShort, PasswordContext, PasswordCommon, PasswordWeak, PasswordSame, Taken, MustBeTrue,
		SameEmail, PhoneShape, PhoneCountry, PhoneExtension, PhoneNotMobile, PhonePremium, PhoneImpossible, PhoneSame,
		UnknownField, WrongType, TooSmall, RoleUnknown, RoleAbove, MethodNeeded, TwiceInList, RowShape, ConfirmMismatch,
		Malformed, TooLarge, CrossOrigin, NotFound, MethodNotAllowed, Internal, Busy, Offline, Throttled,
		SignedOut, SignInExpired, Forbidden, StepUpRequired, WrongPassword, WrongPasscode, WrongRecoveryCode,
		SpentPasscode, ClockSlow, ClockFast, PasswordShortAlone, LinkDead, AlreadySetUp, EnrollmentExpired, TooManyAuthenticators,
		LastAuthenticator, AuthenticatorDisabled, AlreadyActive, NotActive,
		WrongTextCode, TextCodeExpired, TextsUnavailable, TextsPaused, TextTooSoon, TextLimit, FactorForbidden, RecoveryPhoneRequired,
		TooManyPhones, LastOperator, PasswordLocked, TwoFactorRequired, TwoFactorFirst, PolicyChanged, LastAdmin, NotInvited,
		OwnOrganization, RemindedToday, CannotSignIn, MailUnavailable,
	}
}
