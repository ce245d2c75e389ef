package server_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Whoever is invited while their organization is being suspended is not let in: neither
// comes too early for the other.
func TestIntruder_NobodySlipsIntoASuspendedOrganization(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		there := idOfElsewhere(t, p)
		ada.StepUp()
		for round := range 8 {
			var both sync.WaitGroup
			for i := range 4 {
				both.Go(func() {
					name := "ivy" + strconv.Itoa(round) + strconv.Itoa(i)
					if _, _, err := p.Server.Invite(t.Context(), server.Invitation{Organization: there, UserName: name, Email: name + "@example.org"}); err != nil {
						t.Error(err)
					}
				})
			}
			both.Go(func() {
				if got := servertest.Refused(t, ada, api.SuspendOrganization, api.SuspendOrganizationRequest{ID: string(there), Reason: "unpaid"}); got != "" {
					t.Errorf("suspending: %q", got)
				}
			})
			both.Wait()
			if n := p.Count("SELECT count(*) FROM users WHERE closed = 0 AND organization_id = '" + string(there) + "'"); n != 0 {
				t.Fatalf("round %d: a suspended organization is open to %d people", round, n)
			}
			servertest.Must(t, ada, api.ReinstateOrganization, api.SuspendOrganizationRequest{ID: string(there), Reason: "paid"})
		}
	})
}

// No version stands for any: who changes a policy without having seen it is told.
func TestIntruder_NoPolicyIsChangedUnseen(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll().StepUp()
	for _, version := range []int64{-1, -2, -1 << 62} {
		if servertest.Refused(t, ada, api.MakeMandatory, api.MakeMandatoryRequest{Version: version}) == "" {
			t.Errorf("mandatory, of version %d", version)
		}
		if servertest.Refused(t, ada, api.DisableMandatory, api.DisableMandatoryRequest{Version: version}) == "" {
			t.Errorf("disabled, of version %d", version)
		}
		settings := servertest.Must(t, ada, api.Policy, api.OrganizationRequest{}).PolicySettings
		settings.TrustedDays = 90
		if servertest.Refused(t, ada, api.ChangePolicy, api.ChangePolicyRequest{Version: version, PolicySettings: settings}) == "" {
			t.Errorf("changed, of version %d", version)
		}
	}
}

// Where staff sit is not a person's to know: neither shown nor to be found out by
// looking for it.
func TestIntruder_MyActivityTellsNotWhereStaffSit(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		gus := p.Add("gus", auth.Member, ada.User().Organization)
		ada.StepUp()
		doTo(t, ada, api.ActRequest{Act: api.ActEndSessions, Reason: "to be sure"}, gus.ID())
		gus.SignIn()
		staffs, own := "", 0
		for _, e := range gus.Events(auth.EventSessionsEndedByStaff) {
			staffs = e.Address
		}
		if staffs == "" {
			t.Fatal("the audit does not know either")
		}
		for _, row := range servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{}).Events {
			switch {
			case row.By != "" && row.Address+row.Device != "":
				t.Errorf("%s tells %q, %q", row.Kind, row.Address, row.Device)
			case row.By == "" && row.Address != "":
				own++
			}
		}
		if own == 0 {
			t.Error("their own addresses are gone as well")
		}
		for _, row := range servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Address: staffs}).Events {
			if row.By != "" {
				t.Errorf("%s is found by the address", row.Kind)
			}
		}
	})
}

// Whoever exported an organization's people is told to its administrators, also when it
// was an operator of another.
func TestIntruder_ExportsHaveAnActor(t *testing.T) {
	p := servertest.New(t, "")
	ada, zoe := admins(t, p)
	there := string(idOfElsewhere(t, p))
	if answer := ada.Post("/admin/people/export", url.Values{"organization": {there}}); answer.Code != 200 {
		t.Fatalf("%d, %s", answer.Code, answer.Header().Get("Location"))
	}
	if e := newest(t, zoe, "", string(auth.EventExported)); e.By != "Ada Lovelace" || e.Details["by_name"] != "ada" || e.Details["kind"] != "people" {
		t.Errorf("the audit: %+v", e)
	}
}

