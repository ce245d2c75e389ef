package app

import (
	"strconv"
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mostMessages is how many messages the server lists.
const mostMessages = 200

// draw draws how the channels stand, and the messages.
func (p *outboxPage) draw(o api.OutboxInfo) goapp.UI {
	w := &say().Outbox
	var parts []goapp.UI
	if o.Development {
		parts = append(parts, banner{Kind: bannerInfo, Title: w.WarnDevelopment, Text: w.WarnDevelopmentText,
			More: []goapp.UI{actions(arrivals())}}.draw())
	}
	parts = append(parts, div("channels", mailChannel(o), textChannel(o), outboxCounts(o)))
	list := nothing{Icon: iconMail, Title: w.NoneTitle, Text: w.NoneText}.draw()
	if len(o.Messages) > 0 {
		list = p.messages(o.Messages)
	}
	sec := section{Title: w.Messages, Flush: true}
	if len(o.Messages) >= mostMessages {
		sec.Text = with(w.Newest, "n", strconv.Itoa(len(o.Messages)))
	}
	return div("settings", append(parts, sec.draw(list))...)
}

// mark says a state in a word with an icon of its own.
func mark(kind badgeKind, i icon, text string) goapp.UI {
	return goapp.Span().Class("badge", string(kind)).Body(i.draw(), span("", text))
}

// channel draws the state of one way out.
func channel(i icon, name, text string, state ...goapp.UI) goapp.UI {
	return block("card channel",
		div("row", i.draw(), heading("heading", name)),
		div("row", state...),
		para("fine", text),
	)
}

func mailChannel(o api.OutboxInfo) goapp.UI {
	w := &say().Outbox
	switch {
	case o.Development:
		return channel(iconMail, w.Mail, w.DevelopmentText, mark(badgeOff, iconInfo, w.Terminal))
	case o.Mail:
		return channel(iconMail, w.Mail, w.MailOn, mark(badgeGood, iconCheck, w.On))
	}
	return channel(iconMail, w.Mail, w.MailOff, mark(badgeWarning, iconWarning, w.Off))
}

func textChannel(o api.OutboxInfo) goapp.UI {
	w := &say().Outbox
	today := span("number-words", with(w.TodayOpen, "n", strconv.Itoa(o.TextsToday)))
	if o.TextsMost > 0 {
		today = span("number-words", with(w.Today, "n", strconv.Itoa(o.TextsToday), "most", strconv.Itoa(o.TextsMost)))
	}
	switch {
	case o.TextsMost > 0 && o.TextsToday >= o.TextsMost:
		return channel(iconMessage, w.Texts, w.PausedText, mark(badgeWarning, iconWarning, w.Paused), today)
	case o.Development:
		return channel(iconMessage, w.Texts, w.DevelopmentText, mark(badgeOff, iconInfo, w.Terminal), today)
	case o.Texts:
		return channel(iconMessage, w.Texts, w.TextsOn, mark(badgeGood, iconCheck, w.On), today)
	}
	return channel(iconMessage, w.Texts, w.TextsOff, mark(badgeOff, iconInfo, w.Off))
}

// outboxCounts draws how many messages have not arrived.
func outboxCounts(o api.OutboxInfo) goapp.UI {
	w := &say().Outbox
	givenUp := span("", "")
	if o.GivenUp > 0 {
		givenUp = mark(badgeBad, iconAlert, labelled(w.GivenUp, strconv.Itoa(o.GivenUp)))
	}
	return channel(iconClock, w.Counts, w.CountsText, mark(badgeOff, iconClock, labelled(w.Waiting, strconv.Itoa(o.Waiting))), givenUp)
}

// messages draws the table.
func (p *outboxPage) messages(list []api.MessageRow) goapp.UI {
	w := &say().Outbox
	columns := []column{{Label: w.About}, {Label: w.State}, {Label: w.When}, {Label: w.Acts, Acts: true}}
	now := time.Now()
	var rows [][]goapp.UI
	for _, m := range list {
		rows = append(rows, []goapp.UI{messageAbout(m), p.messageState(m), messageWhen(m, now), p.messageActs(m)})
	}
	return div("messages", table(w.Messages, columns, rows))
}

// messageAbout says what a message is about, which way it goes, and to whom.
func messageAbout(m api.MessageRow) goapp.UI {
	w := &say().Outbox
	i, way := iconMail, w.ByMail
	if m.Channel == "text" {
		i, way = iconMessage, w.ByText
	}
	return div("message-about",
		i.draw(),
		div("",
			span("out-of-sight", labelled(way, "")),
			span("cell-name", w.KindName(m.Kind)),
			span("cell-note", with(w.To, "to", m.To)),
		),
	)
}

// messageState says how far a message has come, after how many tries, and what went
// wrong when asked.
func (p *outboxPage) messageState(m api.MessageRow) goapp.UI {
	w, kind, i := &say().Outbox, badgeOff, iconClock
	switch m.State {
	case api.MessageSending:
		i = iconGo
	case api.MessageSent:
		kind, i = badgeGood, iconCheck
	case api.MessageGivenUp:
		kind, i = badgeBad, iconAlert
	case api.MessageWaiting:
		if m.Tries > 0 {
			kind, i = badgeWarning, iconWarning
		}
	}
	tries := w.Untried
	if m.Tries > 0 {
		tries = words.Many(m.Tries, w.OneTry, w.Tries)
	}
	parts := []goapp.UI{mark(kind, i, w.StateName(string(m.State))), span("cell-note", tries)}
	if m.LastError != "" {
		id, open, label, hint := m.ID, "false", w.Error, span("", "")
		if p.shown[m.ID] {
			open, label, hint = "true", w.Hide, span("message-error", m.LastError)
		}
		parts = append(parts, goapp.Button().Class("link", "fine").Type("button").Aria("expanded", open).
			OnClick(press(func() { p.show(id) }), goapp.EventScope("error", id)).
			Body(span("", label), span("out-of-sight", " "+w.KindName(m.Kind))), hint)
	}
	return div("message-state", parts...)
}

// messageWhen says when a message was sent or will be tried, and when it was written.
func messageWhen(m api.MessageRow, now time.Time) goapp.UI {
	w := &say().Outbox
	var parts []goapp.UI
	switch {
	case m.Sent > 0:
		parts = append(parts, spanOf("", phrase(w.SentAt, "when", moment(m.Sent, now))...))
	case m.State == api.MessageWaiting && m.Next > 0:
		next := w.NextNow
		if s := secondsUntil(time.UnixMilli(m.Next), now); s > 0 {
			next = with(w.NextTry, "wait", say().Wait(s))
		}
		parts = append(parts, span("", next))
	}
	return div("message-when", append(parts, spanOf("cell-note", phrase(w.Created, "when", moment(m.Created, now))...))...)
}

// messageActs draws what can be done about a message that has not arrived.
func (p *outboxPage) messageActs(m api.MessageRow) goapp.UI {
	if m.State != api.MessageWaiting && m.State != api.MessageGivenUp {
		return span("", "")
	}
	w, id := &say().Outbox, m.ID
	return button{Label: w.Retry, Icon: iconAgain, Small: true, ID: id, About: w.KindName(m.Kind), Busy: p.retrying == id,
		On: press(func() { p.retry(id) })}.draw()
}
