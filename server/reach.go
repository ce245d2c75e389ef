package server

import (
	"context"
	"errors"

	"doorward/server/auth"
	"doorward/server/store"
)

// organizationOf returns the organization that a call names: the caller's own when id is
// empty. Only operators reach another; to everybody else it is not there.
func (s *Server) organizationOf(ctx context.Context, c *caller, id string) (auth.Organization, error) {
	own := id == "" || auth.ID(id) == c.user.Organization
	if !own && c.user.Role < auth.Operator {
		return auth.Organization{}, errNobody
	}
	if own {
		return s.store.Organization(ctx, c.user.Organization)
	}
	o, err := s.store.Organization(ctx, auth.ID(id))
	if errors.Is(err, store.NotFound) {
		err = errNobody
	}
	return o, err
}
