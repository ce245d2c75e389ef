package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// listed returns the row of an organization.
func listed(t *testing.T, by *servertest.Person, name string) api.OrganizationRow {
	t.Helper()
	for _, row := range servertest.Must(t, by, api.Organizations, api.None{}).Organizations {
		if row.Name == name {
			return row
		}
	}
	t.Fatalf("%s is not listed", name)
	return api.OrganizationRow{}
}

// newest returns the newest event of a kind in an organization.
func newest(t *testing.T, by *servertest.Person, organization, kind string) api.ActivityRow {
	t.Helper()
	list := servertest.Must(t, by, api.Activity, api.ActivityRequest{Organization: organization, Kind: kind}).Events
	if len(list) == 0 {
		t.Fatalf("nothing of kind %s", kind)
	}
	return list[0]
}

// Operators list organizations with their people, add and rename them. No two have the
// same name, case aside.
func TestOrganizations_AddedAndRenamed(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		p.Add("yan", auth.Member, idOfElsewhere(t, p))
		ada.StepUp()
		own, there := listed(t, ada, "Analytical Engines"), listed(t, ada, "Elsewhere")
		if !own.Own || own.People != 1 || own.Ready != 1 || there.Own || there.People != 2 || there.Ready != 1 || there.Created == 0 {
			t.Errorf("own %+v, the other %+v", own, there)
		}
		added := servertest.Must(t, ada, api.AddOrganization, api.NameOrganizationRequest{Name: " Difference Engines "})
		if added.Name != "Difference Engines" || added.People != 0 || added != listed(t, ada, "Difference Engines") {
			t.Errorf("added: %+v", added)
		}
		if e := newest(t, ada, added.ID, "organization_added"); e.Details["name"] != "Difference Engines" || e.By != "Ada Lovelace" || e.Person != "" {
			t.Errorf("the audit: %+v", e)
		}
		for _, name := range []string{"Elsewhere", "ELSEWHERE", " difference engines"} {
			if got := servertest.Refused(t, ada, api.AddOrganization, api.NameOrganizationRequest{Name: name}); got != check.Taken {
				t.Errorf("adding %q: %q", name, got)
			}
			if got := servertest.Refused(t, ada, api.RenameOrganization, api.NameOrganizationRequest{ID: own.ID, Name: name}); got != check.Taken {
				t.Errorf("renaming to %q: %q", name, got)
			}
		}
		renamed := servertest.Must(t, ada, api.RenameOrganization, api.NameOrganizationRequest{ID: there.ID, Name: "elsewhere "})
		if renamed.Name != "elsewhere" || renamed.People != 2 {
			t.Errorf("renamed: %+v", renamed)
		}
		if e := newest(t, ada, there.ID, "organization_renamed"); e.Details["before"] != "Elsewhere" || e.Details["after"] != "elsewhere" || e.Details["name"] != "elsewhere" {
			t.Errorf("the audit: %+v", e)
		}
		if got := servertest.Refused(t, ada, api.RenameOrganization, api.NameOrganizationRequest{ID: "AAAAAAAAAAAAAAAAAAAAAA", Name: "x"}); got != check.NotFound {
			t.Errorf("renaming none: %q", got)
		}
	})
}

// Of several that add the same name at once, one does.
func TestOrganizations_OneOfManyGetsAName(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		if n := once(func(int) bool {
			_, err := api.AddOrganization.Call(t.Context(), ada, api.NameOrganizationRequest{Name: "Difference Engines"})
			return err == nil
		}); n != 1 {
			t.Errorf("%d organizations got one name", n)
		}
	})
}

// underWay is what people of an organization have that opens something.
type underWay struct {
	gus, yan *servertest.Person  // both signed in, gus with two-factor and a recovery phone
	half     *servertest.Browser // gus's half-finished sign-in
	code     string              // that the phone got for it
	// The tokens of links: yan's to a new password and to a new address, gus's that say
	// "this was not me" and turn two-factor off, and an invitation.
	choosing, confirming, notMe, reset, invited string
}

