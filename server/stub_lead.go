package server

import (
	"context"

	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/shared/check"
)

func (s *Server) suggestPassword(ctx context.Context, c *caller, req api.None) (api.SuggestedPassword, error) {
	return api.SuggestedPassword{}, auth.Refuse(check.Internal)
}
func (s *Server) checklist(ctx context.Context, c *caller, req api.None) (api.ChecklistInfo, error) {
	return api.ChecklistInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) tickChecklist(ctx context.Context, c *caller, req api.TickChecklistRequest) (api.ChecklistInfo, error) {
	return api.ChecklistInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) policy(ctx context.Context, c *caller, req api.OrganizationRequest) (api.PolicyInfo, error) {
	return api.PolicyInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) previewPolicy(ctx context.Context, c *caller, req api.ChangePolicyRequest) (api.PolicyPreview, error) {
	return api.PolicyPreview{}, auth.Refuse(check.Internal)
}
func (s *Server) changePolicy(ctx context.Context, c *caller, req api.ChangePolicyRequest) (api.PolicyInfo, error) {
	return api.PolicyInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) adoption(ctx context.Context, c *caller, req api.OrganizationRequest) (api.AdoptionInfo, error) {
	return api.AdoptionInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) makeMandatory(ctx context.Context, c *caller, req api.MakeMandatoryRequest) (api.AdoptionInfo, error) {
	return api.AdoptionInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) disableMandatory(ctx context.Context, c *caller, req api.DisableMandatoryRequest) (api.AdoptionInfo, error) {
	return api.AdoptionInfo{}, auth.Refuse(check.Internal)
}
func (s *Server) remindAll(ctx context.Context, c *caller, req api.OrganizationRequest) (api.Reminded, error) {
	return api.Reminded{}, auth.Refuse(check.Internal)
}
