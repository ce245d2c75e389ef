package app

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// route is one line of the table of pages.
type route struct {
	// path is the address; one that ends in "/*" takes exactly one more part, such
	// as the token of a link.
	path string
	// client says that the page is empty without the client.
	client bool
	open   func() page
}

// pages is every page there is, for the server's prerendering and for the browser.
// A page is added here, with the path that ARCHITECTURE.md gives it.
func pages() []route {
	return []route{
		{path: "/sign-in", open: func() page { return &signInPage{} }},
		{path: "/sign-in/passcode", open: func() page { return &passcodePage{} }},
		{path: "/sign-in/text", open: func() page { return &textPage{} }},
		{path: "/sign-in/recovery-code", open: func() page { return &recoveryCodePage{} }},
		{path: "/sign-in/another-way", open: func() page { return &anotherWayPage{} }},
		{path: "/sign-in/lost-phone", open: func() page { return &lostPhonePage{} }},
		{path: "/sign-in/recovery-phone", open: func() page { return newRecoveryTextPage() }},
		{path: "/sign-in/recovered", open: func() page { return &recoveredPage{} }},
		{path: "/sign-in/protect", open: func() page { return &protectPage{} }},
		{path: "/", client: true, open: func() page { return &homePage{} }},
		{path: "/profile", client: true, open: func() page { return &profilePage{} }},
		{path: "/profile/security", client: true, open: func() page { return &securityPage{} }},
		{path: "/profile/security/set-up", client: true, open: func() page { return &wizardPage{} }},
		{path: "/profile/security/phone", client: true, open: func() page { return &phonePage{} }},
		{path: "/profile/sessions", client: true, open: func() page { return &sessionsPage{} }},
		{path: myActivityPath, client: true, open: func() page { return &myActivityPage{} }},
		{path: peoplePath, client: true, open: func() page { return &peoplePage{} }},
		{path: invitePath, client: true, open: func() page { return &invitePage{} }}, // before those of people
		{path: peoplePath + "/*", client: true, open: func() page { return &personPage{} }},
		{path: adoptionPath, client: true, open: func() page { return &adoptionPage{} }},
		{path: policyPath, client: true, open: func() page { return &policyPage{} }},
		{path: activityPath, client: true, open: func() page { return &auditPage{} }},
		{path: organizationsPath, client: true, open: func() page { return &organizationsPage{} }},
		{path: outboxPath, client: true, open: func() page { return &outboxPage{} }},
		{path: "/email/*", open: func() page { return &emailPage{} }},
		{path: "/not-me/*", open: func() page { return &notMePage{} }},
		{path: "/password/*", open: func() page { return &newPasswordPage{} }},
		{path: "/turn-off/*", open: func() page { return &turnOffPage{} }},
		{path: "/forgot-password", open: func() page { return &forgotPage{} }},
		{path: "/setup/*", open: func() page { return &setupPage{} }},
		{path: "/invitation/*", open: func() page { return &invitationPage{} }},
		{path: "/offline", open: func() page { return &offlinePage{} }},
	}
}

// find returns the route that path is for.
func find(path string) (route, bool) {
	for _, r := range pages() {
		if r.matches(path) {
			return r, true
		}
	}
	return route{open: func() page { return &notFoundPage{} }}, false
}

func (r route) matches(path string) bool {
	prefix, ok := strings.CutSuffix(r.path, "*")
	if !ok {
		return path == r.path
	}
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && rest != "" && !strings.Contains(rest, "/")
}

// Routes tells go-app every page. The first one drawn in a document takes the
// address before it is drawn, so that it looks as the server drew it; after that
// OnNav tells each page its address.
func Routes() {
	for _, r := range pages() {
		if prefix, ok := strings.CutSuffix(r.path, "*"); ok {
			goapp.RouteWithRegexp("^"+prefix+"[^/]+$", opener(r.open))
			continue
		}
		goapp.Route(r.path, opener(r.open))
	}
	goapp.RouteWithRegexp("^", opener(func() page { return &notFoundPage{} }))
}

// opened says that a page has been drawn in this document.
var opened bool

func opener(open func() page) func() goapp.Composer {
	return func() goapp.Composer {
		p := open()
		if !opened {
			p.at(goapp.Window().URL())
			learn(p, brought())
		}
		opened = true
		return p
	}
}
