package server

import (
	"context"
	"maps"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// myActivity tells what has happened to the caller's own account. Where staff sit is not
// the person's to know: what others did has no address, and is not found by one.
func (s *Server) myActivity(ctx context.Context, c *caller, req api.ActivityRequest) (api.ActivityList, error) {
	q := eventQuery(req)
	q.Person, q.OwnDoing = c.user.ID, q.Address != ""
	list, err := s.store.Events(ctx, q, api.ActivityPage+1)
	if err != nil {
		return api.ActivityList{}, err
	}
	shown := list[:min(len(list), api.ActivityPage)]
	more := len(list) > len(shown)
	others := func(e auth.Entry) bool { return e.Event.Actor != "" && e.Event.Actor != string(c.user.ID) }
	for i := range shown {
		if others(shown[i]) {
			shown[i].Event.Address, shown[i].Event.Device = "", ""
		}
	}
	rows, err := s.activityRows(ctx, c, shown, c.user.Organization)
	return api.ActivityList{Events: rows, More: more}, err
}

// activity tells what has happened in an organization.
func (s *Server) activity(ctx context.Context, c *caller, req api.ActivityRequest) (api.ActivityList, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return api.ActivityList{}, err
	}
	return s.activityPage(ctx, c, activityOf(c, o, req), o.ID)
}

// activityOf returns what of an organization's audit a call looks for. What is nobody's,
// such as sign-ins of names that nobody has, stands with that of the operators' own.
func activityOf(c *caller, o auth.Organization, req api.ActivityRequest) store.EventQuery {
	q := eventQuery(req)
	q.Person, q.Organizations = auth.ID(req.Person), []auth.ID{o.ID}
	if c.user.Role >= auth.Operator && o.ID == c.user.Organization {
		q.Organizations = append(q.Organizations, "")
	}
	return q
}

// eventQuery returns what a call looks for, of nobody in particular.
func eventQuery(req api.ActivityRequest) store.EventQuery {
	q := store.EventQuery{Kind: auth.EventKind(req.Kind), Outcome: req.Outcome, Address: trim(req.Address), Before: int64(req.Before), Since: int64(req.Since)}
	if req.From > 0 {
		q.From = time.UnixMilli(int64(req.From))
	}
	if req.To > 0 {
		q.To = time.UnixMilli(int64(req.To))
	}
	return q
}

// activityPage returns a page of what q looks for, as somebody sees it who looks at an
// organization.
func (s *Server) activityPage(ctx context.Context, c *caller, q store.EventQuery, organization auth.ID) (api.ActivityList, error) {
	list, err := s.store.Events(ctx, q, api.ActivityPage+1)
	if err != nil {
		return api.ActivityList{}, err
	}
	more := len(list) > api.ActivityPage
	rows, err := s.activityRows(ctx, c, list[:min(len(list), api.ActivityPage)], organization)
	return api.ActivityList{Events: rows, More: more}, err
}

// activityRows tells events as somebody sees them who looks at an organization. Of
// people who are not there, or in another organization that the caller does not reach,
// it tells no more than the event itself.
func (s *Server) activityRows(ctx context.Context, c *caller, list []auth.Entry, organization auth.ID) ([]api.ActivityRow, error) {
	seen := map[auth.ID]bool{}
	var ids []auth.ID
	for _, e := range list {
		for _, id := range []auth.ID{e.Event.Subject, auth.ID(e.Event.Actor)} {
			if id != "" && id != auth.CommandLine && !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	people, err := s.store.UsersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for id, u := range people {
		if u.Organization != organization && c.user.Role < auth.Operator {
			delete(people, id)
		}
	}
	rows := make([]api.ActivityRow, len(list))
	for i, e := range list {
		rows[i] = activityRow(e, people)
		if e.Event.Kind == auth.EventMoved && e.Event.Subject != c.user.ID && c.user.Role < auth.Operator {
			rows[i].Details = withoutOther(e.Event)
		}
	}
	return rows, nil
}

// withoutOther returns the details of a move without the name of the organization that e
// is not in the audit of. Who has left is no subject there: see move.
func withoutOther(e auth.Event) map[string]string {
	details := maps.Clone(e.Details)
	if e.Subject != "" {
		delete(details, "before")
		return details
	}
	delete(details, "after")
	delete(details, "name")
	return details
}

func activityRow(e auth.Entry, people map[auth.ID]auth.User) api.ActivityRow {
	row := api.ActivityRow{Seq: e.Seq, At: millis(e.At), Kind: string(e.Event.Kind), Outcome: e.Event.Outcome, Name: e.Event.Details["person"],
		Address: e.Event.Address, Device: e.Event.Device, Details: e.Event.Details}
	if u, ok := people[e.Event.Subject]; ok {
		row.Person, row.Name = string(u.ID), u.DisplayName
	}
	actor := auth.ID(e.Event.Actor)
	switch u, ok := people[actor]; {
	case actor == "" || actor == e.Event.Subject:
	case actor == auth.CommandLine:
		row.By = auth.CommandLine
	case ok:
		row.By = u.DisplayName
	default:
		row.By = e.Event.Details["by"]
	}
	return row
}

// notMe is "this was not me" by somebody who is signed in: it does what the link in a
// notice does. Without mail nobody could choose another password, and the account would
// be closed for good.
func (s *Server) notMe(ctx context.Context, c *caller, _ api.None) (api.NextStep, error) {
	if s.config.Delivery.Mail == nil {
		return api.NextStep{}, auth.Refuse(check.MailUnavailable)
	}
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		u, err := tx.LockUser(ctx, c.user.ID)
		if err != nil {
			return err
		}
		if _, err := ownSession(ctx, tx, c); err != nil {
			return err
		}
		if u, err = s.closeAccount(ctx, tx, c, u); err != nil {
			return err
		}
		e := c.event(auth.EventLockedDown)
		e.Details = map[string]string{"by": "session"}
		if err := s.record(ctx, tx, e, c); err != nil {
			return err
		}
		return s.mailPasswordLink(ctx, tx, c, u, c.event(auth.EventPasswordLinkSent))
	})
	if err != nil {
		return api.NextStep{}, err
	}
	for _, name := range []string{sessionCookie, signInCookie, trustedCookie} {
		c.forget(s, name)
	}
	return api.NextStep{Path: "/sign-in?notice=locked_down"}, nil
}
