package api

import "doorward/shared/check"

// The calls of the sign-in path. Each is also a plain form, so that
// it works before the client has arrived and where there is none.
var (
	// SignIn proves the password. Its answer leads to the second step when the
	// user has one.
	SignIn = post[SignInRequest, NextStep]("/api/sign-in")
	// VerifyTOTP proves the second step with a passcode.
	VerifyTOTP = post[VerifyTOTPRequest, NextStep]("/api/sign-in/totp")
	// UseRecoveryCode proves the second step with a recovery code, which is used
	// up and replaced; [Session] tells the replacement until it is acknowledged.
	UseRecoveryCode = post[UseRecoveryCodeRequest, NextStep]("/api/sign-in/recovery-code")
	// VerifyText proves the second step with the code of a text message.
	VerifyText = post[VerifyTextRequest, NextStep]("/api/sign-in/text")
	// SendText sends a code to the user's phone and voids the one sent before for
	// this sign-in. The first is sent with the password, where text messages are
	// the way used last.
	SendText = post[SendTextRequest, NextStep]("/api/sign-in/text/send")
	// AcknowledgeRecovery says that the replacement has been noted; the server
	// forgets it.
	AcknowledgeRecovery = post[AcknowledgeRecoveryRequest, NextStep]("/api/sign-in/recovered")
	// CurrentSignIn tells how far the sign-in of this browser has come.
	CurrentSignIn = get[SignInState]("/api/sign-in/state")
	// CancelSignIn ends a half-finished sign-in.
	CancelSignIn = post[None, NextStep]("/api/sign-in/cancel")
	// SignOut ends the session.
	SignOut = post[None, NextStep]("/api/sign-out")
)

// Way is one way to prove the second step.
type Way string

// The ways there are.
const (
	WayTOTP         Way = "totp"
	WayText         Way = "text"
	WayRecoveryCode Way = "recovery-code"
)

// NextStep says where to go now: a path on this host.
type NextStep struct {
	Path string `json:"path"`
}

// SignInRequest is a claimed user name (or address) with its password. Next is
// the path the person was going to; empty means home.
type SignInRequest struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Next     string `json:"next,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r SignInRequest) Problems() Problems {
	p := Problems{}
	p.Add("name", check.Login(r.Name))
	p.Add("password", check.PasswordInput(r.Password))
	if r.Next != "" && !check.Path(r.Next) {
		p.Add("next", check.BadCharacters)
	}
	return p
}

// VerifyTOTPRequest carries the passcode as it was typed or pasted. Trust asks not
// to be asked again in this browser, for as long as the organization allows.
type VerifyTOTPRequest struct {
	Passcode string `json:"passcode"`
	Trust    Tick   `json:"trust,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r VerifyTOTPRequest) Problems() Problems {
	p := Problems{}
	_, c := check.Passcode(r.Passcode)
	p.Add("passcode", c)
	return p
}

// VerifyTextRequest carries the code of a text message as it was typed or pasted.
type VerifyTextRequest struct {
	Code  string `json:"code"`
	Trust Tick   `json:"trust,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r VerifyTextRequest) Problems() Problems {
	p := Problems{}
	_, c := check.Passcode(r.Code)
	p.Add("code", c)
	return p
}

// SendTextRequest names the authenticator to send to; empty: the one used last.
type SendTextRequest struct {
	Authenticator string `json:"authenticator,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r SendTextRequest) Problems() Problems {
	p := Problems{}
	if r.Authenticator != "" {
		p.Add("authenticator", check.ID(r.Authenticator))
	}
	return p
}

// UseRecoveryCodeRequest carries the recovery code as it was typed.
type UseRecoveryCodeRequest struct {
	RecoveryCode string `json:"recovery_code"`
}

// Problems returns what is wrong with the fields.
func (r UseRecoveryCodeRequest) Problems() Problems {
	p := Problems{}
	_, c := check.RecoveryCode(r.RecoveryCode)
	p.Add("recovery_code", c)
	return p
}

// AcknowledgeRecoveryRequest says whether to go on to binding a new phone
// ("replace") or to where the person was going ("continue").
type AcknowledgeRecoveryRequest struct {
	Then string `json:"then"`
}

// Problems returns what is wrong with the fields.
func (r AcknowledgeRecoveryRequest) Problems() Problems {
	p := Problems{}
	switch r.Then {
	case "replace", "continue":
	case "":
		p.Add("then", check.Required)
	default:
		p.Add("then", check.BadCharacters)
	}
	return p
}

// SignInState is the half-finished sign-in of this browser: the ways to finish
// it, the one used last first. Text is the code that was sent last and can still
// be typed. TrustDays is how long this browser can be trusted; 0: not at all.
type SignInState struct {
	Ways      []Way     `json:"ways"`
	Texts     []TextWay `json:"texts,omitempty"`
	Text      *TextSent `json:"text,omitempty"`
	TrustDays int       `json:"trust_days,omitempty"`
}

// TextWay is a phone that a code can be sent to.
type TextWay struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Number string `json:"number"` // masked
}

// TextSent is a code on its way by text message. Times are Unix milliseconds;
// before Resend no other is sent.
type TextSent struct {
	Number  string `json:"number"` // masked
	Resend  int64  `json:"resend"`
	Expires int64  `json:"expires"`
}
