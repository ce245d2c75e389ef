package auth

import (
	"time"

	"doorward/shared/check"
)

// How long the links that staff make live.
const (
	ResetFor    = time.Hour
	MaxResetFor = 24 * time.Hour
)

// Reaches reports whether u may look at how other's account stands: staff at
// anyone in their organization, operators at anyone.
func (u User) Reaches(other User) bool {
	return u.Role >= Operator || u.Role >= Helper && u.Organization == other.Organization
}

// MayHelp returns nil when u may act on other's account: helpers on members, admins
// on anyone in their organization but operators, operators on anyone. Nobody acts on
// themselves. Who is out of reach is not there (NotFound).
func (u User) MayHelp(other User) error {
	switch {
	case !u.Reaches(other):
		return Refuse(check.NotFound)
	case u.ID == other.ID, other.Role > u.Role, u.Role == Helper && other.Role > Member:
		return Refuse(check.Forbidden)
	}
	return nil
}
