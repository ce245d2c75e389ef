package app

import (
	"net/url"

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
