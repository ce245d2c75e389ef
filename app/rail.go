package app

import (
	"net/url"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// The pages of the admin view. The list of people is peoplePath.
const (
	adoptionPath      = "/admin/two-factor"
	policyPath        = "/admin/policy"
	activityPath      = "/admin/activity"
	organizationsPath = "/admin/organizations"
)

// isAdmin reports whether who administers an organization.
func isAdmin(who *api.SessionInfo) bool {
	return who != nil && (who.Role == "admin" || who.Role == "operator")
}

// area is the organization that a page of the admin view is about; empty for the
// reader's own. Operators carry it from page to page in the address.
type area struct{ organization string }

// at takes the address.
func (a *area) at(u *url.URL) { a.organization = u.Query().Get("organization") }

// path returns the address of another page about the same organization.
func (a area) path(path string) string {
	if a.organization == "" {
		return path
	}
	return path + "?organization=" + url.QueryEscape(a.organization)
}

// admin draws a page of the admin view: the rail with the other pages beside it, which
// in narrow windows is a bar at the bottom. Here is the path of the page's own entry.
func (f frame) admin(a area, here string, body ...goapp.UI) goapp.UI {
	if a.organization != "" && isOperator(f.Who) {
		body = append([]goapp.UI{&shownOrganization{ID: a.organization}}, body...)
	}
	return f.around("top lined", f.account(), div("with-rail",
		rail(f.Who, a, here),
		goapp.Main().ID("main").TabIndex(-1).Class("main", "wide").Body(f.with(append([]goapp.UI{f.head()}, demanded(f.Who)...), body)...),
	))
}

// rail draws the ways to the pages of the admin view that who may see. Its place is
// kept while that is not known.
func rail(who *api.SessionInfo, a area, here string) goapp.UI {
	w := &say().Frame
	var links []goapp.UI
	add := func(i icon, label, short, path string) {
		e := goapp.A().Class("rail-link").Href(attr(path))
		if path == a.path(here) || path == here {
			e = e.Aria("current", "page")
		}
		links = append(links, e.Body(i.draw(), span("rail-long", label), span("rail-short", short)))
	}
	if isStaff(who) {
		add(iconUsers, w.People, w.People, a.path(peoplePath))
	}
	if isAdmin(who) {
		add(iconChart, w.Adoption, w.Adoption, a.path(adoptionPath))
		add(iconRules, w.Policy, w.Policy, a.path(policyPath))
		add(iconHistory, w.Activity, w.Activity, a.path(activityPath))
	}
	if isOperator(who) {
		if who.Several {
			add(iconBuilding, w.Organizations, w.OrganizationsShort, organizationsPath)
		}
		add(iconMail, w.Outbox, w.Outbox, outboxPath)
	}
	return goapp.Nav().Class("rail").Aria("label", w.Admin).Body(links...)
}
