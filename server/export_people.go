package server

import (
	"context"
	"encoding/csv"
	"io"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// exportPage is how many people are read at a time for a file.
const exportPage = 500

// exportTitles are the columns of the file, by the names that the contract has for
// them. The first ones are those of a list of people to invite.
var exportTitles = []string{"display_name", "user_name", "email", "role", "state", "two_factor_since", "methods", "last_sign_in", "added", "exempt_until", "due", "locked"}

// exportPeople sends everybody who is looked for as CSV, as they are while it is
// written: a page at a time, however many there are.
func (s *Server) exportPeople(ctx context.Context, c *caller, req api.PeopleRequest) (*file, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return nil, err
	}
	after, err := markOf(req)
	if err != nil {
		return nil, err
	}
	q, err := s.lookedFor(ctx, c, o, req)
	if err != nil {
		return nil, err
	}
	if err := s.store.Update(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, c.did(o, auth.EventExported, map[string]string{"kind": "people", "format": "csv"}), c.now)
	}); err != nil {
		return nil, err
	}
	return &file{name: "people.csv", media: "text/csv; charset=utf-8", write: func(to io.Writer) error {
		w := csv.NewWriter(to)
		w.UseCRLF = true
		if err := w.Write(exportTitles); err != nil {
			return err
		}
		for {
			users, next, err := s.store.People(ctx, q, orderOf(req.Sort), bool(req.Descending), after, exportPage)
			if err != nil {
				return err
			}
			for _, u := range users {
				if err := w.Write(exportRow(u, o.Policy)); err != nil {
					return err
				}
			}
			if w.Flush(); w.Error() != nil || next.ID == "" {
				return w.Error()
			}
			after = next
		}
	}}, nil
}

func exportRow(u auth.User, p auth.Policy) []string {
	locked := ""
	if !u.PasswordLocked.IsZero() {
		locked = "locked"
	}
	row := []string{u.DisplayName, u.UserName, u.Email, u.Role.String(), string(u.State), dated(u.TwoFactorSince), string(u.Methods),
		dated(u.LastSignIn), dated(u.Created), dated(u.ExemptUntil), dated(p.Demand(u).From), locked}
	for i, cell := range row {
		row[i] = harmlessCell(cell)
	}
	return row
}
