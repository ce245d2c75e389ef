package api

import "doorward/shared/check"

// The organizations that share the portal, for operators. All but the list need a
// step-up.
var (
	// Organizations lists them, by name.
	Organizations = get[OrganizationList]("/api/organizations")
	// AddOrganization makes a new one.
	AddOrganization = post[NameOrganizationRequest, OrganizationRow]("/api/organizations/add")
	// RenameOrganization gives one another name.
	RenameOrganization = post[NameOrganizationRequest, OrganizationRow]("/api/organizations/rename")
	// SuspendOrganization lets nobody of it in, at once. It cannot be the caller's own.
	SuspendOrganization = post[SuspendOrganizationRequest, OrganizationRow]("/api/organizations/suspend")
	// ReinstateOrganization undoes that.
	ReinstateOrganization = post[SuspendOrganizationRequest, OrganizationRow]("/api/organizations/reinstate")
	// MovePerson moves somebody to another organization. Their sessions end.
	MovePerson = post[MovePersonRequest, Done]("/api/person/move")
)

// OrganizationList is every organization.
type OrganizationList struct {
	Organizations []OrganizationRow `json:"organizations"`
}

// OrganizationRow is one organization. Times are Unix milliseconds, 0 for never.
type OrganizationRow struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Own           bool   `json:"own"` // the caller's
	People        int    `json:"people"`
	Ready         int    `json:"ready"` // have two-factor
	Suspended     int64  `json:"suspended"`
	MandatoryFrom int64  `json:"mandatory_from"`
	Created       int64  `json:"created"`
}

// NameOrganizationRequest carries a name, and the organization that is to have it;
// empty for a new one.
type NameOrganizationRequest struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
}

// Problems returns what is wrong with the fields.
func (r NameOrganizationRequest) Problems() Problems {
	p := Problems{}
	if r.ID != "" {
		p.Add("id", check.ID(r.ID))
	}
	p.Add("name", check.Text(r.Name, check.MaxName))
	return p
}

// SuspendOrganizationRequest names an organization, and why.
type SuspendOrganizationRequest struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Problems returns what is wrong with the fields.
func (r SuspendOrganizationRequest) Problems() Problems {
	return HelpRequest(r).Problems()
}

// MovePersonRequest names a person and where they are to belong.
type MovePersonRequest struct {
	ID           string `json:"id"`
	Organization string `json:"organization"`
	Reason       string `json:"reason"`
}

// Problems returns what is wrong with the fields.
func (r MovePersonRequest) Problems() Problems {
	p := HelpRequest{r.ID, r.Reason}.Problems()
	p.Add("organization", check.ID(r.Organization))
	return p
}
