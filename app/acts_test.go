//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// did is what becomes of an act: codes in the order of the people; "" is done.
func did(rows []api.PersonRow, codes ...check.Code) (r api.ActResult) {
	for i, c := range codes {
		r.People = append(r.People, api.ActOutcome{ID: rows[i].ID, Name: personName(rows[i]), Code: c})
	}
	return r
}

func TestActs_EachAsksForWhatItNeeds(t *testing.T) {
	for _, c := range []struct {
		act     api.Act
		reason  bool
		asks    string
		sent    string // besides ids and act
		confirm string
	}{
		{api.ActInviteAgain, false, "Links from before stop working.", ``, ""},
		{api.ActRevokeInvitation, true, "You can invite them again", `,"reason":"because"`, ""},
		{api.ActSuspend, true, "Nothing is deleted.", `,"reason":"because"`, ""},
		{api.ActReinstate, true, "the same password", `,"reason":"because"`, ""},
		{api.ActChangeRole, true, "New role", `,"reason":"because","role":"admin"`, ""},
		{api.ActRemind, false, "at most once a day", ``, ""},
		{api.ActResetLink, true, "24 hours", `,"reason":"because","hours":3`, ""},
		{api.ActEndSessions, true, "signed out at once", `,"reason":"because"`, ""},
		{api.ActEndExemption, true, "asked of them again", `,"reason":"because"`, ""},
		{api.ActDelete, true, "Type the number 2", `,"reason":"because","confirm":"2"`, " 2 "},
	} {
		t.Run(string(c.act), func(t *testing.T) {
			rows := peopleRows()[1:3]
			p, d, settle := atPeople(t, "admin", map[string][]any{api.ActOnPeople.Path: {did(rows, "", "")}})
			p.choose(rows[0].ID, true)
			p.choose(rows[1].ID, true)
			p.begin(c.act)
			about := say().Acts.Act(string(c.act))
			reads(t, p, []string{about.Title, about.Submit, c.asks, "2 people", "Mary Somerville, charles", "What they are told"})
			if got := strings.Contains(text(t, p), "Reason"); got != c.reason {
				t.Errorf("it asks for a reason: %v", got)
			}
			p.acts.role, p.acts.hours = "admin", 3
			if c.reason {
				p.acts.submit(&p.account)
				settle()
				reads(t, p, []string{"Please fill this in."})
				p.acts.form.set("reason", "because")
			}
			p.acts.form.set("confirm", c.confirm)
			d.called("")
			p.acts.submit(&p.account)
			p.acts.submit(&p.account) // once is enough
			settle()
			want := `{"ids":["` + rows[0].ID + `","` + rows[1].ID + `"],"act":"` + string(c.act) + `"` + c.sent + `}`
			if got := d.called(api.ActOnPeople.Path); !slices.Equal(got, []string{want}) {
				t.Errorf("sent %v, want %s", got, want)
			}
			reads(t, p, nil, "people chosen", about.Title)
		})
	}
}

func TestActs_AnExemptionEnds(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	a := acting{act: api.ActExempt, people: peopleRows()[1:2], days: 14}
	a.form.set("reason", "on leave")
	req, problems := a.request(now)
	if len(problems) > 0 || req.Until != now.Add(14*24*time.Hour).UnixMilli() {
		t.Errorf("until %v, with the problems %v", time.UnixMilli(req.Until), problems)
	}
}

func TestActs_DeletingIsTyped(t *testing.T) {
	p, d, settle := atPeople(t, "admin", map[string][]any{api.ActOnPeople.Path: {did(peopleRows()[1:], "")}})
	p.choose(idMary, true)
	p.begin(api.ActDelete)
	reads(t, p, []string{"Mary Somerville (mary)", "Type the user name mary"})
	p.acts.form.set("reason", "she left")
	d.called("")
	for typed, want := range map[string]check.Code{"": check.Required, "1": check.ConfirmMismatch, "Mary Somerville": check.ConfirmMismatch} {
		p.acts.form.set("confirm", typed)
		p.acts.submit(&p.account)
		settle()
		if got := p.acts.form.problems["confirm"]; got != want {
			t.Errorf("typed %q, the problem is %q", typed, got)
		}
	}
	if got := d.called(api.ActOnPeople.Path); len(got) > 0 {
		t.Errorf("sent %v", got)
	}
	p.acts.form.set("confirm", " MARY")
	p.acts.submit(&p.account)
	settle()
	if got := d.called(api.ActOnPeople.Path); len(got) != 1 || !strings.Contains(got[0], `"confirm":"MARY"`) {
		t.Errorf("sent %v", got)
	}
}

