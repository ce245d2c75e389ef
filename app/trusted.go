package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// trusted draws the browsers that are not asked for a code; nothing where there are
// none and could be none.
func (p *securityPage) trusted(s api.SecurityInfo) []goapp.UI {
	w := &say().Security
	if s.TrustDays <= 0 && len(s.TrustedDevices) == 0 {
		return nil
	}
	sec := section{Title: w.Trust, Text: w.TrustOver, Flush: true}
	if s.TrustDays > 0 {
		sec.Text = words.Many(s.TrustDays, w.TrustOne, w.TrustMany)
	}
	if len(s.TrustedDevices) == 0 {
		sec.Flush = false
		return []goapp.UI{sec.draw(para("fine", w.TrustNone))}
	}
	var rows []goapp.UI
	for _, d := range s.TrustedDevices {
		rows = append(rows, p.trustedDevice(d))
	}
	sec.End = button{Label: w.AskAll, Small: true, ID: "ask-all",
		On: press(func() { p.prepare(askTrust, "") })}.draw()
	return []goapp.UI{sec.draw(div("trust-notice", refusalNotice(p.refused)), ul("items", rows...))}
}

// trustedDevice draws one trusted browser.
func (p *securityPage) trustedDevice(d api.TrustedRow) goapp.UI {
	w, now := &say().Security, time.Now()
	same := api.SessionRow{Device: d.Name}
	name := []goapp.UI{span("cell-name", deviceName(same))}
	if d.Current {
		name = append(name, badge(badgeGood, w.TrustHere))
	}
	note := func(parts []goapp.UI) goapp.UI { return spanOf("cell-note", parts...) }
	body := []goapp.UI{div("row", name...)}
	if d.Address != "" {
		body = append(body, span("cell-note", with(say().Sessions.From, "address", d.Address)))
	}
	body = append(body, note(phrase(w.Added, "when", moment(d.Added, now))))
	if d.LastUsed > 0 {
		body = append(body, note(phrase(w.Used, "when", moment(d.LastUsed, now))))
	}
	body = append(body, note(phrase(w.TrustUntil, "when", moment(d.Expires, now))))
	id := d.ID
	return li("",
		spanOf("item-icon", deviceIcon(same).draw()),
		div("item-body", body...),
		div("item-acts", button{Label: w.AskAgain, Small: true, ID: id, About: deviceName(same), Busy: p.revoke == id,
			On: press(func() { p.askAgain(id) })}.draw()),
	)
}

// askAgain has the second step asked for again in one browser. It only makes the
// account safer, so there is no question before it.
func (p *securityPage) askAgain(id string) {
	if p.revoke != "" {
		return
	}
	name := ""
	for _, d := range p.info.value.TrustedDevices {
		if d.ID == id {
			name = deviceName(api.SessionRow{Device: d.Name})
		}
	}
	p.revoke, p.refused = id, api.Error{}
	told := func() {
		p.revoke = ""
		p.happened(with(say().Security.AskedAgain, "name", name))
	}
	perform(&p.account, api.RevokeTrustedDevice, api.RevokeTrustedDeviceRequest{ID: id}, func(api.Done) { told() },
		func(e api.Error) {
			if e.Code == check.NotFound { // it has run out by itself
				told()
				return
			}
			p.revoke, p.refused = "", e
		})
}

// askAll does so in all of them.
func (p *securityPage) askAll() {
	w := &say().Security
	act(p, api.RevokeTrustedDevices, api.None{}, func(e api.Ended) {
		p.happened(words.Many(e.Count, w.AskAllDoneOne, w.AskAllDoneMany))
	})
}