// begin has people of an organization begin everything that can be.
func begin(t *testing.T, p *servertest.Portal, ada *servertest.Person, there auth.ID) (w underWay) {
	t.Helper()
	w.gus = p.Add("gus", auth.Member, there).SignIn().Enroll().AddPhone(mobile)
	w.yan = p.Add("yan", auth.Member, there).SignIn().StepUp()
	p.Add("hal", auth.Helper, there)
	servertest.Must(t, w.yan, api.ChangeEmail, api.ChangeEmailRequest{Email: "new@example.net"})
	forgot(t, p, "yan")
	p.Deliver()
	w.choosing, w.confirming = p.LinkAt("yan@example.org", "/password/"), p.LinkAt("new@example.net", "/email/")
	w.notMe = p.LinkAt("gus@example.org", "/not-me/")
	w.reset = tokenOf(resetLink(t, ada, w.gus, 24).Link)
	link, _, err := p.Server.Invite(t.Context(), server.Invitation{Organization: there, UserName: "ivy", Email: "ivy@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	w.invited = tokenOf(link)
	p.Clock.Advance(time.Minute)
	w.half = w.gus.Halfway()
	servertest.Must(t, w.half, api.SendRecoveryText, api.SendTextRequest{})
	w.code = p.CodeAt(mobile)
	return w
}

// Everything that people of a suspended organization have ends or opens nothing, by
// whichever way they come; reinstated, they sign in as before.
func TestSuspendOrganization_ClosesEveryWay(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		there := idOfElsewhere(t, p)
		w := begin(t, p, ada, there)
		ada.StepUp()
		row := servertest.Must(t, ada, api.SuspendOrganization, api.SuspendOrganizationRequest{ID: string(there), Reason: " has not paid "})
		if row.Suspended != p.Clock.Now().UnixMilli() || row.People != 5 || row != listed(t, ada, "Elsewhere") {
			t.Errorf("suspended: %+v", row)
		}
		p.Deliver()
		p.Post.Empty()
		forgot(t, p, "yan")
		none, owl := p.Browser(), "seven owls watch the tide"
		wrong := servertest.Refused(t, none, api.SignIn, api.SignInRequest{Name: "yan", Password: "not the password"})
		for _, tt := range []struct {
			name      string
			got, want check.Code
		}{
			{"a session", servertest.Refused(t, w.gus, api.Session, api.None{}), check.SignedOut},
			{"the session of staff", servertest.Refused(t, zoe, api.People, api.PeopleRequest{}), check.SignedOut},
			{"signing in", servertest.Refused(t, none, api.SignIn, api.SignInRequest{Name: "yan", Password: w.yan.Password}), wrong},
			{"a half-finished sign-in", servertest.Refused(t, w.half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: w.gus.Passcode()}), check.SignInExpired},
			{"a recovery code", servertest.Refused(t, w.half, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: w.gus.Codes[0]}), check.SignInExpired},
			{"a recovery phone", servertest.Refused(t, w.half, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: w.code}), check.SignInExpired},
			{"another text message", servertest.Refused(t, w.half, api.SendRecoveryText, api.SendTextRequest{}), check.SignInExpired},
			{"asking the staff", servertest.Refused(t, w.half, api.AskStaff, api.None{}), check.SignInExpired},
			{"a link to a password", servertest.Refused(t, none, api.ChoosePassword, api.ChoosePasswordRequest{Token: w.choosing, Password: owl}), check.LinkDead},
			{"what it says", servertest.Refused(t, none, api.CheckLink, api.CheckLinkRequest{Token: w.choosing, Kind: api.LinkPassword}), check.LinkDead},
			{"a link to an address", servertest.Refused(t, none, api.ConfirmEmail, api.LinkRequest{Token: w.confirming}), check.LinkDead},
			{"this was not me", servertest.Refused(t, none, api.LockDown, api.LinkRequest{Token: w.notMe}), check.LinkDead},
			{"a link that turns off", servertest.Refused(t, none, api.TurnOffByLink, api.TurnOffByLinkRequest{Token: w.reset, Password: w.gus.Password}), check.LinkDead},
			{"an invitation", servertest.Refused(t, none, api.AcceptInvitation, api.AcceptInvitationRequest{Token: w.invited, Password: owl}), check.LinkDead},
			{"what that says", servertest.Refused(t, none, api.CheckLink, api.CheckLinkRequest{Token: w.invited, Kind: api.LinkInvitation}), check.LinkDead},
			{"a new link to turn off", servertest.Refused(t, ada, api.SendResetLink, api.SendResetLinkRequest{ID: w.gus.ID(), Reason: "x"}), check.Forbidden},
		} {
			if tt.got != tt.want || tt.want == "" {
				t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
			}
		}
		if p.Deliver(); len(p.Post.Mails("yan@example.org"))+len(p.Post.Texts("")) != 0 {
			t.Errorf("they were sent %d mails and %d texts", len(p.Post.Mails("yan@example.org")), len(p.Post.Texts("")))
		}
		reopened(t, p, ada, there, w)
	}, servertest.WithTexts)
}

