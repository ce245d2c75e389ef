package app

import (
	"strconv"

	"doorward/app/words"
	"doorward/shared/api"
	"doorward/shared/check"
)

// helpAsk is what staff are about to do for a person.
type helpAsk string

const (
	helpNothing helpAsk = ""
	helpLink    helpAsk = "link"   // a link that turns two-factor off
	helpCode    helpAsk = "code"   // a recovery code that is read out
	helpLock    helpAsk = "lock"   // closing the account to strangers
	helpEnd     helpAsk = "end"    // ending all sessions
	helpLift    helpAsk = "lift"   // ending the wait after too many tries
	helpRevoke  helpAsk = "revoke" // taking a link back
)

// helping is the help that is under way.
type helping struct {
	asks  helpAsk
	form  form
	times int            // counts the dialogs: each has inputs of its own
	hours int            // that a link works
	link  string         // to be taken back
	made  *api.ResetLink // shown once
	taken bool           // it was copied
	hurry bool           // the caller wanted out before
}

// words returns what is said of the help.
func (h *helping) words() *words.HelpAct {
	w := &say().Help
	switch h.asks {
	case helpLink:
		return &w.Link
	case helpCode:
		return &w.Code
	case helpLock:
		return &w.Lock
	case helpEnd:
		return &w.End
	case helpLift:
		return &w.Lift
	}
	return &w.Revoke
}

// begin asks for a step-up if one is due, and then opens the dialog.
func (p *personPage) begin(what helpAsk) {
	p.prove(p.who.value.ProvedUntil, func() {
		h := &p.help
		*h = helping{asks: what, times: h.times + 1, hours: api.DefaultLinkHours, link: h.link}
		h.form = form{ID: "help-" + strconv.Itoa(h.times), Words: map[api.Code]string{check.NotActive: say().Help.NoTwoFactor}}
	}, nil)
}

// revoke asks before a link is taken back.
func (p *personPage) revoke(link string) {
	p.help.link = link
	p.begin(helpRevoke)
}

// close leaves the dialog without doing anything.
func (p *personPage) close() {
	if !p.help.form.busy {
		p.help.asks = helpNothing
	}
}

// submit does what the dialog is about.
func (p *personPage) submit() {
	h := &p.help
	plain := api.HelpRequest{ID: p.id, Reason: h.form.value("reason")}
	switch h.asks {
	case helpLink:
		send(&p.account, &h.form, api.SendResetLink, api.SendResetLinkRequest{ID: plain.ID, Reason: plain.Reason, Hours: h.hours}, p.linkMade)
	case helpCode:
		p.takeCode(api.HelpByRecoveryCodeRequest{ID: plain.ID, Reason: plain.Reason, RecoveryCode: h.form.value("recovery_code")})
	case helpLock:
		send(&p.account, &h.form, api.LockDownPerson, plain, func(api.Done) { p.helped(say().Help.Lock.Done) })
	case helpEnd:
		send(&p.account, &h.form, api.EndPersonSessions, plain, func(e api.Ended) {
			p.helped(words.Many(e.Count, say().Help.EndedOne, say().Help.EndedMany))
		})
	case helpLift:
		send(&p.account, &h.form, api.LiftThrottle, plain, func(api.Done) { p.helped(say().Help.Lift.Done) })
	case helpRevoke:
		send(&p.account, &h.form, api.RevokeLink, api.RevokeLinkRequest{ID: p.id, Link: h.link}, func(api.Done) { p.helped(say().Help.Revoke.Done) })
	}
}

// takeCode uses up a recovery code that was read out. A wrong one is typed anew, the
// reason is not.
func (p *personPage) takeCode(req api.HelpByRecoveryCodeRequest) {
	f := &p.help.form
	if !f.begin(p.page, req) {
		return
	}
	perform(&p.account, api.HelpByRecoveryCode, req, func(api.Done) {
		f.busy = false
		p.helped(say().Help.Code.Done)
	}, func(e api.Error) {
		f.busy = false
		f.refuse(p.page, onField(e, proving))
	})
}

// linkMade shows the link, which cannot be shown again.
func (p *personPage) linkMade(made api.ResetLink) {
	p.help.asks, p.help.made = helpNothing, &made
	holdPage(true)
	announce(say().Help.Link.Done)
	p.reload()
}

// handedOver closes the link: at once when it was copied, and else when asked twice.
func (p *personPage) handedOver() {
	if !p.help.hurry && !p.help.taken {
		p.help.hurry = true
		announce(say().Help.LinkOnce)
		return
	}
	p.help.made = nil
	holdPage(false)
	focusOn(p.page, "title")
}

// helped closes the dialog, says what was done and shows how the account stands now.
// What was pressed may be gone, so the focus goes to the title.
func (p *personPage) helped(text string) {
	p.help.asks = helpNothing
	announce("")
	toast(p.page, text)
	p.reload()
	focusOn(p.page, "title")
}
