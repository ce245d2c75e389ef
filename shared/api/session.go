package api

import "doorward/shared/check"

var (
	// Session tells who is signed in here.
	Session = get[SessionInfo]("/api/session")
	// Sessions lists the user's sessions, this one first.
	Sessions = get[SessionList]("/api/sessions")
	// EndSession ends one session of the user. It needs a step-up.
	EndSession = post[EndSessionRequest, Done]("/api/sessions/end")
	// EndOtherSessions ends all sessions of the user but this. It needs a step-up.
	EndOtherSessions = post[None, Ended]("/api/sessions/end-others")
	// StepUpWays tells how the second factor of a step-up can be proved.
	StepUpWays = get[SignInState]("/api/step-up/ways")
	// SendStepUpText sends a code for a step-up to the user's phone.
	SendStepUpText = post[SendTextRequest, TextSent]("/api/step-up/text")
	// StepUp proves the password and, once there is one, a second factor again.
	// The proof is good for ten minutes; the session gets a new identifier.
	StepUp = post[StepUpRequest, Proof]("/api/step-up")
)

// SessionInfo is who is signed in here.
type SessionInfo struct {
	UserID       string    `json:"user_id"`
	UserName     string    `json:"user_name"`
	DisplayName  string    `json:"display_name"`
	Email        string    `json:"email"`
	Role         string    `json:"role"`
	Organization string    `json:"organization"`
	TwoFactor    bool      `json:"two_factor"`
	ProvedUntil  int64     `json:"proved_until"` // Unix milliseconds; 0 or past: step-up is asked for
	Recovery     *Recovery `json:"recovery,omitempty"`
	CheckUp      bool      `json:"check_up,omitempty"` // four weeks have passed: ask whether the authenticator still works
	Warnings     []Warning `json:"warnings,omitempty"` // for operators
	Demand       *Demand   `json:"demand,omitempty"`   // what the organization asks that the user has not
	Several      bool      `json:"several,omitempty"`  // there are several organizations; told to operators
}

// Demand says that the user must set up two-factor authentication, or another method.
// From then on (Unix milliseconds) this person reaches the wizard only; Due says that it
// is so now.
type Demand struct {
	From   int64     `json:"from"`
	Due    bool      `json:"due"`
	Why    DemandWhy `json:"why"`
	Method Method    `json:"method,omitempty"` // with DemandMethod: the one that is forbidden
}

// DemandWhy is why something must be set up.
type DemandWhy string

// The reasons.
const (
	DemandMandatory DemandWhy = "mandatory" // two-factor is mandatory, and off
	DemandMethod    DemandWhy = "method"    // the only method there is, is no longer allowed
)

// Warning is something that operators must know of.
type Warning string

// The warnings.
const (
	WarnMailUnset   Warning = "mail_unset"   // no mail server is configured
	WarnTextsPaused Warning = "texts_paused" // the day's ceiling of text messages is reached
	WarnUndelivered Warning = "undelivered"  // messages were given up, or fail again and again
	WarnDevelopment Warning = "development"  // the portal runs in development mode
)

// Recovery is what a person who used a recovery code must still be told.
type Recovery struct {
	Replacement string `json:"replacement"` // the code that replaces the used one, in groups of four
	Left        int    `json:"left"`
}

// SessionList is the user's sessions.
type SessionList struct {
	Sessions []SessionRow `json:"sessions"`
}

// SessionRow is one session. Times are Unix milliseconds.
type SessionRow struct {
	ID       string `json:"id"`
	Current  bool   `json:"current"`
	Device   string `json:"device"` // browser and system in words
	Address  string `json:"address"`
	Started  int64  `json:"started"`
	LastSeen int64  `json:"last_seen"`
}

// EndSessionRequest names the session to end.
type EndSessionRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r EndSessionRequest) Problems() Problems {
	p := Problems{}
	p.Add("id", check.ID(r.ID))
	return p
}

// Ended is how many sessions were ended.
type Ended struct {
	Count int `json:"count"`
}

// StepUpRequest proves the password and, where the user has two-factor, one of a
// passcode, the code of a text message and a recovery code.
type StepUpRequest struct {
	Password     string `json:"password"`
	Passcode     string `json:"passcode,omitempty"`
	TextCode     string `json:"text_code,omitempty"`
	RecoveryCode string `json:"recovery_code,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r StepUpRequest) Problems() Problems {
	p := Problems{}
	p.Add("password", check.PasswordInput(r.Password))
	if r.Passcode != "" {
		_, c := check.Passcode(r.Passcode)
		p.Add("passcode", c)
	}
	if r.TextCode != "" {
		_, c := check.Passcode(r.TextCode)
		p.Add("text_code", c)
	}
	if r.RecoveryCode != "" {
		_, c := check.RecoveryCode(r.RecoveryCode)
		p.Add("recovery_code", c)
	}
	return p
}

// Proof is a step-up. Recovery is there when a recovery code was used for it.
type Proof struct {
	Until    int64     `json:"until"` // Unix milliseconds
	Recovery *Recovery `json:"recovery,omitempty"`
}
