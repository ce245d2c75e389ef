package app

import (
	"slices"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// checklist is the card with what is left to do after setting up.
type checklist struct {
	info    api.ChecklistInfo
	ticking api.ChecklistItem // on its way
	failure api.Error
}

// load asks for the list, for who administers. Without it the card is not there.
func (c *checklist) load(a *account) {
	if !isAdmin(a.info()) {
		return
	}
	perform(a, api.Checklist, api.None{}, func(i api.ChecklistInfo) { c.info = i }, func(api.Error) {})
}

// tick notes that something is done.
func (c *checklist) tick(a *account, item api.ChecklistItem) {
	if c.ticking != "" {
		return
	}
	w := &say().Checklist
	said := w.Ticked
	if item == api.ItemAll {
		said = w.AwayDone
	}
	c.ticking, c.failure = item, api.Error{}
	perform(a, api.TickChecklist, api.TickChecklistRequest{Item: item, Done: true}, func(i api.ChecklistInfo) {
		c.ticking, c.info = "", i
		toast(a.page, said)
		if item == api.ItemAll {
			focusOn(a.page, "title")
			return
		}
		focusOn(a.page, "checklist-title")
	}, func(e api.Error) { c.ticking, c.failure = "", e })
}

// draw draws the card, unless it was put away or is not for a.
func (c *checklist) draw(a *account) []goapp.UI {
	if c.info.Away || len(c.info.Items) == 0 {
		return nil
	}
	w, left := &say().Checklist, 0
	var rows []goapp.UI
	for _, r := range c.info.Items {
		if r.Item == api.ItemAll {
			continue
		}
		if !r.Done {
			left++
		}
		rows = append(rows, c.row(a, r))
	}
	said := w.AllDone
	if left > 0 {
		said = words.Many(left, w.LeftOne, w.Left)
	}
	return []goapp.UI{goapp.Section().Class("card", "flush", "checklist").Aria("labelledby", "checklist-title").Body(
		div("card-head",
			div("", goapp.H2().Class("subtitle").ID("checklist-title").TabIndex(-1).Text(w.Title), para("muted text", w.Lead)),
			span("fine number-words", said)),
		refusalNotice(c.failure),
		ul("items", rows...),
		div("card-foot", textButton(w.Away, "checklist-away", func() { c.tick(a, api.ItemAll) })),
	)}
}

// row draws one thing: what it is, whether it is done, and else what helps.
func (c *checklist) row(a *account, r api.ChecklistRow) goapp.UI {
	w := &say().Checklist
	about, known := w.Items[string(r.Item)]
	if !known {
		about = words.ChecklistItem{Name: w.Unknown}
	}
	if r.Done {
		return li("done", spanOf("item-icon", iconGood.draw()), div("item-body",
			span("out-of-sight", w.Done+" "), span("cell-name", about.Name)))
	}
	body := []goapp.UI{span("out-of-sight", w.Open+" "), span("cell-name", about.Name)}
	if about.Text != "" {
		body = append(body, para("cell-note", about.Text))
	}
	var acts []goapp.UI
	if to := checklistPath(r.Item); to != "" {
		acts = append(acts, button{Label: about.Act, Small: true, Href: to}.draw())
	}
	if slices.Contains(api.Ticked(), r.Item) {
		item := r.Item
		acts = append(acts, button{Label: w.Tick, Icon: iconCheck, Small: true, Kind: quiet, ID: "tick-" + string(item), About: about.Name,
			Busy: c.ticking == item, On: press(func() { c.tick(a, item) })}.draw())
	}
	return li("", goapp.Span().Class("item-icon", "undone").Aria("hidden", "true"), div("item-body", body...), div("item-acts", acts...))
}

// checklistPath is where a thing is done; empty where that is not in the portal.
func checklistPath(item api.ChecklistItem) string {
	switch item {
	case api.ItemTwoFactor:
		return WizardPath
	case api.ItemInvite:
		return invitePath
	case api.ItemMandatory:
		return adoptionPath
	}
	return ""
}
