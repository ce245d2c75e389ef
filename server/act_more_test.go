package server_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Deleting takes the user name of one, or the number of many. The person is told at all
// their addresses; everything that is theirs goes, and the audit stays.
func TestAct_Delete(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		here := ada.User().Organization
		gus := p.Add("gus", auth.Member, here).SignIn().Enroll()
		p.Change("gus", func(u *auth.User) { u.NoticeEmail = "gus@elsewhere.example" })
		mia, zoe := p.Add("mia", auth.Member, here), p.Add("zoe", auth.Member, here)
		u := gus.User()
		ada.StepUp()
		del := func(confirm string, ids ...string) api.ActRequest {
			return api.ActRequest{Act: api.ActDelete, Reason: "left", Confirm: confirm, IDs: ids}
		}
		for name, req := range map[string]api.ActRequest{
			"another name":       del("mia", gus.ID()),
			"a number for one":   del("1", gus.ID()),
			"a name for two":     del("mia", mia.ID(), zoe.ID()),
			"a wrong number":     del("3", mia.ID(), zoe.ID()),
			"one counted double": del("2", mia.ID(), mia.ID()),
		} {
			if got := servertest.Refused(t, ada, api.ActOnPeople, req); got != check.ConfirmMismatch {
				t.Errorf("%s: %q", name, got)
			}
		}
		if p.Count("SELECT count(*) FROM users") != 4 {
			t.Fatal("somebody was deleted")
		}
		if got := servertest.Must(t, ada, api.ActOnPeople, del(" GUS ", gus.ID())); got.People[0].Code != "" || got.People[0].Name != "The gus" {
			t.Errorf("delete one: %+v", got)
		}
		servertest.Must(t, ada, api.ActOnPeople, del("2", mia.ID(), zoe.ID()))
		if got := servertest.Refused(t, gus, api.Session, api.None{}); got != check.SignedOut {
			t.Errorf("a session of who is deleted: %q", got)
		}
		for _, table := range []string{"sessions", "sign_ins", "authenticators", "recovery_sets", "links"} {
			if n := p.Count("SELECT count(*) FROM " + table + " WHERE user_id = '" + string(u.ID) + "'"); n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		for _, to := range []string{"gus@example.org", "gus@elsewhere.example"} {
			mails := subjects(p, to)
			if !slices.Contains(mails, "Your account was deleted") {
				t.Errorf("%s is told %q", to, mails)
			}
			for _, m := range p.Post.Mails(to) { // they may arrive in any order
				if m.Subject == "Your account was deleted" && strings.Contains(m.Text, "/not-me/") {
					t.Error("the mail has a link that leads nowhere")
				}
			}
		}
		list, err := p.Store.Events(t.Context(), store.EventQuery{Person: u.ID}, 1)
		if err != nil || len(list) != 1 || list[0].Event.Kind != auth.EventDeleted || list[0].Event.Details["person"] != "gus" || list[0].Event.Details["reason"] != "left" {
			t.Errorf("the audit has %+v, %v", list, err)
		}
	})
}

// An exemption ends within a year, puts off what is asked, and can be ended.
func TestAct_Exempt(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		gus := p.Add("gus", auth.Member, ada.User().Organization)
		from := p.Clock.Now().Add(48 * time.Hour)
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatoryFrom = from })
		ada.StepUp()
		exempt := func(until time.Time) check.Code {
			return codeOf(t, ada, api.ActRequest{Act: api.ActExempt, Reason: "on leave", Until: until.UnixMilli()}, gus.ID())
		}
		now := p.Clock.Now()
		if got := exempt(now); got != check.TooSmall {
			t.Errorf("until now: %q", got)
		}
		if got := exempt(now.AddDate(0, 0, api.MaxExemptDays).Add(time.Millisecond)); got != check.TooLong {
			t.Errorf("for more than a year: %q", got)
		}
		until := now.AddDate(0, 0, api.MaxExemptDays)
		if got := exempt(until); got != "" {
			t.Errorf("for a year: %q", got)
		}
		info := servertest.Must(t, ada, api.Person, api.PersonRequest{ID: gus.ID()})
		if info.ExemptUntil != until.UnixMilli() || info.Due != until.UnixMilli() || info.ExemptReason != "on leave" || !info.MayAdminister || info.Organization != "" {
			t.Errorf("the person: %+v", info)
		}
		if got := codeOf(t, ada, request(p, api.ActEndExemption, "gus"), gus.ID()); got != "" {
			t.Errorf("end it: %q", got)
		}
		info = servertest.Must(t, ada, api.Person, api.PersonRequest{ID: gus.ID()})
		if info.ExemptUntil != 0 || info.ExemptReason != "" || info.Due != from.UnixMilli() {
			t.Errorf("afterwards: %+v", info)
		}
		if len(gus.Events(auth.EventExempted)) != 1 || len(gus.Events(auth.EventExemptionEnded)) != 1 {
			t.Error("it is not in the audit")
		}
	})
}

