package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
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

// staffOf returns somebody of role, signed in with two-factor and a fresh step-up.
func staffOf(p *servertest.Portal, name string, role auth.Role, organization auth.ID) *servertest.Person {
	return p.Add(name, role, organization).SignIn().Enroll().StepUp()
}

// doTo does one thing to people and returns what became of it.
func doTo(t *testing.T, by *servertest.Person, req api.ActRequest, ids ...string) []api.ActOutcome {
	t.Helper()
	req.IDs = ids
	return servertest.Must(t, by, api.ActOnPeople, req).People
}

// codeOf is doTo for one person and the code of what became of it, also where the
// whole call is refused.
func codeOf(t *testing.T, by *servertest.Person, req api.ActRequest, id string) check.Code {
	t.Helper()
	req.IDs = []string{id}
	result, err := api.ActOnPeople.Call(t.Context(), by, req)
	if err != nil {
		return servertest.Refused(t, by, api.ActOnPeople, req)
	}
	if len(result.People) != 1 || result.People[0].ID != id {
		t.Fatalf("%s: %+v", req.Act, result)
	}
	return result.People[0].Code
}

// ready has somebody who an act can be done to.
func ready(t *testing.T, p *servertest.Portal, name string, act api.Act, role auth.Role, organization auth.ID) *servertest.Person {
	t.Helper()
	who := p.Add(name, role, organization)
	p.Change(name, func(u *auth.User) {
		switch act {
		case api.ActResetLink:
			u.TwoFactorSince = p.Clock.Now()
		case api.ActRemind:
			u.TwoFactorSince = time.Time{}
		case api.ActInviteAgain, api.ActRevokeInvitation:
			u.State = auth.Invited
		case api.ActReinstate:
			u.State = auth.Suspended
		case api.ActEndExemption:
			u.ExemptUntil = p.Clock.Now().Add(time.Hour)
		}
	})
	if act == api.ActRevokeInvitation {
		err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.AddLink(t.Context(), auth.Link{ID: auth.ID(name), Digest: auth.Digest([]byte(fmt.Sprintf("%-32s", name))), Kind: auth.LinkInvitation, User: who.User().ID,
				Created: p.Clock.Now(), Expires: p.Clock.Now().Add(time.Hour)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return who
}

// request returns an act with everything that it takes.
func request(p *servertest.Portal, act api.Act, name string) api.ActRequest {
	req := api.ActRequest{Act: act, Reason: "asked for it"}
	switch act {
	case api.ActChangeRole:
		req.Role = auth.Member.String()
	case api.ActExempt:
		req.Until = p.Clock.Now().Add(24 * time.Hour).UnixMilli()
	case api.ActDelete:
		req.Confirm = name
	}
	return req
}

// Every act, by every role, about every role, here and elsewhere: helpers do three
// things for members, administrators everything for their own but operators, operators
// everything. Who is out of reach is not there.
func TestAct_EveryRoleAboutEveryRole(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		there := p.Organization("Elsewhere")
		p.Add("spare-there", auth.Operator, there)
		for _, role := range roles[1:] {
			by := staffOf(p, "by-"+role.String(), role, here)
			if role < auth.Operator {
				staffOf(p, "spare-"+role.String(), role, here)
			}
			for _, act := range api.Acts() {
				for i, about := range roles {
					for _, place := range []auth.ID{here, there} {
						name := fmt.Sprintf("%s-%s-%d-%t", role.String()[:1], act, i, place == here)
						who := ready(t, p, name, act, about, place)
						if got, want := codeOf(t, by, request(p, act, name), who.ID()), actCode(role, act, about, place == here); got != want {
							t.Errorf("a %s does %s to a %s (here: %t): %q, want %q", role, act, about, place == here, got, want)
						}
					}
				}
				by.StepUp()
			}
		}
	})
}

// actCode is the rule, written out.
func actCode(by auth.Role, act api.Act, about auth.Role, here bool) check.Code {
	helpers := act == api.ActRemind || act == api.ActResetLink || act == api.ActEndSessions
	switch {
	case by == auth.Helper && !helpers:
		return check.Forbidden
	case !here && by < auth.Operator:
		return check.NotFound
	case about > by, by == auth.Helper && about > auth.Member:
		return check.Forbidden
	}
	return ""
}

// A member does nothing, whoever lacks a step-up or two-factor nothing, nobody anything to
// themselves.
func TestAct_WhoMayNot(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		here := ada.User().Organization
		gus := p.Add("gus", auth.Member, here).SignIn()
		hugo := p.Add("hugo", auth.Member, here).SignIn()
		p.Change("hugo", func(u *auth.User) { u.Role = auth.Admin })
		staffOf(p, "otto", auth.Operator, here)
		end := api.ActRequest{Act: api.ActEndSessions, Reason: "x", IDs: []string{gus.ID()}}
		if got := servertest.Refused(t, gus, api.ActOnPeople, end); got != check.Forbidden {
			t.Errorf("a member: %q", got)
		}
		if got := servertest.Refused(t, hugo, api.ActOnPeople, end); got != check.TwoFactorFirst {
			t.Errorf("without two-factor: %q", got)
		}
		p.Clock.Advance(11 * time.Minute)
		if got := servertest.Refused(t, ada, api.ActOnPeople, end); got != check.StepUpRequired {
			t.Errorf("without a step-up: %q", got)
		}
		ada.StepUp()
		r := httptest.NewRequest(http.MethodPost, api.ActOnPeople.Path, nil)
		r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: ada.Cookie("doorward")})
		since := ada.User().TwoFactorSince
		err := p.Server.Interrupted(r, fmt.Sprintf(`{"act":"end_sessions","reason":"x","ids":[%q]}`, gus.ID()), func() {
			p.Change("ada", func(u *auth.User) { u.TwoFactorSince = time.Time{} })
		})
		if got, _ := auth.Refused(err); got != check.TwoFactorFirst {
			t.Errorf("whoever turns two-factor off meanwhile: %v", err)
		}
		p.Change("ada", func(u *auth.User) { u.TwoFactorSince = since })
		for _, act := range api.Acts() {
			if got := codeOf(t, ada, request(p, act, "ada"), ada.ID()); got != check.Forbidden {
				t.Errorf("%s to oneself: %q", act, got)
			}
		}
	})
}

