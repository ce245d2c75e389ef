//go:build !js

package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

var (
	idAda   = "0123456789abcdef0123456789abcdef"
	idMary  = "00000000000000000000000000000001"
	idLocky = "00000000000000000000000000000002"
	idAnnie = "00000000000000000000000000000003"
)

func peopleRows() []api.PersonRow {
	tomorrow := time.Now().Add(24 * time.Hour).UnixMilli()
	return []api.PersonRow{
		{ID: idAda, UserName: "ada", DisplayName: "Ada Lovelace", Email: "ada@example.org", Role: "operator", State: "active", TwoFactorSince: 1_700_000_000_000,
			Methods: []api.Method{api.MethodTOTP, api.MethodText}, LastSignIn: time.Now().UnixMilli()},
		{ID: idMary, UserName: "mary", DisplayName: "Mary Somerville", Email: "mary@stars.example", Role: "member", State: "active", Due: tomorrow},
		{ID: idLocky, UserName: "charles", Email: "charles@example.org", Role: "of_a_newer_server", State: "active", Locked: true, ExemptUntil: tomorrow},
		{ID: idAnnie, UserName: "annie", Email: "annie@example.org", Role: "helper", State: "invited"},
	}
}

func listOf(rows ...api.PersonRow) api.PeopleList {
	return api.PeopleList{People: rows, Found: len(rows), Everybody: 4}
}

// atPeople opens the list for somebody who has proved who they are.
func atPeople(t *testing.T, role string, answers map[string][]any) (*peoplePage, *desk, func()) {
	t.Helper()
	who := grace
	who.Role, who.ProvedUntil = role, freshly()
	answers[api.Session.Path] = []any{who}
	if answers[api.People.Path] == nil {
		answers[api.People.Path] = []any{listOf(peopleRows()...)}
	}
	t.Cleanup(func() { soughtLast.area, soughtLast.sought = area{}, sought{} })
	p := &peoplePage{}
	d, settle := open(t, p, peoplePath, answers)
	return p, d, settle
}

func TestPeople_SaysHowEverybodyStands(t *testing.T) {
	p, d, _ := atPeople(t, "operator", map[string][]any{})
	reads(t, p, []string{"4 people", "Ada Lovelace", "ada@example.org", "Operator", "Active", "App, Text message", "just now", "Not set up", "Due", "charles", "of_a_newer_server", "Closed",
		"Exempt", "Invited", "Helper", "Can sign in", "never", "Invite people", "Export CSV", "Choose all shown"}, "Nobody is found", "Show more", "End sessions")
	if links := linksOf(t, p); !slices.Contains(links, personPath(idMary)) || !slices.Contains(links, invitePath) {
		t.Errorf("the page leads to %v", links)
	}
	if got := d.called(api.People.Path); !slices.Equal(got, []string{"{}"}) {
		t.Errorf("asked %v", got)
	}
	p, _, _ = atPeople(t, "helper", map[string][]any{})
	reads(t, p, []string{"4 people", "Ada Lovelace"}, "Invite people", "Export CSV")
}

