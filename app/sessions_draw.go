package app

import (
	"strings"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// draw draws the sessions, that of this browser first.
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
	return say().Parts.Browser(s.Device)
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
	w := &say().Sessions
	act := button{Label: w.End, Small: true, ID: s.ID, About: deviceName(s), On: func(goapp.Context, goapp.Event) { p.onEnd(s) }}.draw()
	if s.Current {
		act = goapp.Form().Method("post").Action("/sign-out").Body(button{Label: w.SignOut, Icon: iconSignOut, Small: true, Submit: true}.draw())
	}
	return li("",
		spanOf("item-icon", deviceIcon(s).draw()),
		div("item-body", aboutSession(s)...),
		div("item-acts", act),
	)
}

// aboutSession draws what one session is, from where and since when.
func aboutSession(s api.SessionRow) []goapp.UI {
	w, now := &say().Sessions, time.Now()
	note := func(parts []goapp.UI) goapp.UI { return spanOf("cell-note", parts...) }
	body := []goapp.UI{div("row", span("cell-name", deviceName(s)))}
	if s.Address != "" {
		body = append(body, span("cell-note", with(w.From, "address", s.Address)))
	}
	body = append(body, note(phrase(w.Started, "when", moment(s.Started, now))))
	if !s.Current {
		body = append(body, note(phrase(w.Seen, "when", moment(s.LastSeen, now))))
	}
	return body
}
