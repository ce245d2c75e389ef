package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

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
		parts = append(parts, s.secondField(a), s.other(a))
	}
	parts = append(parts, actions(
		button{Label: say().Parts.Cancel, Kind: quiet, ID: "step-up-cancel", On: press(s.dismiss)}.draw(),
		f.submitButton(w.Submit),
	))
	return []goapp.UI{div("stack",
		para("muted text", lead),
		f.post("", sent(func() { s.submit(a) }), parts...),
	)}
}

func (s *stepUp) secondField(a *account) goapp.UI {
	w := &say().StepUp
	if s.recovery {
		return s.form.recoveryCode(codeField{Name: "recovery_code", Label: w.RecoveryCode, Hint: say().SignIn.CodeHint})
	}
	return s.form.passcode(codeField{Name: "passcode", Label: w.Passcode, Whole: func(goapp.Context, string) {
		if s.form.value("password") != "" {
			s.submit(a)
		}
	}}, &s.once)
}

// other draws the switch between passcode and recovery code.
func (s *stepUp) other(a *account) goapp.UI {
	label := say().StepUp.UseRecovery
	if s.recovery {
		label = say().StepUp.UseApp
	}
	return textButton(label, "other", func() {
		s.recovery = !s.recovery
		s.form.problems = nil
		focusOn(a.page, s.form.id(s.second()))
	})
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
