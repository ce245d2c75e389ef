package app

import (
	"strconv"
	"strings"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mostNames is how many people a dialog names.
const mostNames = 5

// dialog is what is open of an act, if anything is.
func (t *acting) dialog(a *account) *dialog {
	switch {
	case t.result != nil:
		return &dialog{ID: t.form.ID + "-result", Title: say().Acts.ResultTitle, OnClose: func(goapp.Context) { t.leave(a) },
			Body: func() []goapp.UI { return t.outcome(a) }}
	case t.act != "":
		return &dialog{ID: t.form.ID, Title: say().Acts.Act(string(t.act)).Title, OnClose: func(goapp.Context) { t.close() },
			Body: func() []goapp.UI { return t.questions(a) }}
	}
	return nil
}

// questions explains what will happen, to whom, and asks for what is needed.
func (t *acting) questions(a *account) []goapp.UI {
	f, about := &t.form, say().Acts.Act(string(t.act))
	parts := append([]goapp.UI{f.notice()}, t.fields(a.info())...)
	kind := primary
	switch t.act {
	case api.ActSuspend, api.ActDelete, api.ActEndSessions, api.ActRevokeInvitation:
		kind = dangerPrimary
	}
	parts = append(parts, actions(
		button{Label: say().Parts.Cancel, Kind: quiet, ID: f.ID + "-cancel", Focus: !t.act.NeedsReason(), On: press(t.close)}.draw(),
		button{Label: about.Submit, Kind: kind, Submit: true, Busy: f.busy, ID: f.ID}.draw(),
	))
	var points []goapp.UI
	for _, point := range about.Points {
		points = append(points, li("", goapp.Text(point)))
	}
	return []goapp.UI{div("stack",
		t.whom(),
		ul("points", points...),
		para("fine", with(say().Help.Told, "told", about.Told)),
		f.post("", sent(func() { t.submit(a) }), parts...),
	)}
}

// whom names those it is about: the first few, when they are many.
func (t *acting) whom() goapp.UI {
	w := &say().Acts
	if len(t.people) == 1 {
		return para("strong address", fullName(t.people[0]))
	}
	var names []string
	for _, r := range t.people {
		if len(names) == mostNames {
			names = append(names, with(w.More, "n", strconv.Itoa(len(t.people)-mostNames)))
			break
		}
		names = append(names, personName(r))
	}
	return div("",
		para("strong", with(w.Many, "n", strconv.Itoa(len(t.people)))),
		para("fine address", strings.Join(names, ", ")),
	)
}

// fields asks for what the act needs.
func (t *acting) fields(who *api.SessionInfo) (list []goapp.UI) {
	w, f := &say().Acts, &t.form
	switch t.act {
	case api.ActChangeRole:
		list = append(list, f.choose(choose{Name: "role", Label: w.Role, Hint: w.RoleHint, Of: rolesFor(who), Value: t.role, On: func(v string) { t.role = v }}))
	case api.ActExempt:
		days := choose{Name: "until", Label: w.Days, Hint: w.DaysHint, Value: strconv.Itoa(t.days), On: func(v string) { t.days, _ = strconv.Atoi(v) }}
		for _, n := range exemptDays {
			days.Of = append(days.Of, choice{strconv.Itoa(n), w.DaysOf[n]})
		}
		list = append(list, f.choose(days))
	case api.ActResetLink:
		h := &say().Help
		hours := choose{Name: "hours", Label: h.Hours, Hint: h.HoursHint, Value: strconv.Itoa(t.hours), On: func(v string) { t.hours, _ = strconv.Atoi(v) }}
		for n := 1; n <= api.MaxLinkHours; n++ {
			hours.Of = append(hours.Of, choice{strconv.Itoa(n), words.Many(n, say().Parts.OneHour, say().Parts.Hours)})
		}
		list = append(list, f.choose(hours))
	}
	if t.act.NeedsReason() {
		list = append(list, f.field(field{Name: "reason", Label: say().Help.Reason, Hint: say().Acts.ReasonHint, Autocomplete: "off", MaxLength: api.MaxReason, Focus: true}))
	}
	if t.act == api.ActDelete {
		label := with(w.ConfirmAll, "n", t.confirmation())
		if len(t.people) == 1 {
			label = with(w.ConfirmOne, "name", t.confirmation())
		}
		list = append(list, f.field(field{Name: "confirm", Label: label, Autocomplete: "off"}))
	}
	return list
}

// outcome tells what became of it: how many it was done for, who was refused and why,
// and the links, this once.
func (t *acting) outcome(a *account) []goapp.UI {
	w := &say().Acts
	links, refused := sorted(*t.result)
	var parts []goapp.UI
	if n := len(t.result.People) - len(refused); n > 0 {
		parts = append(parts, banner{Kind: bannerGood, Text: words.Many(n, w.DoneOne, w.DoneMany)}.draw())
	}
	if len(refused) > 0 {
		var rows []goapp.UI
		for _, o := range refused {
			line := []goapp.UI{span("cell-name", o.Name), span("cell-note", say().Code(o.Code))}
			if o.Retry > 0 {
				line = append(line, span("cell-note", with(say().Parts.TryAgainIn, "wait", say().Wait(o.Retry))))
			}
			rows = append(rows, li("", line...))
		}
		parts = append(parts, banner{Kind: bannerWarning, Title: words.Many(len(refused), w.RefusedOne, w.Refused), More: []goapp.UI{ul("stack-tight", rows...)}}.draw())
	}
	label, kind := say().Parts.Close, primary
	if len(links) > 0 {
		parts = append(parts, t.links(links)...)
		warned := alerts()
		if t.hurry {
			warned, label, kind = alerts(banner{Kind: bannerWarning, Text: say().Help.LinkOnce}.draw()), w.Leave, dangerPrimary
		}
		parts = append(parts, warned)
	}
	return []goapp.UI{
		div("stack", parts...),
		actions(button{Label: label, Kind: kind, ID: "leave-result", On: press(func() { t.leave(a) })}.draw()),
	}
}

// links draws the links that were made, each with a way to copy it.
func (t *acting) links(list []api.ActOutcome) []goapp.UI {
	w := &say().Acts
	var all []handedLink
	for _, o := range list {
		note := w.NotMailed
		if o.Mailed != "" {
			note = with(w.Mailed, "email", o.Mailed)
		}
		all = append(all, handedLink{Name: o.Name, Link: o.Link, Note: note})
	}
	taken := func(goapp.Context) { t.taken = true }
	return []goapp.UI{
		para("text", w.LinksText),
		handedLinks(all, taken),
		para("fine", with(w.Until, "when", exact(list[0].Expires))),
	}
}

// handedLink is a one-time link, to be handed over.
type handedLink struct{ Name, Link, Note string }

// handedLinks draws links, each with a way to copy it, and one to copy all. Taken is
// told that all that there are were copied.
func handedLinks(list []handedLink, taken func(goapp.Context)) goapp.UI {
	w := &say().Acts
	var rows []goapp.UI
	var all strings.Builder
	for _, l := range list {
		all.WriteString(l.Name + "\t" + l.Link + "\n")
		copied := taken
		if len(list) > 1 {
			copied = nil
		}
		rows = append(rows, li("",
			div("item-body",
				span("cell-name", l.Name),
				span("cell-note mono link-text", l.Link),
				span("cell-note address", l.Note),
			),
			&copyButton{Text: l.Link, Label: w.CopyLink, About: l.Name, OnCopied: copied},
		))
	}
	body := []goapp.UI{ul("items handed", rows...)}
	if len(list) > 1 {
		body = append(body, actions(&copyButton{Text: all.String(), Label: w.CopyAll, OnCopied: taken}))
	}
	return div("stack", body...)
}
