package app

import (
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// planStep is one step of making two-factor mandatory.
type planStep int

// The steps, in their order.
const (
	planWho planStep = iota
	planWhen
	planExempt
	planConfirm
	planSteps // how many there are
)

// plan is a date for mandatory two-factor that is being chosen. Nothing of it counts
// before it is confirmed.
type plan struct {
	open    bool
	step    planStep
	change  bool  // there is a date, and another is chosen
	later   bool  // not at once
	offered int64 // the moment that stands there at first
	from    int64 // the moment that was chosen; 0 for at once
	when    when
	busy    bool
	failure api.Error
	changed bool // somebody else has changed the rules meanwhile
}

// begin opens the plan at a step.
func (p *adoptionPage) begin(s planStep) {
	i, now := p.info.value, time.Now()
	p.times++
	p.refused = api.Error{}
	p.plan = plan{open: true, step: s, later: true, change: i.MandatoryFrom > 0, offered: ahead(now, 14, 9),
		when: when{form: form{ID: "from-" + strconv.Itoa(p.times), Words: wrongMoments()}, most: api.MaxMandatoryDays}}
	if i.MandatoryFrom > now.UnixMilli() {
		p.plan.offered = i.MandatoryFrom
	}
	holdPage(true)
	focusOn(p.page, "plan-title")
}

// OnDismount implements goapp.Dismounter.
func (p *adoptionPage) OnDismount() { holdPage(false) }

// moves goes to a step.
func (p *adoptionPage) moves(s planStep) {
	p.plan.step, p.plan.failure = s, api.Error{}
	focusOn(p.page, "plan-title")
}

// goOn leaves a step for the next one, unless something in it is wrong.
func (p *adoptionPage) goOn() {
	if p.plan.step == planWhen && !p.settleDate() {
		return
	}
	p.moves(p.plan.step + 1)
}

// back leaves a step for the one before; at the first it leaves the plan.
func (p *adoptionPage) back() {
	if p.plan.step == planWhen {
		p.plan.offered = p.moment() // the inputs go, and what stood there stays
	}
	if p.plan.step == planWho {
		p.leavePlan()
		return
	}
	p.moves(p.plan.step - 1)
}

// leavePlan forgets the plan.
func (p *adoptionPage) leavePlan() {
	if p.plan.busy {
		return
	}
	p.plan = plan{}
	holdPage(false)
	focusOn(p.page, "title")
}

// moment is the moment that stands in the inputs, or stood there.
func (p *adoptionPage) moment() int64 { return p.plan.when.chosen(p.plan.offered) }

// settleDate takes what was chosen, and reports whether it can be so.
func (p *adoptionPage) settleDate() bool {
	l := &p.plan
	if l.from = 0; !l.later {
		return true
	}
	at := p.moment()
	if c := l.when.problem(at, time.Now()); c != "" {
		l.when.form.refuse(p.page, api.Error{Problems: api.Problems{whenDay: c}})
		return false
	}
	l.from, l.offered = at, at
	return true
}

// enact makes it so.
func (p *adoptionPage) enact() {
	l, w := &p.plan, &say().Adoption
	if l.busy {
		return
	}
	if l.later && l.when.problem(l.from, time.Now()) != "" { // the moment has come while one thought about it
		p.moves(planWhen)
		l.when.form.problems = api.Problems{whenDay: check.TooSmall}
		return
	}
	l.busy, l.failure, l.changed = true, api.Error{}, false
	req := api.MakeMandatoryRequest{Organization: p.organization, Version: p.info.value.Version, From: l.from}
	perform(&p.account, api.MakeMandatory, req, func(i api.AdoptionInfo) {
		said := w.DoneOnce
		if l.from > 0 {
			said = with(w.DoneLater, "when", longMoment(l.from))
		}
		l.busy, p.info.value = false, i
		p.leavePlan()
		announce("")
		toast(p.page, said)
	}, p.notEnacted)
}

// notEnacted keeps the plan, and says why it is none yet.
func (p *adoptionPage) notEnacted(e api.Error) {
	l := &p.plan
	l.busy = false
	switch {
	case p.overtaken(e, func() { focusOn(p.page, "plan-title") }):
		l.changed = true
	case e.Problems["from"] != "":
		p.moves(planWhen)
		l.when.form.refuse(p.page, api.Error{Problems: api.Problems{whenDay: e.Problems["from"]}})
	default:
		l.failure = e
	}
}
