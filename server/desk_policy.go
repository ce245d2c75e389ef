package server

import (
	"context"
	"slices"
	"strconv"
	"strings"

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

// SettingChange is one setting of a policy before and after.
type SettingChange struct {
	Name          string // methods, recovery_phone or trusted_days
	Before, After string
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
		if len(p.Settings) == 0 {
			return nil
		}
		for _, m := range p.Before.Methods {
			if p.After.Allows(m) {
				continue
			}
			if p.StillUsed[m], err = tx.CountMethod(ctx, o.ID, m); err != nil {
				return err
			}
		}
		if err := tx.SavePolicy(ctx, o); err != nil {
			return err
		}
		details := map[string]string{}
		for _, c := range p.Settings {
			details[c.Name+"_before"], details[c.Name+"_after"] = c.Before, c.After
		}
		return tx.Audit(ctx, auth.Event{Organization: o.ID, Actor: auth.CommandLine, Kind: auth.EventPolicyChanged, Outcome: auth.Allowed, Details: details}, now)
	})
	return p, err
}

// settingChanges lists the settings in which two policies differ.
func settingChanges(before, after auth.Policy) []SettingChange {
	all := []SettingChange{
		{"methods", methodNames(before), methodNames(after)},
		{"recovery_phone", string(before.RecoveryPhone), string(after.RecoveryPhone)},
		{"trusted_days", strconv.Itoa(before.TrustedDays), strconv.Itoa(after.TrustedDays)},
	}
	return slices.DeleteFunc(all, func(c SettingChange) bool { return c.Before == c.After })
}

// methodNames returns the methods that p allows, always in the same order.
func methodNames(p auth.Policy) string {
	var names []string
	for _, m := range auth.Methods() {
		if p.Allows(m) {
			names = append(names, string(m))
		}
	}
	return strings.Join(names, ", ")
}
