//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

const pasted = "Mary,mary,mary@example.org\nAnnie,annie,nowhere"

var (
	goodRow = api.InvitationOutcome{Line: 1, InvitationRow: api.InvitationRow{DisplayName: "Mary", UserName: "mary", Email: "mary@example.org"}}
	badRow  = api.InvitationOutcome{Line: 2, InvitationRow: api.InvitationRow{DisplayName: "Annie", UserName: "annie", Email: "nowhere", Role: "helper"},
		Wrong: api.Problems{"email": check.EmailShape}}
	oddRow = api.InvitationOutcome{Line: 3, Wrong: api.Problems{"line": check.RowShape}}
)

// invitedAs is what is answered when they are invited.
func invitedAs(mailed bool, names ...string) api.Invitations {
	done := api.Invitations{Invited: true}
	for i, name := range names {
		done.Rows = append(done.Rows, api.InvitationOutcome{Line: i + 1, InvitationRow: api.InvitationRow{UserName: name, Email: name + "@example.org"},
			Link: "https://door.example/invitation/" + name, Expires: 1_800_000_000_000, Mailed: mailed})
	}
	return done
}

// atInvite opens the page for somebody who has proved who they are.
func atInvite(t *testing.T, role string, answers map[string][]any) (*invitePage, *desk, func()) {
	t.Helper()
	who := grace
	who.Role, who.ProvedUntil, who.TwoFactor = role, freshly(), true
	answers[api.Session.Path] = []any{who}
	p := &invitePage{}
	d, settle := open(t, p, invitePath, answers)
	return p, d, settle
}

func TestInvite_IsNoPerson(t *testing.T) {
	r, ok := find(invitePath)
	if _, is := r.open().(*invitePage); !ok || !is {
		t.Errorf("%s is the page of a person", invitePath)
	}
}

// Who has no two-factor yet hears so before anything is typed.
func TestInvite_TwoFactorComesFirst(t *testing.T) {
	p := &invitePage{}
	open(t, p, invitePath, map[string][]any{api.Session.Path: {grace}})
	reads(t, p, []string{say().Adoption.NeedsOwn, say().Code(check.TwoFactorFirst), say().Home.SetUp}, say().Invite.UserHint, say().Parts.Failed)
}

