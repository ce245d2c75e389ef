package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// lostPhonePage is the ladder of recovery: /sign-in/lost-phone. After the password it
// has the ways back in that this person has, in the order to try them; to anybody
// else it says what there is in general. It works without the client.
type lostPhonePage struct {
	goapp.Compo
	waysBack
	form form
	now  bool // the staff have just been told
}

func (p *lostPhonePage) title() string { return say().Recovery.LostTitle }

func (p *lostPhonePage) at(u *url.URL) {
	q := u.Query()
	p.form.ID, p.form.Words = "ask-staff", map[api.Code]string{check.NotFound: say().Recovery.LostHostText}
	p.form.at(q)
	p.now = q.Get("notice") == "asked"
	p.look()
}

// OnNav implements goapp.Navigator.
func (p *lostPhonePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *lostPhonePage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	p.ask(ctx)
}

// Render implements goapp.Composer.
func (p *lostPhonePage) Render() goapp.UI {
	w := &say().Recovery
	f := frame{Title: w.LostTitle, Lead: w.LostLead, Door: doorAjar}
	switch {
	case !p.told:
		return f.narrow(waiting(), startOver())
	case p.lost == nil:
		return p.general(f)
	}
	switch own := p.lost.RecoveryCodes || len(p.lost.Phones) > 0; {
	case own:
	case p.lost.Staff:
		f.Lead = w.LostOnlyStaff
	default:
		f.Lead = w.LostNobody
	}
	return f.narrow(
		p.form.notice(),
		p.ladder(append(p.rungs(), p.people())...),
		helpful(),
		startOver(),
	)
}

// ladder draws the rungs, with what is known in it.
func (p *lostPhonePage) ladder(rungs ...goapp.UI) goapp.UI {
	return goapp.Ol().Class("card", "rungs").DataSet("lost", attr(p.write())).Body(rungs...)
}

// rungs draws the ways that the person can go alone.
func (p *lostPhonePage) rungs() (rungs []goapp.UI) {
	w := &say().Recovery
	louder := func() buttonKind { // the first way is the loud one
		if len(rungs) == 0 {
			return primary
		}
		return secondary
	}
	if p.lost.RecoveryCodes {
		rungs = append(rungs, rung(w.LostCode, w.LostCodeText,
			button{Label: w.LostCode, Kind: louder(), Href: "/sign-in/recovery-code"}.draw()))
	}
	for _, t := range p.lost.Phones {
		end := ending(t.Number)
		rungs = append(rungs, rung(w.LostPhone, with(w.LostPhoneText, "end", end),
			goapp.Form().Method("post").Action("/sign-in/recovery-phone/send").Body(
				hidden("authenticator", t.ID),
				button{Label: with(say().SignIn.TextSend, "end", end), Kind: louder(), Icon: iconMessage, Submit: true}.draw(),
			)))
	}
	return rungs
}

// people draws what others can do.
func (p *lostPhonePage) people() goapp.UI {
	w := &say().Recovery
	if !p.lost.Staff {
		return rung(w.LostHost, w.LostHostText)
	}
	var act []goapp.UI
	switch {
	case p.now:
		act = append(act, banner{Kind: bannerGood, Text: w.LostAsked}.draw())
	case p.lost.Asked:
		act = append(act, banner{Kind: bannerInfo, Text: w.LostAskedBefore}.draw())
	case !p.lost.Mail:
		act = append(act, para("fine", w.LostNoMail))
	default:
		act = append(act,
			goapp.Form().Method("post").Action("/sign-in/ask-staff").Body(
				button{Label: w.LostAsk, Icon: iconMail, Submit: true}.draw()),
			para("fine", w.LostAskNote))
	}
	return rung(w.LostAdmin, w.LostAdminText, act...)
}

// general is the page for somebody whose password has not been given.
func (p *lostPhonePage) general(f frame) goapp.UI {
	w := &say().Recovery
	f.Lead, f.Door = w.LostGeneral, doorClosed
	return f.narrow(
		p.ladder(
			rung(w.LostCode, w.LostCodeText),
			rung(w.LostPhone, w.LostPhoneGeneral),
			rung(w.LostAdmin, w.LostAdminText, para("fine", w.LostHostText)),
		),
		div("actions after", button{Label: w.LostSignIn, Kind: primary, Href: "/sign-in"}.draw()),
		helpful(),
	)
}

// helpful says what may help before all that.
func helpful() goapp.UI {
	w := &say().Recovery
	return goapp.Details().Class("more", "after").Body(
		goapp.Summary().Text(w.LostMore),
		ul("points more-points", li("", goapp.Text(w.LostOther)), li("", goapp.Text(say().Phone.NewCard))),
	)
}

func rung(title, text string, act ...goapp.UI) goapp.UI {
	return li("rung",
		heading("heading", title),
		para("text", text),
		div("rung-act stack-tight", act...),
	)
}
