package api

import "doorward/shared/check"

// Inviting people, for administrators. A list is checked whole before anything is
// sent: with one bad row nobody is invited.
var (
	// CheckInvitations tells what is wrong with a list, and sends nothing.
	CheckInvitations = post[InvitationsRequest, Invitations]("/api/invitations/check")
	// Invite adds the people and makes a link for each, good for seven days. It needs a
	// step-up.
	Invite = post[InvitationsRequest, Invitations]("/api/invitations")
)

// MaxInvitations is how many people one call may invite.
const MaxInvitations = 500

// InvitationRow is somebody to invite. An empty DisplayName is the user name, an empty
// Role a member.
type InvitationRow struct {
	DisplayName string `json:"display_name"`
	UserName    string `json:"user_name"`
	Email       string `json:"email"`
	Role        string `json:"role,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r InvitationRow) Problems() Problems {
	p := Problems{}
	if r.DisplayName != "" {
		p.Add("display_name", check.Text(r.DisplayName, check.MaxName))
	}
	p.Add("user_name", check.UserName(r.UserName))
	p.Add("email", check.Email(r.Email))
	if r.Role != "" {
		p.Add("role", check.Role(r.Role))
	}
	return p
}

// InvitationsRequest is a list of people: rows, or text with a person a line (name,
// user name, e-mail, role; separated by commas, semicolons or tabs; a first line with
// these titles may stand there, in any order). Mail has the links mailed.
type InvitationsRequest struct {
	Organization string          `json:"organization,omitempty"`
	People       []InvitationRow `json:"people,omitempty"`
	Text         string          `json:"text,omitempty"`
	Mail         bool            `json:"mail,omitempty"`
}

// Problems returns what is wrong with the request as such; the rows are looked at one
// by one, and told in the answer.
func (r InvitationsRequest) Problems() Problems {
	p := organizationProblems(r.Organization)
	switch {
	case len(r.People) == 0 && r.Text == "":
		p.Add("text", check.Required)
	case len(r.People) > 0 && r.Text != "":
		p.Add("text", check.BadCharacters)
	case len(r.People) > MaxInvitations:
		p.Add("people", check.TooLong)
	}
	return p
}

// Invitations tells what is wrong with a list, or what became of it.
type Invitations struct {
	Rows    []InvitationOutcome `json:"rows"`
	Bad     int                 `json:"bad"`     // rows with problems
	Invited bool                `json:"invited"` // they have been invited
}

// InvitationOutcome is one row of the list. Line counts from 1. Problems are by the
// JSON names of InvitationRow; "line" stands for the row as a whole. A Link is told
// once.
type InvitationOutcome struct {
	Line int `json:"line"`
	InvitationRow
	Wrong   Problems `json:"problems,omitempty"`
	Link    string   `json:"link,omitempty"`
	Expires int64    `json:"expires,omitempty"`
	Mailed  bool     `json:"mailed,omitempty"`
}
