package app

import (
	"slices"
	"strconv"
	"strings"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// offers draws what can be done for the person.
func (p *personPage) offers(i api.PersonInfo) goapp.UI {
	w := &say().Help
	var rows []goapp.UI
	if i.TwoFactorSince > 0 {
		rows = append(rows, p.offer(iconMail, helpLink, &w.Link, secondary))
		if i.RecoveryCodesLeft > 0 {
			rows = append(rows, p.offer(iconCodes, helpCode, &w.Code, secondary))
		}
	}
	if i.State == "active" {
		rows = append(rows, p.offer(iconLock, helpLock, &w.Lock, danger))
	}
	if len(rows) == 0 {
		return div("no-help") // somebody who has not come yet needs none
	}
	return section{Title: w.Title, Text: w.Text, Flush: true}.draw(ul("items", rows...))
}

// offer draws one thing to do, explained before it is chosen.
func (p *personPage) offer(i icon, what helpAsk, w *words.HelpAct, kind buttonKind) goapp.UI {
	return li("",
		spanOf("item-icon", i.draw()),
		div("item-body wide-body", para("text", w.OfferText)),
		div("item-acts", button{Label: w.Offer, Kind: kind, Small: true, ID: string(what), On: press(func() { p.begin(what) })}.draw()),
	)
}

// question is the dialog that is open, if one is.
func (p *personPage) question() *dialog {
	h := &p.help
	switch {
	case h.made != nil:
		return p.showLink()
	case h.asks == helpNothing:
		return nil
	}
	return &dialog{ID: h.form.ID, Title: h.words().Title, OnClose: func(goapp.Context) { p.close() }, Body: p.questions}
}

// questions explains what will happen and asks for what is needed.
func (p *personPage) questions() []goapp.UI {
	w, h := &say().Help, &p.help
	f, about := &h.form, h.words()
	parts := []goapp.UI{f.notice()}
	if h.asks != helpRevoke {
		parts = append(parts, f.field(field{Name: "reason", Label: w.Reason, Hint: w.ReasonHint, Autocomplete: "off", MaxLength: api.MaxReason, Focus: true}))
	}
	kind := primary
	switch h.asks {
	case helpLink:
		parts = append(parts, p.hours())
	case helpCode:
		parts = append(parts, p.codeReadOut()...)
	case helpLock, helpEnd, helpRevoke:
		kind = dangerPrimary
	}
	parts = append(parts, actions(
		button{Label: say().Parts.Cancel, Kind: quiet, ID: f.ID + "-cancel", On: press(p.close)}.draw(),
		button{Label: about.Submit, Kind: kind, Submit: true, Busy: f.busy, ID: f.ID}.draw(),
	))
	var points []goapp.UI
	for _, point := range about.Points {
		points = append(points, li("", goapp.Text(point)))
	}
	return []goapp.UI{div("stack",
		para("strong address", fullName(p.info.value.PersonRow)),
		ul("points", points...),
		para("fine", with(w.Told, "told", about.Told)),
		f.post("", sent(p.submit), parts...),
	)}
}

// fullName is what a person is called, with the user name where that is another.
func fullName(r api.PersonRow) string {
	if personName(r) == r.UserName {
		return r.UserName
	}
	return r.DisplayName + " (" + r.UserName + ")"
}

// hours draws how long a link works.
func (p *personPage) hours() goapp.UI {
	w, h := &say().Help, &p.help
	f := &h.form
	var options []goapp.UI
	for n := 1; n <= api.MaxLinkHours; n++ {
		o := goapp.Option().Value(strconv.Itoa(n)).Text(words.Many(n, say().Parts.OneHour, say().Parts.Hours))
		if n == h.hours {
			o = o.Selected(true)
		}
		options = append(options, o)
	}
	return div("field",
		f.label("hours", w.Hours, false),
		goapp.P().Class("hint").ID(f.id("hours")+"-hint").Text(w.HoursHint),
		goapp.Select().Class("input").ID(f.id("hours")).Name("hours").Aria("describedby", f.id("hours")+"-hint").Body(options...).
			OnChange(func(ctx goapp.Context, _ goapp.Event) {
				h.hours, _ = strconv.Atoi(ctx.JSSrc().Get("value").String())
			}, goapp.EventScope(f.ID, "hours")),
	)
}

// codeReadOut draws the field for the code, and what was understood of it in groups,
// to be read back.
func (p *personPage) codeReadOut() []goapp.UI {
	h := &p.help
	w := &say().SignIn
	heard := goapp.P().Class("fine", "mono", "read-back").Aria("live", "off")
	if plain := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(h.form.values["recovery_code"])); plain != "" {
		heard = heard.Text(with(say().Help.ReadBack, "code", check.Groups(plain, "-")))
	}
	return []goapp.UI{
		h.form.recoveryCode(codeField{Name: "recovery_code", Label: w.Code, Hint: w.CodeHint}),
		heard,
	}
}

// showLink shows the link that was made, this once.
func (p *personPage) showLink() *dialog {
	w, h := &say().Help, &p.help
	made := *h.made
	return &dialog{ID: "reset-link", Title: w.LinkTitle, OnClose: func(goapp.Context) { p.handedOver() },
		Body: func() []goapp.UI {
			warned, label, kind, mailed := alerts(), w.LinkClose, primary, w.LinkMailed
			if slices.Contains(p.who.value.Warnings, api.WarnMailUnset) {
				mailed = w.LinkWaits
			}
			if h.hurry {
				warned, label, kind = alerts(banner{Kind: bannerWarning, Text: w.LinkOnce}.draw()), w.LinkLeave, dangerPrimary
			}
			return []goapp.UI{
				div("stack",
					para("text", w.LinkText),
					qrCalled(w.LinkQR, made.QR),
					para("key link-text", made.Link),
					&copyButton{Text: made.Link, Label: w.LinkCopy, OnCopied: func(goapp.Context) { h.taken = true }},
					div("",
						para("fine address", with(mailed, "email", made.Mailed)),
						para("fine", with(w.LinkExpires, "when", exact(made.Expires))),
					),
					warned,
				),
				actions(button{Label: label, Kind: kind, ID: "handed-over", On: press(p.handedOver)}.draw()),
			}
		}}
}
