package app

import (
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// deadline returns when a secret ends. The clock here may be off, and a secret
// never lives longer than it does when it is new.
func deadline(expires int64, now time.Time) time.Time {
	const most = 10 * time.Minute
	end := time.UnixMilli(expires)
	if latest := now.Add(most); end.After(latest) || !end.After(now) {
		return latest
	}
	return end
}

// watch redraws the time that is left, and asks the server when it is over.
func (p *wizardPage) watch() {
	if p.watching {
		return
	}
	p.watching = true
	later(p.page, 10*time.Second, func() {
		p.watching = false
		switch {
		case p.w.pending.Stage != api.StagePending || p.w.finished:
		case time.Now().Before(p.deadline):
			p.watch()
		default:
			p.recheck()
		}
	})
}

// later runs then on the UI goroutine after d.
var later = func(ctx goapp.Context, d time.Duration, then func()) {
	ctx.After(d, func(goapp.Context) { then() })
}

// recheck asks whether the secret is really gone: only the server's clock counts.
func (p *wizardPage) recheck() {
	perform(&p.account, api.CurrentEnrollment, api.None{}, func(e api.Enrollment) {
		if e.Stage == api.StageNone {
			p.w.lost()
			p.focus()
			return
		}
		p.take(e)
	}, func(api.Error) {})
}
