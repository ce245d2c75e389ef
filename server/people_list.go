package server

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// people lists those of an organization who are looked for.
func (s *Server) people(ctx context.Context, c *caller, req api.PeopleRequest) (api.PeopleList, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return api.PeopleList{}, err
	}
	after, err := markOf(req)
	if err != nil {
		return api.PeopleList{}, err
	}
	q, err := s.lookedFor(ctx, c, o, req)
	if err != nil {
		return api.PeopleList{}, err
	}
	var users []auth.User
	var next store.PeopleMark
	list := api.PeopleList{}
	// Each may have to go over everybody: together they take as long as one.
	err = together(func() (err error) {
		users, next, err = s.store.People(ctx, q, orderOf(req.Sort), bool(req.Descending), after, api.PeoplePage)
		return err
	}, func() (err error) {
		list.Everybody, err = s.store.CountAsked(ctx, store.PeopleQuery{Organization: o.ID})
		return err
	}, func() (err error) {
		if !q.Everybody() {
			list.Found, err = s.store.CountAsked(ctx, q)
		}
		return err
	})
	if q.Everybody() {
		list.Found = list.Everybody
	}
	list.People, list.Next = personRows(users, o.Policy), textOf(req.Sort, next)
	return list, err
}

// firstPage returns the first of those whom q asks for, by name.
func (s *Server) firstPage(ctx context.Context, q store.PeopleQuery) ([]auth.User, error) {
	users, _, err := s.store.People(ctx, q, store.ByName, false, store.PeopleMark{}, api.PeoplePage)
	return users, err
}

// together does several things at once, and returns when all are done.
func together(things ...func() error) error {
	errs := make([]error, len(things))
	var all sync.WaitGroup
	for i, do := range things {
		all.Go(func() { errs[i] = do() })
	}
	all.Wait()
	return errors.Join(errs...)
}

func personRows(users []auth.User, p auth.Policy) []api.PersonRow {
	rows := make([]api.PersonRow, len(users))
	for i, u := range users {
		rows[i] = personRow(u, p)
	}
	return rows
}

// personRow tells of u, of whom p asks what it does.
func personRow(u auth.User, p auth.Policy) api.PersonRow {
	row := api.PersonRow{ID: string(u.ID), UserName: u.UserName, DisplayName: u.DisplayName, Email: u.Email, Role: u.Role.String(),
		State: string(u.State), TwoFactorSince: millis(u.TwoFactorSince), LastSignIn: millis(u.LastSignIn), Added: millis(u.Created),
		ExemptUntil: millis(u.ExemptUntil), Due: millis(p.Demand(u).From), Locked: !u.PasswordLocked.IsZero()}
	for _, m := range u.Methods.List() {
		row.Methods = append(row.Methods, api.Method(m))
	}
	return row
}

// lookedFor returns the question that req asks about an organization.
func (s *Server) lookedFor(ctx context.Context, c *caller, o auth.Organization, req api.PeopleRequest) (q store.PeopleQuery, err error) {
	q = store.PeopleQuery{Organization: o.ID, Words: strings.Fields(check.Fold(req.Search))}
	switch req.Filter {
	case api.FilterActive:
		q.Ready = true
	case api.FilterOff:
		q.State, q.NotReady = auth.Active, true
	case api.FilterMethod:
		q.Sets = auth.SetsWith(auth.Method(req.Method), auth.Methods())
	case api.FilterInvited:
		q.State = auth.Invited
	case api.FilterSuspended:
		q.State = auth.Suspended
	case api.FilterThrottled:
		q.Only, err = s.throttledIn(ctx, o.ID, c.now)
	case api.FilterExempt:
		q.ExemptAt = c.now
	case api.FilterLocked:
		q.Locked = true
	case api.FilterStaff:
		q.Role = auth.Helper
	}
	return q, err
}

// What throttledIn looks at, at most. No wait of a person is longer than deniedFor.
const (
	deniedFor   = 20 * time.Minute
	mostDenied  = 500
	mostWaiting = 20_000
)

// throttledIn returns the people of an organization who have to wait at now: of those
// who were denied something lately, those with a bucket whose wait is on.
func (s *Server) throttledIn(ctx context.Context, organization auth.ID, now time.Time) ([]auth.ID, error) {
	throttled := []auth.ID{} // nobody, and not everybody
	denied, err := s.store.DeniedLately(ctx, organization, now.Add(-deniedFor), mostDenied)
	if err != nil || len(denied) == 0 {
		return throttled, err
	}
	keys, err := s.store.Waiting(ctx, now, mostWaiting)
	if err != nil || len(keys) == 0 {
		return throttled, err
	}
	waiting := map[string]bool{}
	for _, key := range keys {
		waiting[withoutDevice(key)] = true
	}
	users, _, err := s.store.People(ctx, store.PeopleQuery{Organization: organization, Only: denied}, store.ByName, false, store.PeopleMark{}, mostDenied)
	for _, u := range users {
		all := []string{s.claimedKey(u.UserName), s.claimedKey(u.Email), familiarKeys(u), strangeSecondKey(u), familiarSecondKeys(u), accountKey(u)}
		if slices.ContainsFunc(all, func(key string) bool { return waiting[key] }) {
			throttled = append(throttled, u.ID)
		}
	}
	return throttled, err
}

// withoutDevice returns the name of a bucket of a familiar browser without the browser,
// and any other as it is.
func withoutDevice(key string) string {
	if strings.Count(key, ":") == 2 {
		return key[:strings.LastIndexByte(key, ':')+1]
	}
	return key
}

func orderOf(sort api.PeopleSort) store.PeopleOrder {
	switch sort {
	case api.SortSignIn:
		return store.BySignIn
	case api.SortAdded:
		return store.ByAdded
	}
	return store.ByName
}

// mark is a place in a list as it is told: of this order and no other.
type mark struct {
	Sort api.PeopleSort `json:"s,omitempty"`
	Name string         `json:"n,omitempty"`
	At   int64          `json:"a,omitempty"`
	ID   auth.ID        `json:"i"`
}

// textOf returns m as it is told; nothing where the list is at its end.
func textOf(sort api.PeopleSort, m store.PeopleMark) string {
	if m.ID == "" {
		return ""
	}
	b, err := json.Marshal(mark{sort, m.Name, m.At, m.ID})
	if err != nil {
		panic("server: a mark did not encode: " + err.Error()) // it holds nothing but text and a number
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// markOf reads what textOf has told. It refuses what does not fit the request.
func markOf(req api.PeopleRequest) (store.PeopleMark, error) {
	if req.After == "" {
		return store.PeopleMark{}, nil
	}
	var m mark
	b, err := base64.RawURLEncoding.Strict().DecodeString(req.After)
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil || m.Sort != req.Sort || check.ID(string(m.ID)) != "" || !utf8.ValidString(m.Name) || strings.ContainsRune(m.Name, 0) {
		return store.PeopleMark{}, auth.RefuseField("after", check.BadCharacters)
	}
	return store.PeopleMark{Name: m.Name, At: m.At, ID: m.ID}, nil
}
