package app

import (
	"cmp"
	"net/url"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// personPage is how one person's account stands, and what staff can do about it:
// /admin/people/<id>.
type personPage struct {
	goapp.Compo
	account
	area
	id   string
	info remote[api.PersonInfo]
	help helping
	acts acting
	move moving
}

func (p *personPage) title() string {
	if p.info.value.ID == "" {
		return say().People.Title
	}
	return personName(p.info.value.PersonRow)
}

func (p *personPage) at(u *url.URL) {
	p.area.at(u)
	id := strings.TrimPrefix(u.Path, peoplePath+"/")
	if id != p.id {
		p.id, p.info, p.help, p.acts = id, remote[api.PersonInfo]{}, helping{}, acting{}
		p.move = moving{}
	}
}

// OnNav implements goapp.Navigator.
func (p *personPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *personPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	if p.info.status != ready {
		p.info.status = loading
	}
	p.reload()
}

// OnDismount implements goapp.Dismounter.
func (p *personPage) OnDismount() { holdPage(false) }

// reload asks for the person again and keeps showing what there is.
func (p *personPage) reload() {
	id := p.id
	perform(&p.account, api.Person, api.PersonRequest{ID: id}, func(info api.PersonInfo) {
		if id != p.id {
			return // another is looked at by now
		}
		p.info.status, p.info.value = ready, info
		setTitle(p.title())
	}, func(e api.Error) {
		if p.info.status != ready && id == p.id {
			p.info.status, p.info.failure = failed, e
		}
	})
}

// Render implements goapp.Composer.
func (p *personPage) Render() goapp.UI {
	w := &say().People
	f := p.frame(p.title(), "")
	f.Hold = p.help.made != nil || p.acts.open()
	f.Head = []goapp.UI{button{Label: w.ToPeople, Icon: iconBack, Small: true, Href: p.path(peoplePath)}.draw()}
	body := p.info.draw(p.draw, p.load)
	if c := p.info.failure.Code; p.info.status == failed && (c == check.NotFound || c == check.BadCharacters || len(p.info.failure.Problems) > 0) {
		body = block("card flush", nothing{Icon: iconUser, Title: w.Gone, Text: w.Lead}.draw())
	}
	return f.admin(p.area, peoplePath, body, p.over(cmp.Or(p.asked(), p.move.question(p))))
}

// draw draws the page, most urgent first.
func (p *personPage) draw(i api.PersonInfo) goapp.UI {
	parts := p.banners(i)
	parts = append(parts, p.about(i))
	if i.MayHelp {
		parts = append(parts, p.offers(i))
	}
	parts = append(parts, p.administer(i))
	parts = append(parts, p.move.offer(p, i)...)
	return div("settings person-page", append(parts, p.sessions(i), p.links(i), activity(i.Activity, p.toActivity(i)))...)
}

// banners says what keeps the person out, and why the caller can do nothing.
func (p *personPage) banners(i api.PersonInfo) (list []goapp.UI) {
	w := &say().People
	if i.Locked {
		list = append(list, banner{Kind: bannerWarning, Title: w.LockedTitle, Text: w.LockedTxt}.draw())
	}
	if i.ThrottledUntil > 0 {
		b := banner{Kind: bannerWarning, Title: with(w.Throttled, "when", exact(i.ThrottledUntil))}
		if i.MayHelp {
			b.Text = w.ThrottledText
			b.More = []goapp.UI{actions(button{Label: say().Help.Lift.Offer, Small: true, ID: "lift", On: press(func() { p.begin(helpLift) })}.draw())}
		}
		list = append(list, b.draw())
	}
	switch {
	case i.Self:
		list = append(list, banner{Kind: bannerInfo, Title: w.Self, Text: w.SelfText, More: []goapp.UI{
			actions(button{Label: w.SelfAct, Small: true, Href: "/profile/security"}.draw())}}.draw())
	case !i.MayHelp:
		list = append(list, banner{Kind: bannerInfo, Title: w.Above, Text: w.AboveText}.draw())
	}
	return list
}
