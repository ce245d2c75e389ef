package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shownOrganization says above the rail which organization an operator looks at, and
// leads back to all of them. It is a component because it asks for the name itself, so
// that no page has to.
type shownOrganization struct {
	goapp.Compo
	ID string

	list remote[api.OrganizationList]
}

// OnMount asks for the names.
func (s *shownOrganization) OnMount(ctx goapp.Context) { s.load(ctx) }

func (s *shownOrganization) load(ctx goapp.Context) { load(ctx, &s.list, api.Organizations, nil) }

// name is what the organization is called; empty while that is not known.
func (s *shownOrganization) name() string {
	for _, o := range s.list.value.Organizations {
		if o.ID == s.ID {
			return o.Name
		}
	}
	return ""
}

// Render implements goapp.Composer.
func (s *shownOrganization) Render() goapp.UI {
	w := &say().Organizations
	return div("rail-shown",
		iconBuilding.draw(),
		div("", span("cell-note", w.Shown), goapp.Span().Class("strong", "address").Text(s.name())),
		goapp.A().Class("link", "fine").Href(organizationsPath).Text(w.ToAll),
	)
}
