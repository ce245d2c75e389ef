package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// adoptionPage tells administrators how far two-factor has come, and makes it
// mandatory: /admin/two-factor.
type adoptionPage struct {
	goapp.Compo
	account
	area
	info      remote[api.AdoptionInfo]
	asTable   map[string]bool // the drawings that are shown as tables
	asks      adoptionAsk
	row       api.PersonRow // who is asked about
	form      form          // the reason
	until     when
	times     int             // counts the dialogs: each has inputs of its own
	reminding string          // who is about to be reminded
	reminded  map[string]bool // who has been, in this visit
	refused   api.Error       // why somebody was not
	busy      bool
	failure   api.Error
	plan      plan
}

// adoptionAsk is what the page asks about in a dialog.
type adoptionAsk string

const (
	adoptionNothing   adoptionAsk = ""
	adoptionRemind    adoptionAsk = "remind" // everybody
	adoptionDisable   adoptionAsk = "disable"
	adoptionExempt    adoptionAsk = "exempt"
	adoptionEndExempt adoptionAsk = "end-exempt"
)

func (p *adoptionPage) title() string { return say().Adoption.Title }

func (p *adoptionPage) at(u *url.URL) {
	was := p.organization
	p.area.at(u)
	if p.organization != was {
		*p = adoptionPage{Compo: p.Compo, account: p.account, area: p.area}
	}
}

// OnNav implements goapp.Navigator.
func (p *adoptionPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *adoptionPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	ask(ctx, &p.info, api.Adoption, p.which(), nil)
}

// which names the organization that the page is about.
func (p *adoptionPage) which() api.OrganizationRequest {
	return api.OrganizationRequest{Organization: p.organization}
}

// reload asks again and keeps showing what there is; then is called when it has come,
// and may be nil.
func (p *adoptionPage) reload(then func()) {
	perform(&p.account, api.Adoption, p.which(), func(info api.AdoptionInfo) {
		p.info.status, p.info.value = ready, info
		if then != nil {
			then()
		}
	}, func(e api.Error) { p.refused = e })
}

// Render implements goapp.Composer.
func (p *adoptionPage) Render() goapp.UI {
	w := &say().Adoption
	f := p.frame(w.Title, w.Lead)
	f.Hold = p.plan.open
	return f.admin(p.area, adoptionPath,
		p.info.draw(p.draw, p.load),
		p.over(p.question()),
	)
}

// draw draws the page: what is being planned, or how it stands.
func (p *adoptionPage) draw(i api.AdoptionInfo) goapp.UI {
	if p.plan.open {
		return p.planning(i)
	}
	parts := []goapp.UI{refusalNotice(p.refused), p.mandatory(i)}
	if i.People == 0 {
		w := &say().Adoption
		return div("settings adoption", append(parts, block("card flush", nothing{Icon: iconUsers, Title: w.Nobody, Text: w.NobodyText,
			Act: button{Label: w.Invite, Href: p.path(invitePath)}.draw()}.draw()))...)
	}
	return div("settings adoption", append(parts, p.now(i), p.line(i), p.notReady(i))...)
}

// peopleWho returns the address of the list of those whom filter finds.
func (a area) peopleWho(filter api.PeopleFilter) string {
	path, mark := a.path(peoplePath), "?"
	if a.organization != "" {
		mark = "&"
	}
	return path + mark + "filter=" + string(filter)
}

// overtaken answers a refusal that says that somebody else was faster: it asks how it stands
// now, and calls then when it is known. It reports whether it was that.
func (p *adoptionPage) overtaken(e api.Error, then func()) bool {
	if e.Code != check.PolicyChanged {
		return false
	}
	p.reload(then)
	return true
}
