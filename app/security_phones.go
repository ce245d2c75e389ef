package app

import (
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// phones draws the recovery phones; nothing where there are none and could be none.
func (p *securityPage) phones(s api.SecurityInfo) []goapp.UI {
	w, none := &say().Security, len(s.RecoveryPhones) == 0
	off := s.RecoveryPhone == "" || s.RecoveryPhone == api.PhoneOff
	if off && none {
		return nil
	}
	sec := section{Title: w.Phones, Text: w.PhonesText, Flush: true}
	if s.RecoveryPhone == api.PhoneRequired {
		sec.Text += " " + w.PhoneAsked
	}
	add := button{Label: w.PhoneAdd, Icon: iconAdd, Small: true, Href: phonePath}
	if none {
		return []goapp.UI{sec.draw(nothing{Icon: iconMessage, Title: w.PhoneNone, Text: w.PhoneNoneText, Act: add.draw()}.draw())}
	}
	var rows []goapp.UI
	for _, n := range s.RecoveryPhones {
		rows = append(rows, p.phoneRow(n, !off))
	}
	parts := []goapp.UI{ul("items", rows...)}
	switch {
	case off:
		parts = append(parts, para("fine card-foot", w.PhonesOff))
	case len(rows) < s.MaxRecoveryPhones:
		sec.End = add.draw()
	default:
		parts = append(parts, para("fine card-foot", with(w.PhoneFull, "n", strconv.Itoa(len(rows)))))
	}
	return []goapp.UI{sec.draw(parts...)}
}

// phoneRow draws one recovery phone.
func (p *securityPage) phoneRow(n api.PhoneRow, change bool) goapp.UI {
	w, id := &say().Security, n.ID
	var acts []goapp.UI
	if change {
		acts = append(acts, button{Label: w.PhoneChange, Small: true, About: n.Number, Href: changingPhone(id)}.draw())
	}
	acts = append(acts, button{Label: w.Remove, Kind: danger, Small: true, ID: id, About: n.Number,
		On: press(func() { p.prepare(askPhone, id) })}.draw())
	return li("",
		spanOf("item-icon", iconMessage.draw()),
		div("item-body",
			span("cell-name", n.Number),
			spanOf("cell-note", phrase(w.Added, "when", moment(n.Added, time.Now()))...),
		),
		div("item-acts", acts...),
	)
}

// changingPhone is where the recovery phone with id is changed.
func changingPhone(id string) string { return phonePath + "?replace=" + id }

// findPhone returns the recovery phone with id, as it is now.
func (p *securityPage) findPhone(id string) api.PhoneRow {
	for _, n := range p.info.value.RecoveryPhones {
		if n.ID == id {
			return n
		}
	}
	return api.PhoneRow{}
}

// removingPhone asks before a recovery phone is removed. Where the organization
// asks for one, the way out is another number.
func (p *securityPage) removingPhone(c confirm) *dialog {
	w := &say().Security
	c.Title, c.Text, c.Act = with(w.PhoneRemoveTitle, "number", p.phone.Number), w.PhoneRemoveText, w.PhoneRemoveSubmit
	c.Danger, c.On = true, p.removePhone
	if p.failure.Code == check.RecoveryPhoneRequired {
		c.More = []goapp.UI{actions(button{Label: w.PhoneChangeAct, Small: true, Href: changingPhone(p.phone.ID)}.draw())}
	}
	return c.dialog()
}

func (p *securityPage) removePhone() {
	number := p.phone.Number
	act(p, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: p.phone.ID}, func(api.Done) {
		p.happened(with(say().Security.PhoneRemoved, "number", number))
	})
}
