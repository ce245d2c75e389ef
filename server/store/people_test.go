package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// crowd stores people who share names and moments, so that pages break among equals.
func crowd(t *testing.T, db database, n int) {
	t.Helper()
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		for i := range n {
			name := fmt.Sprintf("person%03d", i)
			u := auth.User{ID: id(), Organization: "acme", UserName: name, Email: name + "@example.org", DisplayName: fmt.Sprintf("Name %d", i%3),
				State: auth.Active, Password: "secret", Created: now.Add(time.Duration(i%4) * time.Hour), LastSignIn: now.Add(time.Duration(i%5) * time.Minute)}
			if err := tx.AddUser(ctx, u); err != nil {
				return err
			}
		}
		return nil
	})
}

// In every order, pages of any size are the whole list in that order, each person once.
func TestPeople_PagesAreTheWholeList(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		crowd(t, db, 50)
		keys := map[store.PeopleOrder]func(u auth.User) string{
			store.ByName:   func(u auth.User) string { return strings.ToLower(u.DisplayName) },
			store.BySignIn: func(u auth.User) string { return u.LastSignIn.Format(time.RFC3339) },
			store.ByAdded:  func(u auth.User) string { return u.Created.Format(time.RFC3339) },
		}
		for order, key := range keys {
			for _, descending := range []bool{false, true} {
				for _, q := range []store.PeopleQuery{{Organization: "acme"}, {Organization: "acme", Words: []string{"person0"}}} {
					var all []auth.User
					var after store.PeopleMark
					for pages := 0; ; pages++ {
						list, next, err := db.People(t.Context(), q, order, descending, after, 7)
						if err != nil || pages > 8 || len(list) > 7 {
							t.Fatalf("page %d: %d people, %v", pages, len(list), err)
						}
						if all = append(all, list...); next.ID == "" {
							break
						}
						after = next
					}
					sorted := slices.IsSortedFunc(all, func(a, b auth.User) int {
						way := strings.Compare(key(a), key(b))
						if descending {
							way = -way
						}
						return way
					})
					seen := map[auth.ID]bool{}
					for _, u := range all {
						seen[u.ID] = true
						if u.Password != "" {
							t.Fatal("a list has passwords")
						}
					}
					if len(all) != 50 || len(seen) != 50 || !sorted {
						t.Errorf("order %d, descending %t: %d people, %d of them once, sorted: %t", order, descending, len(all), len(seen), sorted)
					}
				}
			}
		}
		if list, next, err := db.People(t.Context(), store.PeopleQuery{Organization: "acme"}, store.ByName, false, store.PeopleMark{}, 50); err != nil || len(list) != 50 || next.ID != "" {
			t.Errorf("a page that fits: %d people, %+v, %v", len(list), next, err)
		}
	})
}

