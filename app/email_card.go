package app

import (
	"net/url"
	"strconv"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// emailCard is the part of the profile about addresses.
type emailCard struct {
	info      remote[api.ProfileInfo]
	confirmed bool // a link has just been opened
	asks      emailAsk
	times     int // counts the askings: each has an input of its own
	form      form
	busy      bool
	failure   api.Error
}

// emailAsk is what the card asks about in a dialog.
type emailAsk string

const (
	emailNothing emailAsk = ""
	emailChange  emailAsk = "email"  // a new address
	emailNotice  emailAsk = "notice" // a further address for notices
	emailRemove  emailAsk = "remove" // removing that
)

// begin takes what the address says: ?notice=email_confirmed.
func (c *emailCard) begin(q url.Values) {
	c.asks, c.confirmed = emailNothing, q.Get("notice") == "email_confirmed"
}

// draw draws the card.
func (c *emailCard) draw(p *profilePage) goapp.UI {
	w := &say().Email
	return goapp.Section().Class("card").ID("email").TabIndex(-1).Aria("labelledby", "email-title").Body(
		div("card-head", div("",
			goapp.H2().Class("subtitle").ID("email-title").Text(w.Title),
			para("muted text", w.Text),
		)),
		c.info.draw(func(i api.ProfileInfo) goapp.UI { return c.addresses(p, i) }, p.load),
	)
}

// addresses draws both addresses, and what waits for its confirmation.
func (c *emailCard) addresses(p *profilePage, i api.ProfileInfo) goapp.UI {
	w := &say().Email
	var parts []goapp.UI
	if c.confirmed {
		parts = append(parts, banner{Kind: bannerGood, Text: w.Confirmed}.draw())
	}
	if !i.Mail {
		parts = append(parts, banner{Kind: bannerWarning, Title: w.NoMail, Text: w.NoMailText}.draw())
	}
	address := i.Email
	if address == "" {
		address = w.None
	}
	parts = append(parts,
		div("row apart",
			para("strong address", address),
			button{Label: w.Change, Small: true, ID: "change-email", On: press(func() { c.ask(p, emailChange) })}.draw(),
		),
		c.pending(p, i),
		div("further", goapp.H3().Class("heading").Text(w.NoticeTitle), para("fine", w.NoticeText)),
	)
	return div("stack", append(parts, c.further(p, i))...)
}

// further draws the address for notices.
func (c *emailCard) further(p *profilePage, i api.ProfileInfo) goapp.UI {
	w := &say().Email
	if i.NoticeAddress == "" {
		return div("row apart",
			para("muted text", w.NoticeNone),
			button{Label: w.NoticeAdd, Icon: iconAdd, Small: true, ID: "add-notice", On: press(func() { c.ask(p, emailNotice) })}.draw(),
		)
	}
	return div("row apart",
		para("strong address", i.NoticeAddress),
		div("row",
			button{Label: w.NoticeSwap, Small: true, ID: "swap-notice", On: press(func() { c.ask(p, emailNotice) })}.draw(),
			button{Label: w.Remove, Kind: danger, Small: true, ID: "remove-notice", About: i.NoticeAddress,
				On: press(func() { c.ask(p, emailRemove) })}.draw(),
		),
	)
}

// linkWords says where the link to a new address is, and what happens once it is
// opened.
func linkWords(what emailAsk, i api.ProfileInfo) string {
	w := &say().Email
	switch notice := what == emailNotice; {
	case notice && i.Mail:
		return w.NoticePending
	case notice:
		return w.NoticeWaits
	case i.Mail:
		return w.Pending
	}
	return w.Waits
}

// pending says which links wait to be opened, and takes them back: both at once,
// as the server does.
func (c *emailCard) pending(p *profilePage, i api.ProfileInfo) goapp.UI {
	label := say().Email.Cancel
	var told []goapp.UI
	for _, wait := range [][2]string{{linkWords(emailChange, i), i.EmailPending}, {linkWords(emailNotice, i), i.NoticePending}} {
		if wait[1] != "" {
			told = append(told, para("", with(wait[0], "email", wait[1])))
		}
	}
	box := goapp.Div().Class("notice").Role("status")
	if len(told) == 0 {
		return box
	}
	if len(told) > 1 {
		label = say().Email.CancelBoth
	}
	told = append(told, refusalNotice(c.failure), actions(
		button{Label: label, Small: true, ID: "cancel-email", Busy: c.busy && c.asks == emailNothing, On: press(func() { c.cancel(p) })}.draw()))
	return box.Body(banner{Kind: bannerInfo, More: told}.draw())
}

// ask asks for a step-up if one is due, and then opens the dialog.
func (c *emailCard) ask(p *profilePage, what emailAsk) {
	p.prove(p.who.value.ProvedUntil, func() {
		c.times++
		c.asks, c.failure = what, api.Error{}
		c.form = form{ID: "email-" + strconv.Itoa(c.times), Again: "email"}
	}, nil)
}

// close leaves the dialog without an answer.
func (c *emailCard) close() {
	if !c.busy && !c.form.busy {
		c.asks, c.failure = emailNothing, api.Error{}
	}
}

// question is the dialog that is open, if one is.
func (c *emailCard) question(p *profilePage) *dialog {
	w := &say().Email
	switch c.asks {
	case emailChange:
		return c.asking(p, w.ChangeTitle, w.ChangeHint, w.ChangeSubmit)
	case emailNotice:
		return c.asking(p, w.NoticeAddTitle, w.NoticeHint, w.Send)
	case emailRemove:
		return confirm{ID: "remove-notice", Title: w.RemoveTitle, Text: with(w.RemoveText, "email", c.info.value.NoticeAddress),
			Act: w.RemoveSubmit, Danger: true, Busy: c.busy, Failure: c.failure,
			On: func() { c.remove(p) }, OnClose: c.close}.dialog()
	}
	return nil
}

// asking asks for an address.
func (c *emailCard) asking(p *profilePage, title, hint, submit string) *dialog {
	w, f := &say().Email, &c.form
	return &dialog{ID: f.ID, Title: title, OnClose: func(goapp.Context) { c.close() },
		Body: func() []goapp.UI {
			return []goapp.UI{f.post("", sent(func() { c.submit(p) }),
				f.notice(),
				f.field(field{Name: "email", Label: w.Field, Hint: hint, Type: "email", Autocomplete: "email",
					MaxLength: check.MaxEmail, Focus: true}),
				actions(
					button{Label: say().Parts.Cancel, Kind: quiet, ID: "email-cancel", On: press(c.close)}.draw(),
					f.submitButton(submit)),
			)}
		}}
}

// submit has the link sent.
func (c *emailCard) submit(p *profilePage) {
	e := api.ChangeEmail
	if c.asks == emailNotice {
		e = api.AddNoticeAddress
	}
	req := api.ChangeEmailRequest{Email: c.form.value("email")}
	send(&p.account, &c.form, e, req, func(api.Done) {
		c.asks = emailNothing
		announce("") // what waits now is told by the card itself
		refresh(&p.account, &c.info, api.Profile)
	})
}

// remove removes the further address.
func (c *emailCard) remove(p *profilePage) {
	tell(p, api.RemoveNoticeAddress, say().Email.Removed)
}

// cancel voids the links that wait.
func (c *emailCard) cancel(p *profilePage) {
	tell(p, api.CancelEmailChange, say().Email.Cancelled)
}

// tell makes a call about addresses that has nothing to say but that it worked.
func tell(p *profilePage, e api.Endpoint[api.None, api.Done], said string) {
	c := &p.email
	if c.busy {
		return
	}
	c.busy, c.failure = true, api.Error{}
	perform(&p.account, e, api.None{}, func(api.Done) {
		c.busy, c.asks = false, emailNothing
		toast(p.page, said)
		refresh(&p.account, &c.info, api.Profile)
		focusOn(p.page, "email")
	}, func(refusal api.Error) { c.busy, c.failure = false, refusal })
}
