package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// notReady draws who is not ready, and what can be done about it.
func (p *adoptionPage) notReady(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	all := i.People - i.Ready
	sec := section{Title: w.NotReady, Flush: true}
	if all <= 0 || len(i.NotReady) == 0 {
		return sec.draw(nothing{Icon: iconShieldOn, Title: w.NotReadyNone, Text: w.NotReadyNoneText}.draw())
	}
	sec.Text = words.Many(all, w.NotReadyOne, w.NotReadyMany)
	if i.Exempt > 0 {
		sec.Text += " " + words.Many(i.Exempt, w.NotReadyOffOne, w.NotReadyOff)
	}
	parts := []goapp.UI{p.reminders(i), p.rows(i)}
	if len(i.NotReady) < all {
		parts = append(parts, div("card-foot row apart",
			span("fine", with(w.NotReadyMore, "n", words.Grouped(len(i.NotReady)), "all", words.Grouped(all))),
			goapp.A().Class("link").Href(attr(p.peopleWho(api.FilterOff))).Text(w.NotReadyAll)))
	}
	return sec.draw(parts...)
}

// reminders draws the one press that reminds them all.
func (p *adoptionPage) reminders(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	if !i.Mail {
		return div("card-foot reminders", para("fine", w.NoMail))
	}
	last := paraOf("fine", goapp.Text(w.RemindedNever))
	if i.RemindedAt > 0 {
		last = paraOf("fine", phrase(w.RemindedAt, "when", moment(i.RemindedAt, time.Now()))...)
	}
	return div("card-foot reminders row apart", last,
		button{Label: w.RemindAll, Icon: iconMail, ID: "remind-all", On: press(func() { p.asking(adoptionRemind, api.PersonRow{}) })}.draw())
}

// rows draws the people, each with what can be done.
func (p *adoptionPage) rows(i api.AdoptionInfo) goapp.UI {
	var list []goapp.UI
	for _, r := range i.NotReady {
		list = append(list, p.person(i, r))
	}
	return ul("items not-ready", list...)
}

func (p *adoptionPage) person(i api.AdoptionInfo, r api.PersonRow) goapp.UI {
	w := &say().Adoption
	name := personName(r)
	body := []goapp.UI{goapp.A().Class("cell-name").ID(notReadyID(r.ID)).Href(attr(personPath(r.ID))).Text(name)}
	note := r.Email
	if name != r.UserName {
		note = r.UserName + ", " + r.Email
	}
	body = append(body, span("cell-note address", note))
	off := exempt(r, time.Now())
	if off {
		body = append(body, mark(badgeWarning, iconClock, with(w.ExemptUntil, "when", day(r.ExemptUntil))))
	}
	// The handlers keep the id only: a row drawn again keeps the handlers it had.
	id := r.ID
	of := func(label string, on func()) button {
		return button{Label: label, Small: true, Kind: secondary, ID: id, About: name, On: press(on)}
	}
	var acts []goapp.UI
	if i.Mail && !off {
		b := of(w.Remind, func() { p.remind(id) })
		b.Busy, b.Disabled = p.reminding == id, p.reminded[id]
		acts = append(acts, b.draw())
	}
	if off {
		acts = append(acts, of(w.EndExempt, func() { p.asking(adoptionEndExempt, p.find(id)) }).draw())
	} else {
		acts = append(acts, of(w.Exempts, func() { p.asking(adoptionExempt, p.find(id)) }).draw())
	}
	return li("", div("item-body", body...), div("item-acts", acts...))
}

// notReadyID is the element that names the person with id.
func notReadyID(id string) string { return "not-ready-" + id }

// find returns the person with id among those who are not ready.
func (p *adoptionPage) find(id string) api.PersonRow {
	for _, r := range p.info.value.NotReady {
		if r.ID == id {
			return r
		}
	}
	return api.PersonRow{}
}