// Each question finds those it asks for, counts as many, and nobody of another
// organization. What is typed stands for itself.
func TestPeople_Questions(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.AddOrganization(ctx, auth.Organization{ID: "other", Name: "Other", Policy: auth.DefaultPolicy(), Created: now})
		})
		add := func(name, display string, change func(*auth.User)) auth.ID {
			u := auth.User{ID: id(), Organization: "acme", UserName: name, Email: name + "@example.org", DisplayName: display, State: auth.Active, Created: now}
			change(&u)
			db.update(t, func(ctx context.Context, tx *store.Tx) error { return tx.AddUser(ctx, u) })
			return u.ID
		}
		ada := add("ada", "Ada Lovelace", func(u *auth.User) { u.Role, u.TwoFactorSince, u.Methods = auth.Admin, now, "totp sms" })
		add("bea", "Bea 100%", func(u *auth.User) { u.State = auth.Invited })
		add("c_d", "Émile O'Hara!", func(u *auth.User) { u.State, u.PasswordLocked = auth.Suspended, now })
		add("cxd", `Back\slash`, func(u *auth.User) { u.ExemptUntil, u.TwoFactorSince, u.Methods = now.Add(time.Hour), now, "sms" })
		add("dan", "Dan ADA", func(u *auth.User) { u.Role, u.ExemptUntil = auth.Helper, now })
		add("eve", "Eve Lovelace", func(u *auth.User) { u.Organization, u.Role = "other", auth.Admin })
		for name, tt := range map[string]struct {
			q    store.PeopleQuery
			want string
		}{
			"everybody":           {store.PeopleQuery{}, "ada bea c_d cxd dan"},
			"a part of names":     {store.PeopleQuery{Words: []string{"ada"}}, "ada dan"},
			"an address":          {store.PeopleQuery{Words: []string{"bea@exam"}}, "bea"},
			"all words":           {store.PeopleQuery{Words: []string{"lace", "ada"}}, "ada"},
			"a word too many":     {store.PeopleQuery{Words: []string{"ada", "eve"}}, ""},
			"a percent sign":      {store.PeopleQuery{Words: []string{"%"}}, "bea"},
			"an underscore":       {store.PeopleQuery{Words: []string{"c_d"}}, "c_d"},
			"an accent":           {store.PeopleQuery{Words: []string{"émile"}}, "c_d"},
			"a quote":             {store.PeopleQuery{Words: []string{"o'hara"}}, "c_d"},
			"the escape itself":   {store.PeopleQuery{Words: []string{"a!"}}, "c_d"},
			"a backslash":         {store.PeopleQuery{Words: []string{`k\s`}}, "cxd"},
			"a question mark":     {store.PeopleQuery{Words: []string{"?"}}, ""},
			"state":               {store.PeopleQuery{State: auth.Invited}, "bea"},
			"with two-factor":     {store.PeopleQuery{Ready: true}, "ada cxd"},
			"active without":      {store.PeopleQuery{State: auth.Active, NotReady: true}, "dan"},
			"an app":              {store.PeopleQuery{Sets: auth.SetsWith(auth.MethodTOTP, auth.Methods())}, "ada"},
			"a phone":             {store.PeopleQuery{Sets: auth.SetsWith(auth.MethodText, auth.Methods())}, "ada cxd"},
			"nothing but a phone": {store.PeopleQuery{Ready: true, Sets: auth.SetsWith(auth.MethodText, []auth.Method{auth.MethodText})}, "cxd"},
			"exempt":              {store.PeopleQuery{ExemptAt: now}, "cxd"},
			"locked":              {store.PeopleQuery{Locked: true}, "c_d"},
			"staff":               {store.PeopleQuery{Role: auth.Helper}, "ada dan"},
			"only one":            {store.PeopleQuery{Only: []auth.ID{ada}}, "ada"},
			"only nobody":         {store.PeopleQuery{Only: []auth.ID{}}, ""},
			"a word and a filter": {store.PeopleQuery{Words: []string{"ada"}, Ready: true}, "ada"},
		} {
			tt.q.Organization = "acme"
			for _, order := range []store.PeopleOrder{store.ByName, store.BySignIn, store.ByAdded} {
				list, next, err := db.People(t.Context(), tt.q, order, false, store.PeopleMark{}, 50)
				var names []string
				for _, u := range list {
					names = append(names, u.UserName)
				}
				slices.Sort(names)
				n, fault := db.CountAsked(t.Context(), tt.q)
				if got := strings.Join(names, " "); err != nil || fault != nil || got != tt.want || n != len(names) || next.ID != "" {
					t.Errorf("%s: %q, counted %d, want %q; %v, %v", name, got, n, tt.want, err, fault)
				}
			}
		}
	})
}

// Those who were denied something are told once each, the last first, and not those of
// long ago or of another organization.
func TestDeniedLately(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for i, e := range []auth.Event{
			{Organization: "acme", Subject: "old", Outcome: auth.Denied}, {Organization: "acme", Subject: "gus", Outcome: auth.Denied},
			{Organization: "acme", Subject: "mia", Outcome: auth.Denied}, {Organization: "acme", Subject: "gus", Outcome: auth.Denied},
			{Organization: "acme", Subject: "ada", Outcome: auth.Allowed}, {Organization: "other", Subject: "zoe", Outcome: auth.Denied},
			{Organization: "acme", Outcome: auth.Denied},
		} {
			db.update(t, func(ctx context.Context, tx *store.Tx) error {
				return tx.Audit(ctx, e, now.Add(time.Duration(i)*time.Minute))
			})
		}
		if got, err := db.DeniedLately(t.Context(), "acme", now.Add(time.Minute), 9); err != nil || !slices.Equal(got, []auth.ID{"gus", "mia"}) {
			t.Errorf("%q, %v", got, err)
		}
		if got, err := db.DeniedLately(t.Context(), "acme", now, 1); err != nil || !slices.Equal(got, []auth.ID{"gus"}) {
			t.Errorf("at most one: %q, %v", got, err)
		}
		db.update(t, func(ctx context.Context, tx *store.Tx) error {
			for key, until := range map[string]time.Time{"a": now, "b": now.Add(time.Second), "c": {}} {
				if err := tx.PutBucket(ctx, auth.Bucket{Key: key, Failures: 1, Until: until}); err != nil {
					return err
				}
			}
			return nil
		})
		if got, err := db.Waiting(t.Context(), now, 9); err != nil || !slices.Equal(got, []string{"b"}) {
			t.Errorf("waiting: %q, %v", got, err)
		}
	})
}
