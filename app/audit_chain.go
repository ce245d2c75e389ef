package app

import (
	"strconv"
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// chainEvery is how often a look that is under way is asked how far it is.
const chainEvery = time.Second

// chain tells whether the chain of the audit verifies.
type chain struct {
	info    remote[api.ChainInfo]
	busy    bool
	waiting bool
	failure api.Error
}

// load asks for what was found last.
func (c *chain) load(a *account) {
	if c.info.status == idle || c.info.status == failed {
		c.info.status = loading
		c.ask(a, false)
	}
}

// ask asks how it stands; again has it looked at anew. While somebody looks it asks on.
func (c *chain) ask(a *account, again bool) {
	if c.busy {
		return
	}
	c.busy, c.failure = true, api.Error{}
	perform(a, api.AuditChain, api.AuditChainRequest{Again: again}, func(info api.ChainInfo) {
		was := c.info.value.Running
		c.busy, c.info.status, c.info.value = false, ready, info
		switch {
		case info.Running:
			c.wait(a)
		case was || again:
			announce(c.says())
			focusBack(a.page, "chain")
		}
	}, func(e api.Error) {
		c.busy = false
		if c.info.status == ready {
			c.failure = e
			return
		}
		c.info.status, c.info.failure = failed, e
	})
}

func (c *chain) wait(a *account) {
	if c.waiting {
		return
	}
	c.waiting = true
	later(a.page, chainEvery, func() {
		c.waiting = false
		c.ask(a, false)
	})
}

// says is the result in a sentence.
func (c *chain) says() string {
	w, i := &say().Feed, c.info.value
	switch {
	case i.Damage != "":
		return w.ChainDamage
	case i.At == 0:
		return w.ChainNever
	}
	when, ok := say().Moment.Ago((time.Now().UnixMilli() - i.At) / 1000)
	if !ok {
		when = day(i.At)
	}
	return with(w.ChainWhole, "n", words.Grouped(int(i.Entries)), "when", when)
}

// draw draws the line, or the banner.
func (c *chain) draw(a *account) goapp.UI {
	w := &say().Feed
	if !c.info.ready() {
		if c.info.status == failed {
			return failure(c.info.failure, func(goapp.Context) { c.load(a) })
		}
		return goapp.Div().Class("chain", "card").Aria("busy", "true").Body(goapp.Span().Class("bone", "w3"))
	}
	i := c.info.value
	label := w.ChainAgain
	if i.At == 0 {
		label = w.ChainFirst
	}
	again := button{Label: label, Icon: iconAgain, Small: true, ID: "chain", Busy: c.busy && !i.Running, On: press(func() { c.ask(a, true) })}.draw()
	body, damaged := goapp.UI(div("")), alerts()
	switch {
	case i.Running:
		bar := goapp.Progress().Class("progress").Aria("label", w.Chain)
		if i.Entries > 0 && i.Read <= i.Entries {
			bar = bar.Max(strconv.FormatInt(i.Entries, 10)).Value(strconv.FormatInt(i.Read, 10))
		}
		body = div("chain card", div("stack-tight", para("number-words", with(w.ChainLooking, "n", words.Grouped(int(i.Read)))), bar))
	case i.Damage != "":
		damaged = alerts(banner{Kind: bannerError, Title: w.ChainDamage, Text: w.ChainDamageText, More: []goapp.UI{
			para("mono address", i.Damage),
			paraOf("fine", phrase(w.ChainSeen, "when", moment(i.At, time.Now()))...),
			actions(again),
		}}.draw())
	case i.At == 0:
		body = div("chain card", div("row apart", div("chain-says off", iconInfo.draw(), para("", w.ChainNever)), again))
	default:
		said := phrase(with(w.ChainWhole, "n", words.Grouped(int(i.Entries))), "when", moment(i.At, time.Now()))
		body = div("chain card", div("row apart", div("chain-says", iconGood.draw(), paraOf("number-words", said...)), again))
	}
	return goapp.Div().ID("chain").TabIndex(-1).Role("region").Aria("label", w.Chain).Body(refusalNotice(c.failure), damaged, body)
}