func TestInvite_OnePerson(t *testing.T) {
	p, d, settle := atInvite(t, "admin", map[string][]any{api.Invite.Path: {
		api.Invitations{Bad: 1, Rows: []api.InvitationOutcome{{Line: 1, Wrong: api.Problems{"user_name": check.Taken}}}},
		&api.Error{Code: check.MailUnavailable}, invitedAs(false, "mary")}})
	reads(t, p, []string{"Invite people", "Name (optional)", "User name", "E-mail address", "Mail the links"}, "Check the list")
	p.submitOne()
	settle()
	if got := p.form.problems; got["user_name"] != check.Required || got["email"] != check.Required {
		t.Errorf("an empty form has the problems %v", got)
	}
	p.form.set("user_name", " mary ")
	p.form.set("email", "mary@example.org")
	p.role = "helper"
	p.submitOne()
	settle()
	reads(t, p, []string{say().Code(check.Taken)})
	p.submitOne()
	settle()
	reads(t, p, []string{say().Code(check.MailUnavailable)})
	p.unmail = true
	p.submitOne()
	p.submitOne() // once is enough
	settle()
	row := `{"people":[{"display_name":"","user_name":"mary","email":"mary@example.org","role":"helper"}]`
	if got := d.called(api.Invite.Path); !slices.Equal(got, []string{row + `,"mail":true}`, row + `,"mail":true}`, row + `}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"1 person is invited", "https://door.example/invitation/mary", "Not mailed: mary@example.org", "Copy the link", "shown only now"}, "User name")
}

func TestInvite_ARowThatIsWrongAsAWhole(t *testing.T) {
	e := oneRow(api.Problems{"line": check.RowShape, "email": check.EmailShape})
	if e.Code != check.RowShape || len(e.Problems) != 1 || e.Problems["email"] != check.EmailShape {
		t.Errorf("it reads %+v", e)
	}
}

func TestInvite_AListIsMendedBeforeAnythingIsSent(t *testing.T) {
	all := api.Invitations{Rows: []api.InvitationOutcome{goodRow, badRow, oddRow}, Bad: 2}
	good := api.Invitations{Rows: []api.InvitationOutcome{goodRow, goodRow}}
	late := api.Invitations{Rows: []api.InvitationOutcome{goodRow, badRow}, Bad: 1}
	p, d, settle := atInvite(t, "admin", map[string][]any{
		api.CheckInvitations.Path: {all, good, good}, api.Invite.Path: {late, &api.Error{Code: check.MailUnavailable}, invitedAs(true, "mary", "annie")}})
	p.turn(true)
	reads(t, p, []string{"A person a line", "At most 500 people and 64 KiB", "Choose a CSV file", "Check the list"}, "Invite 1", "What was understood")
	p.check()
	reads(t, p, []string{"Please fill this in."})
	p.write(pasted)
	p.check()
	settle()
	reads(t, p, []string{"2 rows have to be mended", "Nothing has been sent.", "nowhere", say().Code(check.EmailShape), say().Code(check.RowShape), "Helper", "Invite 3 people"})
	p.submitMany()
	settle()
	if got := d.called(api.Invite.Path); len(got) > 0 {
		t.Errorf("a bad list was sent: %v", got)
	}
	p.write("mended")
	reads(t, p, []string{"The list has changed. Check it again."}, "have to be mended")
	p.check()
	settle()
	reads(t, p, []string{"All 2 rows are good.", "Invite 2 people"}, "have to be mended")
	p.write("mended again")
	if p.submitMany(); p.busy {
		t.Error("a list that was not checked is sent")
	}
	p.check()
	settle()
	d.called("")
	p.submitMany()
	p.submitMany() // once is enough
	settle()
	reads(t, p, []string{"1 row has to be mended", say().Code(check.EmailShape)}) // somebody was faster
	p.look(good, "mended again")
	p.submitMany()
	settle()
	reads(t, p, []string{say().Code(check.MailUnavailable)})
	p.submitMany()
	settle()
	if got := d.called(api.Invite.Path); !slices.Equal(got, []string{`{"text":"mended again","mail":true}`, `{"text":"mended again","mail":true}`, `{"text":"mended again"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"2 people are invited", "on their way by mail", "https://door.example/invitation/annie", "Mailed: annie@example.org", "Copy all", "They are good until"})
}

func TestInvite_ListsThatAreTooLarge(t *testing.T) {
	p, d, settle := atInvite(t, "admin", map[string][]any{})
	p.turn(true)
	p.write(strings.Repeat("a,b,c@d\n", api.MaxBody/8))
	p.check()
	settle()
	reads(t, p, []string{say().Code(check.TooLarge)})
	if got := d.called(api.CheckInvitations.Path); len(got) > 0 {
		t.Error("it was sent")
	}
}

func TestInvite_AFileFillsTheList(t *testing.T) {
	p, _, settle := atInvite(t, "admin", map[string][]any{})
	p.turn(true)
	p.unread(say().Invite.FileTooLarge)
	reads(t, p, []string{"This file is larger than 64 KiB."})
	p.fill(`people "of" <june>.csv`, pasted)
	settle()
	if p.text != pasted || p.list.values["text"] != pasted {
		t.Errorf("the list is %q", p.text)
	}
	reads(t, p, []string{`The list was filled from people "of" <june>.csv.`}, "larger than")
	p.read(p.page, goapp.Null()) // nothing was chosen
	if p.text != pasted {
		t.Error("the list is lost")
	}
}

func TestInvite_LinksAreNotLostByChance(t *testing.T) {
	left := departures(t)
	for _, c := range []struct {
		name          string
		mailed, taken bool
		asks          bool
	}{{"mailed", true, false, false}, {"copied", false, true, false}, {"neither", false, false, true}} {
		t.Run(c.name, func(t *testing.T) {
			*left = nil
			p, _, settle := atInvite(t, "admin", map[string][]any{})
			p.invited(invitedAs(c.mailed, "mary"))
			if c.taken {
				p.copied(p.page)
			}
			p.leave(peoplePath)
			settle()
			if asked := len(*left) == 0; asked != c.asks {
				t.Errorf("it asks: %v", asked)
			}
			if c.asks {
				reads(t, p, []string{"They cannot be shown again.", "Leave for good", "invitation/mary"})
				p.leave(peoplePath)
			}
			if !slices.Equal(*left, []string{peoplePath}) {
				t.Errorf("left for %v", *left)
			}
			p.hurry = true
			p.leave(invitePath)
			reads(t, p, []string{"Who it is", "User name"}, "invitation/mary")
		})
	}
}

func TestInvite_WhoMayNotAndWhereNoMailGoes(t *testing.T) {
	p, _, _ := atInvite(t, "helper", map[string][]any{})
	reads(t, p, []string{say().Code(check.Forbidden)}, "User name")
	p, _, _ = atInvite(t, "operator", map[string][]any{})
	p.who.value.Warnings = []api.Warning{api.WarnMailUnset}
	reads(t, p, []string{"No mail can be sent from here yet."}, "Mail the links")
	if p.request(nil, "x").Mail {
		t.Error("links are to be mailed all the same")
	}
	p.area.organization = idAda
	if got := p.request(nil, "x").Organization; got != idAda {
		t.Errorf("they are invited to %q", got)
	}
}
