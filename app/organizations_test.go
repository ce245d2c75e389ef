//go:build !js

package app

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

const (
	idEngines  = "00000000000000000000000000000011"
	idKitchens = "00000000000000000000000000000012"
	idGardens  = "00000000000000000000000000000013"
)

func organizationRows() api.OrganizationList {
	return api.OrganizationList{Organizations: []api.OrganizationRow{
		{ID: idEngines, Name: "Engines", Own: true, People: 42, Ready: 40, MandatoryFrom: 1_700_000_000_000},
		{ID: idGardens, Name: "Gardens", People: 3, Suspended: time.Now().Add(-time.Hour).UnixMilli()},
		{ID: idKitchens, Name: "Kitchens", People: 7, Ready: 1},
	}}
}

// graceOf runs a portal with several organizations.
func graceOf() api.SessionInfo {
	who := grace
	who.Several, who.ProvedUntil = true, freshly()
	return who
}

func atOrganizations(t *testing.T, answers map[string][]any) (*organizationsPage, *desk, func()) {
	t.Helper()
	answers[api.Session.Path] = []any{graceOf()}
	if answers[api.Organizations.Path] == nil {
		answers[api.Organizations.Path] = []any{organizationRows()}
	}
	p := &organizationsPage{}
	d, settle := open(t, p, organizationsPath, answers)
	return p, d, settle
}

func TestOrganizations_List(t *testing.T) {
	p, _, _ := atOrganizations(t, map[string][]any{})
	reads(t, p, []string{"Engines Yours 42 40 Since", "Gardens 3 0 No Suspended since 1 hour ago Rename Gardens Open again Gardens", "Kitchens 7 1 No Open Rename Kitchens Suspend Kitchens", "Add an organization"},
		"Suspend Engines", "Suspend Gardens", "Open again Kitchens")
	links := linksOf(t, p)
	for _, want := range []string{peoplePath, peoplePath + "?organization=" + idKitchens, organizationsPath} {
		if !slices.Contains(links, want) {
			t.Errorf("nothing leads to %s: %v", want, links)
		}
	}
	p, _, _ = atOrganizations(t, map[string][]any{api.Organizations.Path: {&api.Error{Code: check.Forbidden}}})
	reads(t, p, []string{"Your role does not allow this."}, "Add an organization")
}