// Administrators do not learn from a move which other organization there is.
func TestIntruder_AMoveNamesNoOtherOrganization(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		here, there := ada.User().Organization, idOfElsewhere(t, p)
		amy := p.Add("amy", auth.Admin, here).SignIn()
		gus := p.Add("gus", auth.Member, here)
		ada.StepUp()
		servertest.Must(t, ada, api.MovePerson, api.MovePersonRequest{ID: gus.ID(), Organization: string(there), Reason: "changed teams"})
		for name, tt := range map[string]struct {
			by    *servertest.Person
			other string
		}{"who is left": {amy, "Elsewhere"}, "who is come to": {zoe, "Analytical"}} {
			e := newest(t, tt.by, "", "user_moved")
			for field, v := range e.Details {
				if strings.Contains(v, tt.other) {
					t.Errorf("%s: %s tells %q", name, field, v)
				}
			}
			if e.By != "Ada Lovelace" || e.Details["reason"] != "changed teams" {
				t.Errorf("%s: %+v", name, e)
			}
			file := tt.by.Post("/admin/activity/export", url.Values{"format": {"jsonl"}, "kind": {"user_moved"}}).Body.String()
			if !strings.Contains(file, "user_moved") || strings.Contains(file, tt.other) {
				t.Errorf("%s: the file has %s", name, file)
			}
		}
		if rows := servertest.Must(t, zoe, api.Person, api.PersonRequest{ID: gus.ID()}).Activity; strings.Contains(rows[0].Details["before"], "Analytical") {
			t.Errorf("their page: %+v", rows[0])
		}
	})
}

// However often an administrator moves the date, a person is mailed a few times a day
// and no more; invitations are the same.
func TestIntruder_AdministratorsBuryNobodyInMail(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		amy := p.Add("amy", auth.Admin, here)
		p.Add("gus", auth.Member, here)
		amy.SignIn()
		for i := range 3 * auth.RemindersToUser {
			mandate(t, amy, p.Clock.Now().Add(time.Duration(30+i)*24*time.Hour))
			if _, err := p.Server.RemindDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(subjects(p, "gus@example.org")); n != auth.RemindersToUser {
			t.Errorf("%d reminders", n)
		}
		if _, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "ivy", Email: "ivy@example.org"}); err != nil {
			t.Fatal(err)
		}
		ivy, err := p.Store.UserByLogin(t.Context(), "ivy")
		if err != nil {
			t.Fatal(err)
		}
		before := len(subjects(p, "ivy@example.org"))
		amy.StepUp()
		for i := range 2 * auth.InvitationsToUser {
			out := doTo(t, amy, api.ActRequest{Act: api.ActInviteAgain}, string(ivy.ID))[0]
			if out.Code != "" || out.Link == "" || (out.Mailed != "") != (i < auth.InvitationsToUser) {
				t.Errorf("time %d: %+v", i, out)
			}
		}
		if n := len(subjects(p, "ivy@example.org")) - before; n != auth.InvitationsToUser {
			t.Errorf("%d invitations", n)
		}
		p.Clock.Advance(24 * time.Hour)
		amy.SignIn().StepUp()
		if out := doTo(t, amy, api.ActRequest{Act: api.ActInviteAgain}, string(ivy.ID))[0]; out.Mailed == "" {
			t.Errorf("a day later: %+v", out)
		}
	})
}

