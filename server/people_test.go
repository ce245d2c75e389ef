package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// deeds are the calls of staff about one person, with bodies that are right for
// somebody with two-factor. %s is the person's ID.
var deeds = []struct{ path, body string }{
	{"/api/person", `{"id":%q}`},
	{"/api/person/reset-link", `{"id":%q,"reason":"asked for it"}`},
	{"/api/person/revoke-link", `{"id":%q,"link":"AAAAAAAAAAAAAAAAAAAAAA"}`},
	{"/api/person/recovery-code", `{"id":%q,"reason":"asked for it","recovery_code":"0000-0000-0000-0000"}`},
	{"/api/person/lock-down", `{"id":%q,"reason":"asked for it"}`},
	{"/api/person/end-sessions", `{"id":%q,"reason":"asked for it"}`},
	{"/api/person/lift-throttle", `{"id":%q,"reason":"asked for it"}`},
}

var roles = []auth.Role{auth.Member, auth.Helper, auth.Admin, auth.Operator}

// mayBy is who may do something about whom, written out: the role of the one who
// acts, of the other in the same organization, and of the other in another.
var mayBy = map[auth.Role]struct{ look, act, lookElsewhere, actElsewhere string }{
	auth.Member:   {},
	auth.Helper:   {look: "mhao", act: "m"},
	auth.Admin:    {look: "mhao", act: "mha"},
	auth.Operator: {look: "mhao", act: "mhao", lookElsewhere: "mhao", actElsewhere: "mhao"},
}

// Every call of staff, by every role, about every role, here and elsewhere and about
// oneself: what comes out is as the order of roles says. Who is out of reach is not
// there: the answer is that to an ID that nobody has, byte for byte.
func TestPeople_EveryRoleAboutEveryRole(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		there := p.Organization("Elsewhere")
		people, callers := map[string]*servertest.Person{}, map[auth.Role]*servertest.Person{}
		for _, role := range roles {
			people["here-"+role.String()] = p.Add("here-"+role.String(), role, here)
			people["there-"+role.String()] = p.Add("there-"+role.String(), role, there)
			callers[role] = p.Add("by-"+role.String(), role, here)
		}
		for name := range people {
			p.Change(name, func(u *auth.User) { u.TwoFactorSince = p.Clock.Now() })
		}
		for _, role := range roles {
			by := callers[role]
			for _, deed := range deeds {
				prove(p, by)
				nobody := answerTo(t, by.Browser, deed.path, fmt.Sprintf(deed.body, "AAAAAAAAAAAAAAAAAAAAAA"))
				for name, who := range people {
					prove(p, by)
					got := answerTo(t, by.Browser, deed.path, fmt.Sprintf(deed.body, who.ID()))
					want := wanted(role, who.User().Role, strings.HasPrefix(name, "here"), deed.path, nobody)
					if !strings.HasPrefix(got, want) {
						t.Errorf("%s: a %s about %s: %q, want %q", deed.path, role, name, got, want)
					}
				}
				prove(p, by)
				got := answerTo(t, by.Browser, deed.path, fmt.Sprintf(deed.body, by.ID()))
				if may := deed.path == "/api/person" && role > auth.Member; may != strings.HasPrefix(got, "200") || !may && !strings.Contains(got, string(check.Forbidden)) {
					t.Errorf("%s: a %s about themselves: %q", deed.path, role, got)
				}
			}
		}
	})
}

// prove has a person signed in with a fresh step-up, past every wait.
func prove(p *servertest.Portal, by *servertest.Person) {
	p.Clock.Advance(25 * time.Hour)
	by.SignIn().StepUp()
}

func answerTo(t *testing.T, b *servertest.Browser, path, body string) string {
	t.Helper()
	status, answer, err := b.Send(t.Context(), http.MethodPost, path, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %s", status, answer)
}

// wanted returns how the answer begins.
func wanted(by, about auth.Role, here bool, path, nobody string) string {
	may, letter := mayBy[by], about.String()[:1]
	look, act := may.look, may.act
	if !here {
		look, act = may.lookElsewhere, may.actElsewhere
	}
	switch {
	case by == auth.Member:
		return `403 {"code":"forbidden"`
	case !strings.Contains(look, letter):
		return nobody
	case path == "/api/person":
		return "200"
	case !strings.Contains(act, letter):
		return `403 {"code":"forbidden"`
	case path == "/api/person/recovery-code":
		return `401 {"code":"wrong_recovery_code"`
	case path == "/api/person/revoke-link":
		return `404`
	}
	return "200"
}

// Who is demoted, suspended, locked down or signed out, or turns two-factor off, after the
// call was let in and before anything is done does nothing.
func TestPeople_NoLongerStaff(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().Equip()
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll()
		hugo := p.Add("hugo", auth.Helper, ada.User().Organization)
		since := hugo.User().TwoFactorSince
		for name, tt := range map[string]struct {
			between func()
			want    check.Code
		}{
			"demoted":     {func() { p.Change("hugo", func(u *auth.User) { u.Role = auth.Member }) }, check.NotFound},
			"suspended":   {func() { p.Change("hugo", func(u *auth.User) { u.State = auth.Suspended }) }, check.SignedOut},
			"signed out":  {func() { servertest.Must(t, hugo, api.SignOut, api.None{}) }, check.SignedOut},
			"bare":        {func() { p.Change("hugo", func(u *auth.User) { u.TwoFactorSince = time.Time{} }) }, check.TwoFactorFirst},
			"locked down": {func() { servertest.Must(t, ada, api.LockDownPerson, api.HelpRequest{ID: hugo.ID(), Reason: "stolen"}) }, check.SignedOut},
		} {
			for _, deed := range deeds[1:] {
				p.Change("hugo", func(u *auth.User) {
					u.Role, u.State, u.PasswordLocked, u.TwoFactorSince = auth.Helper, auth.Active, time.Time{}, since
				})
				p.Clock.Advance(25 * time.Hour)
				ada.SignIn().StepUp()
				hugo.SignIn().StepUp()
				before := gus.User()
				r := httptest.NewRequest(http.MethodPost, deed.path, nil)
				r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: hugo.Cookie("doorward")})
				err := p.Server.Interrupted(r, fmt.Sprintf(deed.body, gus.ID()), tt.between)
				if got, _ := auth.Refused(err); got != tt.want {
					t.Errorf("%s: %s: %v, want %q", deed.path, name, err, tt.want)
				}
				if gus.User() != before {
					t.Errorf("%s: %s: the person's account has changed", deed.path, name)
				}
			}
		}
		if n := len(gus.Events(auth.EventResetLinkMade)) + len(gus.Events(auth.EventThrottleLifted)) + len(gus.Events(auth.EventSessionsEndedByStaff)); n != 0 {
			t.Errorf("%d things were done", n)
		}
	})
}

