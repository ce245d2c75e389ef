//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func TestRail_ShowsEachRoleItsPages(t *testing.T) {
	for _, c := range []struct {
		role    string
		several bool
		want    []string
	}{
		{"member", false, nil},
		{"helper", false, []string{peoplePath}},
		{"admin", false, []string{peoplePath, adoptionPath, policyPath, activityPath}},
		{"admin", true, []string{peoplePath, adoptionPath, policyPath, activityPath}},
		{"operator", false, []string{peoplePath, adoptionPath, policyPath, activityPath, outboxPath}},
		{"operator", true, []string{peoplePath, adoptionPath, policyPath, activityPath, organizationsPath, outboxPath}},
	} {
		who := ada
		who.Role, who.Several = c.role, c.several
		if got := linksOf(t, rail(&who, area{}, peoplePath)); !slices.Equal(got, c.want) {
			t.Errorf("a %s (several: %v) is led to %v", c.role, c.several, got)
		}
	}
	if got := linksOf(t, rail(nil, area{}, peoplePath)); len(got) != 0 {
		t.Errorf("somebody unknown is led to %v", got)
	}
}

func TestRail_CarriesTheOrganizationAndMarksThePage(t *testing.T) {
	who := grace
	who.Several = true
	a := area{organization: idAda}
	links := linksOf(t, rail(&who, a, policyPath))
	for _, l := range links {
		whole := strings.HasPrefix(l, organizationsPath) || strings.HasPrefix(l, outboxPath)
		if strings.HasSuffix(l, "?organization="+idAda) == whole {
			t.Errorf("it leads to %s", l)
		}
	}
	drawn := goapp.HTMLString(rail(&who, a, policyPath))
	if n := strings.Count(drawn, `aria-current="page"`); n != 1 || !strings.Contains(drawn, "Rules") {
		t.Errorf("%d pages are marked: %s", n, drawn)
	}
	p := &peoplePage{}
	open(t, p, peoplePath+"?organization="+idAda, map[string][]any{api.Session.Path: {grace}, api.People.Path: {api.PeopleList{}}})
	reads(t, p, []string{"Shown here", "All organizations"})
	open(t, p, peoplePath, map[string][]any{api.Session.Path: {grace}, api.People.Path: {api.PeopleList{}}})
	reads(t, p, nil, "Shown here")
}
