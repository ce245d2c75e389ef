package server_test

import (
	"slices"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Who is moved loses what is open and under way, and is seen by the new organization's
// staff alone; both organizations have it in their audit.
func TestMovePerson_ToAnotherOrganization(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		here, there := ada.User().Organization, zoe.User().Organization
		trustDays(p, 30)
		gus := p.Add("gus", auth.Member, here).SignIn().Enroll()
		trusted(t, p, gus)
		p.Clock.Advance(time.Minute)
		half := gus.Halfway()
		reset := resetLink(t, ada, gus, 24)
		ada.StepUp()
		zoe.SignIn()
		if got := servertest.Refused(t, zoe, api.Person, api.PersonRequest{ID: gus.ID()}); got != check.NotFound {
			t.Errorf("before: %q", got)
		}
		move := api.MovePersonRequest{ID: gus.ID(), Organization: string(there), Reason: " changed teams "}
		servertest.Must(t, ada, api.MovePerson, move)
		for name, got := range map[string]check.Code{
			"a session": servertest.Refused(t, gus, api.Session, api.None{}),
			"a sign-in": servertest.Refused(t, half, api.CurrentSignIn, api.None{}),
			"a link":    servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(reset.Link), Kind: api.LinkReset}),
		} {
			if !slices.Contains([]check.Code{check.SignedOut, check.SignInExpired, check.LinkDead}, got) {
				t.Errorf("%s: %q", name, got)
			}
		}
		if n := p.Count("SELECT count(*) FROM trusted_devices"); n != 0 {
			t.Errorf("%d devices are trusted", n)
		}
		if u := gus.User(); u.Organization != there || u.Closed || !u.TwoFactor() {
			t.Errorf("the account: %+v", u)
		}
		shown := servertest.Must(t, zoe, api.Person, api.PersonRequest{ID: gus.ID()})
		if len(shown.Activity) != 1 || shown.Activity[0].Kind != "user_moved" {
			t.Errorf("their new staff read %v", kindsOf(shown.Activity))
		}
		for _, organization := range []auth.ID{here, there} {
			e := newest(t, ada, string(organization), "user_moved")
			if e.Details["before"] != "Analytical Engines" || e.Details["after"] != "Elsewhere" || e.Details["reason"] != "changed teams" || e.Details["person"] != "gus" || e.By != "Ada Lovelace" {
				t.Errorf("the audit: %+v", e)
			}
		}
		gus.SignIn()
		if mine := servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Kind: "user_moved"}).Events; len(mine) != 1 || mine[0].By != "Ada Lovelace" {
			t.Errorf("their own activity: %+v", mine)
		}
		servertest.Must(t, ada, api.MovePerson, move) // they are there already
		if n := p.Count("SELECT count(*) FROM audit WHERE kind = 'user_moved'"); n != 2 {
			t.Errorf("%d events", n)
		}
		servertest.Must(t, gus, api.Session, api.None{})
	})
}

// Who is moved into a suspended organization is not let in, and who is moved out of one
// is.
func TestMovePerson_IntoASuspendedOne(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		there := string(zoe.User().Organization)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn()
		ada.StepUp()
		servertest.Must(t, ada, api.SuspendOrganization, api.SuspendOrganizationRequest{ID: there, Reason: "x"})
		servertest.Must(t, ada, api.MovePerson, api.MovePersonRequest{ID: gus.ID(), Organization: there, Reason: "x"})
		if got := servertest.Refused(t, gus, api.SignIn, api.SignInRequest{Name: "gus", Password: gus.Password}); got != check.WrongPassword {
			t.Errorf("in a suspended one: %q", got)
		}
		servertest.Must(t, ada, api.MovePerson, api.MovePersonRequest{ID: gus.ID(), Organization: string(ada.User().Organization), Reason: "x"})
		gus.SignIn()
	})
}

// No organization is left without an administrator, nobody moves themselves, and there
// must be somewhere to go.
func TestMovePerson_Refusals(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		here, there := string(ada.User().Organization), string(zoe.User().Organization)
		p.Add("yan", auth.Helper, zoe.User().Organization)
		sus := p.Add("sus", auth.Admin, zoe.User().Organization)
		p.Change("sus", func(u *auth.User) { u.State = auth.Suspended })
		ada.StepUp()
		for _, tt := range []struct {
			name, id, to string
			want         check.Code
		}{
			{"the last administrator", zoe.ID(), here, check.LastAdmin},
			{"oneself", ada.ID(), there, check.Forbidden},
			{"nobody", "AAAAAAAAAAAAAAAAAAAAAA", there, check.NotFound},
			{"nowhere", zoe.ID(), "AAAAAAAAAAAAAAAAAAAAAA", check.NotFound},
			{"one who is not the last", sus.ID(), here, ""},
		} {
			if got := servertest.Refused(t, ada, api.MovePerson, api.MovePersonRequest{ID: tt.id, Organization: tt.to, Reason: "x"}); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
		p.Add("max", auth.Admin, zoe.User().Organization)
		servertest.Must(t, ada, api.MovePerson, api.MovePersonRequest{ID: zoe.ID(), Organization: here, Reason: "x"})
	})
}

// Of an organization's last two administrators who are moved at once, one stays.
func TestMovePerson_TheLastOfTwoAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		there := zoe.User().Organization
		ids := []string{zoe.ID(), p.Add("yan", auth.Admin, there).ID()}
		ada.StepUp()
		once(func(i int) bool {
			_, err := api.MovePerson.Call(t.Context(), ada, api.MovePersonRequest{ID: ids[i%2], Organization: string(ada.User().Organization), Reason: "x"})
			return err == nil
		})
		if left, err := p.Store.Administrators(t.Context(), there); err != nil || len(left) != 1 {
			t.Errorf("%d administrators are left, %v", len(left), err)
		}
	})
}