func TestPeople_LooksForOthersOnceTypingRests(t *testing.T) {
	many := listOf(peopleRows()[1])
	many.Found, many.Everybody = 12, 50_000
	p, d, settle := atPeople(t, "operator", map[string][]any{api.People.Path: {listOf(peopleRows()...), many, listOf()}})
	d.called(api.People.Path)
	var rested []func()
	later = func(_ goapp.Context, wait time.Duration, then func()) {
		if wait == pause {
			rested = append(rested, then)
		}
	}
	p.typed("so")
	p.typed("  SOMER ")
	for _, then := range rested {
		then()
	}
	reads(t, p, []string{"Ada Lovelace", "Mary"}) // until the answer has come
	settle()
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"search":"SOMER"}`}) {
		t.Errorf("asked %v", got)
	}
	reads(t, p, []string{"12 of 50,000 people", "Mary Somerville"}, "Ada Lovelace")

	p.look(sought{search: "nobody", show: "totp", sort: "added-"})
	settle()
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"search":"nobody","filter":"method","method":"totp","sort":"added","descending":true}`}) {
		t.Errorf("asked %v", got)
	}
	reads(t, p, []string{"Nobody is found", "Show everybody", "0 of 4 people"}, "Mary")
	p.everybody()
	settle()
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"sort":"added","descending":true}`}) {
		t.Errorf("asked %v", got)
	}
}

func TestPeople_AnAnswerToAnOlderQuestionIsDropped(t *testing.T) {
	p, _, settle := atPeople(t, "operator", map[string][]any{})
	p.look(sought{search: "first"})
	p.asked++ // another question has gone out since
	settle()
	if p.list.value.Everybody != 4 || !p.finding {
		t.Error("the answer to the older question was taken")
	}
	p.found(listOf(peopleRows()[1]))
	reads(t, p, []string{"Mary Somerville"}, "Ada Lovelace")
}

func TestPeople_ShowsMoreAndKeepsWhatThereIsWhenThatFails(t *testing.T) {
	first, rows := listOf(peopleRows()[:2]...), peopleRows()
	first.Next, first.Found = "mark", 4
	p, d, settle := atPeople(t, "operator", map[string][]any{api.People.Path: {first, &api.Error{Code: check.Busy}, api.PeopleList{People: rows[2:], Found: 4, Everybody: 4}}})
	reads(t, p, []string{"Show more", "Mary Somerville"}, "annie")
	p.more()
	p.more() // once is enough
	settle()
	reads(t, p, []string{say().Code(check.Busy), "Mary Somerville", "Show more"}, "annie")
	p.more()
	settle()
	reads(t, p, []string{"Mary Somerville", "annie"}, "Show more", say().Code(check.Busy))
	if got := d.called(api.People.Path); !slices.Equal(got, []string{"{}", `{"after":"mark"}`, `{"after":"mark"}`}) {
		t.Errorf("asked %v", got)
	}
}

func TestPeople_EmptyRefusedAndNotExported(t *testing.T) {
	p, _, _ := atPeople(t, "admin", map[string][]any{api.People.Path: {api.PeopleList{}}})
	reads(t, p, []string{"Nobody is here yet", "Invite people"}, "Find somebody")
	p, _, _ = atPeople(t, "member", map[string][]any{api.People.Path: {&api.Error{Code: check.Forbidden}}})
	reads(t, p, []string{"Your role does not allow this."}, "Find somebody")
	p, _, _ = atPeople(t, "admin", map[string][]any{api.People.Path: {&api.Error{Code: check.TwoFactorFirst}}})
	reads(t, p, []string{say().Code(check.TwoFactorFirst), "Set up two-factor authentication"}, "Try again")
	if links := linksOf(t, p); !slices.Contains(links, WizardPath) {
		t.Errorf("the page leads to %v", links)
	}
	p = &peoplePage{}
	open(t, p, peoplePath+"?code=busy", map[string][]any{api.Session.Path: {grace}, api.People.Path: {listOf(peopleRows()...)}})
	reads(t, p, []string{"The list could not be exported", say().Code(check.Busy), "Ada Lovelace"})
}

func TestPeople_TheAddressSaysWhichOrganizationAndFilter(t *testing.T) {
	p, _, _ := atPeople(t, "operator", map[string][]any{})
	d, settle := open(t, p, peoplePath+"?organization="+idAda+"&filter=not_set_up", map[string][]any{api.Session.Path: {grace}, api.People.Path: {listOf(peopleRows()...)}})
	settle()
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"organization":"` + idAda + `","filter":"not_set_up"}`}) {
		t.Errorf("asked %v", got)
	}
	if links := linksOf(t, p); !slices.Contains(links, personPath(idMary)+"?organization="+idAda) {
		t.Errorf("the page leads to %v", links)
	}
	root, err := html.Parse(strings.NewReader(tidy(goapp.HTMLString(p))))
	if err != nil {
		t.Fatal(err)
	}
	exported := map[string]string{}
	each(root, func(n *html.Node) {
		if kind, _ := value(n, "type"); kind == "hidden" {
			name, _ := value(n, "name")
			exported[name], _ = value(n, "value")
		}
		if to, ok := value(n, "action"); ok && to != "/sign-out" && to != "/admin/people/export" {
			t.Errorf("a form goes to %s", to)
		}
	})
	want := map[string]string{"organization": idAda, "filter": "not_set_up", "search": "", "method": "", "sort": "", "descending": ""}
	if !maps.Equal(exported, want) {
		t.Errorf("the export asks for %v", exported)
	}
	p.at(mustParse(t, peoplePath+"?filter=of_another_kind"))
	if p.show != "" || p.list.status != idle || p.organization != "" {
		t.Error("the list of the other organization stays")
	}
}

