package app

import (
	"net/url"
	"strings"
	"time"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// sessionsPage is where one is signed in: /profile/sessions.
type sessionsPage struct {
	goapp.Compo
	account
	list    remote[api.SessionList]
	ending  *api.SessionRow // asked about; nil for none
	all     bool            // asked about all others
	busy    bool
	failure api.Error
}

func (p *sessionsPage) title() string { return say().Sessions.Title }
func (p *sessionsPage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *sessionsPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *sessionsPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	load(ctx, &p.list, api.Sessions, nil)
}

// Render implements goapp.Composer.
func (p *sessionsPage) Render() goapp.UI {
	w := &say().Sessions
	return p.frame(w.Title, w.Lead).wide(
		accountTabs("/profile/sessions"),
		p.list.draw(p.draw, p.load),
		p.over(p.question()),
	)
}

func (p *sessionsPage) draw(list api.SessionList) goapp.UI {
	w := &say().Sessions
	this, others := split(list.Sessions)
	var here []goapp.UI
	for _, s := range this {
		here = append(here, p.row(s))
	}
	rest := []goapp.UI{nothing{Icon: iconDevice, Title: w.NoneTitle, Text: w.NoneText}.draw()}
	elsewhere := section{Title: w.OthersTitle, Flush: true}
	if len(others) > 0 {
		var rows []goapp.UI
		for _, s := range others {
			rows = append(rows, p.row(s))
		}
		rest = []goapp.UI{ul("items", rows...)}
		elsewhere.End = button{Label: w.EndAll, Kind: danger, Small: true, ID: "end-all", On: p.onAll}.draw()
	}
	parts := []goapp.UI{
		section{Title: w.ThisTitle, Flush: true}.draw(ul("items", here...)),
		elsewhere.draw(rest...),
	}
	if len(others) > 0 {
		parts = append(parts, banner{Kind: bannerInfo, Title: w.NotYou, Text: w.NotYouText, More: []goapp.UI{
			actions(button{Label: w.NotYouAct, Small: true, Href: "/profile#password"}.draw())}}.draw())
	}
	return div("settings", parts...)
}

// split parts the session of this browser from the others.
func split(list []api.SessionRow) (this, others []api.SessionRow) {
	for _, s := range list {
		if s.Current {
			this = append(this, s)
		} else {
			others = append(others, s)
		}
	}
	return this, others
}

// deviceName is the device in words.
func deviceName(s api.SessionRow) string {
	if s.Device == "" {
		return say().Sessions.Unknown
	}
	return s.Device
}

// deviceIcon tells phones from other devices by the words of the server.
func deviceIcon(s api.SessionRow) icon {
	for _, system := range []string{"iOS", "iPadOS", "Android"} {
		if strings.Contains(s.Device, system) {
			return iconPhone
		}
	}
	return iconDevice
}

// row draws one session.
func (p *sessionsPage) row(s api.SessionRow) goapp.UI {
	w, now := &say().Sessions, time.Now()
	name := []goapp.UI{span("cell-name", deviceName(s))}
	act := button{Label: w.End, Small: true, ID: s.ID, About: deviceName(s), On: func(goapp.Context, goapp.Event) { p.onEnd(s) }}.draw()
	if s.Current {
		act = goapp.Form().Method("post").Action("/sign-out").Body(button{Label: w.SignOut, Icon: iconSignOut, Small: true, Submit: true}.draw())
	}
	note := func(parts []goapp.UI) goapp.UI { return spanOf("cell-note", parts...) }
	body := []goapp.UI{div("row", name...)}
	if s.Address != "" {
		body = append(body, span("cell-note", with(w.From, "address", s.Address)))
	}
	body = append(body, note(phrase(w.Started, "when", moment(s.Started, now))))
	if !s.Current {
		body = append(body, note(phrase(w.Seen, "when", moment(s.LastSeen, now))))
	}
	return li("",
		spanOf("item-icon", deviceIcon(s).draw()),
		div("item-body", body...),
		div("item-acts", act),
	)
}

func (p *sessionsPage) onEnd(s api.SessionRow) {
	p.prove(p.who.value.ProvedUntil, func() { p.ending, p.failure = &s, api.Error{} }, nil)
}

func (p *sessionsPage) onAll(goapp.Context, goapp.Event) {
	p.prove(p.who.value.ProvedUntil, func() { p.all, p.failure = true, api.Error{} }, nil)
}

// question is the dialog that is open, if one is.
func (p *sessionsPage) question() *dialog {
	w := &say().Sessions
	c := confirm{Busy: p.busy, Failure: p.failure, Danger: true,
		OnClose: func() { p.ending, p.all, p.failure = nil, false, api.Error{} }}
	switch {
	case p.ending != nil:
		c.ID, c.Title, c.Act = "end-session", w.EndTitle, w.EndSubmit
		c.Text, c.On = with(w.EndText, "device", deviceName(*p.ending)), p.end
	case p.all:
		_, others := split(p.list.value.Sessions)
		c.ID, c.Title, c.Act = "end-others", w.EndAllTitle, w.EndAllSubmit
		c.Text, c.On = words.Many(len(others), w.EndAllOne, w.EndAllMany), p.endAll
	default:
		return nil
	}
	return c.dialog()
}

func (p *sessionsPage) end() {
	if p.busy || p.ending == nil {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.EndSession, api.EndSessionRequest{ID: p.ending.ID}, func(api.Done) {
		p.ended(say().Sessions.Ended)
	}, func(e api.Error) {
		if e.Code == check.NotFound {
			p.ended(say().Sessions.Ended) // it had ended by itself
			return
		}
		p.busy, p.failure = false, e
	})
}

func (p *sessionsPage) endAll() {
	if p.busy {
		return
	}
	w := &say().Sessions
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.EndOtherSessions, api.None{}, func(e api.Ended) {
		p.ended(words.Many(e.Count, w.EndedOne, w.EndedMany))
	}, func(e api.Error) { p.busy, p.failure = false, e })
}

// ended closes the question, says what happened and loads the list anew.
func (p *sessionsPage) ended(text string) {
	p.busy, p.ending, p.all = false, nil, false
	toast(p.page, text)
	refresh(&p.account, &p.list, api.Sessions)
	focusOn(p.page, "title")
}
