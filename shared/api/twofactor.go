package api

import "doorward/shared/check"

var (
	// Security tells the state of the user's authenticators.
	Security = get[SecurityInfo]("/api/security")
	// CurrentEnrollment tells the pending enrollment, so that a wizard survives a
	// reload; its Stage is empty when there is none.
	CurrentEnrollment = get[Enrollment]("/api/enrollment")
	// StartEnrollment makes a new pending secret, good for ten minutes; one that
	// was pending before is void. It changes nothing else. It needs a step-up.
	StartEnrollment = post[StartEnrollmentRequest, Enrollment]("/api/enrollment/start")
	// ConfirmEnrollment proves that the authenticator works. A first
	// authenticator then waits for [FinishEnrollment]; a further one or a
	// replacement counts from here on.
	ConfirmEnrollment = post[ConfirmEnrollmentRequest, Enrollment]("/api/enrollment/confirm")
	// FinishEnrollment says that the recovery codes have been saved, and turns
	// two-factor authentication on.
	FinishEnrollment = post[FinishEnrollmentRequest, Done]("/api/enrollment/finish")
	// ResendEnrollmentCode sends another code to the phone of a pending enrollment
	// and voids the one before.
	ResendEnrollmentCode = post[None, Enrollment]("/api/enrollment/resend")
	// EnrollmentOptions tells what can be set up.
	EnrollmentOptions = get[EnrollmentChoices]("/api/enrollment/options")
	// CheckUp answers whether the authenticator still works. It is asked once.
	CheckUp = post[CheckUpRequest, Done]("/api/check-up")
	// CancelEnrollment forgets the pending enrollment. It changes nothing else.
	CancelEnrollment = post[None, Done]("/api/enrollment/cancel")

	// RenameAuthenticator, RemoveAuthenticator, RegenerateRecoveryCodes and
	// TurnOffTwoFactor need a step-up.
	RenameAuthenticator = post[RenameAuthenticatorRequest, Done]("/api/authenticators/rename")
	// RemoveAuthenticator refuses the last one with check.LastAuthenticator.
	RemoveAuthenticator = post[RemoveAuthenticatorRequest, Done]("/api/authenticators/remove")
	// RegenerateRecoveryCodes voids the old set and returns the new one.
	RegenerateRecoveryCodes = post[None, RecoveryCodes]("/api/recovery-codes/regenerate")
	// TurnOffTwoFactor removes all authenticators and recovery codes.
	TurnOffTwoFactor = post[None, Done]("/api/two-factor/turn-off")
)

// SecurityInfo is what the Security tab shows. Times are Unix milliseconds.
type SecurityInfo struct {
	Active             bool               `json:"active"`
	Authenticators     []AuthenticatorRow `json:"authenticators"`
	MaxAuthenticators  int                `json:"max_authenticators"`
	RecoveryCodesLeft  int                `json:"recovery_codes_left"`
	RecoveryCodesTotal int                `json:"recovery_codes_total"`
	RecoveryCodesMade  int64              `json:"recovery_codes_made"`
	PasswordChanged    int64              `json:"password_changed"`
	MinPassword        int                `json:"min_password"` // code points, for a new one
	ProvedUntil        int64              `json:"proved_until"`
	RecoveryPhones     []PhoneRow         `json:"recovery_phones"`
	RecoveryPhone      PhonePolicy        `json:"recovery_phone"` // what the organization asks for; off without a gateway
	MaxRecoveryPhones  int                `json:"max_recovery_phones"`
	Texts              bool               `json:"texts"`      // text messages can be sent
	TrustDays          int                `json:"trust_days"` // how long a browser can be trusted; 0: not at all
	TrustedDevices     []TrustedRow       `json:"trusted_devices"`
}

// Method is a kind of authenticator.
type Method string

// The methods there are.
const (
	MethodTOTP Method = "totp"
	MethodText Method = "sms"
)

// AuthenticatorRow is one authenticator. LastUsed is 0 when it never was;
// Disabled says that too many wrong passcodes have switched it off until it is
// replaced.
type AuthenticatorRow struct {
	ID       string `json:"id"`
	Method   Method `json:"method"`
	Name     string `json:"name"`
	Number   string `json:"number,omitempty"` // masked; of text messages
	Added    int64  `json:"added"`
	LastUsed int64  `json:"last_used"`
	Disabled bool   `json:"disabled"`
}

// Stage is how far a pending enrollment has come.
type Stage string

// The stages of an enrollment.
const (
	StageNone      Stage = ""          // nothing is pending
	StagePending   Stage = "pending"   // the secret waits for its first passcode
	StageConfirmed Stage = "confirmed" // the recovery codes wait to be saved
	StageFinished  Stage = "finished"  // the authenticator counts
)

