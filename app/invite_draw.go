package app

import (
	"slices"
	"strconv"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Render implements goapp.Composer.
func (p *invitePage) Render() goapp.UI {
	w := &say().Invite
	f := p.frame(w.Title, w.Lead)
	f.Hold = p.text != "" || p.made != nil
	f.Head = []goapp.UI{button{Label: say().People.ToPeople, Icon: iconBack, Small: true, Href: p.path(peoplePath)}.draw()}
	if p.made != nil {
		f.Title, f.Lead, f.Head = words.Many(len(p.made), w.DoneOne, w.Done), w.DoneText, nil
		if !slices.ContainsFunc(p.made, func(r api.InvitationOutcome) bool { return !r.Mailed }) {
			f.Lead = w.DoneMailed
		}
	}
	return f.admin(p.area, peoplePath, p.who.draw(p.draw, p.load), p.over(nil))
}

// draw draws the form, the list, or the links that were made.
func (p *invitePage) draw(who api.SessionInfo) goapp.UI {
	switch {
	case !isAdmin(&who):
		return failure(api.Error{Code: check.Forbidden}, nil)
	case !who.TwoFactor: // said before anything is typed in vain
		return failure(api.Error{Code: check.TwoFactorFirst}, nil)
	case p.made != nil:
		return p.links()
	}
	body := []goapp.UI{p.modes()}
	if p.many {
		body = append(body, p.drawList()...)
	} else {
		body = append(body, p.drawOne())
	}
	return div("settings invite", body...)
}

// modes draws the choice between one person and a list.
func (p *invitePage) modes() goapp.UI {
	w := &say().Invite
	one := func(label, id string, many bool) goapp.UI {
		class, pressed := "tab", "false"
		if p.many == many {
			class, pressed = "tab now", "true"
		}
		return goapp.Button().Class(class).Type("button").Aria("pressed", pressed).Text(label).
			OnClick(press(func() { p.turn(many) }), goapp.EventScope("mode", id))
	}
	return goapp.Div().Class("tabs", "fill", "modes").Role("group").Aria("label", w.Modes).Body(
		one(w.One, "one", false), one(w.Many, "many", true))
}

// drawOne draws the form for one person.
func (p *invitePage) drawOne() goapp.UI {
	w, f := &say().Invite, &p.form
	return section{Title: w.OneTitle, Text: w.OneText}.draw(f.post("", sent(p.submitOne),
		f.notice(),
		f.field(field{Name: "display_name", Label: w.Name, Hint: w.NameHint, Autocomplete: "off", Optional: true, MaxLength: check.MaxName, Focus: true}),
		f.field(field{Name: "user_name", Label: w.UserName, Hint: w.UserHint, Autocomplete: "off", MaxLength: check.MaxUserName}),
		f.field(field{Name: "email", Label: w.Email, Type: "email", Autocomplete: "off", MaxLength: check.MaxEmail}),
		f.choose(choose{Name: "role", Label: w.Role, Hint: say().Acts.RoleHint, Of: rolesFor(p.info()), Value: p.role, On: func(v string) { p.role = v }}),
		p.mail(f.ID),
		actions(f.submitButton(w.Submit)),
	))
}

// mail draws the box that has the links mailed.
func (p *invitePage) mail(id string) goapp.UI {
	w := &say().Invite
	if p.mailless() {
		return banner{Kind: bannerInfo, Text: w.MailOff}.draw()
	}
	id += "-mail"
	return div("field",
		goapp.Label().Class("check").For(id).Body(
			goapp.Input().Type("checkbox").ID(id).Checked(p.mails()).Aria("describedby", id+"-hint").
				OnChange(func(ctx goapp.Context, _ goapp.Event) { p.unmail = !ctx.JSSrc().Get("checked").Truthy() }, goapp.EventScope(id)),
			span("", w.Mail),
		),
		goapp.P().Class("fine").ID(id+"-hint").Text(w.MailHint),
	)
}

// drawList draws the list and, once it was checked, what was understood of it.
func (p *invitePage) drawList() []goapp.UI {
	w, f := &say().Invite, &p.list
	f.note("text")
	class := "field"
	by := f.id("text") + "-hint"
	area := goapp.Textarea().Class("input", "mono", "list-text").ID(f.id("text")).Name("text").Rows(8).Attr("spellcheck", "false").
		Attr("autocapitalize", "none").Attr("autocomplete", "off").Placeholder(attr(w.Example)).Aria("required", "true")
	if f.problems["text"] != "" {
		class, by = "field wrong", by+" "+f.id("text")+"-problem"
		area = area.Aria("invalid", "true")
	}
	area = area.Aria("describedby", by).
		OnInput(func(ctx goapp.Context, _ goapp.Event) { p.write(ctx.JSSrc().Get("value").String()) }, goapp.EventScope(f.ID)).
		OnDragOver(func(_ goapp.Context, e goapp.Event) { e.PreventDefault() }).
		OnDrop(func(ctx goapp.Context, e goapp.Event) {
			if files := e.Get("dataTransfer").Get("files"); files.Get("length").Int() > 0 {
				e.PreventDefault()
				p.read(ctx, files.Index(0))
			}
		})
	parts := []goapp.UI{section{Title: w.ManyTitle, Text: w.ManyText}.draw(f.post("", sent(p.check),
		f.notice(),
		div(class,
			f.label("text", w.List, false),
			goapp.P().Class("hint").ID(f.id("text")+"-hint").Text(w.ListHint),
			area,
			f.problem("text"),
		),
		p.chooseFile(),
		actions(button{Label: w.Check, Kind: p.checkKind(), Submit: true, Busy: f.busy, ID: f.ID}.draw()),
	))}
	if p.checked != nil {
		parts = append(parts, p.drawChecked(*p.checked))
	}
	return parts
}

// checkKind makes checking the loud button until all is well.
func (p *invitePage) checkKind() buttonKind {
	if p.good() {
		return secondary
	}
	return primary
}

// chooseFile draws the way to fill the list from a file.
func (p *invitePage) chooseFile() goapp.UI {
	w := &say().Invite
	id := p.list.id("file")
	note := []goapp.UI{span("fine", w.FileHint)}
	if p.file != "" {
		note = []goapp.UI{span("fine address", p.file)}
	}
	if p.trouble != "" {
		note = []goapp.UI{goapp.Span().Class("trouble").Role("alert").Body(iconAlert.draw(), span("", p.trouble))}
	}
	return div("row file-choice", append([]goapp.UI{
		goapp.Input().Type("file").ID(id).Class("file-input").Attr("accept", ".csv,.txt,.tsv,text/csv,text/plain").
			OnChange(func(ctx goapp.Context, _ goapp.Event) {
				if files := ctx.JSSrc().Get("files"); files.Truthy() && files.Get("length").Int() > 0 {
					p.read(ctx, files.Index(0))
				}
				ctx.JSSrc().Set("value", "") // the same file can be chosen again once it was mended
			}, goapp.EventScope(id)),
		goapp.Label().Class("button", "small").For(id).Body(iconUpload.draw(), span("", w.File)),
	}, note...)...)
}

// drawChecked draws what was understood of the list, row by row, with what is wrong.
func (p *invitePage) drawChecked(found api.Invitations) goapp.UI {
	w := &say().Invite
	n := len(found.Rows)
	if n == 0 {
		return block("card flush", nothing{Icon: iconUsers, Title: w.Empty, Text: w.ManyText}.draw())
	}
	state := banner{Kind: bannerGood, Title: words.Many(n, w.GoodOne, w.Good), Text: w.Fine}
	switch {
	case p.stale():
		state = banner{Kind: bannerInfo, Title: w.Changed}
	case found.Bad > 0:
		state = banner{Kind: bannerWarning, Title: words.Many(found.Bad, w.BadOne, w.Bad), Text: w.Fix}
	}
	columns := []column{{Label: w.Line, Number: true}, {Label: w.Name}, {Label: w.UserName}, {Label: w.Email}, {Label: w.Role}}
	var rows [][]goapp.UI
	for _, r := range found.Rows {
		rows = append(rows, invitationRow(r))
	}
	return goapp.Section().Class("card", "flush", "invitations").ID("checked").TabIndex(-1).Aria("label", w.Checked).Body(
		div("checked-state", refusalNotice(p.failure), goapp.Div().Role("status").Body(state.draw())),
		table(w.Checked, columns, rows),
		div("card-foot stack", p.mail(p.list.ID), actions(
			button{Label: words.Many(n, w.InviteOne, w.Invite), Icon: iconInvite, Kind: primary, ID: "invite-all", Busy: p.busy, Disabled: !p.good(), On: press(p.submitMany)}.draw(),
		)),
	)
}

// invitationRow draws one row of the list, each problem with the field that it is about.
func invitationRow(r api.InvitationOutcome) []goapp.UI {
	w := &say().People
	cell := func(text string, fields ...string) goapp.UI {
		parts, class := []goapp.UI{span("address", text)}, ""
		for _, field := range fields {
			if c := r.Wrong[field]; c != "" {
				parts, class = append(parts, span("trouble", say().Code(c))), "wrong-cell"
			}
		}
		return div(class, parts...)
	}
	role, name := r.Role, r.DisplayName
	if role == "" {
		role = "member"
	}
	if name == "" {
		name = r.UserName
	}
	return []goapp.UI{span("number-words", strconv.Itoa(r.Line)), cell(name, "line", "display_name"), cell(r.UserName, "user_name"), cell(r.Email, "email"), cell(w.RoleName(role), "role")}
}

// links draws the links that were made, this once.
func (p *invitePage) links() goapp.UI {
	w := &say().Invite
	var list []handedLink
	expires := int64(0)
	for _, r := range p.made {
		note, name := w.Unmailed, r.DisplayName
		if r.Mailed {
			note = w.MailedTo
		}
		if name == "" {
			name = r.UserName
		}
		list, expires = append(list, handedLink{Name: name, Link: r.Link, Note: labelled(note, r.Email)}), r.Expires
	}
	warned, onward := alerts(), w.ToPeople
	if p.hurry {
		warned, onward = alerts(banner{Kind: bannerWarning, Text: w.OnlyNow}.draw()), w.Leave
	}
	return div("stack",
		card(handedLinks(list, p.copied), para("fine", with(w.Expires, "when", exact(expires)))),
		warned,
		actions(
			button{Label: onward, Kind: primary, ID: "to-people", On: press(func() { p.leave(peoplePath) })}.draw(),
			button{Label: w.Another, ID: "again", On: press(func() { p.leave(invitePath) })}.draw(),
		),
	)
}
