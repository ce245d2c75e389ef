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

// VerifyTOTPRequest carries the passcode as it was typed or pasted.
type VerifyTOTPRequest struct {
	Passcode string `json:"passcode"`
}

// Problems returns what is wrong with the fields.
func (r VerifyTOTPRequest) Problems() Problems {
	p := Problems{}
	_, c := check.Passcode(r.Passcode)
	p.Add("passcode", c)
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
// it, the one used last first.
type SignInState struct {
	Ways []Way `json:"ways"`
}
