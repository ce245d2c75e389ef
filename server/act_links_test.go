package server_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// What an administrator has made for others does not outlive their role: a link that
// turns two-factor off, and the invitation of somebody of the staff. The invitation of a
// member stays good.
func TestAct_LinksEndWithTheRoleOfTheirMaker(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		here := ada.User().Organization
		ada.SignIn().Enroll()
		for _, tt := range []struct {
			name string
			end  func(who *servertest.Person)
		}{
			{"suspended", func(who *servertest.Person) {
				servertest.Must(t, ada, api.ActOnPeople, api.ActRequest{IDs: []string{who.ID()}, Act: api.ActSuspend, Reason: "left"})
			}},
			{"demoted", func(who *servertest.Person) {
				servertest.Must(t, ada, api.ActOnPeople, api.ActRequest{IDs: []string{who.ID()}, Act: api.ActChangeRole, Role: "helper", Reason: "left"})
			}},
			{"deleted", func(who *servertest.Person) {
				servertest.Must(t, ada, api.ActOnPeople, api.ActRequest{IDs: []string{who.ID()}, Act: api.ActDelete, Confirm: who.Name, Reason: "left"})
			}},
			{"demoted on the host", func(who *servertest.Person) {
				if _, err := p.Server.Promote(t.Context(), who.Name, auth.Member, "left"); err != nil {
					t.Fatal(err)
				}
			}},
		} {
			maker := p.Add("maker-"+tt.name[:4]+tt.name[len(tt.name)-2:], auth.Admin, here).SignIn().StepUp()
			gus := p.Add("gus-"+maker.Name, auth.Member, here).SignIn().Enroll()
			reset := servertest.Must(t, maker, api.SendResetLink, api.SendResetLinkRequest{ID: gus.ID(), Reason: "asked", Hours: 24})
			invited := servertest.Must(t, maker, api.Invite, api.InvitationsRequest{People: []api.InvitationRow{
				{UserName: "staff-" + maker.Name, Email: "staff-" + maker.Name + "@example.org", Role: "admin"},
				{UserName: "plain-" + maker.Name, Email: "plain-" + maker.Name + "@example.org"},
			}})
			p.Clock.Advance(time.Minute)
			ada.StepUp()
			tt.end(maker)
			for what, link := range map[string]struct {
				address string
				kind    api.LinkKind
				want    check.Code
			}{
				"the reset link":             {reset.Link, api.LinkReset, check.LinkDead},
				"the invitation of staff":    {invited.Rows[0].Link, api.LinkInvitation, check.LinkDead},
				"the invitation of a member": {invited.Rows[1].Link, api.LinkInvitation, ""},
			} {
				if got := servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(link.address), Kind: link.kind}); got != link.want {
					t.Errorf("%s: %s: %q, want %q", tt.name, what, got, link.want)
				}
			}
		}
	})
}
