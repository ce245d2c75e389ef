package app

import (
	"strconv"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// draw draws the rules, or what changing them does. What is typed stays in the page
// while that is shown.
func (p *policyPage) draw(i api.PolicyInfo) goapp.UI {
	// Each has a place of its own: if the form moved to another, it would be drawn anew without what was typed.
	told, seen := goapp.Div().Hidden(true), goapp.Div().Hidden(true)
	if p.told {
		told = goapp.Div().Body(p.theirs())
	}
	rules := goapp.Div().Class("settings").Body(
		p.methods(i), p.phones(i), p.trustCard(), p.limits(), p.passwords(),
		div("plan-foot actions", p.form.submitButton(say().Policy.Preview)))
	edited := goapp.Div().Body(p.form.post("", sent(p.look), p.form.notice(), rules))
	if p.preview != nil {
		seen, edited = goapp.Div().Body(p.previewed()), edited.Hidden(true)
	}
	return div("settings policy", told, seen, edited)
}

// theirs says what somebody else has changed meanwhile.
func (p *policyPage) theirs() goapp.UI {
	w := &say().Policy
	more := []goapp.UI{para("", w.ChangedNothing)}
	if len(p.changed) > 0 {
		var rows []goapp.UI
		for _, c := range p.changed {
			rows = append(rows, li("", goapp.Text(with(w.ChangedRow, "name", w.NameOf(c.Name),
				"before", settingWords(c.Name, c.Before), "after", settingWords(c.Name, c.After)))))
		}
		more[0] = ul("points", rows...)
	}
	return alerts(banner{Kind: bannerWarning, Title: w.Changed, Text: w.ChangedText, More: more}.draw())
}

// changing notes that the draft differs from what is so, which must not be lost by a
// slip.
func (p *policyPage) changing(change func()) {
	change()
	holdPage(true)
}

func (p *policyPage) methods(i api.PolicyInfo) goapp.UI {
	w := &say().Policy
	parts := []goapp.UI{div("choices",
		box("method-app", w.App, w.AppText, true, true, func(bool) {}),
		box("method-text", w.Text, w.TextText, p.draft.text, false, func(on bool) { p.changing(func() { p.draft.text = on }) }),
	)}
	if !i.Texts {
		parts = append(parts, para("fine", w.TextUnset))
	}
	if !allows(i.PolicySettings, api.MethodText) && !p.draft.text {
		parts = append(parts, para("fine", untilWords(i.Until[api.MethodText], time.Now())))
	}
	return section{Title: w.Methods, Text: w.MethodsText}.draw(div("stack", parts...))
}

// untilWords says how long text messages alone are enough.
func untilWords(ms int64, now time.Time) string {
	w := &say().Policy
	switch {
	case ms == 0:
		return w.UntilNone
	case ms <= now.UnixMilli():
		return with(w.UntilOver, "when", longMoment(ms))
	}
	return with(w.UntilNow, "when", longMoment(ms))
}

func (p *policyPage) phones(i api.PolicyInfo) goapp.UI {
	w := &say().Policy
	var list []goapp.UI
	for _, v := range []api.PhonePolicy{api.PhoneOff, api.PhoneOptional, api.PhoneRequired} {
		list = append(list, radio("recovery_phone", string(v), w.PhoneName(string(v)), w.PhoneNotes[string(v)], p.draft.phone == v,
			func() { p.changing(func() { p.draft.phone = v }) }))
	}
	parts := []goapp.UI{choices(w.Phone, list...)}
	if !i.Texts {
		parts = []goapp.UI{para("fine", w.PhoneUnset)}
	}
	return section{Title: w.Phone, Text: w.PhoneText}.draw(div("stack", parts...))
}

func (p *policyPage) trustCard() goapp.UI {
	w := &say().Policy
	return section{Title: w.Trust, Text: w.TrustText}.draw(p.number(numberTrust, w.TrustField, w.TrustHint))
}

func (p *policyPage) limits() goapp.UI {
	w := &say().Policy
	return section{Title: w.Limits, Text: w.LimitsText}.draw(div("stack",
		p.limit(numberIdle, w.Idle, w.IdleHint),
		p.limit(numberOverall, w.Overall, w.OverallHint),
		div("choices", box("stay", w.Stay, w.StayText, p.draft.stay, false, func(on bool) { p.changing(func() { p.draft.stay = on }) })),
	))
}

func (p *policyPage) passwords() goapp.UI {
	w := &say().Policy
	return section{Title: w.Password}.draw(p.number(numberPassword, w.PasswordField, w.PasswordHint))
}

// number draws a field for a whole number.
func (p *policyPage) number(name, label, hint string) goapp.UI {
	return div("short-field", p.form.field(p.numberField(name, label, hint)))
}

func (p *policyPage) numberField(name, label, hint string) field {
	return field{Name: name, Label: label, Hint: hint, InputMode: "numeric", Autocomplete: "off", MaxLength: 6, Value: p.draft.first[name],
		OnInput: func(goapp.Context, string) { holdPage(true) }}
}

// limit draws a field for a length of time, with its unit beside it.
func (p *policyPage) limit(name, label, hint string) goapp.UI {
	w := &say().Policy
	var options []goapp.UI
	for _, u := range []struct {
		minutes int
		label   string
	}{{unitMinute, w.Minutes}, {unitHour, w.Hours}, {unitDay, w.Days}} {
		o := goapp.Option().Value(strconv.Itoa(u.minutes)).Text(u.label)
		if p.draft.unit[name] == u.minutes {
			o = o.Selected(true)
		}
		options = append(options, o)
	}
	unit := goapp.Select().Class("input").ID(p.form.id(name+"-unit")).Aria("label", labelled(w.Unit, label)).Body(options...).
		OnChange(func(ctx goapp.Context, _ goapp.Event) {
			u, _ := strconv.Atoi(ctx.JSSrc().Get("value").String())
			p.changing(func() { p.draft.unit[name] = max(u, unitMinute) })
		}, goapp.EventScope(p.form.ID, name))
	f, class := &p.form, "field"
	f.note(name)
	if f.problems[name] != "" {
		class = "field wrong"
	}
	return goapp.Div().Class(class).Body(
		f.label(name, label, false),
		goapp.P().Class("hint").ID(f.id(name)+"-hint").Text(hint),
		div("limit", f.input(p.numberField(name, label, hint)), unit),
		f.problem(name))
}
