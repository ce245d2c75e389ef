package app

import (
	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// planning draws the step of the plan.
func (p *adoptionPage) planning(i api.AdoptionInfo) goapp.UI {
	w, l := &say().Adoption, &p.plan
	title := w.PlanTitle
	if l.change {
		title = w.PlanDate
	}
	head, lead := p.stepWords()
	body := []goapp.UI{goapp.H2().Class("subtitle").ID("plan-title").TabIndex(-1).Text(head)}
	if lead != "" {
		body = append(body, para("muted text", lead))
	}
	switch l.step {
	case planWho:
		body = append(body, p.planWho(i)...)
	case planWhen:
		body = append(body, p.planWhen(i)...)
	case planExempt:
		body = append(body, refusalNotice(p.refused), p.planExempt(i))
	case planConfirm:
		body = append(body, p.planConfirm(i)...)
	}
	parts := []goapp.UI{stepper(int(l.step)+1, int(planSteps), title)}
	if l.changed {
		parts = append(parts, p.planChanged(i))
	}
	return div("plan", append(parts, goapp.Section().Class("card stack").Aria("labelledby", "plan-title").Body(body...), p.planFoot(i))...)
}

func (p *adoptionPage) stepWords() (head, lead string) {
	w := &say().Adoption
	switch p.plan.step {
	case planWho:
		return w.PlanWho, w.PlanWhoText
	case planWhen:
		return w.PlanWhen, w.PlanWhenText
	case planExempt:
		return w.PlanExempt, w.PlanExemptText
	}
	return w.PlanConfirm, ""
}

// asked is how many people will have to do something.
func asked(i api.AdoptionInfo) int { return max(i.People-i.Ready-i.Exempt, 0) }

// planWho shows who is ready, in words and with the bar.
func (p *adoptionPage) planWho(i api.AdoptionInfo) []goapp.UI {
	w := &say().Adoption
	said := w.PlanOpenNone
	if n := asked(i); n > 0 {
		said = words.Many(n, w.PlanOpenOne, w.PlanOpenMany)
	}
	said = with(w.PlanSum, "people", words.Grouped(i.People), "ready", words.Grouped(i.Ready)) + " " + said
	if i.Exempt > 0 {
		said += " " + words.Many(i.Exempt, w.PlanExemptOne, w.PlanExemptMany)
	}
	return []goapp.UI{
		para("text strong", said),
		barChart(with(w.NowPicture, "ready", words.Grouped(i.Ready), "all", words.Grouped(i.People), "share", share(i.Ready, i.People)), i.People,
			slice{"ready", i.Ready}, slice{"exempt", i.Exempt}),
		legend(i.People, []tally{{"ready", w.Ready, i.Ready}, {"exempt", w.Exempt, i.Exempt}, {"open", w.Open, asked(i)}}),
	}
}

// planWhen asks from when on.
func (p *adoptionPage) planWhen(i api.AdoptionInfo) []goapp.UI {
	w, l := &say().Adoption, &p.plan
	list := []goapp.UI{choices(w.PlanWhen,
		radio("plan", "later", w.Later, w.LaterText, l.later, func() { l.later = true }),
		radio("plan", "once", w.AtOnce, w.AtOnceText, !l.later, func() { l.later = false; l.when.form.problems = nil }),
	)}
	if !l.later {
		return append(list, para("text", askedWords(i, 0)))
	}
	list = append(list, l.when.field(w.Date, "", w.Time, l.offered))
	if at := p.moment(); at > 0 && l.when.form.problems[whenDay] == "" {
		list = append(list, goapp.P().Class("text").Aria("live", "polite").Text(askedWords(i, at)))
	}
	return list
}

// askedWords says who will be asked from when on; 0 for at once.
func askedWords(i api.AdoptionInfo, from int64) string {
	w, n := &say().Adoption, asked(i)
	switch {
	case n == 0 && from == 0:
		return w.AskedNobody
	case n == 0:
		return with(w.AskedNobodyLater, "when", longMoment(from))
	case from == 0:
		return words.Many(n, w.AskedOnceOne, w.AskedOnce)
	}
	return with(words.Many(n, w.AskedLaterOne, w.AskedLater), "when", longMoment(from))
}

// planExempt shows whom one could exempt.
func (p *adoptionPage) planExempt(i api.AdoptionInfo) goapp.UI {
	w, all := &say().Adoption, i.People-i.Ready
	if all <= 0 || len(i.NotReady) == 0 {
		return para("text", w.NotReadyNoneText)
	}
	if len(i.NotReady) < all {
		return div("", p.rows(i), para("fine", with(w.NotReadyMore, "n", words.Grouped(len(i.NotReady)), "all", words.Grouped(all))+" "+w.PlanExemptRest))
	}
	return p.rows(i)
}

// planConfirm says everything once more.
func (p *adoptionPage) planConfirm(i api.AdoptionInfo) []goapp.UI {
	w, l := &say().Adoption, &p.plan
	points := []string{}
	if i.Exempt > 0 {
		points = append(points, words.Many(i.Exempt, w.ExemptLineOne, w.ExemptLine))
	}
	switch {
	case !i.Mail:
		points = append(points, w.AnnounceNoMail)
	case l.from == 0:
		points = append(points, w.Announce)
	default:
		points = append(points, w.AnnounceLater)
	}
	var rows []goapp.UI
	for _, text := range append(points, w.NewPeople, w.StaffToo, w.Undo) {
		rows = append(rows, li("", goapp.Text(text)))
	}
	sum := with(w.PlanSum, "people", words.Grouped(i.People), "ready", words.Grouped(i.Ready)) + " " + askedWords(i, l.from)
	return []goapp.UI{para("text strong", sum), ul("points stack-tight", rows...), refusalNotice(l.failure)}
}

// planChanged says that somebody else was faster, and what is so now.
func (p *adoptionPage) planChanged(i api.AdoptionInfo) goapp.UI {
	w := &say().Adoption
	now := w.ChangedOff
	if i.MandatoryFrom > 0 {
		now = with(w.ChangedFrom, "when", longMoment(i.MandatoryFrom))
	}
	return alerts(banner{Kind: bannerWarning, Title: w.Changed, Text: now, More: []goapp.UI{para("", w.ChangedText)}}.draw())
}

// planFoot draws the ways on, back and out.
func (p *adoptionPage) planFoot(i api.AdoptionInfo) goapp.UI {
	w, l := &say().Adoption, &p.plan
	on := button{Label: w.Continue, Kind: primary, ID: "plan-on-" + string(rune('0'+l.step)), On: press(p.goOn)}
	if l.step == planConfirm {
		on = button{Label: w.ConfirmLater, Kind: primary, ID: "plan-enact", Busy: l.busy, Disabled: !i.HasTwo, On: press(p.enact)}
		if l.from == 0 {
			on.Label = w.ConfirmOnce
		}
	}
	list := []goapp.UI{on.draw()}
	if l.step > planWho {
		list = append(list, button{Label: say().Parts.Back, Icon: iconBack, ID: "plan-back", On: press(p.back)}.draw())
	}
	return div("plan-foot actions", append(list, button{Label: w.Cancel, Kind: quiet, ID: "plan-cancel", On: press(p.leavePlan)}.draw())...)
}
