//go:build !js

package app

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// administered is mary for somebody who may administer her.
func administered(change func(*api.PersonInfo)) api.PersonInfo {
	i := mary()
	i.MayAdminister = true
	if change != nil {
		change(&i)
	}
	return i
}

func TestPerson_OffersActsByStateAndReach(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour).UnixMilli()
	for _, c := range []struct {
		name   string
		change func(*api.PersonInfo)
		want   []api.Act
	}{
		{"with two-factor", nil, []api.Act{api.ActSuspend, api.ActChangeRole, api.ActDelete}},
		{"without", func(i *api.PersonInfo) { i.TwoFactorSince = 0 }, []api.Act{api.ActSuspend, api.ActChangeRole, api.ActRemind, api.ActExempt, api.ActDelete}},
		{"exempt", func(i *api.PersonInfo) { i.TwoFactorSince, i.ExemptUntil = 0, tomorrow },
			[]api.Act{api.ActSuspend, api.ActChangeRole, api.ActRemind, api.ActEndExemption, api.ActDelete}},
		{"suspended", func(i *api.PersonInfo) { i.State = "suspended" }, []api.Act{api.ActReinstate, api.ActChangeRole, api.ActDelete}},
		{"invited", func(i *api.PersonInfo) { i.State, i.TwoFactorSince = "invited", 0 },
			[]api.Act{api.ActInviteAgain, api.ActRevokeInvitation, api.ActSuspend, api.ActChangeRole, api.ActExempt, api.ActDelete}},
		{"out of reach", func(i *api.PersonInfo) { i.MayAdminister, i.MayHelp, i.TwoFactorSince = false, false, 0 }, nil},
		{"to be helped only", func(i *api.PersonInfo) { i.MayAdminister, i.TwoFactorSince = false, 0 }, []api.Act{api.ActRemind}},
	} {
		i := administered(c.change)
		p, _, _ := atPerson(t, i, map[string][]any{})
		if got := p.personActs(i); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for _, act := range c.want {
			reads(t, p, []string{say().Acts.Act(string(act)).OfferText})
		}
	}
}

func TestPerson_SaysWhatIsAskedOfThem(t *testing.T) {
	now := time.Now()
	p, _, _ := atPerson(t, administered(func(i *api.PersonInfo) {
		i.TwoFactorSince, i.ExemptUntil, i.ExemptReason, i.LastSignIn = 0, now.Add(48*time.Hour).UnixMilli(), "on parental leave", now.UnixMilli()
	}), map[string][]any{})
	reads(t, p, []string{"Last sign-in", "just now", "Exempt", "Until " + day(now.Add(48*time.Hour).UnixMilli()), "Reason: on parental leave"}, "must be set up")
	due := now.Add(72 * time.Hour).UnixMilli()
	p, _, _ = atPerson(t, administered(func(i *api.PersonInfo) {
		i.TwoFactorSince, i.Due, i.ExemptUntil = 0, due, now.Add(-time.Hour).UnixMilli()
	}), map[string][]any{})
	reads(t, p, []string{"Due", "Two-factor must be set up by " + exact(due)}, "Reason: on", "End exemption")
	p, _, _ = atPerson(t, administered(func(i *api.PersonInfo) { i.State, i.TwoFactorSince, i.RecoveryCodesLeft = "invited", 0, 0 }), map[string][]any{})
	reads(t, p, []string{"Invited", "Invite again"}, "Close the account to strangers")
}

func TestPerson_IsSuspendedAndReinstated(t *testing.T) {
	suspended := administered(func(i *api.PersonInfo) { i.State = "suspended" })
	rows := []api.PersonRow{mary().PersonRow}
	p, d, settle := atPerson(t, mary(), map[string][]any{api.Person.Path: {administered(nil), suspended, administered(nil)},
		api.ActOnPeople.Path: {did(rows, check.LastAdmin), did(rows, ""), did(rows, "")}})
	p.beginAct(api.ActSuspend)
	reads(t, p, []string{"Suspend?", "Mary Somerville (mary)"})
	p.acts.form.set("reason", "on leave")
	p.acts.submit(&p.account)
	settle()
	reads(t, p, []string{say().Code(check.LastAdmin), "Suspend?"})
	p.acts.submit(&p.account)
	settle()
	reads(t, p, []string{"Suspended", "Reinstate"}, "Suspend?")
	p.beginAct(api.ActReinstate)
	p.acts.form.set("reason", "back")
	p.acts.submit(&p.account)
	settle()
	reads(t, p, []string{"Can sign in"}, "Reinstate")
	if got := d.called(api.ActOnPeople.Path); len(got) != 3 || got[2] != `{"ids":["`+idMary+`"],"act":"reinstate","reason":"back"}` {
		t.Errorf("sent %v", got)
	}
}

func TestPerson_ANewInvitationIsShownOnce(t *testing.T) {
	invited := administered(func(i *api.PersonInfo) { i.State = "invited" })
	link := "https://door.example/invitation/" + testToken
	p, _, settle := atPerson(t, invited, map[string][]any{api.ActOnPeople.Path: {api.ActResult{People: []api.ActOutcome{
		{ID: idMary, Name: "Mary Somerville", Link: link, Expires: 1_800_000_000_000, Mailed: "mary@stars.example"}}}}})
	p.beginAct(api.ActInviteAgain)
	p.acts.submit(&p.account)
	settle()
	reads(t, p, []string{link, "Mailed to mary@stars.example.", "Good until"})
	p.acts.leave(&p.account)
	reads(t, p, []string{link, "It is shown only now."})
	p.acts.leave(&p.account)
	reads(t, p, nil, link)
}

func TestPerson_WhoIsDeletedHasNoPage(t *testing.T) {
	left := departures(t)
	p, _, settle := atPerson(t, administered(nil), map[string][]any{api.ActOnPeople.Path: {did([]api.PersonRow{mary().PersonRow}, "")}})
	p.area.organization = idAda
	p.beginAct(api.ActDelete)
	reads(t, p, []string{"Delete for good?", "Type the user name mary"})
	p.acts.form.set("reason", "she left")
	p.acts.form.set("confirm", "mary")
	p.acts.submit(&p.account)
	settle()
	if !slices.Equal(*left, []string{peoplePath + "?organization=" + idAda}) {
		t.Errorf("left for %v", *left)
	}
}
