//go:build !js

package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// graceTwo administers, and has proved it a moment ago.
var graceTwo = func() api.SessionInfo {
	s := grace
	s.TwoFactor, s.ProvedUntil = true, freshly()
	return s
}()

func adoptionInfo() api.AdoptionInfo {
	return api.AdoptionInfo{People: 42, Ready: 9, Exempt: 2, Invited: 5, Methods: []api.MethodCount{{Method: api.MethodTOTP, People: 8}, {Method: api.MethodText, People: 2}},
		Line:     []api.AdoptionPoint{{Day: 1_798_761_600_000, People: 40, Ready: 3}, {Day: 1_798_848_000_000, People: 42, Ready: 9}},
		NotReady: peopleRows()[1:3], Version: 4, Mail: true, HasTwo: true}
}

// atAdoption opens the page with what the calls answer.
func atAdoption(t *testing.T, answers map[string][]any) (*adoptionPage, *desk, func()) {
	t.Helper()
	p := &adoptionPage{}
	answers[api.Session.Path] = []any{graceTwo}
	d, settle := open(t, p, adoptionPath, answers)
	return p, d, settle
}

func TestAdoptionPage_HowItStands(t *testing.T) {
	one, none, many := adoptionInfo(), api.AdoptionInfo{HasTwo: true}, adoptionInfo()
	one.People, one.Ready, one.Exempt, one.Line, one.NotReady, one.Invited = 1, 1, 0, one.Line[:1], nil, 1
	many.People, many.Ready, many.Mail, many.Line, many.MandatoryFrom, many.MandatoryBy = 50_000, 49_999, false, nil, 1_700_000_000_000, "Ada Lovelace"
	many.MandatorySet = 1_690_000_000_000
	ahead := adoptionInfo()
	ahead.MandatoryFrom, ahead.HasTwo = time.Now().Add(time.Hour).UnixMilli(), false
	behind := ahead // the clock here
	behind.MandatorySet = behind.MandatoryFrom
	alone := adoptionInfo()
	alone.HasTwo = false
	for _, c := range []struct {
		name        string
		info        api.AdoptionInfo
		want, never []string
	}{
		{"some are ready", adoptionInfo(), []string{"9 of 42 people (21 %)", "Exempt for now: 2 (5 %)", "Not ready: 31 (74 %)", "5 people are invited", "Authenticator app 8 · 89 %", "33 people sign in with a password alone. 2 of them are exempt for now.",
			"These are the first 2 of 33.", "Mary Somerville", "Remind", "Exempt…", "They have not been reminded yet.", "Voluntary", "Make it mandatory…"}, []string{"Disable", "Set up your own first"}},
		{"one, who is", one, []string{"of 1 person (100 %)", "Everybody is ready", "1 person is invited", "It takes another day to become one."}, []string{"Remind"}},
		{"nobody yet", none, []string{"Nobody is here yet", "Invite people"}, []string{"Over time", "Not ready"}},
		{"fifty thousand", many, []string{"49,999 of 50,000 people (more than 99 %)", "nobody can be reminded", "The line begins at the end of today.", "Mandatory since", "Decided by Ada Lovelace",
			"Disable mandatory two-factor"}, []string{"Make it mandatory…", "Announced"}},
		{"announced", ahead, []string{"Becomes mandatory on", "Announced", "Change the date…"}, []string{"Mandatory since"}},
		{"at once, by a clock that is ahead of this", behind, []string{"Mandatory since"}, []string{"Announced"}},
		{"who asks has none", alone, []string{"Set up your own first", "Set up two-factor authentication"}, []string{"Make it mandatory…"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _, _ := atAdoption(t, map[string][]any{api.Adoption.Path: {c.info}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestAdoptionPage_PicturesAreTablesToo(t *testing.T) {
	p, _, _ := atAdoption(t, map[string][]any{api.Adoption.Path: {adoptionInfo()}})
	if got := strings.Count(text(t, p), say().Adoption.AsTable); got != 2 {
		t.Errorf("there are %d switches", got)
	}
	p.asTable = map[string]bool{"now": true, "line": true}
	reads(t, p, []string{"State People Share Ready 9 21 %", "Method People Share Authenticator app 8 89 %", "Day Ready Everybody Share 2027-01-02 9 42 21 % 2027-01-01 3 40 8 %", "Show as a picture"}, "Show as a table")
}

func TestAdoptionPage_RemindsOneAndAll(t *testing.T) {
	after := adoptionInfo()
	after.RemindedAt = time.Now().UnixMilli()
	p, d, settle := atAdoption(t, map[string][]any{api.Adoption.Path: {adoptionInfo(), after},
		api.ActOnPeople.Path: {api.ActResult{People: []api.ActOutcome{{ID: idMary, Code: check.RemindedToday}}}, api.ActResult{People: []api.ActOutcome{{ID: idMary}}}},
		api.RemindAll.Path:   {&api.Error{Code: check.RemindedToday, Retry: 7200}, api.Reminded{People: 31}}})
	p.remind(idMary)
	settle()
	reads(t, p, []string{"A reminder has gone out less than a day ago."})
	p.remind(idMary)
	settle()
	reads(t, p, nil, "A reminder has gone out less than a day ago.")
	p.remind(idMary) // once is enough
	settle()
	if got := d.called(api.ActOnPeople.Path); len(got) != 2 || got[0] != `{"ids":["`+idMary+`"],"act":"remind"}` {
		t.Errorf("sent %q", got)
	}
	p.asking(adoptionRemind, api.PersonRow{})
	reads(t, p, []string{"31 people get an e-mail", "It can be done once a day."})
	p.remindAll()
	settle()
	reads(t, p, []string{"A reminder has gone out less than a day ago.", "Try again in 2 hours."})
	p.remindAll()
	settle()
	reads(t, p, []string{"All were reminded last just now"}, "It can be done once a day.")
}

func TestAdoptionPage_ExemptsWithAReasonAndAnEnd(t *testing.T) {
	after := adoptionInfo()
	after.NotReady = slices.Clone(after.NotReady)
	after.NotReady[0].ExemptUntil = time.Now().Add(24 * time.Hour).UnixMilli()
	p, d, settle := atAdoption(t, map[string][]any{api.Adoption.Path: {adoptionInfo(), after},
		api.ActOnPeople.Path: {api.ActResult{People: []api.ActOutcome{{ID: idMary, Code: check.Forbidden}}}, api.ActResult{People: []api.ActOutcome{{ID: idMary}}}}})
	p.asking(adoptionExempt, p.find(idMary))
	reads(t, p, []string{"Exempt Mary Somerville from two-factor?", "Until the end of"})
	p.submitExempt()
	settle()
	reads(t, p, []string{"Please fill this in."})
	p.form.set("reason", "at sea")
	p.until.form.set(whenDay, "2020-01-01")
	p.submitExempt()
	settle()
	reads(t, p, []string{"Please choose a moment that is still to come."})
	end := time.Now().UTC().AddDate(0, 0, 10).Format("2006-01-02")
	p.until.form.set(whenDay, end)
	p.submitExempt()
	settle()
	reads(t, p, []string{"Your role does not allow this."})
	p.submitExempt()
	settle()
	at, _ := momentOf(end, "23:59")
	if got := d.called(api.ActOnPeople.Path); len(got) != 2 || got[1] != fmt.Sprintf(`{"ids":["%s"],"act":"exempt","reason":"at sea","until":%d}`, idMary, at) {
		t.Errorf("sent %q", got)
	}
	reads(t, p, []string{"Exempt until", "End the exemption…"}, "from two-factor?")
	p.asking(adoptionEndExempt, p.find(idMary))
	reads(t, p, []string{"End the exemption of Mary Somerville?"}, "Until the end of")
	p.form.set("reason", "back again")
	p.submitExempt()
	settle()
	if got := d.called(api.ActOnPeople.Path); !slices.Equal(got, []string{`{"ids":["` + idMary + `"],"act":"end_exemption","reason":"back again"}`}) {
		t.Errorf("sent %q", got)
	}
}

func TestMandatory_StepsAndConfirms(t *testing.T) {
	done := adoptionInfo()
	done.MandatoryFrom = time.Now().Add(-time.Second).UnixMilli()
	p, d, settle := atAdoption(t, map[string][]any{api.Adoption.Path: {adoptionInfo()}, api.MakeMandatory.Path: {done}})
	p.begin(planWho)
	reads(t, p, []string{"Step 1 of 4", "42 people, 9 ready. 31 are not, and will be asked at their next sign-in once it is mandatory. 2 more are exempt for now."}, "Over time")
	p.goOn()
	reads(t, p, []string{"From when", "These 31 people will be asked at their next sign-in from"})
	p.plan.when.form.set(whenDay, "2020-01-01")
	p.goOn()
	reads(t, p, []string{"Please choose a moment that is still to come."}, "Who is exempt")
	p.plan.when.form.set(whenDay, time.Now().AddDate(2, 0, 0).Format("2006-01-02"))
	p.goOn()
	reads(t, p, []string{"A year is the most."})
	p.plan.later = false
	p.goOn()
	reads(t, p, []string{"Who is exempt", "Mary Somerville", "You find the others in the list of people."})
	p.goOn()
	reads(t, p, []string{"42 people, 9 ready. These 31 people will be asked at once", "2 people are exempt for now", "gets an e-mail about it", "Make it mandatory at once"})
	p.enact()
	settle()
	if got := d.called(api.MakeMandatory.Path); !slices.Equal(got, []string{`{"version":4}`}) {
		t.Errorf("sent %q", got)
	}
	reads(t, p, []string{"Mandatory since", "Over time"}, "Step 4 of 4")
}

func TestMandatory_SomebodyElseWasFaster(t *testing.T) {
	theirs := adoptionInfo()
	theirs.Version, theirs.MandatoryFrom = 5, time.Date(2099, 1, 1, 9, 0, 0, 0, time.UTC).UnixMilli()
	p, d, settle := atAdoption(t, map[string][]any{api.Adoption.Path: {adoptionInfo(), theirs}, api.MakeMandatory.Path: {&api.Error{Code: check.PolicyChanged}, theirs},
		api.DisableMandatory.Path: {adoptionInfo()}})
	p.begin(planWhen)
	day := time.Now().UTC().AddDate(0, 0, 5).Format("2006-01-02")
	p.plan.when.form.set(whenDay, day)
	p.goOn()
	p.goOn()
	p.enact()
	settle()
	at, _ := momentOf(day, "09:00")
	reads(t, p, []string{"Somebody else has changed the rules meanwhile", "Two-factor is mandatory from Thursday, 1 January 2099", "what you chose is kept", longMoment(at)})
	p.enact()
	settle()
	if got := d.called(api.MakeMandatory.Path); !slices.Equal(got, []string{fmt.Sprintf(`{"version":4,"from":%d}`, at), fmt.Sprintf(`{"version":5,"from":%d}`, at)}) {
		t.Errorf("sent %q", got)
	}
	p.asking(adoptionDisable, api.PersonRow{})
	reads(t, p, []string{"Disable mandatory two-factor?", "Who has two-factor keeps it"})
	p.disable()
	settle()
	reads(t, p, []string{"Voluntary"}, "Disable mandatory two-factor?")
}

func TestMandatory_WithoutMailSaysThatNobodyIsTold(t *testing.T) {
	quiet := adoptionInfo()
	quiet.Mail, quiet.People, quiet.Exempt = false, 9, 0
	p, _, _ := atAdoption(t, map[string][]any{api.Adoption.Path: {quiet}})
	p.begin(planConfirm)
	reads(t, p, []string{"so nobody is told before", "Everybody is ready"})
}
