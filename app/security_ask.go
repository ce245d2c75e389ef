package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// question is the dialog that is open, if one is.
func (p *securityPage) question() *dialog {
	w := &say().Security
	c := confirm{ID: "security-" + string(p.asks), Busy: p.busy, Failure: p.failure, OnClose: p.close}
	switch p.asks {
	case askRename:
		return p.renaming()
	case askRemove:
		c.Title, c.Text, c.Act = with(w.RemoveTitle, "name", authenticatorName(p.row)), w.RemoveText, w.RemoveSubmit
		if p.row.Method == api.MethodText {
			c.Text = w.RemoveTextText
		}
		c.Danger, c.On = true, p.remove
	case askLast:
		return p.last()
	case askCodes:
		c.Title, c.Text, c.Act, c.On = w.NewTitle, w.NewText, w.NewSubmit, p.regenerate
	case askKeep:
		return p.keepCodes()
	case askPhone:
		return p.removingPhone(c)
	case askTrust:
		c.Title, c.Act, c.On = w.AskAllTitle, w.AskAll, p.askAll
		c.Text = words.Many(len(p.info.value.TrustedDevices), w.AskAllOne, w.AskAllMany)
	case askOff:
		c.Title, c.Text, c.Act, c.Keep = w.OffTitle, w.OffWhat, w.OffSubmit, w.OffKeep
		c.Points, c.Danger, c.On = []string{w.OffPoint1, w.OffPoint2, w.OffPoint3}, true, p.turnOff
		if p.failure.Code == check.PasswordShortAlone {
			c.More = []goapp.UI{actions(
				button{Label: w.OffShortAct, Small: true, Href: "/profile#password"}.draw())}
		}
	default:
		return nil
	}
	return c.dialog()
}

// renaming asks for a new name.
func (p *securityPage) renaming() *dialog {
	w, f := &say().Security, &p.form
	title := w.RenameTitle
	if p.row.Method == api.MethodText {
		title = w.RenameTextTitle
	}
	return &dialog{ID: f.ID, Title: title,
		OnClose: func(goapp.Context) {
			if !f.busy {
				p.asks = askNothing
			}
		},
		Body: func() []goapp.UI {
			return []goapp.UI{f.post("", p.onRename,
				f.notice(),
				f.field(field{Name: "name", Label: w.NameField, Hint: w.NameHint, Value: p.row.Name, Autocomplete: "off",
					MaxLength: check.MaxLabel, Focus: true}),
				actions(
					button{Label: say().Parts.Cancel, Kind: quiet, ID: "rename-cancel", On: press(p.close)}.draw(),
					f.submitButton(w.RenameSubmit)),
			)}
		}}
}

// last explains why the only authenticator cannot just go.
func (p *securityPage) last() *dialog {
	w := &say().Security
	title := w.LastTitle
	if p.row.Method == api.MethodText {
		title = w.LastTextTitle
	}
	return &dialog{ID: "security-last", Title: title, OnClose: func(goapp.Context) { p.close() },
		Body: func() []goapp.UI {
			acts := []goapp.UI{
				button{Label: say().Parts.Cancel, Kind: quiet, ID: "last-cancel", Focus: true, On: press(p.close)}.draw(),
				button{Label: w.LastOff, Kind: danger, ID: "last-off", On: func(goapp.Context, goapp.Event) {
					p.asks = askNothing
					p.prepare(askOff, "")
				}}.draw(),
				button{Label: w.LastReplace, Kind: primary, Href: replacing(p.row.ID)}.draw(),
			}
			text := w.LastText
			if p.bound {
				text, acts = say().Adoption.LastKept, append(acts[:1], acts[2:]...)
			}
			return []goapp.UI{para("text", text), actions(acts...)}
		}}
}

// regenerate makes new recovery codes and holds them until they are saved.
func (p *securityPage) regenerate() {
	act(p, api.RegenerateRecoveryCodes, api.None{}, func(c api.RecoveryCodes) {
		p.keep = keeping{id: "new-codes", codes: c.Codes, made: time.Now()}
		p.asks, p.hurry = askKeep, false
		holdPage(true)
		refresh(&p.account, &p.info, api.Security)
	})
}

// keepCodes shows the new codes. They are told once, so it does not close before
// they are saved.
func (p *securityPage) keepCodes() *dialog {
	w := &say().Security
	return &dialog{ID: "security-keep", Title: w.NewDoneTitle, OnClose: func(goapp.Context) { p.kept() },
		Body: func() []goapp.UI {
			hurry := alerts()
			if p.hurry && !p.keep.saved() {
				hurry = alerts(banner{Kind: bannerWarning, Text: w.NewLeaveTitle}.draw())
			}
			parts := append([]goapp.UI{hurry, para("text", w.NewDoneText)}, p.keep.draw(p.who.value)...)
			return []goapp.UI{div("stack", parts...),
				actions(button{Label: w.NewClose, Kind: primary, ID: "kept", Disabled: !p.keep.saved(),
					On: press(p.kept)}.draw())}
		}}
}

// kept closes the dialog once the codes are saved, and says so before.
func (p *securityPage) kept() {
	if !p.keep.saved() {
		p.hurry = true
		return
	}
	p.asks, p.keep = askNothing, keeping{}
	holdPage(false)
	p.happened(say().Security.CodesDone)
}

// holdPage has the browser ask before the page is left, or not any more.
func holdPage(on bool) {
	if !goapp.IsClient {
		return
	}
	if !on {
		goapp.Window().Set("onbeforeunload", nil)
		return
	}
	goapp.Window().Set("onbeforeunload", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		args[0].Call("preventDefault")
		args[0].Set("returnValue", true) // what browsers before 2023 go by
		return nil
	}))
}
