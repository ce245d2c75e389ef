package app

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// invitePath is the page that invites people.
const invitePath = peoplePath + "/invite"

// invitePage invites one person by form, or many by list: /admin/people/invite.
type invitePage struct {
	goapp.Compo
	account
	area
	many    bool
	form    form                    // one person
	role    string                  // of the one person
	list    form                    // many
	text    string                  // the list, as typed or read
	file    string                  // what the list was filled from
	trouble string                  // with the file, in words
	unmail  bool                    // the links are not to be mailed
	checked *api.Invitations        // what is wrong with the list; nil while that is not known
	was     string                  // the list that was checked
	busy    bool                    // the invitations are on their way
	failure api.Error               // why they were refused
	made    []api.InvitationOutcome // shown once
	taken   bool                    // the links were copied
	hurry   bool                    // the caller wanted out before
}

func (p *invitePage) title() string { return say().Invite.Title }

func (p *invitePage) at(u *url.URL) {
	p.area.at(u)
	p.form.ID, p.list.ID = "invite", "invite-list"
	if p.role == "" {
		p.role = "member"
	}
}

// OnNav implements goapp.Navigator.
func (p *invitePage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// OnDismount implements goapp.Dismounter.
func (p *invitePage) OnDismount() { holdPage(false) }

func (p *invitePage) load(ctx goapp.Context) { p.enter(ctx, nil) }

// turn goes from one person to a list or back. What was typed is kept.
func (p *invitePage) turn(many bool) {
	p.many = many
	p.page.Defer(func(goapp.Context) {
		if many {
			p.list.show("text", p.text)
			return
		}
		for name, v := range p.form.values {
			p.form.show(name, v)
		}
	})
}

// mails reports whether the links are to be mailed.
func (p *invitePage) mails() bool { return !p.unmail && !p.mailless() }

// mailless reports whether it is known that no mail can be sent.
func (p *invitePage) mailless() bool {
	return slices.Contains(p.who.value.Warnings, api.WarnMailUnset)
}

// submitOne invites the one person.
func (p *invitePage) submitOne() {
	row := api.InvitationRow{DisplayName: strings.TrimSpace(p.form.value("display_name")), UserName: strings.TrimSpace(p.form.value("user_name")),
		Email: strings.TrimSpace(p.form.value("email")), Role: p.role}
	if problems := row.Problems(); len(problems) > 0 {
		p.form.refuse(p.page, api.Error{Problems: problems})
		return
	}
	p.prove(p.who.value.ProvedUntil, func() {
		send(&p.account, &p.form, api.Invite, p.request([]api.InvitationRow{row}, ""), func(done api.Invitations) {
			if done.Invited {
				p.invited(done)
				return
			}
			for _, r := range done.Rows {
				p.form.refuse(p.page, oneRow(r.Wrong))
			}
		})
	}, nil)
}

// oneRow returns the problems of a row as those of a form: what is wrong with the row
// as a whole is about the form as a whole.
func oneRow(p api.Problems) api.Error {
	e := api.Error{Problems: api.Problems{}}
	for field, c := range p {
		if field == "line" {
			e.Code = c
			continue
		}
		e.Problems[field] = c
	}
	return e
}

func (p *invitePage) request(people []api.InvitationRow, text string) api.InvitationsRequest {
	return api.InvitationsRequest{Organization: p.organization, People: people, Text: text, Mail: p.mails()}
}

// write notes the list as typed.
func (p *invitePage) write(text string) {
	p.text, p.trouble = text, ""
	p.list.set("text", text)
}

// stale reports whether the list is another than the one that was checked.
func (p *invitePage) stale() bool { return p.text != p.was }

// check asks what is wrong with the list. Nothing is sent to anybody.
func (p *invitePage) check() {
	p.text, p.failure = p.list.value("text"), api.Error{}
	text, req := p.text, p.request(nil, p.text)
	if strings.TrimSpace(text) == "" {
		p.list.refuse(p.page, api.Error{Problems: api.Problems{"text": check.Required}})
		return
	}
	if body, err := json.Marshal(req); err != nil || len(body) > api.MaxBody {
		p.list.refuse(p.page, api.Error{Problems: api.Problems{"text": check.TooLarge}})
		return
	}
	send(&p.account, &p.list, api.CheckInvitations, req, func(found api.Invitations) {
		p.look(found, text)
		focusOn(p.page, "checked")
	})
}

// look shows what was found wrong with the list text.
func (p *invitePage) look(found api.Invitations, text string) {
	p.checked, p.was = &found, text
	announce("")
}

// good reports whether everybody on the list can be invited.
func (p *invitePage) good() bool {
	return p.checked != nil && p.checked.Bad == 0 && len(p.checked.Rows) > 0 && !p.stale()
}

// submitMany invites everybody on the list.
func (p *invitePage) submitMany() {
	if p.busy || !p.good() {
		return
	}
	text := p.was
	p.prove(p.who.value.ProvedUntil, func() {
		p.busy, p.failure = true, api.Error{}
		announce(say().Parts.Working)
		perform(&p.account, api.Invite, p.request(nil, text), func(done api.Invitations) {
			p.busy = false
			if done.Invited {
				p.invited(done)
				return
			}
			p.look(done, text) // somebody was faster
		}, func(e api.Error) {
			p.busy, p.failure = false, e
			announce("")
			if e.Code == check.MailUnavailable {
				p.unmail = true
			}
		})
	}, nil)
}

// invited shows the links, which cannot be shown again.
func (p *invitePage) invited(done api.Invitations) {
	p.made, p.taken, p.hurry = done.Rows, false, false
	announce("")
	holdPage(p.loose())
	focusOn(p.page, "title")
}

// loose reports whether a link would be lost that was neither copied nor mailed.
func (p *invitePage) loose() bool {
	return !p.taken && slices.ContainsFunc(p.made, func(r api.InvitationOutcome) bool { return r.Link != "" && !r.Mailed })
}

// copied notes that the links were copied.
func (p *invitePage) copied(goapp.Context) {
	p.taken = true
	holdPage(false)
}

// leave goes to another page: at once when no link is lost by it, and else when asked
// twice.
func (p *invitePage) leave(path string) {
	if p.loose() && !p.hurry {
		p.hurry = true
		announce(say().Invite.OnlyNow)
		return
	}
	holdPage(false)
	if path == invitePath {
		p.again()
		return
	}
	visit(p.page, p.path(path))
}

// again begins with an empty form.
func (p *invitePage) again() {
	p.form.clear()
	p.list.clear()
	p.role, p.text, p.file, p.trouble, p.was, p.checked, p.made = "member", "", "", "", "", nil, nil
	p.failure, p.taken, p.hurry = api.Error{}, false, false
	focusOn(p.page, "title")
}
