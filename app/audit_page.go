package app

import (
	"net/url"
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// auditPage tells what has happened in an organization, for administrators:
// /admin/activity. What is looked for stands in the address.
type auditPage struct {
	goapp.Compo
	account
	area    area
	seeks   seeking
	form    form // the filters
	find    finding
	feed    feed
	chain   chain
	focused string // what gets the focus once the address has changed
}

func (p *auditPage) title() string { return say().Feed.Title }

func (p *auditPage) at(u *url.URL) {
	q := u.Query()
	p.area.at(u)
	p.seeks.at(q)
	p.form = form{ID: "seek", Words: map[api.Code]string{check.TooSmall: say().Feed.BadDays}}
	p.form.at(q)
	p.find.at(p.seeks.person)
}

// OnNav implements goapp.Navigator.
func (p *auditPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
	if p.focused != "" {
		focusOn(ctx, p.focused)
		p.focused = ""
	}
}

func (p *auditPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	p.form.shows(ctx, p.seeks.fields())
	p.find.name(&p.account, p.seeks.person)
	p.chain.load(&p.account)
	p.feed.from, p.feed.telling = api.Activity, ofMany
	req := p.seeks.request(p.area)
	if problems := req.Problems(); len(problems) > 0 {
		p.form.problems = problems
		req.To = 0
	}
	p.feed.open(&p.account, req)
}

// Render implements goapp.Composer.
func (p *auditPage) Render() goapp.UI {
	w := &say().Feed
	empty := nothing{Icon: iconHistory, Title: w.NoneTitle, Text: w.NoneText}
	if !p.seeks.nothing() {
		empty = nothing{Icon: iconSearch, Title: w.NoMatch, Text: w.NoMatchText,
			Act: button{Label: w.NoMatchAct, Href: p.area.path(activityPath)}.draw()}
	}
	if p.feed.failure.Code == check.TwoFactorFirst { // said once, and nothing here works without
		return p.frame(w.Title, w.Lead).admin(p.area, activityPath, failure(p.feed.failure, nil), p.over(nil))
	}
	return p.frame(w.Title, w.Lead).admin(p.area, activityPath,
		div("settings",
			p.form.notice(),
			p.chain.draw(&p.account),
			p.filters(),
			p.feed.draw(&p.account, empty, p.load),
			p.exports(),
		),
		p.over(nil),
	)
}

// seek shows what s is about; the address says it, so that Back leads back.
func (p *auditPage) seek(s seeking, focus string) {
	if s == p.seeks {
		return
	}
	p.focused = focus
	visit(p.page, s.path(p.area))
}

// seeking is what is looked for, as the address says it.
type seeking struct{ person, kind, outcome, address, from, to string }

// at takes the address; what makes no sense is as if it were not there.
func (s *seeking) at(q url.Values) {
	*s = seeking{person: q.Get("person"), kind: q.Get("kind"), outcome: q.Get("outcome"), address: q.Get("address"), from: q.Get("from"), to: q.Get("to")}
	if check.ID(s.person) != "" {
		s.person = ""
	}
	if check.ID(s.kind) != "" {
		s.kind = ""
	}
	if s.outcome != "allowed" && s.outcome != "denied" {
		s.outcome = ""
	}
	if check.Text(s.address, check.MaxLabel) != "" {
		s.address = ""
	}
	if _, err := time.Parse(time.DateOnly, s.from); err != nil {
		s.from = ""
	}
	if _, err := time.Parse(time.DateOnly, s.to); err != nil {
		s.to = ""
	}
}

// nothing reports whether nothing in particular is looked for.
func (s seeking) nothing() bool { return s == seeking{} }

// fields is what stands in the fields of the form.
func (s seeking) fields() [][2]string {
	return [][2]string{{"person", s.person}, {"kind", s.kind}, {"outcome", s.outcome}, {"address", s.address}, {"from", s.from}, {"to", s.to}}
}

// path is the address of the page that looks for it.
func (s seeking) path(a area) string {
	q := url.Values{}
	if a.organization != "" {
		q.Set("organization", a.organization)
	}
	for _, f := range s.fields() {
		if f[1] != "" {
			q.Set(f[0], f[1])
		}
	}
	if len(q) == 0 {
		return activityPath
	}
	return activityPath + "?" + q.Encode()
}

// request is the call that looks for it. Both days belong to what is looked for.
func (s seeking) request(a area) api.ActivityRequest {
	req := api.ActivityRequest{Organization: a.organization, Person: s.person, Kind: s.kind, Outcome: s.outcome, Address: s.address}
	req.From = api.Number(dayStart(s.from, 0))
	if s.to != "" {
		req.To = api.Number(dayStart(s.to, 1) - 1)
	}
	return req
}

// dayStart returns when the reader's day (such as 2026-11-22) begins, or the one so
// many days after it, in Unix milliseconds; 0 for no day.
func dayStart(date string, after int) int64 {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	t = t.AddDate(0, 0, after)
	if !goapp.IsClient {
		return t.UnixMilli()
	}
	// The browser knows the reader's time zone on that day.
	return int64(goapp.Window().Get("Date").New(t.Year(), int(t.Month())-1, t.Day()).Call("getTime").Float())
}

// hiddenFields is what a plain form carries of the request.
func hiddenFields(r api.ActivityRequest) (parts []goapp.UI) {
	number := func(n api.Number) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(int64(n), 10)
	}
	for _, f := range [][2]string{{"organization", r.Organization}, {"person", r.Person}, {"kind", r.Kind}, {"outcome", r.Outcome},
		{"address", r.Address}, {"from", number(r.From)}, {"to", number(r.To)}} {
		parts = append(parts, hidden(f[0], f[1]))
	}
	return parts
}
