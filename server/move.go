package server

import (
	"cmp"
	"context"
	"slices"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// movePerson has somebody belong to another organization. Everything of theirs that is
// open or under way ends, and who was below them or above them is no longer: a link that
// turns two-factor off is void.
func (s *Server) movePerson(ctx context.Context, c *caller, req api.MovePersonRequest) (api.Done, error) {
	before, err := s.store.User(ctx, auth.ID(req.ID))
	if err != nil {
		return api.Done{}, err
	}
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		if err := lockRanks(ctx, tx); err != nil { // buckets come before users, everywhere
			return err
		}
		from, to, err := lockBoth(ctx, tx, before.Organization, auth.ID(req.Organization))
		if err != nil {
			return err
		}
		if err := stillOperator(ctx, tx, c); err != nil {
			return err
		}
		u, err := s.helped(ctx, tx, c, req.ID)
		if err != nil {
			return err
		}
		switch {
		case u.Organization != before.Organization:
			return auth.Refuse(check.NotFound) // somebody else has moved them meanwhile
		case from.ID == to.ID:
			return nil
		}
		if err := mayLeave(ctx, tx, u); err != nil {
			return err
		}
		return s.move(ctx, tx, c, u, from, to, trim(req.Reason))
	})
}

// lockBoth returns two organizations, locked in the same order whichever is which.
func lockBoth(ctx context.Context, tx *store.Tx, from, to auth.ID) (a, b auth.Organization, err error) {
	found := map[auth.ID]auth.Organization{}
	ids := []auth.ID{from, to}
	slices.SortFunc(ids, func(x, y auth.ID) int { return cmp.Compare(x, y) })
	for _, id := range slices.Compact(ids) {
		if found[id], err = tx.LockOrganization(ctx, id); err != nil {
			return a, b, err
		}
	}
	return found[from], found[to], nil
}

// mayLeave refuses, with LastAdmin, to take the last active administrator away from an
// organization. lockRanks comes before.
func mayLeave(ctx context.Context, tx *store.Tx, u auth.User) error {
	if u.Role < auth.Admin || u.State != auth.Active {
		return nil
	}
	admins, err := tx.Administrators(ctx, u.Organization)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(admins, func(other auth.User) bool { return other.ID != u.ID }) {
		return auth.Refuse(check.LastAdmin)
	}
	return nil
}

// move moves u, and tells them that their sessions have ended.
func (s *Server) move(ctx context.Context, tx *store.Tx, c *caller, u auth.User, from, to auth.Organization, reason string) error {
	if err := tx.MoveUser(ctx, u.ID, to); err != nil {
		return err
	}
	if _, err := tx.EndSessions(ctx, u.ID, ""); err != nil {
		return err
	}
	if err := tx.EndSignIns(ctx, u.ID); err != nil {
		return err
	}
	if err := dropTrust(ctx, tx, u); err != nil {
		return err
	}
	if _, err := tx.VoidLinks(ctx, u.ID, c.now, auth.LinkReset); err != nil {
		return err
	}
	if err := tx.VoidLinksBy(ctx, u.ID, c.now); err != nil {
		return err
	}
	if err := tx.DropTextCodes(ctx, u.ID); err != nil {
		return err
	}
	if err := dropWizard(ctx, tx, u); err != nil {
		return err
	}
	for _, o := range []auth.Organization{from, to} {
		e := c.about(u, auth.EventMoved, reason)
		e.Details["before"], e.Details["after"], e.Details["name"] = from.Name, to.Name, to.Name
		if e.Organization = o.ID; o.ID == from.ID {
			e.Subject = "" // they are not there any more, and read of it once
		}
		if err := tx.Audit(ctx, e, c.now); err != nil {
			return err
		}
	}
	if u.State != auth.Active {
		return nil
	}
	u.Organization = to.ID
	return s.notify(ctx, tx, c, u, message.SessionsEndedByStaff, message.Facts{By: c.user.DisplayName})
}
