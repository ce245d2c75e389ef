package server

import (
	"context"
	"strconv"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// organizations lists all organizations, by name.
func (s *Server) organizations(ctx context.Context, c *caller, _ api.None) (api.OrganizationList, error) {
	list, err := s.store.Organizations(ctx)
	if err != nil {
		return api.OrganizationList{}, err
	}
	counts, err := s.store.CountPeople(ctx)
	rows := make([]api.OrganizationRow, len(list))
	for i, o := range list {
		rows[i] = organizationRow(c, o, counts[o.ID])
	}
	return api.OrganizationList{Organizations: rows}, err
}

func organizationRow(c *caller, o auth.Organization, count store.Headcount) api.OrganizationRow {
	return api.OrganizationRow{ID: string(o.ID), Name: o.Name, Own: o.ID == c.user.Organization, People: count.People, Ready: count.Ready,
		Suspended: millis(o.Suspended), MandatoryFrom: millis(o.Policy.MandatoryFrom), Created: millis(o.Created)}
}

// stillOperator refuses a caller who is no operator any more: see staffNow.
func stillOperator(ctx context.Context, tx *store.Tx, c *caller) error {
	staff, err := staffNow(ctx, tx, c)
	if err == nil && staff.Role < auth.Operator {
		err = auth.Refuse(check.Forbidden)
	}
	return err
}

// nameFree refuses a name that another organization has, case aside. Two at once that
// want the same take turns.
func nameFree(ctx context.Context, tx *store.Tx, name string, of auth.ID) error {
	if _, err := tx.LockBucket(ctx, "organizations"); err != nil {
		return err
	}
	list, err := tx.Organizations(ctx)
	for _, o := range list {
		if o.ID != of && check.Fold(o.Name) == check.Fold(name) {
			return auth.RefuseField("name", check.Taken)
		}
	}
	return err
}

// addOrganization makes a new organization, which has nobody in it yet.
func (s *Server) addOrganization(ctx context.Context, c *caller, req api.NameOrganizationRequest) (api.OrganizationRow, error) {
	o := auth.Organization{ID: s.newID(), Name: trim(req.Name), Policy: auth.DefaultPolicy(), Created: c.now}
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		if err := stillOperator(ctx, tx, c); err != nil {
			return err
		}
		return putOrganization(ctx, tx, o, c.did(o, auth.EventOrganizationAdded, map[string]string{"name": o.Name}), c.now)
	})
	return organizationRow(c, o, store.Headcount{}), err
}

// putOrganization stores a new organization and records it as e.
func putOrganization(ctx context.Context, tx *store.Tx, o auth.Organization, e auth.Event, now time.Time) error {
	if err := nameFree(ctx, tx, o.Name, o.ID); err != nil {
		return err
	}
	if err := tx.AddOrganization(ctx, o); err != nil {
		return err
	}
	return tx.Audit(ctx, e, now)
}

// AddOrganization makes a new organization, for a command on the host. The error is a
// Refusal about the field "name", or a fault.
func (s *Server) AddOrganization(ctx context.Context, name string) (auth.Organization, error) {
	now := s.now()
	o := auth.Organization{ID: s.newID(), Name: trim(name), Policy: auth.DefaultPolicy(), Created: now}
	if code := check.Text(name, check.MaxName); code != "" {
		return o, auth.RefuseField("name", code)
	}
	e := auth.Event{Organization: o.ID, Actor: auth.CommandLine, Kind: auth.EventOrganizationAdded, Outcome: auth.Allowed, Details: map[string]string{"name": o.Name}}
	return o, s.store.Update(ctx, func(tx *store.Tx) error { return putOrganization(ctx, tx, o, e, now) })
}

// Headcounts returns how many people every organization has that has any.
func (s *Server) Headcounts(ctx context.Context) (map[auth.ID]store.Headcount, error) {
	return s.store.CountPeople(ctx)
}

// renameOrganization gives an organization another name.
func (s *Server) renameOrganization(ctx context.Context, c *caller, req api.NameOrganizationRequest) (api.OrganizationRow, error) {
	name := trim(req.Name)
	return s.changeOrganization(ctx, c, req.ID, func(tx *store.Tx, o auth.Organization) (auth.Organization, error) {
		before := o.Name
		if o.Name = name; name == before {
			return o, nil
		}
		if err := tx.SaveOrganization(ctx, o); err != nil {
			return o, err
		}
		return o, tx.Audit(ctx, c.did(o, auth.EventOrganizationRenamed, map[string]string{"name": name, "before": before, "after": name}), c.now)
	}, func(tx *store.Tx) error { return nameFree(ctx, tx, name, auth.ID(req.ID)) })
}

// suspendOrganization lets nobody of an organization in. What is open or under way for
// its people ends; links that they have open nothing for as long as it is suspended.
func (s *Server) suspendOrganization(ctx context.Context, c *caller, req api.SuspendOrganizationRequest) (api.OrganizationRow, error) {
	return s.changeOrganization(ctx, c, req.ID, func(tx *store.Tx, o auth.Organization) (auth.Organization, error) {
		if o.ID == c.user.Organization {
			return o, auth.Refuse(check.OwnOrganization)
		}
		if !o.Suspended.IsZero() {
			return o, nil
		}
		o.Suspended = c.now
		// It is closed first: whoever is signing in comes before that, and is ended then, or after it, and is refused.
		if err := tx.SaveSuspension(ctx, o); err != nil {
			return o, err
		}
		ended, err := tx.EndAllOf(ctx, o.ID)
		if err != nil {
			return o, err
		}
		return o, tx.Audit(ctx, c.did(o, auth.EventOrganizationSuspended,
			map[string]string{"name": o.Name, "reason": trim(req.Reason), "before": "open", "after": "suspended", "sessions": strconv.Itoa(ended)}), c.now)
	}, nil)
}

// reinstateOrganization lets the people of an organization in again.
func (s *Server) reinstateOrganization(ctx context.Context, c *caller, req api.SuspendOrganizationRequest) (api.OrganizationRow, error) {
	return s.changeOrganization(ctx, c, req.ID, func(tx *store.Tx, o auth.Organization) (auth.Organization, error) {
		if o.Suspended.IsZero() {
			return o, nil
		}
		o.Suspended = time.Time{}
		if err := tx.SaveSuspension(ctx, o); err != nil {
			return o, err
		}
		return o, tx.Audit(ctx, c.did(o, auth.EventOrganizationOpened,
			map[string]string{"name": o.Name, "reason": trim(req.Reason), "before": "suspended", "after": "open"}), c.now)
	}, nil)
}

// changeOrganization changes the organization called id, for an operator. What first
// does comes before it is locked; it may be nil.
func (s *Server) changeOrganization(ctx context.Context, c *caller, id string, change func(*store.Tx, auth.Organization) (auth.Organization, error), first func(*store.Tx) error) (api.OrganizationRow, error) {
	var changed auth.Organization
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		if err := lockRanks(ctx, tx); err != nil {
			return err
		}
		if err := stillOperator(ctx, tx, c); err != nil {
			return err
		}
		if first != nil {
			if err := first(tx); err != nil {
				return err
			}
		}
		o, err := tx.LockOrganization(ctx, auth.ID(id))
		if err != nil {
			return err
		}
		changed, err = change(tx, o)
		return err
	})
	if err != nil {
		return api.OrganizationRow{}, err
	}
	counts, err := s.store.CountPeople(ctx)
	return organizationRow(c, changed, counts[changed.ID]), err
}