// Enrollment is a pending enrollment. Secret, URI and QR are there while an app is
// pending, Text while a phone is; RecoveryCodes when it is confirmed.
type Enrollment struct {
	Stage         Stage     `json:"stage"`
	Method        Method    `json:"method,omitempty"`
	Name          string    `json:"name,omitempty"`
	Replaces      string    `json:"replaces,omitempty"` // the authenticator's id
	Secret        string    `json:"secret,omitempty"`   // base32 without padding
	URI           string    `json:"uri,omitempty"`      // otpauth://totp/…
	QR            []string  `json:"qr,omitempty"`       // rows of the QR code, "1" is black, without quiet zone
	Text          *TextSent `json:"text,omitempty"`
	RecoveryCodes []string  `json:"recovery_codes,omitempty"`
	Expires       int64     `json:"expires,omitempty"` // Unix milliseconds
}

// StartEnrollmentRequest names the new authenticator. Replaces is the id of the
// one it takes the place of, "any" for all there are, or empty to add one. An empty
// Method is an authenticator app. Number and Country are for text messages: the
// number as it was typed, and the country that one without + or 00 is of.
type StartEnrollmentRequest struct {
	Method   Method `json:"method,omitempty"`
	Name     string `json:"name,omitempty"` // may be empty for text messages: the masked number
	Replaces string `json:"replaces,omitempty"`
	Number   string `json:"number,omitempty"`
	Country  string `json:"country,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r StartEnrollmentRequest) Problems() Problems {
	p := Problems{}
	switch r.Method {
	case "", MethodTOTP:
		p.Add("name", check.Label(r.Name))
	case MethodText:
		p.Add("number", check.Phone(r.Number))
		p.Add("country", check.Country(r.Country))
		if r.Name != "" {
			p.Add("name", check.Label(r.Name))
		}
	default:
		p.Add("method", check.BadCharacters)
	}
	if r.Replaces != "" {
		p.Add("replaces", check.ID(r.Replaces))
	}
	return p
}

// EnrollmentChoices is what the user can set up: the methods that the organization
// allows and the server can do, and the countries that text messages go to.
type EnrollmentChoices struct {
	Methods       []Method    `json:"methods"`
	RecoveryPhone PhonePolicy `json:"recovery_phone"` // off where no messages can be sent
	HasPhone      bool        `json:"has_phone"`      // a recovery phone is there, or verified in this wizard
	Countries     []Country   `json:"countries,omitempty"`
}

// Country is one that text messages go to.
type Country struct {
	Code    string `json:"code"`    // ISO 3166, two letters
	Calling int    `json:"calling"` // 49
}

// CheckUpRequest carries a passcode, or says not to ask again.
type CheckUpRequest struct {
	Passcode string `json:"passcode,omitempty"`
	Skip     bool   `json:"skip,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r CheckUpRequest) Problems() Problems {
	p := Problems{}
	if !r.Skip {
		_, c := check.Passcode(r.Passcode)
		p.Add("passcode", c)
	}
	return p
}

// ConfirmEnrollmentRequest carries the first passcode of the new authenticator, or
// the code that was sent to the phone.
type ConfirmEnrollmentRequest struct {
	Passcode string `json:"passcode"`
}

// Problems returns what is wrong with the fields.
func (r ConfirmEnrollmentRequest) Problems() Problems {
	return VerifyTOTPRequest{Passcode: r.Passcode}.Problems()
}

// FinishEnrollmentRequest says that the recovery codes have been saved.
type FinishEnrollmentRequest struct {
	Saved bool `json:"saved"`
}

// Problems returns what is wrong with the fields.
func (r FinishEnrollmentRequest) Problems() Problems {
	p := Problems{}
	if !r.Saved {
		p.Add("saved", check.MustBeTrue)
	}
	return p
}

// RenameAuthenticatorRequest names an authenticator anew.
type RenameAuthenticatorRequest struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Problems returns what is wrong with the fields.
func (r RenameAuthenticatorRequest) Problems() Problems {
	p := Problems{}
	p.Add("id", check.ID(r.ID))
	p.Add("name", check.Label(r.Name))
	return p
}

// RemoveAuthenticatorRequest names the authenticator to remove.
type RemoveAuthenticatorRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r RemoveAuthenticatorRequest) Problems() Problems {
	p := Problems{}
	p.Add("id", check.ID(r.ID))
	return p
}

// RecoveryCodes is a new set, each in groups of four. It is told once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}
