package app

import (
	"net/url"
	"strconv"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// recoveredPage comes after a recovery code or a code to a recovery phone:
// /sign-in/recovered. It shows the code that replaces a used one and leads to binding
// a new phone. It is a plain form, so that it works without the client.
//
// The server draws what it knows into the page. The client takes it from there
// before it draws the page again, and asks the server when it is not there.
type recoveredPage struct {
	goapp.Compo
	form        form
	replacement string
	left        int
	byPhone     bool // no code was used up
	asked       remote[api.SessionInfo]
}

func (p *recoveredPage) title() string { return say().Recovery.UsedTitle }

func (p *recoveredPage) at(u *url.URL) {
	p.form.ID = "recovered"
	p.form.at(u.Query())
	if !goapp.IsClient {
		return
	}
	if e := goapp.Window().Get("document").Call("querySelector", "[data-replacement]"); e.Truthy() {
		p.replacement = e.Get("dataset").Get("replacement").String()
		p.left, _ = strconv.Atoi(e.Get("dataset").Get("left").String())
	}
	if e := goapp.Window().Get("document").Call("querySelector", "[data-by-phone]"); e.Truthy() {
		p.byPhone = true
	}
}

// OnNav implements goapp.Navigator.
func (p *recoveredPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *recoveredPage) load(ctx goapp.Context) {
	if p.replacement != "" || p.byPhone {
		return
	}
	load(ctx, &p.asked, api.Session, func(_ goapp.Context, s api.SessionInfo) {
		p.byPhone = s.Recovery == nil
		if s.Recovery != nil {
			p.replacement, p.left = s.Recovery.Replacement, s.Recovery.Left
		}
	})
}

// Render implements goapp.Composer.
func (p *recoveredPage) Render() goapp.UI {
	w := &say().Recovery
	lead := w.UsedLead
	if p.byPhone {
		lead = w.UsedLeadPhone
	}
	return frame{Title: w.UsedTitle, Lead: lead, Door: doorOpen}.narrow(
		card(p.form.post("/sign-in/recovered", nil,
			p.form.notice(),
			p.code(),
			actions(
				button{Label: w.SetUpNewPhone, Kind: primary, Submit: true, Name: "then", Value: "replace"}.draw(),
				button{Label: w.HavePhone, Submit: true, Name: "then", Value: "continue"}.draw(),
			),
		)),
	)
}

func (p *recoveredPage) code() goapp.UI {
	w := &say().Recovery
	switch {
	case p.byPhone:
		return goapp.Div().DataSet("by-phone", "yes")
	case p.replacement == "":
		return para("muted", w.NoReplacement)
	}
	return goapp.Div().Class("stack").DataSet("replacement", attr(p.replacement)).DataSet("left", strconv.Itoa(p.left)).Body(
		div("row apart",
			heading("heading", w.UsedNew),
			div("with-client", &copyButton{Text: p.replacement}),
		),
		bigKey(p.replacement),
		para("fine", w.UsedNewHint+" "+words.Many(p.left, w.LeftOne, w.LeftMany)),
	)
}