// What is refused for one is done for the others, in the order of the request; each is
// in the audit with both names and the reason.
func TestAct_OneRefusedOthersDone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		here, there := ada.User().Organization, p.Organization("Elsewhere")
		hugo := staffOf(p, "hugo", auth.Admin, here)
		gus, mia, zoe := p.Add("gus", auth.Member, here).SignIn(), p.Add("mia", auth.Member, here), p.Add("zoe", auth.Member, there)
		got := doTo(t, hugo, api.ActRequest{Act: api.ActSuspend, Reason: " left "}, gus.ID(), "AAAAAAAAAAAAAAAAAAAAAA", ada.ID(), zoe.ID(), hugo.ID(), mia.ID(), gus.ID())
		want := []api.ActOutcome{{ID: gus.ID(), Name: "The gus"}, {ID: "AAAAAAAAAAAAAAAAAAAAAA", Code: check.NotFound},
			{ID: ada.ID(), Name: "Ada Lovelace", Code: check.Forbidden}, {ID: zoe.ID(), Code: check.NotFound},
			{ID: hugo.ID(), Name: "The hugo", Code: check.Forbidden}, {ID: mia.ID(), Name: "The mia"}}
		if !slices.Equal(got, want) {
			t.Errorf("what became of it: %+v", got)
		}
		for _, who := range []*servertest.Person{gus, mia} {
			e := who.Events(auth.EventSuspended)
			if who.User().State != auth.Suspended || len(e) != 1 || e[0].Actor != hugo.ID() || e[0].Details["reason"] != "left" || e[0].Details["by"] != "The hugo" || e[0].Details["person"] != who.Name {
				t.Errorf("%s is %s, the audit has %+v", who.Name, who.User().State, e)
			}
		}
		if zoe.User().State != auth.Active || ada.User().State != auth.Active {
			t.Error("somebody out of reach was suspended")
		}
	})
}

// The last administrator of an organization and the last operator of the portal stay,
// whatever is tried, also when two go at the same moment.
func TestAct_TheLastStay(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		here, there := ada.User().Organization, p.Organization("Elsewhere")
		alone := p.Add("alone", auth.Admin, there)
		idle := p.Add("idle", auth.Admin, there)
		p.Change("idle", func(u *auth.User) { u.State = auth.Suspended })
		for _, act := range []api.Act{api.ActSuspend, api.ActChangeRole, api.ActDelete} {
			if got := codeOf(t, ada, request(p, act, "alone"), alone.ID()); got != check.LastAdmin {
				t.Errorf("%s to the last administrator: %q", act, got)
			}
		}
		if got := codeOf(t, ada, request(p, api.ActChangeRole, "idle"), idle.ID()); got != "" {
			t.Errorf("one who is suspended: %q", got)
		}
		if got := codeOf(t, ada, api.ActRequest{Act: api.ActChangeRole, Reason: "x", Role: "operator"}, alone.ID()); got != "" {
			t.Errorf("promoting the last administrator: %q", got)
		}
		p.Change("alone", func(u *auth.User) { u.Role = auth.Admin })

		otto := staffOf(p, "otto", auth.Operator, here)
		ada.StepUp()
		var both sync.WaitGroup
		answers := make([]check.Code, 2)
		for i, pair := range [][2]*servertest.Person{{ada, otto}, {otto, ada}} {
			req := api.ActRequest{Act: api.ActChangeRole, Reason: "x", Role: "member", IDs: []string{pair[1].ID()}}
			both.Go(func() {
				result, err := api.ActOnPeople.Call(context.WithoutCancel(t.Context()), pair[0], req)
				if err == nil {
					answers[i] = result.People[0].Code
				} else {
					answers[i] = check.Forbidden // demoted before the call came in
				}
			})
		}
		both.Wait()
		if n := slices.Index(answers, ""); n < 0 || answers[1-n] != check.NotFound && answers[1-n] != check.Forbidden {
			t.Errorf("two operators demote one another: %q", answers)
		}
		if list, err := p.Store.Operators(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("%d operators are left, %v", len(list), err)
		}
	})
}

