package app

import (
	"strconv"
	"strings"
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// foundID is what says above the list how many were found: the list begins there.
const foundID = "found"

// notExported says why an export was refused: it is a plain form, whose answer comes
// with the address.
func (p *peoplePage) notExported() goapp.UI {
	w := say()
	code := p.refused.failure.Code
	for _, c := range p.refused.problems {
		code = c
	}
	if code == "" {
		return alerts()
	}
	return alerts(banner{Kind: bannerError, Title: w.People.ExportFailed, Text: w.Code(code)}.draw())
}

// draw draws those who were found.
func (p *peoplePage) draw(list api.PeopleList) goapp.UI {
	w := &say().People
	if list.Everybody == 0 && p.all() {
		var invite goapp.UI
		if isAdmin(p.info()) {
			invite = button{Label: w.Invite, Icon: iconInvite, Href: p.path(invitePath)}.draw()
		}
		return block("card flush", nothing{Icon: iconUsers, Title: w.NoneTitle, Text: w.NoneText, Act: invite}.draw())
	}
	body := []goapp.UI{nothing{Icon: iconSearch, Title: w.NoMatch, Text: w.NoMatchText,
		Act: button{Label: w.NoMatchAct, ID: "everybody", On: press(p.everybody)}.draw()}.draw()}
	if len(list.People) > 0 {
		body = []goapp.UI{p.table(list.People)}
	}
	if list.Next != "" {
		body = append(body, div("card-foot center", button{Label: w.More, ID: "more", Busy: p.finding, On: press(p.more)}.draw()))
	}
	class, busy := "card flush people", "false"
	if p.finding {
		class, busy = class+" finding", "true"
	}
	return div("stack",
		p.finder(),
		refusalNotice(p.failure),
		div("row apart",
			div("row", p.boxForAll(), goapp.P().Class("fine", "number-words").ID(foundID).TabIndex(-1).Role("status").Text(p.count(list))),
			p.export(),
		),
		goapp.Section().Class(class).Aria("busy", busy).Body(body...),
		p.bar(),
	)
}

// count says how many were found, of how many.
func (p *peoplePage) count(list api.PeopleList) string {
	w := &say().People
	if p.all() || list.Found == list.Everybody {
		return words.Many(list.Found, w.AllOne, w.AllMany)
	}
	return with(w.Some, "n", words.Grouped(list.Found), "all", words.Grouped(list.Everybody))
}

// finder draws the fields that say who is looked for.
func (p *peoplePage) finder() goapp.UI {
	w := &say().People
	show := choose{Name: "show", Label: w.Show, Value: p.show, On: func(v string) { p.look(sought{p.search, v, p.sort}) }}
	for _, f := range api.PeopleFilters() {
		if f != api.FilterMethod {
			show.Of = append(show.Of, choice{string(f), w.Filters[string(f)]})
			continue
		}
		for _, m := range []api.Method{api.MethodTOTP, api.MethodText} {
			show.Of = append(show.Of, choice{string(m), w.Filters[string(m)]})
		}
	}
	sort := choose{Name: "sort", Label: w.Sort, Value: p.sort, On: func(v string) { p.look(sought{p.search, p.show, v}) }}
	for _, s := range []string{"", "-", "last_sign_in-", "last_sign_in", "added-", "added"} {
		sort.Of = append(sort.Of, choice{s, w.Sorts[s]})
	}
	return div("people-finder",
		p.form.field(field{Name: "search", Label: w.Find, Placeholder: "", Type: "search", Autocomplete: "off", Optional: true, Plain: true, Value: p.first,
			Hint: w.FindHint, MaxLength: api.MaxSearch, OnInput: func(_ goapp.Context, text string) { p.typed(text) }}),
		p.form.choose(show),
		p.form.choose(sort),
	)
}

// export is a plain form: the browser saves what comes back.
func (p *peoplePage) export() goapp.UI {
	if !isAdmin(p.info()) {
		return span("", "")
	}
	req := p.request(p.area, "")
	parts := []goapp.UI{
		hidden("organization", req.Organization),
		hidden("search", req.Search),
		hidden("filter", string(req.Filter)),
		hidden("method", string(req.Method)),
		hidden("sort", string(req.Sort)),
	}
	backwards := ""
	if req.Descending {
		backwards = "on"
	}
	parts = append(parts, hidden("descending", backwards),
		button{Label: say().People.Export, Icon: iconDownload, Small: true, Submit: true, ID: "export"}.draw())
	return goapp.Form().Method("post").Action("/admin/people/export").Body(parts...)
}

func (p *peoplePage) table(list []api.PersonRow) goapp.UI {
	w := &say().People
	now := time.Now()
	columns := []column{{Label: w.Choose, Box: true}, {Label: w.Name}, {Label: w.Role}, {Label: w.State}, {Label: w.TwoFactor}, {Label: w.LastSignIn}}
	var rows [][]goapp.UI
	for _, r := range list {
		name := []goapp.UI{
			goapp.A().Class("cell-name row-link").Href(attr(p.path(personPath(r.ID)))).Text(personName(r)),
		}
		if personName(r) != r.UserName {
			name = append(name, span("cell-note", r.UserName))
		}
		rows = append(rows, []goapp.UI{
			p.box(r),
			div("", append(name, span("cell-note address", r.Email))...),
			span("", w.RoleName(r.Role)),
			div("row tight", personState(r)...),
			div("row tight", append([]goapp.UI{activeBadge(r.TwoFactorSince > 0), span("fine", methodNames(r.Methods))}, marks(r, now)...)...),
			moment(r.LastSignIn, now),
		})
	}
	return table(w.Title, columns, rows)
}

// box draws the box that chooses somebody. Nobody acts on themselves.
func (p *peoplePage) box(r api.PersonRow) goapp.UI {
	if r.ID == p.who.value.UserID {
		return span("", "")
	}
	id := r.ID
	return goapp.Label().Class("check", "bare").Body(
		goapp.Input().Type("checkbox").Checked(p.chosen[id]).OnChange(func(ctx goapp.Context, _ goapp.Event) {
			p.choose(id, ctx.JSSrc().Get("checked").Truthy())
		}, goapp.EventScope("choose", id)),
		span("out-of-sight", say().People.Choose+" "+personName(r)+" ("+r.UserName+")"), // two may have one name
	)
}

// marks says what is asked of somebody, or not asked, because two-factor is mandatory.
func marks(r api.PersonRow, now time.Time) (list []goapp.UI) {
	w := &say().People
	switch {
	case exempt(r, now): // what is due is due after that
		list = append(list, mark(badgeOff, iconInfo, w.Exempt))
	case r.Due > 0:
		list = append(list, mark(badgeWarning, iconClock, w.Due))
	}
	return list
}

// exempt reports whether two-factor is not asked of somebody for now.
func exempt(r api.PersonRow, now time.Time) bool { return r.ExemptUntil > now.UnixMilli() }

// methodNames says what somebody has for the second step.
func methodNames(list []api.Method) string {
	var names []string
	for _, m := range list {
		names = append(names, say().People.MethodName(string(m)))
	}
	return strings.Join(names, ", ")
}

// boxForAll draws the box that chooses everybody shown. Where there is nobody to choose
// something unseen stands for it, so that what is beside it keeps the focus.
func (p *peoplePage) boxForAll() goapp.UI {
	n := p.choosable()
	if n == 0 {
		return goapp.Span().Hidden(true)
	}
	return goapp.Label().Class("check").Body(
		goapp.Input().Type("checkbox").ID("choose-all").Checked(len(p.chosen) == n).
			OnChange(func(ctx goapp.Context, _ goapp.Event) { p.chooseAll(ctx.JSSrc().Get("checked").Truthy()) }, goapp.EventScope("choose-all")),
		span("", say().People.ChooseAll),
	)
}

// bar draws what can be done for those chosen, at the foot of the window. It is there,
// empty, before somebody is, so that assistive technology hears how many are.
func (p *peoplePage) bar() goapp.UI {
	w := &say().People
	rows := p.chosenRows()
	if len(rows) == 0 {
		return goapp.Div().Class("act-bar", "unused").Role("status")
	}
	parts := []goapp.UI{div("row apart",
		goapp.P().Class("strong", "number-words").Role("status").Text(words.Many(len(rows), w.ChosenOne, w.Chosen)),
		button{Label: w.Unchoose, Kind: quiet, Small: true, ID: "unchoose", On: press(func() { p.chooseAll(false) })}.draw(),
	)}
	if len(rows) > api.MaxActOn {
		return div("act-bar", append(parts, para("fine", with(w.TooMany, "n", strconv.Itoa(api.MaxActOn))))...)
	}
	var buttons []goapp.UI
	for _, a := range offered(p.info(), rows, time.Now()) {
		kind, act := secondary, a
		if a == api.ActDelete || a == api.ActSuspend {
			kind = danger
		}
		buttons = append(buttons, button{Label: say().Acts.Act(string(a)).Offer, Icon: actIcon(a), Kind: kind, Small: true, ID: "act-" + string(a),
			On: press(func() { p.begin(act) })}.draw())
	}
	return div("act-bar", append(parts, goapp.Div().Class("act-buttons").Role("group").Aria("label", w.ForChosen).Body(buttons...))...)
}

// choosable returns how many of those shown can be chosen.
func (p *peoplePage) choosable() (n int) {
	for _, r := range p.list.value.People {
		if r.ID != p.who.value.UserID {
			n++
		}
	}
	return n
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
	case r.State == "suspended":
		state = mark(badgeBad, iconBan, w.StateName(r.State))
	case r.Locked:
		return []goapp.UI{mark(badgeBad, iconLock, w.Locked)}
	case r.State != "active":
		state = mark(badgeOff, iconMail, w.StateName(r.State))
	}
	return []goapp.UI{state}
}