// The list is that of one's own organization. What staff see of a person holds no
// secret: nothing that opens anything, and no whole number.
func TestPeople_WhatStaffSee(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().Equip().SignIn()
		there := p.Organization("Elsewhere")
		p.Add("zoe", auth.Admin, there)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll().AddPhone(mobile).StepUp()
		servertest.Must(t, gus, api.StartEnrollment, api.StartEnrollmentRequest{Method: api.MethodText, Number: codesMobile, Country: "DE"})
		p.Deliver()
		servertest.Must(t, gus, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: p.Post.Code(codesMobile)})
		pending := gus.StepUp().Start("Tablet", "")
		recovered := gus.Halfway()
		servertest.Must(t, recovered, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: gus.Codes[0]})
		replacement := servertest.Must(t, recovered, api.Session, api.None{}).Recovery.Replacement
		forgot(t, p, "gus")
		p.Deliver()
		ada.SignIn().StepUp()
		link := resetLink(t, ada, gus, 0)
		p.Deliver()

		var names []string
		for _, row := range servertest.Must(t, ada, api.People, api.PeopleRequest{}).People {
			names = append(names, row.UserName)
		}
		if !slices.Equal(names, []string{"ada", "gus"}) {
			t.Errorf("an operator lists %v", names)
		}
		info := servertest.Must(t, ada, api.Person, api.PersonRequest{ID: gus.ID()})
		if len(info.Authenticators) != 2 || info.RecoveryCodesLeft != 10 || len(info.RecoveryPhones) != 1 || len(info.Sessions) != 2 || len(info.Links) != 2 ||
			len(info.Activity) == 0 || len(info.Activity) > 30 || !info.MayHelp || info.Self || info.TwoFactorSince == 0 {
			t.Errorf("the person: %+v", info)
		}
		if first := info.Activity[0]; first.Kind != string(auth.EventResetLinkMade) || first.By != "Ada Lovelace" || first.Details["reason"] != "lost her phone" {
			t.Errorf("the newest activity: %+v", first)
		}
		shown, err := json.Marshal(info)
		if err != nil {
			t.Fatal(err)
		}
		secrets := []string{mobile, mobile[3:], codesMobile, gus.Password, "$argon2id", gus.Secret.Base32(), pending.Base32(), replacement,
			strings.ReplaceAll(replacement, "-", ""), tokenOf(link.Link), p.Post.Link("gus@example.org", "/password/"),
			p.Post.Link("gus@example.org", "/not-me/"), gus.Cookie("doorward"), recovered.Cookie("doorward"), p.Post.Code(mobile), p.Post.Code(codesMobile)}
		for i, secret := range append(secrets, gus.Codes...) {
			if len(secret) < 6 {
				t.Fatalf("secret %d is %q: the test looks for nothing", i, secret)
			}
			if strings.Contains(string(shown), `"`+secret+`"`) || len(secret) > 6 && strings.Contains(string(shown), secret) {
				t.Errorf("staff see secret %d", i)
			}
		}
	}, servertest.WithTexts)
}

// An invitation is not lost by a lock-down, and nobody can sign in with what has no
// password.
func TestPeople_InvitedCannotBeLockedDown(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().Equip().SignIn().StepUp()
	p.Add("new", auth.Member, ada.User().Organization)
	p.Change("new", func(u *auth.User) { u.State = auth.Invited })
	u, err := p.Store.UserByLogin(t.Context(), "new")
	if err != nil {
		t.Fatal(err)
	}
	if got := servertest.Refused(t, ada, api.LockDownPerson, api.HelpRequest{ID: string(u.ID), Reason: "x"}); got != check.Forbidden {
		t.Errorf("locking an invitation down: %q", got)
	}
}
