package app

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// peoplePath is the staff's list of people; below it each has a page.
const peoplePath = "/admin/people"

// pause is how long typing has to rest before people are looked for.
const pause = 250 * time.Millisecond

// isStaff reports whether who may help others. It decides what is shown; the server
// decides what is allowed.
func isStaff(who *api.SessionInfo) bool {
	return who != nil && (who.Role == "helper" || who.Role == "admin" || who.Role == "operator")
}

// sought is who is looked for: what stands in the fields above the list. Show is a
// filter, or one of the methods; sort is an order, with "-" behind it when backwards.
type sought struct{ search, show, sort string }

// soughtLast is what was looked for last, in this document, so that the way back from
// a person leads to the same list. It is no part of the address: names are typed there.
var soughtLast struct {
	area
	sought
}

// request returns what to ask for, from the page after on.
func (s sought) request(a area, after string) api.PeopleRequest {
	req := api.PeopleRequest{Organization: a.organization, Search: strings.TrimSpace(s.search), Filter: api.PeopleFilter(s.show), After: after}
	if m := api.Method(s.show); m == api.MethodTOTP || m == api.MethodText {
		req.Filter, req.Method = api.FilterMethod, m
	}
	order, backwards := strings.CutSuffix(s.sort, "-")
	req.Sort, req.Descending = api.PeopleSort(order), api.Tick(backwards)
	return req
}

// all reports whether nobody is left out.
func (s sought) all() bool { return s.show == "" && strings.TrimSpace(s.search) == "" }

// peoplePage lists the people of an organization, for staff: /admin/people.
type peoplePage struct {
	goapp.Compo
	account
	area
	sought
	list    remote[api.PeopleList]
	form    form            // what is looked for
	refused form            // what the address says of an export
	first   string          // what stands in the search at first
	typing  int             // counts what is typed
	asked   int             // counts what was asked for; an answer to anything older is dropped
	finding bool            // an answer is on its way
	failure api.Error       // of looking again, while a list is shown
	chosen  map[string]bool // by id; always among those shown
	acts    acting
}

func (p *peoplePage) title() string { return say().People.Title }

func (p *peoplePage) at(u *url.URL) {
	before := p.area
	p.area.at(u)
	p.form.ID, p.refused.ID = "people", "export"
	p.refused.at(u.Query())
	if p.area != before {
		p.list, p.chosen, p.acts = remote[api.PeopleList]{}, nil, acting{}
	}
	now := sought{}
	if soughtLast.area == p.area {
		now = soughtLast.sought
	}
	if filter := u.Query().Get("filter"); slices.Contains(api.PeopleFilters(), api.PeopleFilter(filter)) && filter != "" && filter != string(api.FilterMethod) {
		now = sought{show: filter}
	}
	if now != p.sought {
		p.form.show("search", now.search)
		p.form.show("show", now.show)
		p.form.show("sort", now.sort)
	}
	p.sought, p.first = now, now.search
}

// OnNav implements goapp.Navigator.
func (p *peoplePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// OnDismount implements goapp.Dismounter.
func (p *peoplePage) OnDismount() { holdPage(false) }

func (p *peoplePage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	if p.list.status != ready {
		p.list.status = loading
	}
	p.find(0)
}

// look looks for others, and keeps showing those found before until they are there.
func (p *peoplePage) look(s sought) {
	p.sought = s
	p.typing++ // what was typed is looked for now
	soughtLast.area, soughtLast.sought = p.area, s
	p.find(0)
}

// typed looks for what is typed, once typing rests.
func (p *peoplePage) typed(text string) {
	p.search = text
	p.typing++
	this := p.typing
	later(p.page, pause, func() {
		if this == p.typing {
			p.look(p.sought)
		}
	})
}

// everybody empties the fields.
func (p *peoplePage) everybody() {
	p.form.empty("search")
	p.form.show("show", "")
	p.look(sought{sort: p.sort})
	focusOn(p.page, p.form.id("search"))
}

// find asks for the first people who are looked for: a page, or as many as least.
func (p *peoplePage) find(least int) { p.fetch("", nil, least) }

// more asks for the next page.
func (p *peoplePage) more() {
	if !p.finding {
		p.fetch(p.list.value.Next, p.list.value.People, 0)
	}
}

// fetch asks for the people from the page after on and puts them behind those before.
func (p *peoplePage) fetch(after string, before []api.PersonRow, least int) {
	p.asked++
	this, req := p.asked, p.request(p.area, after)
	p.finding = true
	var list api.PeopleList
	p.attempt(func() (refusal *api.Error) {
		rows := slices.Clone(before)
		for {
			if list, refusal = call(api.People, req); refusal != nil {
				return refusal
			}
			rows = append(rows, list.People...)
			if req.After = list.Next; req.After == "" || len(rows) >= least {
				list.People = rows
				return nil
			}
		}
	}, func() {
		if this == p.asked {
			p.found(list)
		}
	}, func(e api.Error) {
		if this != p.asked {
			return
		}
		p.finding, p.failure = false, e
		if p.list.status != ready {
			p.list.status, p.list.failure = failed, e
		}
	})
}

// found shows who was found. Who is not shown any more is no longer chosen.
func (p *peoplePage) found(list api.PeopleList) {
	p.finding, p.failure = false, api.Error{}
	p.list.status, p.list.value = ready, list
	still := map[string]bool{}
	for _, r := range list.People {
		if p.chosen[r.ID] {
			still[r.ID] = true
		}
	}
	p.chosen = still
}

// choose notes that somebody is chosen, or not any more.
func (p *peoplePage) choose(id string, on bool) {
	if p.chosen == nil {
		p.chosen = map[string]bool{}
	}
	delete(p.chosen, id)
	if on {
		p.chosen[id] = true
	}
}

// chooseAll chooses everybody shown, or nobody. Nobody acts on themselves.
func (p *peoplePage) chooseAll(on bool) {
	p.chosen = map[string]bool{}
	for _, r := range p.list.value.People {
		if on && r.ID != p.who.value.UserID {
			p.chosen[r.ID] = true
		}
	}
}

// chosenRows returns those chosen, as shown.
func (p *peoplePage) chosenRows() (rows []api.PersonRow) {
	for _, r := range p.list.value.People {
		if p.chosen[r.ID] {
			rows = append(rows, r)
		}
	}
	return rows
}

// begin opens the dialog of an act for those chosen. Who it was done for is no longer
// chosen then, and the list is asked for again as far as it was shown.
func (p *peoplePage) begin(act api.Act) {
	p.acts.home = foundID
	p.acts.begin(&p.account, act, p.chosenRows(), func(done api.ActResult) {
		for _, o := range done.People {
			if o.Code == "" {
				delete(p.chosen, o.ID)
			}
		}
		p.find(len(p.list.value.People))
	})
}

// Render implements goapp.Composer.
func (p *peoplePage) Render() goapp.UI {
	w := &say().People
	f := p.frame(w.Title, w.Lead)
	f.Hold = p.acts.open()
	if isAdmin(p.info()) {
		f.Head = []goapp.UI{button{Label: w.Invite, Icon: iconInvite, Kind: primary, Href: p.path(invitePath)}.draw()}
	}
	return f.admin(p.area, peoplePath,
		p.notExported(),
		p.list.draw(p.draw, p.load),
		p.over(p.acts.dialog(&p.account)),
	)
}