// A reminder goes to who is active and has no two-factor, once in a day, and says the
// date where there is one.
func TestAct_Remind(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		here := ada.User().Organization
		hugo := staffOf(p, "hugo", auth.Helper, here)
		gus, mia := p.Add("gus", auth.Member, here), p.Add("mia", auth.Member, here)
		remind := func(who *servertest.Person) check.Code {
			return codeOf(t, hugo.StepUp(), api.ActRequest{Act: api.ActRemind}, who.ID())
		}
		p.Change("mia", func(u *auth.User) { u.TwoFactorSince = p.Clock.Now() })
		if got := remind(mia); got != check.AlreadyActive {
			t.Errorf("who has it: %q", got)
		}
		p.Change("mia", func(u *auth.User) { u.TwoFactorSince, u.State = time.Time{}, auth.Invited })
		if got := remind(mia); got != check.CannotSignIn {
			t.Errorf("who is invited: %q", got)
		}
		if got := remind(gus); got != "" {
			t.Errorf("the first: %q", got)
		}
		again := doTo(t, hugo, api.ActRequest{Act: api.ActRemind}, gus.ID())[0]
		if again.Code != check.RemindedToday || again.Retry <= 0 || again.Retry > 24*60*60 {
			t.Errorf("the second: %+v", again)
		}
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatoryFrom = p.Clock.Now().AddDate(0, 0, 9) })
		p.Deliver()
		p.Clock.Advance(24 * time.Hour)
		hugo.SignIn()
		if got := remind(gus); got != "" {
			t.Errorf("a day later: %q", got)
		}
		if got := subjects(p, "gus@example.org"); !slices.Equal(got, []string{"Please set up two-factor authentication", "Two-factor authentication becomes mandatory"}) {
			t.Errorf("the person got %q", got)
		}
		if n := len(gus.Events(auth.EventReminded)); n != 2 {
			t.Errorf("%d reminders are in the audit", n)
		}
		p.Reconfigure(func(c *server.Config) { c.Delivery.Mail = nil })
		if got := remind(mia); got != check.MailUnavailable {
			t.Errorf("without a mail server: %q", got)
		}
	})
}

// Who is invited again gets another link, which voids the one before; an invitation that
// is revoked is none; for who has accepted there is neither.
func TestAct_Invitations(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		first, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "new", Email: "new@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		u, err := p.Store.UserByLogin(t.Context(), "new")
		if err != nil {
			t.Fatal(err)
		}
		ada.StepUp()
		again := doTo(t, ada, api.ActRequest{Act: api.ActInviteAgain}, string(u.ID))[0]
		if again.Code != "" || again.Mailed != "new@example.org" || again.Expires != p.Clock.Now().Add(auth.InvitationFor).UnixMilli() {
			t.Errorf("invited again: %+v", again)
		}
		if got := p.LinkAt("new@example.org", "/invitation/"); got != tokenOf(again.Link) {
			t.Error("another link is mailed than told")
		}
		dead := func(link string) check.Code {
			return servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(link), Kind: api.LinkInvitation})
		}
		if dead(first) != check.LinkDead || dead(again.Link) != "" {
			t.Error("the link before is good, or the new one is not")
		}
		if links := servertest.Must(t, ada, api.Person, api.PersonRequest{ID: string(u.ID)}).Links; len(links) != 1 || links[0].Kind != string(auth.LinkInvitation) {
			t.Errorf("staff see the links %+v", links)
		}
		revoke := request(p, api.ActRevokeInvitation, "new")
		if got := codeOf(t, ada, revoke, string(u.ID)); got != "" || dead(again.Link) != check.LinkDead {
			t.Errorf("revoked: %q", got)
		}
		if got := codeOf(t, ada, revoke, string(u.ID)); got != check.NotInvited {
			t.Errorf("revoked twice: %q", got)
		}
		gus := p.Add("gus", auth.Member, ada.User().Organization)
		for _, act := range []api.Act{api.ActInviteAgain, api.ActRevokeInvitation} {
			if got := codeOf(t, ada, request(p, act, "gus"), gus.ID()); got != check.NotInvited {
				t.Errorf("%s for who has accepted: %q", act, got)
			}
		}
	})
}
