package api

import "doorward/shared/check"

// The calls of staff about other people, for helpers and above. Those that change
// something need a step-up and a reason, tell the person, and are in the audit with
// both names. Nobody can make one about themselves or about somebody above them.
var (
	// Person tells how one person's account stands.
	Person = post[PersonRequest, PersonInfo]("/api/person")
	// SendResetLink makes a link with which the person turns two-factor
	// authentication off, after giving the password. It is mailed, and told once.
	SendResetLink = post[SendResetLinkRequest, ResetLink]("/api/person/reset-link")
	// RevokeLink voids a pending link of the person.
	RevokeLink = post[RevokeLinkRequest, Done]("/api/person/revoke-link")
	// HelpByRecoveryCode uses up a recovery code that the person has read out, and
	// turns two-factor authentication off.
	HelpByRecoveryCode = post[HelpByRecoveryCodeRequest, Done]("/api/person/recovery-code")
	// LockDownPerson ends everything that the person's password has opened, and
	// closes it until another is chosen.
	LockDownPerson = post[HelpRequest, Done]("/api/person/lock-down")
	// EndPersonSessions ends the person's sessions.
	EndPersonSessions = post[HelpRequest, Ended]("/api/person/end-sessions")
	// LiftThrottle lets the person try again at once.
	LiftThrottle = post[HelpRequest, Done]("/api/person/lift-throttle")
)

// MaxReason is how many characters the reason for helping somebody may have.
const MaxReason = 200

// PersonRequest names the person.
type PersonRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r PersonRequest) Problems() Problems { return idProblems(r.ID) }

// PersonInfo is how one person's account stands. MayHelp says that the caller may
// do something about it.
type PersonInfo struct {
	PersonRow
	MayHelp           bool               `json:"may_help"`
	Self              bool               `json:"self"`
	MayAdminister     bool               `json:"may_administer"`         // besides, suspend, delete and the like
	Organization      string             `json:"organization,omitempty"` // told where there are several
	ExemptReason      string             `json:"exempt_reason,omitempty"`
	Authenticators    []AuthenticatorRow `json:"authenticators"`
	RecoveryCodesLeft int                `json:"recovery_codes_left"`
	RecoveryPhones    []PhoneRow         `json:"recovery_phones"`
	Sessions          []SessionRow       `json:"sessions"`
	Links             []LinkRow          `json:"links"`
	Activity          []ActivityRow      `json:"activity"`                  // the newest first, at most 30
	ThrottledUntil    int64              `json:"throttled_until,omitempty"` // of sign-in or second step, whichever is later
}

// LinkRow is a pending one-time link.
type LinkRow struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Created int64  `json:"created"`
	Expires int64  `json:"expires"`
}

// HelpRequest names a person to help, and why.
type HelpRequest struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Problems returns what is wrong with the fields.
func (r HelpRequest) Problems() Problems {
	p := idProblems(r.ID)
	p.Add("reason", check.Text(r.Reason, MaxReason))
	return p
}

// The hours that a reset link may live.
const (
	DefaultLinkHours = 1
	MaxLinkHours     = 24
)

// SendResetLinkRequest is a HelpRequest with how long the link is to live; 0: an hour.
type SendResetLinkRequest struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	Hours  int    `json:"hours,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r SendResetLinkRequest) Problems() Problems {
	p := HelpRequest{r.ID, r.Reason}.Problems()
	if r.Hours < 0 || r.Hours > MaxLinkHours {
		p.Add("hours", check.TooLong)
	}
	return p
}

// ResetLink is a link to hand over. It is told once.
type ResetLink struct {
	Link    string   `json:"link"`
	QR      []string `json:"qr"` // rows, "1" is black, without quiet zone
	Expires int64    `json:"expires"`
	Mailed  string   `json:"mailed"` // the address that it was mailed to
}

// RevokeLinkRequest names a person and one of their links.
type RevokeLinkRequest struct {
	ID   string `json:"id"`
	Link string `json:"link"`
}

// Problems returns what is wrong with the fields.
func (r RevokeLinkRequest) Problems() Problems {
	p := idProblems(r.ID)
	p.Add("link", check.ID(r.Link))
	return p
}

// HelpByRecoveryCodeRequest is a HelpRequest with the code that was read out.
type HelpByRecoveryCodeRequest struct {
	ID           string `json:"id"`
	Reason       string `json:"reason"`
	RecoveryCode string `json:"recovery_code"`
}

// Problems returns what is wrong with the fields.
func (r HelpByRecoveryCodeRequest) Problems() Problems {
	p := HelpRequest{r.ID, r.Reason}.Problems()
	_, c := check.RecoveryCode(r.RecoveryCode)
	p.Add("recovery_code", c)
	return p
}