// reopened checks that a suspended organization is as it was once it is reinstated.
func reopened(t *testing.T, p *servertest.Portal, ada *servertest.Person, there auth.ID, w underWay) {
	t.Helper()
	if e := newest(t, ada, string(there), "organization_suspended"); e.Details["reason"] != "has not paid" || e.Details["before"] != "open" || e.Details["after"] != "suspended" || e.By != "Ada Lovelace" {
		t.Errorf("the audit: %+v", e)
	}
	if again := servertest.Must(t, ada, api.SuspendOrganization, api.SuspendOrganizationRequest{ID: string(there), Reason: "again"}); again.Suspended == 0 {
		t.Errorf("suspended twice: %+v", again)
	}
	row := servertest.Must(t, ada, api.ReinstateOrganization, api.SuspendOrganizationRequest{ID: string(there), Reason: "has paid"})
	if row.Suspended != 0 || row.People != 5 {
		t.Errorf("reinstated: %+v", row)
	}
	if e := newest(t, ada, string(there), "organization_reinstated"); e.Details["before"] != "suspended" || e.Details["after"] != "open" || e.Details["reason"] != "has paid" {
		t.Errorf("the audit: %+v", e)
	}
	p.Calm()
	w.yan.Elsewhere().SignIn()
	servertest.Must(t, p.Browser(), api.AcceptInvitation, api.AcceptInvitationRequest{Token: w.invited, Password: "seven owls watch the tide"})
}

func TestSuspendOrganization_NotOnesOwn(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		ada.StepUp()
		if got := servertest.Refused(t, ada, api.SuspendOrganization, api.SuspendOrganizationRequest{ID: string(ada.User().Organization), Reason: "x"}); got != check.OwnOrganization {
			t.Errorf("%q", got)
		}
		servertest.Must(t, ada, api.Session, api.None{})
	})
}

// Of two operators who suspend each other's organization at once, one is left.
func TestSuspendOrganization_SomebodyIsLeft(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		p.Change("zoe", func(u *auth.User) { u.Role = auth.Operator })
		own, there := string(ada.User().Organization), string(zoe.User().Organization)
		ada.StepUp()
		zoe.StepUp()
		if n := once(func(i int) bool {
			by, other := ada, there
			if i%2 == 1 {
				by, other = zoe, own
			}
			_, err := api.SuspendOrganization.Call(t.Context(), by, api.SuspendOrganizationRequest{ID: other, Reason: "x"})
			return err == nil
		}); n == 0 {
			t.Error("nobody could suspend the other")
		}
		if operators, err := p.Store.Operators(t.Context()); err != nil || len(operators) != 1 {
			t.Errorf("%d operators are left, %v", len(operators), err)
		}
	})
}

