package app

import (
	"strconv"
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// asking opens a dialog; who is the person it is about, if it is about one.
func (p *adoptionPage) asking(what adoptionAsk, who api.PersonRow) {
	p.asks, p.row, p.busy, p.failure = what, who, false, api.Error{}
	p.times++
	p.form = form{ID: "exempt-" + strconv.Itoa(p.times)}
	p.until = when{form: form{ID: p.form.ID + "-until", Words: wrongMoments()}, most: api.MaxExemptDays}
}

// close leaves the question without an answer.
func (p *adoptionPage) close() {
	if !p.busy && !p.form.busy {
		p.asks = adoptionNothing
	}
}

// question is the dialog that is open, if one is.
func (p *adoptionPage) question() *dialog {
	w := &say().Adoption
	c := confirm{ID: "adoption-" + string(p.asks), Busy: p.busy, Failure: p.failure, OnClose: p.close}
	switch p.asks {
	case adoptionRemind:
		i := p.info.value
		c.Title, c.Act, c.On = w.RemindAllTitle, w.RemindAllSubmit, p.remindAll
		c.Text, c.Points = words.Many(max(i.People-i.Ready-i.Exempt, 0), w.RemindAllOne, w.RemindAllMany), []string{w.RemindAllText}
	case adoptionDisable:
		c.Title, c.Text, c.Act, c.Keep = w.DisableTitle, w.DisableText, w.Disable, w.DisableKeep
		c.Points, c.Danger, c.On = []string{w.DisablePoint1, w.DisablePoint2}, true, p.disable
	case adoptionExempt, adoptionEndExempt:
		return &dialog{ID: p.form.ID, Title: p.exemptTitle(), OnClose: func(goapp.Context) { p.close() }, Body: p.exempting}
	default:
		return nil
	}
	return c.dialog()
}

func (p *adoptionPage) exemptTitle() string {
	w := &say().Adoption
	if p.asks == adoptionEndExempt {
		return with(w.EndExemptTitle, "name", personName(p.row))
	}
	return with(w.ExemptTitle, "name", personName(p.row))
}

// exempting asks for the reason, and until when.
func (p *adoptionPage) exempting() []goapp.UI {
	w, f := &say().Adoption, &p.form
	text, submit := w.ExemptText, w.ExemptSubmit
	parts := []goapp.UI{f.notice(),
		f.field(field{Name: "reason", Label: w.Reason, Hint: w.ReasonHint, Autocomplete: "off", MaxLength: api.MaxReason, Focus: true})}
	if p.asks == adoptionExempt {
		parts = append(parts, p.until.field(w.ExemptUntilField, w.ExemptUntilHint, "", p.suggested()))
	} else {
		text, submit = w.EndExemptText, w.EndExemptSubmit
	}
	return []goapp.UI{div("stack",
		para("text", text),
		f.post("", sent(p.submitExempt), append(parts, actions(
			button{Label: say().Parts.Cancel, Kind: quiet, ID: f.ID + "-cancel", On: press(p.close)}.draw(),
			f.submitButton(submit),
		))...),
	)}
}

// suggested is the end of an exemption that is offered: the end of a day in four weeks.
func (p *adoptionPage) suggested() int64 {
	day, _ := inputsOf(ahead(time.Now(), 28, 12))
	ms, _ := momentOf(day, "23:59")
	return ms
}

// submitExempt exempts the person, or ends that.
func (p *adoptionPage) submitExempt() {
	w, f := &say().Adoption, &p.form
	if f.busy {
		return
	}
	req := api.ActRequest{IDs: []string{p.row.ID}, Act: api.ActEndExemption, Reason: f.value("reason")}
	said := with(w.EndExemptDone, "name", personName(p.row))
	if p.asks == adoptionExempt {
		said = with(w.ExemptDone, "name", personName(p.row))
		req.Act, req.Until = api.ActExempt, p.until.chosen(p.suggested())
		p.until.form.problems = nil
		if c := p.until.problem(req.Until, time.Now()); c != "" && f.value("reason") != "" {
			p.until.form.refuse(p.page, api.Error{Problems: api.Problems{whenDay: c}})
			return
		}
	}
	send(&p.account, f, api.ActOnPeople, req, func(r api.ActResult) {
		if c := outcome(r); c.Code != "" {
			f.refuse(p.page, c)
			return
		}
		p.asks = adoptionNothing
		p.happened(said)
		focusOn(p.page, notReadyID(p.row.ID)) // the button that opened the dialog is another one now
	})
}

// outcome returns why the first of those acted on was refused; zero when nobody was.
func outcome(r api.ActResult) api.Error {
	for _, o := range r.People {
		if o.Code != "" {
			return api.Error{Code: o.Code, Retry: o.Retry}
		}
	}
	return api.Error{}
}

// happened says what has been done and shows how it stands now.
func (p *adoptionPage) happened(text string) {
	p.refused = api.Error{}
	announce("")
	toast(p.page, text)
	p.reload(nil)
}

// remind reminds one person.
func (p *adoptionPage) remind(id string) {
	if p.reminding != "" || p.reminded[id] {
		return
	}
	name := personName(p.find(id))
	p.reminding, p.refused = id, api.Error{}
	perform(&p.account, api.ActOnPeople, api.ActRequest{IDs: []string{id}, Act: api.ActRemind}, func(r api.ActResult) {
		p.reminding = ""
		if p.refused = outcome(r); p.refused.Code != "" {
			focusOn(p.page, "title")
			return
		}
		if p.reminded == nil {
			p.reminded = map[string]bool{}
		}
		p.reminded[id] = true
		toast(p.page, with(say().Adoption.RemindDone, "name", name))
	}, func(e api.Error) { p.reminding, p.refused = "", e })
}

// remindAll reminds everybody who is not ready.
func (p *adoptionPage) remindAll() {
	if p.busy {
		return
	}
	w := &say().Adoption
	p.busy, p.failure = true, api.Error{}
	perform(&p.account, api.RemindAll, p.which(), func(r api.Reminded) {
		p.busy, p.asks = false, adoptionNothing
		said := w.RemindedNone
		if r.People > 0 {
			said = words.Many(r.People, w.RemindedOne, w.RemindedMany)
		}
		p.happened(said)
	}, func(e api.Error) { p.busy, p.failure = false, e })
}

// disable undoes mandatory two-factor. When somebody else was faster, the question
// stays and shows how it stands now.
func (p *adoptionPage) disable() {
	if p.busy {
		return
	}
	p.busy, p.failure = true, api.Error{}
	req := api.DisableMandatoryRequest{Organization: p.organization, Version: p.info.value.Version}
	perform(&p.account, api.DisableMandatory, req, func(i api.AdoptionInfo) {
		p.busy, p.asks, p.info.value, p.refused = false, adoptionNothing, i, api.Error{}
		announce("")
		toast(p.page, say().Adoption.DisableDone)
		focusOn(p.page, "title")
	}, func(e api.Error) {
		p.busy, p.failure = false, e
		p.overtaken(e, func() {
			if p.info.value.MandatoryFrom == 0 { // the other has done it
				p.asks, p.refused = adoptionNothing, e
			}
		})
	})
}