func TestPeople_ComesBackToWhatWasLookedFor(t *testing.T) {
	p, _, settle := atPeople(t, "operator", map[string][]any{})
	p.look(sought{search: "somer", sort: "-"})
	settle()
	back := &peoplePage{}
	d, _ := open(t, back, peoplePath, map[string][]any{api.Session.Path: {grace}, api.People.Path: {listOf(peopleRows()[1])}})
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"search":"somer","descending":true}`}) {
		t.Errorf("asked %v", got)
	}
	if !strings.Contains(tidy(goapp.HTMLString(back)), `value="somer"`) {
		t.Error("the field is empty")
	}
	elsewhere := &peoplePage{}
	elsewhere.at(mustParse(t, peoplePath+"?organization="+idAda))
	if elsewhere.sought != (sought{}) {
		t.Errorf("in another organization it looks for %v", elsewhere.sought)
	}
}

func TestPeople_ChoosesAndIsOfferedWhatMakesSense(t *testing.T) {
	p, _, settle := atPeople(t, "admin", map[string][]any{})
	p.who.value.UserID = idAda
	p.choose(idMary, true)
	reads(t, p, []string{"1 person chosen", "Suspend", "Remind", "End sessions", "Change role", "Exempt", "Delete"}, "Invite again", "Reinstate", "Reset link", "End exemption")
	p.choose(idMary, false)
	reads(t, p, nil, "chosen", "End sessions")
	p.chooseAll(true)
	reads(t, p, []string{"3 people chosen", "Invite again", "End exemption"})
	if p.chosen[idAda] {
		t.Error("one chooses oneself")
	}
	p.found(listOf(peopleRows()[1]))
	reads(t, p, []string{"1 person chosen"})
	settle()

	p, _, _ = atPeople(t, "helper", map[string][]any{})
	p.chooseAll(true)
	reads(t, p, []string{"Remind", "Reset link", "End sessions"}, "Delete", "Change role", "Invite again")

	var rows []api.PersonRow
	for i := range api.MaxActOn + 1 {
		rows = append(rows, api.PersonRow{ID: fmt.Sprint(i), UserName: fmt.Sprintf("user%03d", i), State: "active", Role: "member"})
	}
	p, _, _ = atPeople(t, "admin", map[string][]any{api.People.Path: {listOf(rows...)}})
	p.chooseAll(true)
	reads(t, p, []string{"201 people chosen", "At most 200 people at once."}, "End sessions")
}

func TestPeople_IsInTheMenuOfStaffOnly(t *testing.T) {
	for role, want := range map[string]bool{"member": false, "helper": true, "admin": true, "operator": true, "": false} {
		who := ada
		who.Role = role
		p := &homePage{}
		open(t, p, "/", map[string][]any{api.Session.Path: {who}, api.Security.Path: {active}})
		n := strings.Count(strings.Join(linksOf(t, p), " "), peoplePath)
		if want && n != 2 || !want && n != 0 {
			t.Errorf("for the role %q the front page leads %d times to the people", role, n)
		}
		if got := strings.Contains(text(t, p), "Administration"); got != want {
			t.Errorf("for the role %q the menu has Administration: %v", role, got)
		}
	}
}

func TestPeople_EveryFilterOrderAndActHasWords(t *testing.T) {
	w := words.English.People
	for _, f := range api.PeopleFilters() {
		if f != api.FilterMethod && w.Filters[string(f)] == "" {
			t.Errorf("the filter %q has no words", f)
		}
	}
	for _, m := range []api.Method{api.MethodTOTP, api.MethodText} {
		if w.Filters[string(m)] == "" || w.Methods[string(m)] == "" {
			t.Errorf("the method %q has no words", m)
		}
	}
	for _, act := range api.Acts() {
		if words.English.Acts.Act(string(act)).Offer == "" {
			t.Errorf("the act %q has no words", act)
		}
	}
	if n := len(words.English.Acts.Of); n != len(api.Acts()) {
		t.Errorf("there are words for %d acts, and %d acts", n, len(api.Acts()))
	}
	for _, n := range exemptDays {
		if words.English.Acts.DaysOf[n] == "" {
			t.Errorf("%d days have no words", n)
		}
	}
}