func TestOrganizations_AddAndRename(t *testing.T) {
	p, d, settle := atOrganizations(t, map[string][]any{
		api.AddOrganization.Path:    {&api.Error{Problems: api.Problems{"name": check.Taken}}, api.OrganizationRow{}},
		api.RenameOrganization.Path: {api.OrganizationRow{}}})
	p.begin(organizationAdd, api.OrganizationRow{})
	reads(t, p, []string{"It begins empty"})
	p.submit()
	reads(t, p, []string{"Please fill this in."})
	p.form.set("name", "Bakeries")
	p.submit()
	settle()
	reads(t, p, []string{"Somebody else has this already."})
	p.submit()
	settle()
	if got := d.called(api.AddOrganization.Path); !slices.Equal(got, []string{`{"name":"Bakeries"}`, `{"name":"Bakeries"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, nil, "It begins empty")
	p.begin(organizationRename, organizationRows().Organizations[2])
	reads(t, p, []string{"Its people see the new name at once."})
	p.form.set("name", "Canteens")
	p.submit()
	settle()
	if got := d.called(api.RenameOrganization.Path); !slices.Equal(got, []string{`{"id":"` + idKitchens + `","name":"Canteens"}`}) {
		t.Errorf("sent %v", got)
	}
}

func TestOrganizations_SuspendAsksForTheName(t *testing.T) {
	p, d, settle := atOrganizations(t, map[string][]any{
		api.SuspendOrganization.Path: {api.OrganizationRow{}}, api.ReinstateOrganization.Path: {&api.Error{Code: check.NotFound}, api.OrganizationRow{}}})
	p.begin(organizationSuspend, organizationRows().Organizations[2])
	reads(t, p, []string{"Suspend this organization?", "Nobody of it can sign in any more", "Type Kitchens to confirm"})
	p.submit()
	reads(t, p, []string{"Please fill this in.", "That is not what had to be typed."})
	p.form.set("reason", "they have left")
	p.form.set("confirm", "kitchens")
	p.submit()
	reads(t, p, []string{"That is not what had to be typed."}, "Please fill this in.")
	if got := d.called(api.SuspendOrganization.Path); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
	p.form.set("confirm", " Kitchens ")
	p.submit()
	settle()
	if got := d.called(api.SuspendOrganization.Path); !slices.Equal(got, []string{`{"id":"` + idKitchens + `","reason":"they have left"}`}) {
		t.Errorf("sent %v", got)
	}
	p.begin(organizationReinstate, organizationRows().Organizations[1])
	reads(t, p, []string{"Open this organization again?", "Gardens"}, "to confirm")
	p.form.set("reason", "they are back")
	p.submit()
	settle()
	reads(t, p, []string{say().Code(check.NotFound)})
	p.submit()
	settle()
	reads(t, p, nil, "Open this organization again?")
}

func TestOrganizations_AsksForAStepUpFirst(t *testing.T) {
	p := &organizationsPage{}
	open(t, p, organizationsPath, map[string][]any{api.Session.Path: {grace}, api.Organizations.Path: {organizationRows()}})
	p.begin(organizationAdd, api.OrganizationRow{})
	reads(t, p, []string{"Is it still you?"}, "It begins empty")
}

func TestShownOrganization_SaysWhichAndLeadsBack(t *testing.T) {
	s := &shownOrganization{ID: idKitchens}
	_, settle := open(t, &homePage{}, "/", map[string][]any{api.Session.Path: {graceOf()}, api.Security.Path: {active}, api.Organizations.Path: {organizationRows()}})
	ctx, engine := probed(t)
	s.load(ctx)
	engine.ConsumeAll()
	settle()
	reads(t, s, []string{"Shown here", "Kitchens", "All organizations"}, "Engines")
	p, _, _ := audit(t, activityPath+"?organization="+idKitchens, map[string][]any{api.Session.Path: {graceOf()}})
	reads(t, p, []string{"Shown here", "All organizations"})
	if links := linksOf(t, p); !slices.Contains(links, peoplePath+"?organization="+idKitchens) || !slices.Contains(links, organizationsPath) {
		t.Errorf("the rail leads to %v", links)
	}
}

func TestOrganizations_WithOneTheWordAppearsNowhere(t *testing.T) {
	alone := graceOf()
	alone.Several = false
	for _, who := range []api.SessionInfo{alone, ada} {
		p := &personPage{}
		open(t, p, personPath(idMary), map[string][]any{api.Session.Path: {who}, api.Person.Path: {mary()}})
		reads(t, p, nil, "rganization")
		a, _, _ := audit(t, activityPath, map[string][]any{api.Session.Path: {who}})
		if slices.Contains(linksOf(t, a), organizationsPath) || slices.Contains(linksOf(t, p), organizationsPath) {
			t.Error("something leads to the organizations")
		}
	}
}

func TestPerson_MovesToAnotherOrganization(t *testing.T) {
	who := mary()
	who.Organization = "Engines"
	p := &personPage{}
	d, settle := open(t, p, personPath(idMary), map[string][]any{api.Session.Path: {graceOf()}, api.Person.Path: {who},
		api.Organizations.Path: {organizationRows()}, api.MovePerson.Path: {&api.Error{Code: check.LastAdmin}, api.Done{}}})
	reads(t, p, []string{"Move to another organization…", "Engines"})
	p.move.begin(p)
	settle()
	reads(t, p, []string{"Move to another organization?", "Every session of theirs ends at once.", "Choose an organization Kitchens Reason"}, "Gardens") // that one is suspended
	p.move.submit(p)
	reads(t, p, []string{"Please fill this in."})
	p.move.to = idKitchens
	p.move.form.set("reason", "she cooks now")
	p.move.submit(p)
	settle()
	reads(t, p, []string{say().Code(check.LastAdmin)})
	p.move.submit(p)
	settle()
	sent := `{"id":"` + idMary + `","organization":"` + idKitchens + `","reason":"she cooks now"}`
	if got := d.called(api.MovePerson.Path); !slices.Equal(got, []string{sent, sent}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, nil, "Every session of theirs ends at once.")
}

func TestPerson_NobodyMovesThemselvesAndNobodyElseMoves(t *testing.T) {
	admin := graceOf()
	admin.Role = "admin"
	self := mary()
	self.Self = true
	for _, c := range []struct {
		who api.SessionInfo
		of  api.PersonInfo
	}{{admin, mary()}, {graceOf(), self}} {
		p := &personPage{}
		open(t, p, personPath(idMary), map[string][]any{api.Session.Path: {c.who}, api.Person.Path: {c.of}})
		reads(t, p, nil, "Move to another")
	}
}