// An administrator reaches nothing of another organization: neither by its ID nor by the
// IDs of its people, and no call for operators at all.
func TestWall_AdministratorsReachTheirOwnAlone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn()
		here, there := string(ada.User().Organization), string(zoe.User().Organization)
		zoe.SignIn().StepUp()
		for _, tt := range []struct{ path, body, want string }{
			{"/api/activity", `{"organization":"` + here + `"}`, `404 {"code":"not_found"`},
			{"/api/activity", `{"organization":"AAAAAAAAAAAAAAAAAAAAAA"}`, `404 {"code":"not_found"`},
			{"/api/activity", `{"person":"` + gus.ID() + `"}`, `200 {"events":[],"more":false}`},
			{"/api/activity", `{"organization":"` + there + `","person":"` + ada.ID() + `"}`, `200 {"events":[],"more":false}`},
			{"/api/activity/export", `{"organization":"` + here + `","format":"jsonl"}`, `404 {"code":"not_found"`},
			{"/api/person", `{"id":"` + gus.ID() + `"}`, `404 {"code":"not_found"`},
			{"/api/organizations/add", `{"name":"Mine"}`, `403 {"code":"forbidden"`},
			{"/api/organizations/rename", `{"id":"` + there + `","name":"Mine"}`, `403 {"code":"forbidden"`},
			{"/api/organizations/suspend", `{"id":"` + here + `","reason":"x"}`, `403 {"code":"forbidden"`},
			{"/api/organizations/reinstate", `{"id":"` + here + `","reason":"x"}`, `403 {"code":"forbidden"`},
			{"/api/person/move", `{"id":"` + gus.ID() + `","organization":"` + there + `","reason":"x"}`, `403 {"code":"forbidden"`},
		} {
			if got := answerTo(t, zoe.Browser, tt.path, tt.body); !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s %s: %s", tt.path, tt.body, got)
			}
		}
		if status, _, err := zoe.Send(t.Context(), http.MethodGet, "/api/organizations", nil); status != http.StatusForbidden || err != nil {
			t.Errorf("the list: %d, %v", status, err)
		}
		for _, secret := range []string{gus.ID(), ada.ID(), here, "gus", "Ada Lovelace"} {
			_, file := export(t, zoe.Browser, api.ExportActivityRequest{Format: "jsonl"})
			page := answerTo(t, zoe.Browser, "/api/activity", `{}`)
			if strings.Contains(file, secret) || strings.Contains(page, secret) {
				t.Errorf("they read of %q", secret)
			}
		}
	})
}

// Who is an operator no more, signed out, or without two-factor when it comes to the deed
// does nothing.
func TestOrganizations_NoLongerOperator(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		here, there := string(ada.User().Organization), string(zoe.User().Organization)
		p.Change("zoe", func(u *auth.User) { u.Role = auth.Operator })
		gus, since := p.Add("gus", auth.Member, ada.User().Organization), zoe.User().TwoFactorSince
		for name, tt := range map[string]struct {
			between func()
			want    check.Code
		}{
			"demoted":    {func() { p.Change("zoe", func(u *auth.User) { u.Role = auth.Admin }) }, check.Forbidden},
			"suspended":  {func() { p.Change("zoe", func(u *auth.User) { u.State = auth.Suspended }) }, check.SignedOut},
			"signed out": {func() { servertest.Must(t, zoe, api.SignOut, api.None{}) }, check.SignedOut},
			"bare":       {func() { p.Change("zoe", func(u *auth.User) { u.TwoFactorSince = time.Time{} }) }, check.TwoFactorFirst},
		} {
			for path, body := range map[string]string{
				"/api/organizations/add":       `{"name":"Mine"}`,
				"/api/organizations/rename":    `{"id":"` + there + `","name":"Mine"}`,
				"/api/organizations/suspend":   `{"id":"` + here + `","reason":"x"}`,
				"/api/organizations/reinstate": `{"id":"` + here + `","reason":"x"}`,
				"/api/person/move":             `{"id":"` + gus.ID() + `","organization":"` + there + `","reason":"x"}`,
			} {
				p.Change("zoe", func(u *auth.User) { u.Role, u.State, u.TwoFactorSince = auth.Operator, auth.Active, since })
				p.Calm()
				zoe.SignIn().StepUp()
				r := httptest.NewRequest(http.MethodPost, path, nil)
				r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: zoe.Cookie("doorward")})
				if got, _ := auth.Refused(p.Server.Interrupted(r, body, tt.between)); got != tt.want {
					t.Errorf("%s: %s: %q, want %q", path, name, got, tt.want)
				}
			}
		}
		if n := p.Count("SELECT count(*) FROM audit WHERE kind LIKE 'organization%' OR kind = 'user_moved'"); n != 0 {
			t.Errorf("%d things were done", n)
		}
	})
}
