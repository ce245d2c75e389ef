package server_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
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
