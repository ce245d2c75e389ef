package api

import "doorward/shared/check"

// The ways back in of somebody whose phone is gone. Each is also a plain form.
var (
	// LostWays tells the ways back in that the person of this sign-in has.
	LostWays = get[LostInfo]("/api/sign-in/lost")
	// SendRecoveryText sends a code to a recovery phone of the person.
	SendRecoveryText = post[SendTextRequest, NextStep]("/api/sign-in/recovery-phone/send")
	// VerifyRecoveryText proves the second step with that code. Like a recovery code
	// it leads to binding a new authenticator first.
	VerifyRecoveryText = post[VerifyRecoveryTextRequest, NextStep]("/api/sign-in/recovery-phone")
	// AskStaff tells the staff of the organization that the person needs help.
	AskStaff = post[None, NextStep]("/api/sign-in/ask-staff")
	// ForgotPassword mails a link to choose a new password with, if there is such a
	// person. The answer and its time are the same for everyone.
	ForgotPassword = post[ForgotPasswordRequest, NextStep]("/api/forgot-password")
	// TurnOffByLink turns two-factor authentication off with a link from staff and
	// the password. It signs nobody in.
	TurnOffByLink = post[TurnOffByLinkRequest, NextStep]("/api/turn-off")
)

// LostInfo is the ways back in, in the order to try them.
type LostInfo struct {
	RecoveryCodes bool      `json:"recovery_codes"`
	Phones        []TextWay `json:"phones,omitempty"`
	Text          *TextSent `json:"text,omitempty"` // a code that is on its way to one of Phones
	Staff         bool      `json:"staff"`          // somebody can help
	Mail          bool      `json:"mail"`           // and can be told by mail
	Asked         bool      `json:"asked"`          // and was, a while ago
}

// VerifyRecoveryTextRequest carries the code that was sent to a recovery phone.
type VerifyRecoveryTextRequest struct {
	Code string `json:"code"`
}

// Problems returns what is wrong with the fields.
func (r VerifyRecoveryTextRequest) Problems() Problems {
	return VerifyTextRequest{Code: r.Code}.Problems()
}

// ForgotPasswordRequest is a claimed user name or e-mail address.
type ForgotPasswordRequest struct {
	Name string `json:"name"`
}

// Problems returns what is wrong with the fields.
func (r ForgotPasswordRequest) Problems() Problems {
	p := Problems{}
	p.Add("name", check.Login(r.Name))
	return p
}

// TurnOffByLinkRequest carries the token of the link and the password.
type TurnOffByLinkRequest struct {
	Token    string `json:"token"`
	Password string `json:"password"`
}

// Problems returns what is wrong with the fields.
func (r TurnOffByLinkRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	p.Add("password", check.PasswordInput(r.Password))
	return p
}
