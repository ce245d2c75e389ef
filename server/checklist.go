package server

import (
	"context"
	"slices"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// suggestPassword makes a strong password up. Nothing is kept of it.
func (s *Server) suggestPassword(context.Context, *caller, api.None) (api.SuggestedPassword, error) {
	made, err := auth.SuggestPassword(s.config.Random)
	return api.SuggestedPassword{Password: made}, err
}

// checklist tells what is left to do after setting up. An administrator who has no
// two-factor yet sees it too: that is the first item.
func (s *Server) checklist(ctx context.Context, c *caller, _ api.None) (api.ChecklistInfo, error) {
	o, err := s.store.Organization(ctx, c.user.Organization)
	if err != nil {
		return api.ChecklistInfo{}, err
	}
	several, err := s.store.HasPeople(ctx, o.ID, 2)
	if err != nil {
		return api.ChecklistInfo{}, err
	}
	ticked := func(i api.ChecklistItem) bool { return slices.Contains(o.Ticked, string(i)) }
	d := s.config.Delivery
	info := api.ChecklistInfo{Away: ticked(api.ItemAll), Items: []api.ChecklistRow{
		{Item: api.ItemTwoFactor, Done: c.user.TwoFactor()},
		{Item: api.ItemInvite, Done: several},
		{Item: api.ItemMandatory, Done: !o.Policy.MandatoryFrom.IsZero() || ticked(api.ItemMandatory)},
	}}
	if c.user.Role >= auth.Operator {
		info.Items = append(info.Items,
			api.ChecklistRow{Item: api.ItemMail, Done: d.Mail != nil && !d.Development},
			api.ChecklistRow{Item: api.ItemTexts, Done: d.texts() && !d.Development || ticked(api.ItemTexts)},
			api.ChecklistRow{Item: api.ItemHTTPS, Done: s.secure()},
			api.ChecklistRow{Item: api.ItemBackup, Done: ticked(api.ItemBackup)})
	}
	return info, nil
}

// tickChecklist notes that something is done, or that it is not.
func (s *Server) tickChecklist(ctx context.Context, c *caller, req api.TickChecklistRequest) (api.ChecklistInfo, error) {
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		o, err := tx.LockOrganization(ctx, c.user.Organization)
		if err != nil {
			return err
		}
		o.Ticked = slices.DeleteFunc(o.Ticked, func(one string) bool { return one == string(req.Item) })
		if req.Done {
			o.Ticked = append(o.Ticked, string(req.Item))
		}
		return tx.SaveOrganization(ctx, o)
	})
	if err != nil {
		return api.ChecklistInfo{}, err
	}
	return s.checklist(ctx, c, api.None{})
}
