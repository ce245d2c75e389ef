package server

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// SettingChange is one setting of a policy before and after, as the contract has it.
type SettingChange = api.SettingChange

// policy tells what an organization asks of its people.
func (s *Server) policy(ctx context.Context, c *caller, req api.OrganizationRequest) (api.PolicyInfo, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	return s.policyInfo(o), err
}

func (s *Server) policyInfo(o auth.Organization) api.PolicyInfo {
	p := o.Policy
	info := api.PolicyInfo{Version: o.Version, Texts: s.config.Delivery.texts(), PolicySettings: api.PolicySettings{
		RecoveryPhone: api.PhonePolicy(p.RecoveryPhone), TrustedDays: p.TrustedDays, IdleMinutes: int(p.SessionIdle / time.Minute),
		OverallMinutes: int(p.SessionOverall / time.Minute), StaySignedIn: p.StaySignedIn, MinPassword: p.MinPassword}}
	for _, m := range p.Methods {
		info.Methods = append(info.Methods, api.Method(m))
	}
	for m, at := range p.Until {
		if info.Until == nil {
			info.Until = map[api.Method]int64{}
		}
		info.Until[api.Method(m)] = millis(at)
	}
	return info
}

// asked returns p with the settings of a request in it.
func asked(p auth.Policy, want api.PolicySettings, now time.Time) auth.Policy {
	p.Methods = nil
	for _, m := range auth.Methods() {
		if slices.Contains(want.Methods, api.Method(m)) {
			p.Methods = append(p.Methods, m)
		}
	}
	var until map[auth.Method]time.Time
	for m, at := range want.Until {
		if until == nil {
			until = map[auth.Method]time.Time{}
		}
		until[auth.Method(m)] = time.UnixMilli(at).UTC()
	}
	if !maps.Equal(until, p.Until) {
		p.Until, p.UntilSet = until, now
	}
	p.RecoveryPhone, p.TrustedDays, p.StaySignedIn, p.MinPassword = auth.PhonePolicy(want.RecoveryPhone), want.TrustedDays, want.StaySignedIn, want.MinPassword
	p.SessionIdle, p.SessionOverall = time.Duration(want.IdleMinutes)*time.Minute, time.Duration(want.OverallMinutes)*time.Minute
	return p
}

// previewPolicy tells what a change would do.
func (s *Server) previewPolicy(ctx context.Context, c *caller, req api.ChangePolicyRequest) (api.PolicyPreview, error) {
	preview := api.PolicyPreview{Changes: []SettingChange{}}
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return preview, err
	}
	if o.Version != req.Version {
		return preview, auth.Refuse(check.PolicyChanged)
	}
	after := asked(o.Policy, req.PolicySettings, c.now)
	preview.Changes = append(preview.Changes, settingChanges(o.Policy, after)...)
	none := after.Forbidden()
	for _, m := range none {
		use := api.MethodUse{Method: api.Method(m)}
		if use.People, err = s.store.CountMethod(ctx, o.ID, m); err != nil {
			return preview, err
		}
		only := store.PeopleQuery{Organization: o.ID, Ready: true, Sets: auth.SetsWith(m, none)}
		if use.Only, err = s.store.CountAsked(ctx, only); err != nil {
			return preview, err
		}
		first, err := s.firstPage(ctx, only)
		if err != nil {
			return preview, err
		}
		use.First = personRows(first, o.Policy)
		preview.Affected = append(preview.Affected, use)
	}
	before, err := s.store.CountSessions(ctx, o.ID, o.Policy, c.now)
	if err != nil {
		return preview, err
	}
	left, err := s.store.CountSessions(ctx, o.ID, after, c.now)
	preview.Sessions = max(0, before-left)
	return preview, err
}

// changePolicy changes the policy that the request was made of, and no other.
func (s *Server) changePolicy(ctx context.Context, c *caller, req api.ChangePolicyRequest) (api.PolicyInfo, error) {
	o, err := s.administer(ctx, c, req.Organization, req.Version, func(tx *store.Tx, o auth.Organization) error {
		after := asked(o.Policy, req.PolicySettings, c.now)
		for m, at := range after.Until {
			if !at.Equal(o.Policy.Until[m]) && at.Before(c.now) {
				return auth.RefuseField("until", check.TooSmall)
			}
		}
		changes := settingChanges(o.Policy, after)
		o.Policy = after
		return savePolicy(ctx, tx, o, changes, c.did(o, "", nil), c.now)
	})
	if err != nil {
		return api.PolicyInfo{}, err
	}
	s.remindSoon()
	return s.policyInfo(o), nil
}

