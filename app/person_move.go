package app

import (
	"strconv"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// moving is what an operator is about to do with where a person belongs.
type moving struct {
	asks  bool
	form  form
	times int
	to    string
	list  remote[api.OrganizationList]
}

// offer draws the offer to move the person, where there is somewhere else.
func (m *moving) offer(p *personPage, i api.PersonInfo) []goapp.UI {
	w := &say().Organizations
	if !isOperator(p.account.info()) || !p.who.value.Several || i.Self {
		return nil
	}
	sec := section{Title: say().Profile.Organization, Text: w.MoveText,
		End: button{Label: w.Move, Small: true, ID: "move", On: press(func() { m.begin(p) })}.draw()}
	if i.Organization == "" {
		return []goapp.UI{sec.draw()}
	}
	return []goapp.UI{sec.draw(para("strong address", i.Organization))}
}

// begin asks for a step-up if one is due, and then opens the dialog.
func (m *moving) begin(p *personPage) {
	p.prove(p.who.value.ProvedUntil, func() {
		*m = moving{asks: true, times: m.times + 1, form: form{ID: "move-" + strconv.Itoa(m.times+1)}}
		load(p.page, &m.list, api.Organizations, nil)
	}, nil)
}

// question is the dialog, while it is open.
func (m *moving) question(p *personPage) *dialog {
	if !m.asks {
		return nil
	}
	return &dialog{ID: m.form.ID, Title: say().Organizations.MoveTitle, Body: func() []goapp.UI { return m.questions(p) },
		OnClose: func(goapp.Context) { m.close() }}
}

func (m *moving) close() {
	if !m.form.busy {
		m.asks = false
	}
}

// questions explains what will happen and asks where to, and why.
func (m *moving) questions(p *personPage) []goapp.UI {
	w, f := &say().Organizations, &m.form
	where := m.list.draw(func(list api.OrganizationList) goapp.UI { return m.places(p, list) }, nil)
	return []goapp.UI{div("stack",
		para("strong address", fullName(p.info.value.PersonRow)),
		points(w.MovePoints),
		f.post("", sent(func() { m.submit(p) }),
			f.notice(),
			where,
			f.field(field{Name: "reason", Label: w.Reason, Hint: w.ReasonHint, Autocomplete: "off", MaxLength: api.MaxReason}),
			actions(
				button{Label: say().Parts.Cancel, Kind: quiet, ID: f.ID + "-cancel", On: press(m.close)}.draw(),
				button{Label: w.MoveSubmit, Kind: dangerPrimary, Submit: true, Busy: f.busy, ID: f.ID}.draw(),
			),
		),
	)}
}

// places draws the organizations that the person could belong to.
func (m *moving) places(p *personPage, list api.OrganizationList) goapp.UI {
	w := &say().Organizations
	now := p.info.value.Organization
	v := choose{Name: "organization", Label: w.MoveTo, Of: []choice{{"", w.MoveChoose}}, Value: m.to, Required: true, On: func(id string) { m.to = id }}
	for _, o := range list.Organizations {
		here := o.Name == now || o.ID == now || now == "" && (o.ID == p.area.organization || p.area.organization == "" && o.Own)
		if !here && o.Suspended == 0 {
			v.Of = append(v.Of, choice{o.ID, o.Name})
		}
	}
	if len(v.Of) == 1 {
		return para("text", w.MoveNowhere)
	}
	return m.form.choose(v)
}

// submit moves the person.
func (m *moving) submit(p *personPage) {
	req := api.MovePersonRequest{ID: p.id, Organization: m.to, Reason: m.form.value("reason")}
	send(&p.account, &m.form, api.MovePerson, req, func(api.Done) {
		m.asks = false
		p.area.organization = req.Organization
		p.helped(say().Organizations.Moved)
	})
}
