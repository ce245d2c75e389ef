package server_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Administrators invite to their own organization, operators to any; a helper and a
// member to none.
func TestInvite_WhoMay(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here, there := p.SetUp().User().Organization, p.Organization("Elsewhere")
		for _, role := range roles {
			by := staffOf(p, "by-"+role.String(), role, here)
			for _, place := range []auth.ID{"", here, there, "AAAAAAAAAAAAAAAAAAAAAA"} {
				want := check.Code("")
				switch {
				case role < auth.Admin:
					want = check.Forbidden
				case place == "AAAAAAAAAAAAAAAAAAAAAA", place == there && role < auth.Operator:
					want = check.NotFound
				}
				name := fmt.Sprintf("new-%s-%d", role, p.Count("SELECT count(*) FROM users"))
				req := api.InvitationsRequest{Organization: string(place), People: []api.InvitationRow{{UserName: name, Email: name + "@example.org"}}}
				if got := servertest.Refused(t, by, api.CheckInvitations, req); got != want {
					t.Errorf("a %s checks a list for %q: %q, want %q", role, place, got, want)
				}
				if got := servertest.Refused(t, by, api.Invite, req); got != want {
					t.Errorf("a %s invites to %q: %q, want %q", role, place, got, want)
				}
				if want == "" {
					u, err := p.Store.UserByLogin(t.Context(), name)
					if err != nil || u.State != auth.Invited || u.Organization != place && (place != "" || u.Organization != here) {
						t.Errorf("who was invited: %+v, %v", u, err)
					}
				}
			}
		}
	})
}

// What is wrong with each row is told by its field; with one bad row nobody is invited.
func TestInvite_AllOrNobody(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here, there := p.SetUp().User().Organization, p.Organization("Elsewhere")
		p.Add("zoe", auth.Member, there)
		hugo := staffOf(p, "hugo", auth.Admin, here)
		before := p.Count("SELECT count(*) FROM users")
		good := "Mia,mia,mia@example.org,admin\n"
		for name, tt := range map[string]struct {
			text string
			line int
			want api.Problems
		}{
			"a role above":            {good + "Gus,gus,gus@example.org,operator", 2, api.Problems{"role": check.RoleAbove}},
			"no such role":            {good + "Gus,gus,gus@example.org,king", 2, api.Problems{"role": check.RoleUnknown}},
			"a taken name, elsewhere": {good + "Zoe,ZOE,other@example.org", 2, api.Problems{"user_name": check.Taken}},
			"a taken address":         {good + "Zoe,other,Zoe@Example.org", 2, api.Problems{"email": check.Taken}},
			"both are wrong":          {good + "Gus,g,gus", 2, api.Problems{"user_name": check.UserNameShape, "email": check.EmailShape}},
			"no address":              {good + "Gus,gus,,member", 2, api.Problems{"email": check.Required}},
			"a name twice":            {good + "Gus,MIA,gus@example.org", 1, api.Problems{"user_name": check.TwiceInList}},
			"an address twice":        {good + "Gus,gus,MIA@example.org", 2, api.Problems{"email": check.TwiceInList}},
			"too few parts":           {good + "gus", 2, api.Problems{"line": check.RowShape}},
			"a hidden character":      {good + "Gus\u202e,gus,gus@example.org", 2, api.Problems{"display_name": check.BadCharacters}},
		} {
			req := api.InvitationsRequest{Text: tt.text, Mail: true}
			for _, call := range []api.Endpoint[api.InvitationsRequest, api.Invitations]{api.CheckInvitations, api.Invite} {
				got := servertest.Must(t, hugo, call, req)
				if got.Invited || got.Bad == 0 || len(got.Rows) != 2 || !maps.Equal(got.Rows[tt.line-1].Wrong, tt.want) || got.Rows[0].Link != "" {
					t.Errorf("%s: %s: %+v", call.Path, name, got)
				}
			}
		}
		for name, req := range map[string]api.InvitationsRequest{
			"nothing":  {Text: " \n"},
			"too many": {Text: strings.Repeat("a,aa,a@example.org\n", api.MaxInvitations+1)},
		} {
			if got := servertest.Refused(t, hugo, api.Invite, req); got != check.Required && got != check.TooLong {
				t.Errorf("%s: %q", name, got)
			}
		}
		if n := p.Count("SELECT count(*) FROM users"); n != before || p.Count("SELECT count(*) FROM links WHERE kind = 'invitation'") != 0 || len(subjects(p, "mia@example.org")) != 0 {
			t.Errorf("%d people instead of %d", n, before)
		}
	})
}

