package app

import (
	"net/url"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// outboxPage is what operators see of the messages: /admin/outbox.
type outboxPage struct {
	goapp.Compo
	account
	info     remote[api.OutboxInfo]
	again    bool            // the list is on its way anew
	retrying string          // the message that is about to be tried again
	shown    map[string]bool // the messages whose error is shown
	failure  api.Error
}

func (p *outboxPage) title() string { return say().Outbox.Title }
func (p *outboxPage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *outboxPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *outboxPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	load(ctx, &p.info, api.Outbox, nil)
}

// Render implements goapp.Composer.
func (p *outboxPage) Render() goapp.UI {
	w := &say().Outbox
	f := p.frame(w.Title, w.Lead)
	if p.info.ready() {
		f.Head = []goapp.UI{button{Label: w.Refresh, Icon: iconAgain, Small: true, ID: "refresh", Busy: p.again,
			On: press(func() { p.reload(w.Refreshed) })}.draw()}
	}
	return f.admin(area{}, outboxPath,
		refusalNotice(p.failure),
		p.info.draw(p.draw, p.load),
		p.over(nil),
	)
}

// reload asks for the list again and keeps showing what there is; said is told when
// it has come.
func (p *outboxPage) reload(said string) {
	if p.again {
		return
	}
	p.again, p.failure = true, api.Error{}
	perform(&p.account, api.Outbox, api.None{}, func(info api.OutboxInfo) {
		p.again, p.info.value = false, info
		announce(said)
	}, func(e api.Error) { p.again, p.failure = false, e })
}

// retry has one message tried again at once.
func (p *outboxPage) retry(id string) {
	if p.retrying != "" {
		return
	}
	p.retrying, p.failure = id, api.Error{}
	perform(&p.account, api.RetryMessage, api.RetryMessageRequest{ID: id}, func(api.Done) {
		p.retrying = ""
		toast(p.page, say().Outbox.Retried)
		p.reload("")
	}, func(e api.Error) {
		p.retrying = ""
		if e.Code == check.NotFound { // it has been sent, or was tidied away
			p.reload(say().Outbox.Refreshed)
			return
		}
		p.failure = e
	})
}

// show shows or hides the error of one message.
func (p *outboxPage) show(id string) {
	if p.shown == nil {
		p.shown = map[string]bool{}
	}
	p.shown[id] = !p.shown[id]
}
