package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// myActivityPath is what has happened to one's own account.
const myActivityPath = "/profile/activity"

// myActivityPage tells what has happened to one's own account: /profile/activity.
type myActivityPage struct {
	goapp.Compo
	account
	feed    feed
	refused bool // only what was refused
	asks    bool // whether this was not me
	busy    bool
	failure api.Error
}

func (p *myActivityPage) title() string { return say().Feed.MineTitle }

func (p *myActivityPage) at(u *url.URL) { p.refused = u.Query().Get("outcome") == "denied" }

// OnNav implements goapp.Navigator.
func (p *myActivityPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *myActivityPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	req := api.ActivityRequest{}
	if p.refused {
		req.Outcome = "denied"
	}
	p.feed.from = api.MyActivity
	p.feed.open(&p.account, req)
}

// Render implements goapp.Composer.
func (p *myActivityPage) Render() goapp.UI {
	w := &say().Feed
	empty := nothing{Icon: iconHistory, Title: w.NoneTitle, Text: w.NoneMine}
	if p.refused {
		empty = nothing{Icon: iconSearch, Title: w.NoMatch, Text: w.NoMatchText,
			Act: button{Label: w.NoMatchAct, Href: myActivityPath}.draw()}
	}
	return p.frame(w.MineTitle, w.MineLead).wide(
		accountTabs(myActivityPath),
		div("settings",
			p.outcomes(),
			p.feed.draw(&p.account, empty, p.load),
			banner{Kind: bannerInfo, Title: w.NotMe, Text: w.NotMeText, More: []goapp.UI{
				actions(button{Label: w.NotMeAct, Kind: danger, Small: true, ID: "not-me",
					On: press(func() { p.asks, p.failure = true, api.Error{} })}.draw())}}.draw(),
		),
		p.over(p.question()),
	)
}

// outcomes draws the choice of what to show.
func (p *myActivityPage) outcomes() goapp.UI {
	w := &say().Feed
	here := myActivityPath
	if p.refused {
		here += "?outcome=denied"
	}
	var links []goapp.UI
	for _, o := range [][2]string{{w.All, myActivityPath}, {w.Refused, myActivityPath + "?outcome=denied"}} {
		a := goapp.A().Class("pill").Href(o[1]).Text(o[0])
		if o[1] == here {
			a = a.Aria("current", "true")
		}
		links = append(links, a)
	}
	return goapp.Nav().Class("pills").Aria("label", w.Show).Body(links...)
}

// question is the dialog that is open, if one is.
func (p *myActivityPage) question() *dialog {
	if !p.asks {
		return nil
	}
	w := &say().Feed
	c := confirm{ID: "not-me", Title: w.NotMeTitle, Text: w.NotMeLead, Points: w.NotMePoints, Act: say().Email.NotMeSubmit,
		Danger: true, Busy: p.busy, On: p.notMe, OnClose: func() { p.asks = false }}
	if p.failure.Code != check.MailUnavailable {
		c.Failure = p.failure
		return c.dialog()
	}
	return &dialog{ID: c.ID, Title: c.Title, OnClose: func(goapp.Context) { p.asks = false }, Body: func() []goapp.UI {
		return []goapp.UI{
			alerts(banner{Kind: bannerError, Text: w.NotMeMail}.draw()),
			actions(
				button{Label: w.NotMeSessions, Href: "/profile/sessions"}.draw(),
				button{Label: w.NotMePassword, Kind: primary, Href: "/profile#password"}.draw(),
			),
		}
	}}
}

// notMe shuts everybody out, the reader too.
func (p *myActivityPage) notMe() {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.NotMe, api.None{}, func(next api.NextStep) {
		leave(next.Path)
	}, func(e api.Error) { p.busy, p.failure = false, e })
}
