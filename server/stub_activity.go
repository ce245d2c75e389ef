package server

import (
	"context"

	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

func (s *Server) myActivity(ctx context.Context, c *caller, req api.ActivityRequest) (api.ActivityList, error) {
	return api.ActivityList{}, auth.Refuse(check.Internal)
}
func (s *Server) notMe(ctx context.Context, c *caller, req api.None) (api.NextStep, error) {
	return api.NextStep{}, auth.Refuse(check.Internal)
}
func (s *Server) activity(ctx context.Context, c *caller, req api.ActivityRequest) (api.ActivityList, error) {
	return api.ActivityList{}, auth.Refuse(check.Internal)
}
func (s *Server) exportActivity(ctx context.Context, c *caller, req api.ExportActivityRequest) (*file, error) {
	return nil, auth.Refuse(check.Internal)
}
func (s *Server) auditChain(ctx context.Context, c *caller, req api.AuditChainRequest) (api.ChainInfo, error) {
	return api.ChainInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) organizations(ctx context.Context, c *caller, req api.None) (api.OrganizationList, error) {
	return api.OrganizationList{}, auth.Refuse(check.Internal)
}
func (s *Server) addOrganization(ctx context.Context, c *caller, req api.NameOrganizationRequest) (api.OrganizationRow, error) {
	return api.OrganizationRow{}, auth.Refuse(check.Internal)
}
func (s *Server) renameOrganization(ctx context.Context, c *caller, req api.NameOrganizationRequest) (api.OrganizationRow, error) {
	return api.OrganizationRow{}, auth.Refuse(check.Internal)
}
func (s *Server) suspendOrganization(ctx context.Context, c *caller, req api.SuspendOrganizationRequest) (api.OrganizationRow, error) {
	return api.OrganizationRow{}, auth.Refuse(check.Internal)
}
func (s *Server) reinstateOrganization(ctx context.Context, c *caller, req api.SuspendOrganizationRequest) (api.OrganizationRow, error) {
	return api.OrganizationRow{}, auth.Refuse(check.Internal)
}
func (s *Server) movePerson(ctx context.Context, c *caller, req api.MovePersonRequest) (api.Done, error) {
	return api.Done{}, auth.Refuse(check.Internal)
}
