package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/api"
)

// shownEvents is how much of a person's activity staff see.
const shownEvents = 30

// reachable returns the person called id, if the caller may look at them.
func (s *Server) reachable(ctx context.Context, c *caller, id string) (auth.User, error) {
	u, err := s.store.User(ctx, auth.ID(id))
	if err == nil && !c.user.Reaches(u) {
		err = errNobody
	}
	return u, err
}

// person tells how one person's account stands.
func (s *Server) person(ctx context.Context, c *caller, req api.PersonRequest) (api.PersonInfo, error) {
	u, err := s.reachable(ctx, c, req.ID)
	if err != nil {
		return api.PersonInfo{}, err
	}
	o, err := s.store.Organization(ctx, u.Organization)
	if err != nil {
		return api.PersonInfo{}, err
	}
	may := c.user.MayHelp(u) == nil
	info := api.PersonInfo{PersonRow: personRow(u, o.Policy), MayHelp: may, MayAdminister: may && c.user.Role >= auth.Admin, Self: u.ID == c.user.ID,
		ExemptReason: u.ExemptReason}
	several, err := s.store.Several(ctx)
	if err != nil {
		return info, err
	}
	if several {
		info.Organization = o.Name
	}
	if err := s.personSessions(ctx, c, u, o.Policy, &info); err != nil {
		return info, err
	}
	for _, read := range []func(context.Context, *caller, auth.User, *api.PersonInfo) error{
		s.personFactors, s.personLinks, s.personActivity, s.personThrottle,
	} {
		if err := read(ctx, c, u, &info); err != nil {
			return info, err
		}
	}
	return info, nil
}

func (s *Server) personFactors(ctx context.Context, c *caller, u auth.User, info *api.PersonInfo) error {
	as := &caller{now: c.now, user: u}
	list, err := s.store.Authenticators(ctx, u.ID)
	if err != nil {
		return err
	}
	info.Authenticators = authenticatorRows(list)
	set, err := s.store.RecoverySet(ctx, u.ID)
	if err != nil {
		return err
	}
	info.RecoveryCodesLeft = len(set.Left)
	info.RecoveryPhones, err = s.phoneRows(ctx, as)
	return err
}

// personSessions tells the sessions of u that are within the limits of p, their
// organization's policy.
func (s *Server) personSessions(ctx context.Context, c *caller, u auth.User, p auth.Policy, info *api.PersonInfo) error {
	list, err := s.store.Sessions(ctx, u.ID)
	info.Sessions = []api.SessionRow{}
	for _, one := range list {
		if one.Live(c.now, p) && one.Enough(u) {
			info.Sessions = append(info.Sessions, api.SessionRow{ID: string(one.ID), Current: one.ID == c.session.ID, Device: one.Device,
				Address: one.Address, Started: millis(one.Created), LastSeen: millis(one.LastSeen)})
		}
	}
	return err
}

func (s *Server) personLinks(ctx context.Context, c *caller, u auth.User, info *api.PersonInfo) error {
	list, err := s.store.PendingLinks(ctx, u.ID, c.now)
	info.Links = []api.LinkRow{}
	for _, l := range list {
		if shownLink(l) {
			info.Links = append(info.Links, api.LinkRow{ID: string(l.ID), Kind: string(l.Kind), Created: millis(l.Created), Expires: millis(l.Expires)})
		}
	}
	return err
}

// shownLink reports whether staff see a link and may revoke it. Those in notices are
// the person's own: nobody else is to take them away.
func shownLink(l auth.Link) bool { return l.Kind != auth.LinkNotMe && l.Kind != auth.LinkGiveBack }

// personActivity tells what has happened to u in the organization that they are in: what
// was before they came is not its business.
func (s *Server) personActivity(ctx context.Context, c *caller, u auth.User, info *api.PersonInfo) error {
	list, err := s.store.Events(ctx, store.EventQuery{Organizations: []auth.ID{u.Organization}, Person: u.ID}, shownEvents)
	if err != nil {
		return err
	}
	info.Activity, err = s.activityRows(ctx, c, list, u.Organization)
	return err
}

// personThrottle tells until when the person cannot try to sign in.
func (s *Server) personThrottle(ctx context.Context, c *caller, u auth.User, info *api.PersonInfo) error {
	until, err := s.throttledUntil(ctx, u, c.now)
	info.ThrottledUntil = millis(until)
	return err
}

// authenticatorRows tells authenticators as their owner and staff see them.
func authenticatorRows(list []auth.Authenticator) []api.AuthenticatorRow {
	rows := []api.AuthenticatorRow{}
	for _, a := range list {
		row := api.AuthenticatorRow{ID: string(a.ID), Method: api.Method(a.Method), Name: a.Name, Added: millis(a.Added),
			LastUsed: millis(a.LastUsed), Disabled: a.Disabled()}
		if a.Method == auth.MethodText {
			row.Number = message.Mask(a.Number)
		}
		rows = append(rows, row)
	}
	return rows
}