// A good list is invited at once: each gets a link that is told once, mailed when asked
// for, good for seven days; the audit says who did it.
func TestInvite_Done(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		hugo := staffOf(p, "hugo", auth.Admin, p.SetUp().User().Organization)
		got := servertest.Must(t, hugo, api.Invite, api.InvitationsRequest{Text: "user name;e-mail;role;name\ngus;gus@example.org;;\nmia;mia@example.org;helper;Mia M.", Mail: true})
		if !got.Invited || got.Bad != 0 || len(got.Rows) != 2 {
			t.Fatalf("invited: %+v", got)
		}
		for i, want := range []struct {
			name, shown string
			role        auth.Role
		}{{"gus", "gus", auth.Member}, {"mia", "Mia M.", auth.Helper}} {
			row := got.Rows[i]
			u, err := p.Store.UserByLogin(t.Context(), want.name)
			if err != nil || u.DisplayName != want.shown || u.Role != want.role || row.Expires != p.Clock.Now().Add(auth.InvitationFor).UnixMilli() || !row.Mailed {
				t.Errorf("%s: %+v, %+v, %v", want.name, u, row, err)
			}
			if p.LinkAt(want.name+"@example.org", "/invitation/") != tokenOf(row.Link) {
				t.Errorf("%s is mailed another link than is told", want.name)
			}
			list, err := p.Store.Events(t.Context(), store.EventQuery{Person: u.ID}, 9)
			if err != nil || len(list) != 1 || list[0].Event.Kind != auth.EventInvited || list[0].Event.Actor != hugo.ID() || list[0].Event.Details["role"] != want.role.String() {
				t.Errorf("%s: the audit has %+v, %v", want.name, list, err)
			}
			servertest.Must(t, p.Browser(), api.AcceptInvitation, api.AcceptInvitationRequest{Token: tokenOf(row.Link), Password: "seven owls watch the tide"})
		}
		quiet := servertest.Must(t, hugo, api.Invite, api.InvitationsRequest{People: []api.InvitationRow{{UserName: " pat ", Email: "pat@example.org"}}})
		if !quiet.Invited || quiet.Rows[0].Mailed || quiet.Rows[0].Link == "" || quiet.Rows[0].Line != 1 || len(subjects(p, "pat@example.org")) != 0 {
			t.Errorf("without mail: %+v", quiet)
		}
	})
}

// Who is demoted after the call was let in invites nobody.
func TestInvite_NoLongerAdministrator(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		hugo := staffOf(p, "hugo", auth.Admin, p.SetUp().User().Organization)
		for role, body := range map[auth.Role]string{
			auth.Helper: `{"text":"Gus,gus,gus@example.org"}`,
			auth.Member: `{"text":"Gus,gus,gus@example.org"}`,
		} {
			p.Change("hugo", func(u *auth.User) { u.Role = auth.Admin })
			r := httptest.NewRequest(http.MethodPost, api.Invite.Path, nil)
			r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: hugo.Cookie("doorward")})
			err := p.Server.Interrupted(r, body, func() { p.Change("hugo", func(u *auth.User) { u.Role = role }) })
			if got, _ := auth.Refused(err); got != check.Forbidden {
				t.Errorf("a %s: %v", role, err)
			}
		}
		if _, err := p.Store.UserByLogin(t.Context(), "gus"); err == nil {
			t.Error("somebody was invited")
		}
	})
}
