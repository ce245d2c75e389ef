package app

import (
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// methodStep draws the choice of a method. Where there is one, it says so; that is
// more honest than entries that do nothing.
func (p *wizardPage) methodStep() []goapp.UI {
	w := &say().Wizard
	methods := p.choices.value.Methods
	if len(methods) > 1 && p.w.pending.Stage != api.StageConfirmed {
		var cards []goapp.UI
		for _, m := range methods {
			cards = append(cards, p.methodCard(m))
		}
		return []goapp.UI{
			goapp.Div().Class("choices").Role("radiogroup").Aria("labelledby", "title").Body(cards...),
			actions(p.chosen()),
		}
	}
	mark, note := iconPhone, w.OtherLater
	if p.w.text() {
		mark, note = iconMessage, w.TextRisk
	}
	return []goapp.UI{
		div("method", mark.draw(), div("item-body", methodWords(p.w.text())...)),
		para("fine", note),
		actions(p.forward(w.Continue)),
	}
}

// chosen draws the button that leads to the first step of the chosen method. Which
// that is it finds out when it is pressed: who chooses and presses Enter at once is
// faster than the page is drawn again.
func (p *wizardPage) chosen() goapp.UI {
	return button{Label: say().Wizard.Continue, Kind: primary, ID: "chosen",
		On: func(goapp.Context, goapp.Event) { p.show(p.w.steps()[1]) }}.draw()
}

// methodCard draws one method to choose, with its honest line.
func (p *wizardPage) methodCard(m api.Method) goapp.UI {
	text := m == api.MethodText
	box := goapp.Input().Type("radio").Name("method").ID("method-"+string(m)).Value(string(m)).
		OnChange(func(goapp.Context, goapp.Event) { p.w.method = m }, goapp.EventScope(string(m)))
	if text == p.w.text() {
		box = box.Checked(true)
	}
	body := methodWords(text)
	if text {
		body = append(body, spanOf("risk", iconWarning.draw(), span("", say().Wizard.TextRisk)))
	}
	return goapp.Label().Class("choice").For("method-"+string(m)).Body(box, spanOf("item-body", body...))
}

// methodWords says what a method is.
func methodWords(text bool) []goapp.UI {
	w := &say().Wizard
	if text {
		return []goapp.UI{
			spanOf("row", span("heading", w.Text), badge(badgeWarning, w.Weaker)),
			span("text", w.TextNote),
		}
	}
	return []goapp.UI{
		spanOf("row", span("heading", w.App), badge(badgeGood, w.Recommended)),
		span("text", w.AppNote),
	}
}

// appStep draws where to get an app.
func (p *wizardPage) appStep() []goapp.UI {
	w := &say().Wizard
	var tabs []goapp.UI
	for s, name := range []string{onIOS: w.IOS, onAndroid: w.Android, onDesktop: w.Desktop} {
		tabs = append(tabs, p.systemTab(system(s), name))
	}
	return []goapp.UI{
		actions(button{Label: w.Have, Icon: iconCheck, ID: "have", On: press(func() { p.show(p.w.next()) })}.draw()),
		goapp.Div().Class("tabs", "fill").Role("group").Aria("label", w.Systems).Body(tabs...),
		appList(p.on),
		actions(p.forward(w.Continue)),
	}
}

func (p *wizardPage) systemTab(s system, name string) goapp.UI {
	e := goapp.Button().Class("tab").Type("button").Text(name).OnClick(func(goapp.Context, goapp.Event) { p.on = s }, goapp.EventScope(name))
	if p.on == s {
		return e.Class("now").Aria("pressed", "true")
	}
	return e.Aria("pressed", "false")
}

// nameStep draws the field for a name; where a key ran out, it only starts again.
func (p *wizardPage) nameStep() []goapp.UI {
	w, f := &say().Wizard, &p.form
	if p.w.expired {
		return []goapp.UI{f.notice(), actions(
			button{Label: w.GoneAct, Icon: iconAgain, Kind: primary, Busy: f.busy, ID: "restart",
				On: func(goapp.Context, goapp.Event) { p.start(p.nameAgain()) }}.draw())}
	}
	return []goapp.UI{f.post("", p.onName,
		f.notice(),
		f.field(field{Name: "name", Label: w.NameField, Hint: w.NameHint, Value: p.nameAgain(), Autocomplete: "off",
			MaxLength: check.MaxLabel, Focus: true}),
		actions(f.submitButton(w.NameSubmit)),
	)}
}

// nameAgain is the name that was given before, or else the suggestion.
func (p *wizardPage) nameAgain() string {
	if p.given != "" {
		return p.given
	}
	return p.suggestion()
}

// scanStep draws the secret three ways. On a phone the app is most likely on this
// very device, so the link leads; at a computer the picture does.
func (p *wizardPage) scanStep() []goapp.UI {
	w, e := &say().Wizard, p.w.pending
	key := div("stack-tight",
		div("row apart",
			heading("heading", w.KeyTitle),
			&copyButton{Text: e.Secret, Label: w.CopyKey},
		),
		keyBlock(e.Secret),
		para("fine", w.KeyHint),
	)
	var parts []goapp.UI
	here := p.device.touch || p.device.narrow
	if here {
		parts = []goapp.UI{
			para("text", w.OpenLead),
			actions(p.open(w.Open, "button", "primary")),
			para("fine", w.OpenHint),
			key,
			p.elsewhere(qr(e.QR)),
		}
	} else {
		parts = []goapp.UI{
			para("text", w.ScanLead),
			qr(e.QR),
			para("fine center", w.TwoDevices),
			key,
			paraOf("", p.open(w.CopyLink, "link")),
		}
	}
	forward := p.forward(w.Scanned)
	if here {
		forward = button{Label: w.Scanned, ID: "scanned", On: func(goapp.Context, goapp.Event) { p.show(stepCode) }}.draw()
	}
	return append(parts, actions(forward), p.underScan())
}

// elsewhere draws the picture for another device, folded up where it would push
// the way on out of sight.
func (p *wizardPage) elsewhere(picture goapp.UI) goapp.UI {
	e := goapp.Details().Class("more").Body(goapp.Summary().Text(say().Wizard.QRTitle), picture)
	if !p.device.narrow {
		e = e.Open(true)
	}
	return e
}

// open draws the link that an authenticator app on this device answers to. The
// browser must follow it itself: it leads out of the page without leaving it.
func (p *wizardPage) open(label string, class ...string) goapp.UI {
	return goapp.A().Class(class...).Href(attr(p.w.pending.URI)).Target("_self").
		OnClick(followLink).Body(span("", label))
}

// underScan says for whom the key is and how long it waits.
func (p *wizardPage) underScan() goapp.UI {
	w := &say().Wizard
	left := say().Moment.Left(secondsUntil(p.deadline, time.Now()))
	return div("fine row apart",
		spanOf("",
			goapp.Text(with(w.Named, "name", p.name)+" "),
			textButton(w.Rename, "rename", p.rename),
		),
		span("countdown", with(w.Expires, "left", left)),
	)
}

// codeStep draws the field for the first passcode.
func (p *wizardPage) codeStep() []goapp.UI {
	w, f := &say().Wizard, &p.code
	parts := []goapp.UI{
		f.notice(),
		f.passcode(codeField{Name: "passcode", Label: w.Code, Hint: w.CodeHint, Focus: true,
			Whole: func(_ goapp.Context, code string) { p.confirm(code) }}, &p.once),
	}
	if f.problems["passcode"] == check.SpentPasscode {
		parts = append(parts, para("fine", w.SpentNext))
	}
	return []goapp.UI{
		f.post("", p.onCode, append(parts, actions(f.submitButton(w.CodeSubmit)))...),
		goapp.Details().Class("more").Body(
			goapp.Summary().Text(w.NoCode),
			para("text", w.NoCodeText),
		),
	}
}

// provedStep stands where the code was asked for, once it was right.
func (p *wizardPage) provedStep() []goapp.UI {
	w := &say().Wizard
	text := w.ProvedText
	if p.w.text() {
		text = w.NumberProvedText
	}
	return []goapp.UI{
		banner{Kind: bannerGood, Text: text}.draw(),
		actions(
			button{Label: w.ProvedAct, Kind: primary, ID: "to-codes", On: func(goapp.Context, goapp.Event) { p.show(stepCodes) }}.draw()),
	}
}

// codesStep draws the recovery codes and holds until they are saved.
func (p *wizardPage) codesStep() []goapp.UI {
	return append(p.keep.draw(p.who.value), refusalNotice(p.failure), actions(
		button{Label: say().Wizard.Finish, Kind: primary, ID: "finish", Busy: p.busy, Disabled: !p.keep.saved(), On: p.finish}.draw()))
}