// Two operators suspend two administrators, the only ones: one stays.
func TestAct_TheLastStaysUnderTwoAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		there := p.Organization("Elsewhere")
		one, two := p.Add("one", auth.Admin, there), p.Add("two", auth.Admin, there)
		otto := staffOf(p, "otto", auth.Operator, ada.User().Organization)
		ada.StepUp()
		var both sync.WaitGroup
		answers := make([]check.Code, 2)
		for i, pair := range [][2]*servertest.Person{{ada, one}, {otto, two}} {
			req := api.ActRequest{Act: api.ActSuspend, Reason: "x", IDs: []string{pair[1].ID()}}
			both.Go(func() {
				result, err := api.ActOnPeople.Call(context.WithoutCancel(t.Context()), pair[0], req)
				if err != nil {
					t.Errorf("suspend: %v", err)
					return
				}
				answers[i] = result.People[0].Code
			})
		}
		both.Wait()
		slices.Sort(answers)
		if !slices.Equal(answers, []check.Code{"", check.LastAdmin}) {
			t.Errorf("two at once: %q", answers)
		}
	})
}

// Who changes roles gives none above their own; a role that changes voids a link that
// turns two-factor off, and the person is told.
func TestAct_ChangeRole(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		hugo := staffOf(p, "hugo", auth.Admin, ada.User().Organization)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll()
		link := resetLink(t, hugo, gus, 0)
		if got := codeOf(t, hugo, api.ActRequest{Act: api.ActChangeRole, Reason: "x", Role: "operator"}, gus.ID()); got != check.RoleAbove {
			t.Errorf("a role above one's own: %q", got)
		}
		if got := codeOf(t, hugo, api.ActRequest{Act: api.ActChangeRole, Reason: "x", Role: "admin"}, gus.ID()); got != "" || gus.User().Role != auth.Admin {
			t.Errorf("one's own role: %q, %s", got, gus.User().Role)
		}
		if got := servertest.Refused(t, p.Browser(), api.TurnOffByLink, api.TurnOffByLinkRequest{Token: tokenOf(link.Link), Password: gus.Password}); got != check.LinkDead {
			t.Errorf("a link that was made for them: %q", got)
		}
		if e := gus.Events(auth.EventRoleChanged); len(e) != 1 || e[0].Details["name"] != "admin" || e[0].Details["before"] != "member" {
			t.Errorf("the audit has %+v", e)
		}
		if !slices.Contains(subjects(p, "gus@example.org"), "Your role was changed") {
			t.Error("the person is not told")
		}
	})
}

// Suspending ends everything; reinstating opens the account with the same password, or
// leaves an invitation open.
func TestAct_SuspendAndReinstate(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll()
		half := gus.Halfway()
		forgot(t, p, "gus")
		link := p.LinkAt("gus@example.org", "/password/")
		ada.StepUp()
		if got := codeOf(t, ada, request(p, api.ActSuspend, "gus"), gus.ID()); got != "" {
			t.Fatalf("suspend: %q", got)
		}
		for what, got := range map[string]check.Code{
			"a session":     servertest.Refused(t, gus, api.Session, api.None{}),
			"a sign-in":     servertest.Refused(t, half, api.CurrentSignIn, api.None{}),
			"a link":        servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: link, Password: "seven owls watch the tide"}),
			"the password":  servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "gus", Password: gus.Password}),
			"a second time": codeOf(t, ada, request(p, api.ActSuspend, "gus"), gus.ID()),
		} {
			want := map[string]check.Code{"a session": check.SignedOut, "a sign-in": check.SignInExpired, "a link": check.LinkDead, "the password": check.WrongPassword}[what]
			if got != want {
				t.Errorf("%s of who is suspended: %q, want %q", what, got, want)
			}
		}
		if got := codeOf(t, ada, request(p, api.ActReinstate, "gus"), gus.ID()); got != "" || len(gus.Events(auth.EventSuspended)) != 1 || len(gus.Events(auth.EventReinstated)) != 1 {
			t.Errorf("reinstate: %q", got)
		}
		gus.SignIn()
		told := subjects(p, "gus@example.org")
		if !slices.Contains(told, "Your account was suspended") || !slices.Contains(told, "Your account is open again") {
			t.Errorf("the person is told %q", told)
		}
		if _, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "new", Email: "new@example.org"}); err != nil {
			t.Fatal(err)
		}
		u, err := p.Store.UserByLogin(t.Context(), "new")
		if err != nil {
			t.Fatal(err)
		}
		ada.StepUp()
		doTo(t, ada, request(p, api.ActSuspend, "new"), string(u.ID))
		doTo(t, ada, request(p, api.ActReinstate, "new"), string(u.ID))
		if u, err = p.Store.User(t.Context(), u.ID); err != nil || u.State != auth.Invited {
			t.Errorf("who never chose a password is %s, %v", u.State, err)
		}
	})
}
