package api

import "doorward/shared/check"

// The calls about recovery phones: numbers that have been verified in case the
// authenticator is lost. All but CancelRecoveryPhone need a step-up.
var (
	// CurrentRecoveryPhone tells the verification under way, for a page that was
	// reloaded; its Stage is empty when there is none.
	CurrentRecoveryPhone = get[PhoneCheck]("/api/recovery-phone")
	// StartRecoveryPhone sends a code to a number. It voids a verification that was
	// under way and changes nothing else.
	StartRecoveryPhone = post[StartRecoveryPhoneRequest, PhoneCheck]("/api/recovery-phone/start")
	// ResendRecoveryPhone sends another code and voids the one before.
	ResendRecoveryPhone = post[None, PhoneCheck]("/api/recovery-phone/resend")
	// ConfirmRecoveryPhone proves the number with the code. It counts from here on
	// for a user with two-factor; in a first wizard it waits for [FinishEnrollment].
	ConfirmRecoveryPhone = post[ConfirmRecoveryPhoneRequest, PhoneCheck]("/api/recovery-phone/confirm")
	// CancelRecoveryPhone forgets the verification under way.
	CancelRecoveryPhone = post[None, Done]("/api/recovery-phone/cancel")
	// RemoveRecoveryPhone removes a recovery phone. It refuses the last one with
	// check.RecoveryPhoneRequired where the organization asks for one.
	RemoveRecoveryPhone = post[RemoveRecoveryPhoneRequest, Done]("/api/recovery-phone/remove")
)

// PhonePolicy is what an organization asks for about recovery phones.
type PhonePolicy string

// The policies about recovery phones.
const (
	PhoneOff      PhonePolicy = "off"
	PhoneOptional PhonePolicy = "optional"
	PhoneRequired PhonePolicy = "required"
)

// PhoneRow is one recovery phone.
type PhoneRow struct {
	ID     string `json:"id"`
	Number string `json:"number"` // masked
	Added  int64  `json:"added"`  // Unix milliseconds
}

// PhoneCheck is the verification of a number. Text is there while it is pending.
type PhoneCheck struct {
	Stage  Stage     `json:"stage"`
	Number string    `json:"number,omitempty"` // masked
	Text   *TextSent `json:"text,omitempty"`
}

// StartRecoveryPhoneRequest carries the number as it was typed, and the country
// that one without + or 00 is of. Replaces is the id of the phone whose place it
// takes; empty: it is one more.
type StartRecoveryPhoneRequest struct {
	Number   string `json:"number"`
	Country  string `json:"country"`
	Replaces string `json:"replaces,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r StartRecoveryPhoneRequest) Problems() Problems {
	p := Problems{}
	p.Add("number", check.Phone(r.Number))
	p.Add("country", check.Country(r.Country))
	if r.Replaces != "" {
		p.Add("replaces", check.ID(r.Replaces))
	}
	return p
}

// ConfirmRecoveryPhoneRequest carries the code that was sent.
type ConfirmRecoveryPhoneRequest struct {
	Passcode string `json:"passcode"`
}

// Problems returns what is wrong with the fields.
func (r ConfirmRecoveryPhoneRequest) Problems() Problems {
	return VerifyTOTPRequest{Passcode: r.Passcode}.Problems()
}

// RemoveRecoveryPhoneRequest names the phone to remove.
type RemoveRecoveryPhoneRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r RemoveRecoveryPhoneRequest) Problems() Problems { return idProblems(r.ID) }

// idProblems is what is wrong with a request that names one thing.
func idProblems(id string) Problems {
	p := Problems{}
	p.Add("id", check.ID(id))
	return p
}
