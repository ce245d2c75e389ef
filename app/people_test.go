//go:build !js

package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var (
	idAda   = "0123456789abcdef0123456789abcdef"
	idMary  = "00000000000000000000000000000001"
	idLocky = "00000000000000000000000000000002"
)

func peopleRows() []api.PersonRow {
	return []api.PersonRow{
		{ID: idAda, UserName: "ada", DisplayName: "Ada Lovelace", Email: "ada@example.org", Role: "operator", State: "active", TwoFactorSince: 1_700_000_000_000},
		{ID: idMary, UserName: "mary", DisplayName: "Mary Somerville", Email: "mary@stars.example", Role: "member", State: "active"},
		{ID: idLocky, UserName: "charles", Email: "charles@example.org", Role: "of_a_newer_server", State: "active", Locked: true},
		{ID: "3", UserName: "annie", Email: "annie@example.org", Role: "helper", State: "invited"},
	}
}

func TestPeople_ListAndFilter(t *testing.T) {
	p := &peoplePage{}
	open(t, p, peoplePath, map[string][]any{api.Session.Path: {grace}, api.People.Path: {api.PeopleList{People: peopleRows()}}})
	reads(t, p, []string{"4 people", "Ada Lovelace", "ada@example.org", "Operator", "Active", "Not set up", "charles", "of_a_newer_server", "Closed", "Invited", "Helper", "Can sign in"}, "Nobody is called that")
	if links := linksOf(t, p); !slices.Contains(links, personPath(idMary)) {
		t.Errorf("the names lead to %v", links)
	}
	for _, c := range []struct {
		typed, want string
		never       string
	}{
		{"SOMER", "1 of 4 people", "Ada Lovelace"},
		{" love ada@ ", "Ada Lovelace", "Mary"},
		{"stars.example", "Mary Somerville", "charles"},
		{"nobody at all", "Nobody is called that", "Mary"},
		{"", "4 people", "Nobody is called that"},
	} {
		p.form.set("filter", c.typed)
		reads(t, p, []string{c.want}, c.never)
	}
	p.form.set("filter", "nobody at all")
	p.everybody()
	reads(t, p, []string{"4 people", "Ada Lovelace"})
}

func TestPeople_EmptyManyAndRefused(t *testing.T) {
	p := &peoplePage{}
	open(t, p, peoplePath, map[string][]any{api.Session.Path: {grace}, api.People.Path: {api.PeopleList{}}})
	reads(t, p, []string{"Nobody is here yet", "doorward user invite"}, "Find somebody")

	var many []api.PersonRow
	for i := range mostPeople + 1 {
		many = append(many, api.PersonRow{ID: fmt.Sprint(i), UserName: fmt.Sprintf("user%03d", i), State: "active", Role: "member"})
	}
	p = &peoplePage{}
	open(t, p, peoplePath, map[string][]any{api.Session.Path: {grace}, api.People.Path: {api.PeopleList{People: many}}})
	reads(t, p, []string{"201 people", "These are the first 200.", "user199"}, "user200")
	p.form.set("filter", "user200")
	reads(t, p, []string{"1 of 201 people", "user200"}, "These are the first")

	p = &peoplePage{}
	open(t, p, peoplePath, map[string][]any{api.Session.Path: {ada}, api.People.Path: {&api.Error{Code: check.Forbidden}}})
	reads(t, p, []string{"Your role does not allow this."}, "Find somebody")
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
	}
}
