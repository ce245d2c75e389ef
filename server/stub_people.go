package server

import (
	"context"

	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

func (s *Server) actOnPeople(ctx context.Context, c *caller, req api.ActRequest) (api.ActResult, error) {
	return api.ActResult{}, auth.Refuse(check.Internal)
}
func (s *Server) exportPeople(ctx context.Context, c *caller, req api.PeopleRequest) (*file, error) {
	return nil, auth.Refuse(check.Internal)
}
func (s *Server) checkInvitations(ctx context.Context, c *caller, req api.InvitationsRequest) (api.Invitations, error) {
	return api.Invitations{}, auth.Refuse(check.Internal)
}
func (s *Server) invite(ctx context.Context, c *caller, req api.InvitationsRequest) (api.Invitations, error) {
	return api.Invitations{}, auth.Refuse(check.Internal)
}