func TestActs_OneRefusalStaysInTheDialog(t *testing.T) {
	p, _, settle := atPeople(t, "admin", map[string][]any{api.ActOnPeople.Path: {did(peopleRows()[1:], check.LastAdmin), &api.Error{Code: check.TwoFactorFirst}}})
	p.choose(idMary, true)
	p.begin(api.ActChangeRole)
	p.acts.form.set("reason", "new post")
	for _, want := range []check.Code{check.LastAdmin, check.TwoFactorFirst} {
		p.acts.submit(&p.account)
		settle()
		reads(t, p, []string{say().Code(want), "Change the role?", "1 person chosen"})
	}
	p.acts.close()
	reads(t, p, []string{"1 person chosen"}, "Change the role?")
}

func TestActs_ManyAreToldOneByOne(t *testing.T) {
	rows := peopleRows()[1:]
	result := did(rows, "", check.Throttled, "")
	result.People[1].Retry, result.People[1].Name = 90, "" // nobody knows the name any more
	result.People[2].Link, result.People[2].Mailed, result.People[2].Expires = "https://door.example/invitation/"+testToken, "annie@example.org", 1_800_000_000_000
	p, d, settle := atPeople(t, "admin", map[string][]any{api.ActOnPeople.Path: {result}})
	p.chooseAll(true)
	p.begin(api.ActRemind)
	d.called("")
	p.choose(idAda, false)
	p.acts.submit(&p.account)
	settle()
	reads(t, p, []string{"Done for 2 people.", "Not done for 1 person", "charles", say().Code(check.Throttled), "Try again in 90 seconds.", "annie",
		"https://door.example/invitation/" + testToken, "Mailed to annie@example.org.", "Copy the link", "shown only now", "1 person chosen"}, "It is shown only now.", "Copy all")
	p.acts.leave(&p.account)
	reads(t, p, []string{"It is shown only now.", "Close for good", testToken})
	p.acts.leave(&p.account)
	reads(t, p, nil, testToken, "What became of it")
	if got := d.called(api.People.Path); len(got) != 1 {
		t.Errorf("the list was asked for %v", got)
	}
}

func TestActs_LinksThatWereCopiedAreNotHeldOnTo(t *testing.T) {
	links := api.ActResult{People: []api.ActOutcome{{Name: "Mary", Link: "https://door.example/a"}, {Name: "Annie", Link: "https://door.example/b"}}}
	p, _, _ := atPeople(t, "admin", map[string][]any{})
	p.acts.result, p.acts.taken = &links, true
	reads(t, p, []string{"Copy all", "Not mailed: hand it over yourself."})
	p.acts.leave(&p.account)
	reads(t, p, nil, "What became of it")
}

func TestActs_AskForAStepUpFirst(t *testing.T) {
	p, _, settle := atPeople(t, "admin", map[string][]any{api.StepUp.Path: {api.Proof{}}})
	p.who.value.ProvedUntil = 0
	p.begin(api.ActSuspend) // nobody is chosen
	reads(t, p, nil, "Is it still you?")
	p.choose(idMary, true)
	p.begin(api.ActSuspend)
	reads(t, p, []string{"Is it still you?"}, "Suspend?")
	p.stepUp.form.set("password", "umbrella kitchen orbit")
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Suspend?", "Mary Somerville (mary)"}, "Is it still you?")
}

func TestActs_OnlyOperatorsMakeOperators(t *testing.T) {
	for role, want := range map[string]bool{"admin": false, "operator": true} {
		who := grace
		who.Role = role
		if got := slices.Contains(rolesFor(&who), choice{"operator", "Operator"}); got != want {
			t.Errorf("a %s makes operators: %v", role, got)
		}
	}
}
