package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// over draws the dialog that is open: the step-up when there is one, and otherwise
// the page's own, which may be nil.
func (a *account) over(own *dialog) goapp.UI {
	switch {
	case a.stepUp.open:
		return a.stepUp.dialog(a)
	case own != nil:
		return own
	}
	return div("nothing-open")
}

// dialog draws the step-up.
func (s *stepUp) dialog(a *account) *dialog {
	w := &say().StepUp
	d := &dialog{ID: s.form.ID, Title: w.Title,
		Body:    func() []goapp.UI { return s.questions(a) },
		OnClose: func(goapp.Context) { s.dismiss() }}
	if s.told != nil {
		d.ID, d.Title = s.form.ID+"-told", w.UsedTitle
		d.Body = func() []goapp.UI { return s.replacement(a) }
	}
	return d
}

// questions draws the form.
func (s *stepUp) questions(a *account) []goapp.UI {
	w, two := &say().StepUp, a.who.value.TwoFactor
	lead := w.LeadPlain
	if two {
		lead = w.Lead
	}
	f := &s.form
	parts := []goapp.UI{
		f.notice(),
		userNameForManagers(a.who.value.UserName),
		f.field(field{Name: "password", Label: w.Password, Type: "password", Autocomplete: "current-password", Focus: true}),
	}
	if two {
		parts = append(append(parts, s.secondField(a)), s.others(a)...)
	}
	parts = append(parts, actions(
		button{Label: say().Parts.Cancel, Kind: quiet, ID: "step-up-cancel", On: press(s.dismiss)}.draw(),
		f.submitButton(w.Submit),
	))
	var led []goapp.UI
	if d := a.who.value.Demand; due(d) { // the page behind says it too, but nobody reads that now
		led = append(led, why(d))
	}
	return []goapp.UI{div("stack",
		div("", led...),
		para("muted text", lead),
		f.post("", sent(func() { s.submit(a) }), parts...),
	)}
}

func (s *stepUp) secondField(a *account) goapp.UI {
	w := &say().StepUp
	whole := func(goapp.Context, string) {
		if s.form.value("password") != "" {
			s.submit(a)
		}
	}
	switch {
	case s.asks() == api.WayRecoveryCode:
		return s.form.recoveryCode(codeField{Name: "recovery_code", Label: w.RecoveryCode, Hint: say().SignIn.CodeHint})
	case s.unsent():
		return s.phones(a)
	case s.asks() == api.WayText:
		return div("stack-tight",
			para("text", with(say().Phone.SentTo, "end", ending(s.sent.Number))),
			s.form.passcode(codeField{Name: "text_code", Label: w.TextCode, Whole: whole}, &s.once),
			div("again", s.resend(s.form.ID+"-resend", func() { s.text(a, s.last) })),
		)
	}
	return s.form.passcode(codeField{Name: "passcode", Label: w.Passcode, Whole: whole}, &s.once)
}

// phones draws the phones that a code can be sent to.
func (s *stepUp) phones(a *account) goapp.UI {
	w := &say().StepUp
	var parts []goapp.UI
	for _, t := range s.texts {
		parts = append(parts, button{Label: with(w.TextMe, "end", ending(t.Number)), Icon: iconMessage, ID: s.form.ID + t.ID,
			Busy: s.busy, Disabled: s.again.left > 0, On: press(func() { s.text(a, t.ID) })}.draw())
	}
	if s.again.left > 0 {
		parts = append(parts, goapp.P().Class("fine countdown").Aria("live", "off").
			Text(with(say().Parts.TryAgainIn, "wait", say().Wait(s.again.left))))
	}
	return div("field phones", parts...)
}

// others draws the switches to the other ways.
func (s *stepUp) others(a *account) []goapp.UI {
	w, now := &say().StepUp, s.asks()
	var parts []goapp.UI
	for _, way := range s.known() {
		label := w.UseRecovery
		switch way {
		case now:
			continue
		case api.WayTOTP:
			label = w.UseApp
		case api.WayText:
			label = w.UseText
		}
		parts = append(parts, textButton(label, "other-"+string(way), func() { s.choose(a, way) }))
	}
	return parts
}

// replacement draws the recovery code that takes the place of the used one.
func (s *stepUp) replacement(a *account) []goapp.UI {
	w := &say().StepUp
	return []goapp.UI{div("stack",
		para("text", w.UsedText),
		bigKey(s.told.Replacement),
		actions(
			&copyButton{Text: s.told.Replacement},
			button{Label: w.UsedNoted, Kind: primary, ID: "noted", On: func(goapp.Context, goapp.Event) { s.noted(a) }}.draw(),
		),
	)}
}
