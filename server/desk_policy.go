package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
)

// Organizations returns all organizations, by name.
func (s *Server) Organizations(ctx context.Context) ([]auth.Organization, error) {
	return s.store.Organizations(ctx)
}

// PolicyChange is what has become of a policy.
type PolicyChange struct {
	Before, After auth.Policy
	Settings      []SettingChange     // those that differ
	StillUsed     map[auth.Method]int // how many people use a method that is no longer allowed
}

// ChangePolicy applies change to the policy of an organization. A policy that
// auth.Policy.Check finds wrong is not stored. What people have set up already goes
// on working; fewer days of trust count at once, for browsers that are trusted
// already, too.
func (s *Server) ChangePolicy(ctx context.Context, organization auth.ID, change func(*auth.Policy)) (PolicyChange, error) {
	var p PolicyChange
	now := s.now()
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		o, err := tx.LockOrganization(ctx, organization)
		if err != nil {
			return err
		}
		p = PolicyChange{Before: o.Policy, StillUsed: map[auth.Method]int{}}
		change(&o.Policy)
		if err := o.Policy.Check(); err != nil {
			return err
		}
		p.After, p.Settings = o.Policy, settingChanges(p.Before, o.Policy)
		for _, m := range p.Before.Methods {
			if p.After.Allows(m) {
				continue
			}
			if p.StillUsed[m], err = tx.CountMethod(ctx, o.ID, m); err != nil {
				return err
			}
		}
		return savePolicy(ctx, tx, o, p.Settings, auth.Event{Actor: auth.CommandLine}, now)
	})
	return p, err
}
