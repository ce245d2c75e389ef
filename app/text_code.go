package app

import (
	"net/url"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// textPage asks for the six digits of a text message: /sign-in/text. It says where
// the message went, sends another, and sends itself on the sixth digit. Where no
// code is waited for it offers to send one, and the other ways. With lost it is about
// a message to a recovery phone, see [recoveryTextPage].
type textPage struct {
	goapp.Compo
	secondStep
	texting
	form form
	once sentOnce
	door doorState
}

func (p *textPage) title() string { return say().SignIn.TextTitle }

func (p *textPage) at(u *url.URL) {
	p.form.ID, p.form.Again = "text", "code"
	p.form.at(u.Query())
	p.door = doorAjar
	p.look()
	if goapp.IsClient && p.state.Text != nil {
		// The button looks at once as it will when the countdown runs.
		p.again.left = int((untilResend(*p.state.Text, time.Now()) + time.Second - 1) / time.Second)
	}
}

// OnNav implements goapp.Navigator.
func (p *textPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// OnDismount stops listening for a message.
func (p *textPage) OnDismount() { p.quiet() }

// load goes on with what the address and the document said.
func (p *textPage) load(ctx goapp.Context) {
	p.form.resume(ctx)
	if p.form.failure.Retry > 0 && aboutSending(p.form.failure.Code) {
		p.again.start(ctx, time.Duration(p.form.failure.Retry)*time.Second)
	}
	p.ask(ctx, func(ctx goapp.Context) { p.told(ctx) })
}

// aboutSending reports whether c is about the sending of a message.
func aboutSending(c api.Code) bool { return c == check.TextLimit || c == check.TextsPaused }

// told goes on with what the server said.
func (p *textPage) told(ctx goapp.Context) {
	p.take(ctx, p.state.Text, func() { p.ranOut(ctx) })
	if p.state.Text != nil {
		p.listen(ctx, func(code string) { p.heard(ctx, code) })
	}
}

// ranOut asks whether the code has really run out: only the server's clock counts.
func (p *textPage) ranOut(ctx goapp.Context) {
	p.ask(ctx, func(ctx goapp.Context) {
		p.told(ctx)
		if p.state.Text == nil {
			p.form.refuse(ctx, api.Error{Code: check.TextCodeExpired})
		}
	})
}

// heard sends the code of a message that the browser read.
func (p *textPage) heard(ctx goapp.Context, code string) {
	if p.state.Text == nil || !p.once.first(code) {
		return
	}
	p.form.fill("code", code)
	p.send(ctx, code)
}

func (p *textPage) onSubmit(ctx goapp.Context, e goapp.Event) {
	e.PreventDefault()
	p.once.last = p.form.value("code")
	p.send(ctx, p.form.value("code"))
}

func (p *textPage) send(ctx goapp.Context, code string) {
	req := api.VerifyTextRequest{Code: code, Trust: p.form.trusted()}
	if !p.form.begin(ctx, req) {
		return
	}
	var next api.NextStep
	beside(ctx, func() (refusal *api.Error) {
		if p.lost {
			next, refusal = call(api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: code})
			return refusal
		}
		next, refusal = call(api.VerifyText, req)
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		p.form.busy = false
		switch {
		case refusal == nil:
			p.door, p.form.busy = doorOpen, true
			through(ctx, next)
		case over(refusal):
		default:
			if refusal.Code == check.TextCodeExpired {
				p.state.Text = nil
				p.know(&p.state)
				p.quiet()
			}
			p.form.refuse(ctx, *refusal)
		}
	})
}

// sendAnother has a message sent to the phone called authenticator, or where the
// last one went when that is empty.
func (p *textPage) sendAnother(ctx goapp.Context, authenticator string) {
	if p.busy {
		return
	}
	p.busy = true
	announce(say().Parts.Working)
	beside(ctx, func() *api.Error {
		e := api.SendText
		if p.lost {
			e = api.SendRecoveryText
		}
		_, refusal := call(e, api.SendTextRequest{Authenticator: authenticator})
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		p.busy = false
		switch {
		case refusal == nil:
			p.form.failure, p.form.problems, p.once = api.Error{}, nil, sentOnce{}
			p.form.empty("code")
			p.ask(ctx, func(ctx goapp.Context) {
				p.told(ctx)
				announce(say().Phone.SentAgain)
				focusOn(ctx, p.form.id("code"))
			})
		case over(refusal):
		default:
			p.refused(ctx, *refusal)
			p.form.refuse(ctx, api.Error{Code: refusal.Code, Problems: refusal.Problems})
		}
	})
}

// phone returns the phone that the message went to, where the page knows it.
func (p *textPage) phone() (t api.TextWay) {
	for _, text := range p.state.Texts {
		if p.state.Text != nil && text.Number == p.state.Text.Number {
			if t.ID != "" {
				return api.TextWay{} // two that look the same
			}
			t = text
		}
	}
	return t
}
