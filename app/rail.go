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
// on phones is a bar at the bottom.
func (f frame) admin(a area, here string, body ...goapp.UI) goapp.UI {
	return f.wide(append([]goapp.UI{rail(f.Who, a, here)}, body...)...)
}

// rail draws the ways to the pages of the admin view that who may see.
func rail(who *api.SessionInfo, a area, here string) goapp.UI {
	w := &say().Frame
	var links []goapp.UI
	add := func(i icon, label, path string) {
		e := goapp.A().Class("rail-link").Href(attr(a.path(path)))
		if path == here {
			e = e.Aria("current", "page")
		}
		links = append(links, e.Body(i.draw(), span("", label)))
	}
	if isStaff(who) {
		add(iconUsers, w.People, peoplePath)
	}
	if isAdmin(who) {
		add(iconShield, w.Adoption, adoptionPath)
		add(iconLock, w.Policy, policyPath)
		add(iconHistory, w.Activity, activityPath)
	}
	if isOperator(who) {
		if who.Several {
			add(iconDevice, w.Organizations, organizationsPath)
		}
		add(iconMail, w.Outbox, outboxPath)
	}
	nav := goapp.Nav().Class("rail").Aria("label", w.Admin).Body(links...)
	if a.organization == "" || !isOperator(who) {
		return nav
	}
	return div("rail-of", &shownOrganization{ID: a.organization}, nav)
}