// Nobody keeps the portal reading the whole audit over and over.
func TestIntruder_TheChainIsNotReadOverAndOver(t *testing.T) {
	p := servertest.New(t, "")
	_, zoe := admins(t, p)
	first := look(t, p, zoe)
	note(t, p, auth.Event{Organization: idOfElsewhere(t, p), Kind: auth.EventPolicyChanged, Outcome: auth.Allowed})
	if again := look(t, p, zoe); again != first {
		t.Errorf("at once: %+v, before %+v", again, first)
	}
	p.Clock.Advance(time.Minute)
	if later := look(t, p, zoe); later.Entries != first.Entries+1 {
		t.Errorf("a minute later: %+v, before %+v", later, first)
	}
}

// Invitations are an administrator's: a helper does not revoke one by its link.
func TestIntruder_HelpersRevokeNoInvitation(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	hal := p.Add("hal", auth.Helper, ada.User().Organization).SignIn().StepUp()
	link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "ivy", Email: "ivy@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	ivy, err := p.Store.UserByLogin(t.Context(), "ivy")
	if err != nil {
		t.Fatal(err)
	}
	pending, err := p.Store.PendingLinks(t.Context(), ivy.ID, p.Clock.Now())
	if err != nil || len(pending) != 1 {
		t.Fatalf("%v, %v", pending, err)
	}
	revoke := api.RevokeLinkRequest{ID: string(ivy.ID), Link: string(pending[0].ID)}
	if got := servertest.Refused(t, hal, api.RevokeLink, revoke); got != check.Forbidden {
		t.Errorf("a helper: %q", got)
	}
	if got := servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(link), Kind: api.LinkInvitation}); got != "" {
		t.Errorf("the invitation: %q", got)
	}
	ada.StepUp()
	servertest.Must(t, ada, api.RevokeLink, revoke)
}

// A name is no formula in a spreadsheet that separates by semicolons either, as those
// in half of Europe do.
func TestIntruder_NoFormulaBehindASemicolon(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	for _, name := range []string{`x;=1+1`, `x; @SUM(1)`, `x;"=1+1`, `x;;+1`, `"=1+1`, `;-1`} {
		servertest.Must(t, ada, api.ChangeDisplayName, api.ChangeDisplayNameRequest{DisplayName: name})
		for path, fields := range map[string]url.Values{"/admin/people/export": {}, "/admin/activity/export": {"format": {"csv"}}} {
			body := ada.Post(path, fields).Body.String()
			r := csv.NewReader(strings.NewReader(body))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = ';', true, -1
			rows, err := r.ReadAll()
			if err != nil || len(rows) < 2 {
				t.Fatalf("%s: %d rows, %v", path, len(rows), err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell = strings.TrimLeft(cell, ` "`); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
						t.Errorf("%q: %s has the cell %q", name, path, cell)
					}
				}
			}
		}
	}
}

// A list is invited whole or not at all, also when whoever invites is demoted while it is
// looked at.
func TestIntruder_NoListIsHalfInvited(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		r := httptest.NewRequest(http.MethodPost, api.Invite.Path, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: ada.Cookie("doorward")})
		err := p.Server.Interrupted(r, `{"text":"Gus,gus,gus@example.org\nOtto,otto,otto@example.org,operator"}`, func() {
			p.Change("ada", func(u *auth.User) { u.Role = auth.Admin })
		})
		if got, _ := auth.Refused(err); got != check.Forbidden {
			t.Errorf("refused: %v", err)
		}
		if n := p.Count("SELECT count(*) FROM users"); n != 1 {
			t.Errorf("%d people", n)
		}
	})
}

// Somebody who is deleted while reminders go out keeps nobody else from theirs.
func TestIntruder_OneGoneStopsNoReminder(t *testing.T) {
	p := servertest.New(t, "")
	here := p.SetUp().User().Organization
	gus := p.Add("gus", auth.Member, here)
	gone := gus.User().ID
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.RemoveUser(t.Context(), gone) }); err != nil {
		t.Fatal(err)
	}
	if told, err := p.Server.RemindOne(t.Context(), gone); told || err != nil {
		t.Errorf("%v, %v", told, err)
	}
}