// did returns an event about what the caller does to an organization as a whole, with
// both their names and details, which may be nil.
func (c *caller) did(o auth.Organization, kind auth.EventKind, details map[string]string) auth.Event {
	e := c.event(kind)
	e.Organization, e.Subject = o.ID, ""
	e.Details = map[string]string{"by": c.user.DisplayName, "by_name": c.user.UserName}
	maps.Copy(e.Details, details)
	return e
}

// administer has decide change the organization that a call names, which nobody else
// changes meanwhile, and returns it as it is then. It refuses with PolicyChanged when it
// is not the one of version any more, and a caller who may not administer it any more.
func (s *Server) administer(ctx context.Context, c *caller, id string, version int64, decide func(*store.Tx, auth.Organization) error) (after auth.Organization, err error) {
	o, err := s.organizationOf(ctx, c, id)
	if err != nil {
		return o, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if after, err = tx.LockOrganization(ctx, o.ID); err != nil {
			return err
		}
		if _, err := administersNow(ctx, tx, c, o.ID); err != nil {
			return err
		}
		if version >= 0 && after.Version != version {
			return auth.Refuse(check.PolicyChanged)
		}
		if err := decide(tx, after); err != nil {
			return err
		}
		after, err = tx.Organization(ctx, o.ID)
		return err
	})
	return after, err
}

// anyVersion says to administer that it does not matter which policy the caller has
// seen.
const anyVersion = -1

// administersNow returns the caller as they are by now. It refuses one who may not
// administer an organization: see staffNow.
func administersNow(ctx context.Context, tx *store.Tx, c *caller, organization auth.ID) (auth.User, error) {
	staff, err := staffNow(ctx, tx, c)
	if err == nil && (staff.Role < auth.Admin || staff.Role < auth.Operator && staff.Organization != organization) {
		err = auth.Refuse(check.Forbidden)
	}
	return staff, err
}

// savePolicy stores a changed policy and records what has changed as e; nothing when
// nothing has.
func savePolicy(ctx context.Context, tx *store.Tx, o auth.Organization, changes []SettingChange, e auth.Event, now time.Time) error {
	if len(changes) == 0 {
		return nil
	}
	if err := tx.SavePolicy(ctx, o); err != nil {
		return err
	}
	e.Organization, e.Kind, e.Outcome = o.ID, auth.EventPolicyChanged, auth.Allowed
	if e.Details == nil {
		e.Details = map[string]string{}
	}
	for _, change := range changes {
		e.Details[change.Name+"_before"], e.Details[change.Name+"_after"] = change.Before, change.After
	}
	return tx.Audit(ctx, e, now)
}

// settingChanges lists the settings in which two policies differ.
func settingChanges(before, after auth.Policy) []SettingChange {
	minutes := func(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
	all := []SettingChange{
		{Name: "methods", Before: methodNames(before), After: methodNames(after)},
		{Name: "until", Before: untilNames(before), After: untilNames(after)},
		{Name: "recovery_phone", Before: string(before.RecoveryPhone), After: string(after.RecoveryPhone)},
		{Name: "trusted_days", Before: strconv.Itoa(before.TrustedDays), After: strconv.Itoa(after.TrustedDays)},
		{Name: "idle_minutes", Before: minutes(before.SessionIdle), After: minutes(after.SessionIdle)},
		{Name: "overall_minutes", Before: minutes(before.SessionOverall), After: minutes(after.SessionOverall)},
		{Name: "stay_signed_in", Before: strconv.FormatBool(before.StaySignedIn), After: strconv.FormatBool(after.StaySignedIn)},
		{Name: "min_password", Before: strconv.Itoa(before.MinPassword), After: strconv.Itoa(after.MinPassword)},
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

// untilNames returns the days of methods that are no longer allowed.
func untilNames(p auth.Policy) string {
	var names []string
	for _, m := range auth.Methods() {
		if at := p.Until[m]; !at.IsZero() {
			names = append(names, string(m)+" "+at.Format(time.RFC3339))
		}
	}
	return strings.Join(names, ", ")
}
