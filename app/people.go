package app

import (
	"net/url"
	"strconv"
	"strings"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// peoplePath is the staff's list of people; below it each has a page.
const peoplePath = "/admin/people"

// mostPeople is how many people the list draws at once.
const mostPeople = 200

// isStaff reports whether who may help others. It decides what is shown; the server
// decides what is allowed.
func isStaff(who *api.SessionInfo) bool {
	return who != nil && (who.Role == "helper" || who.Role == "admin" || who.Role == "operator")
}

// peoplePage lists everybody in the organization, for staff: /admin/people.
type peoplePage struct {
	goapp.Compo
	account
	list remote[api.PeopleList]
	form form // what is looked for
}

func (p *peoplePage) title() string { return say().People.Title }
func (p *peoplePage) at(*url.URL)   { p.form.ID = "people" }

// OnNav implements goapp.Navigator.
func (p *peoplePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *peoplePage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	ask(ctx, &p.list, api.People, api.PeopleRequest{}, nil)
}

// Render implements goapp.Composer.
func (p *peoplePage) Render() goapp.UI {
	w := &say().People
	return p.frame(w.Title, w.Lead).wide(
		p.list.draw(p.draw, p.load),
		p.over(nil),
	)
}

// draw draws those who are looked for.
func (p *peoplePage) draw(list api.PeopleList) goapp.UI {
	w := &say().People
	all, typed := list.People, p.form.values["filter"]
	if len(all) == 0 {
		return block("card flush", nothing{Icon: iconUsers, Title: w.NoneTitle, Text: w.NoneText}.draw())
	}
	found := matching(all, typed)
	count := words.Many(len(all), w.AllOne, w.AllMany)
	if len(found) < len(all) {
		count = with(w.Some, "n", strconv.Itoa(len(found)), "all", strconv.Itoa(len(all)))
	}
	if len(found) > mostPeople {
		found = found[:mostPeople]
		count += ". " + with(w.More, "n", strconv.Itoa(mostPeople))
	}
	body := nothing{Icon: iconSearch, Title: w.NoMatch, Text: w.NoMatchText,
		Act: button{Label: w.NoMatchAct, ID: "everybody", On: press(p.everybody)}.draw()}.draw()
	if len(found) > 0 {
		body = p.table(found)
	}
	return div("stack",
		div("finder",
			p.form.field(field{Name: "filter", Label: w.Filter, Hint: w.FilterHint, Type: "search", Autocomplete: "off", Optional: true, Plain: true}),
			goapp.P().Class("fine", "number-words").Role("status").Text(count),
		),
		block("card flush people", body),
	)
}

// everybody empties the field.
func (p *peoplePage) everybody() {
	p.form.empty("filter")
	focusOn(p.page, p.form.id("filter"))
}

// matching returns those whose name, user name or address has all the words of typed.
func matching(all []api.PersonRow, typed string) []api.PersonRow {
	parts := strings.Fields(strings.ToLower(typed))
	if len(parts) == 0 {
		return all
	}
	var found []api.PersonRow
next:
	for _, r := range all {
		text := strings.ToLower(r.DisplayName + "\n" + r.UserName + "\n" + r.Email)
		for _, part := range parts {
			if !strings.Contains(text, part) {
				continue next
			}
		}
		found = append(found, r)
	}
	return found
}

func (p *peoplePage) table(list []api.PersonRow) goapp.UI {
	w := &say().People
	columns := []column{{Label: w.Name}, {Label: w.Email}, {Label: w.Role}, {Label: w.TwoFactor}, {Label: w.State}}
	var rows [][]goapp.UI
	for _, r := range list {
		name := []goapp.UI{
			goapp.A().Class("cell-name").Href(attr(personPath(r.ID))).Text(personName(r)),
		}
		if personName(r) != r.UserName {
			name = append(name, span("cell-note", r.UserName))
		}
		rows = append(rows, []goapp.UI{
			div("", name...),
			span("address", r.Email),
			span("", w.RoleName(r.Role)),
			activeBadge(r.TwoFactorSince > 0),
			div("row tight", personState(r)...),
		})
	}
	return table(w.Title, columns, rows)
}

// personPath is the page of the person with id.
func personPath(id string) string { return peoplePath + "/" + id }

// personName is what a person is called.
func personName(r api.PersonRow) string {
	if r.DisplayName == "" {
		return r.UserName
	}
	return r.DisplayName
}

// personState says whether the account can be used.
func personState(r api.PersonRow) []goapp.UI {
	w := &say().People
	state := span("", w.StateName(r.State))
	switch {
	case r.Locked:
		return []goapp.UI{mark(badgeBad, iconLock, w.Locked)}
	case r.State != "active":
		state = mark(badgeOff, iconClock, w.StateName(r.State))
	}
	return []goapp.UI{state}
}
