package app

import (
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// textLife is how long a code sent by text message can be typed.
const textLife = 10 * time.Minute

// texting is a code on its way by text message: where it went, when another can be
// asked for, and when it runs out.
type texting struct {
	sent  *api.TextSent
	again countdown
	turn  int    // counts the messages, so that an old timer ends nothing
	hush  func() // ends the listening for the message; may be nil
	busy  bool   // another is being asked for
}

// take notes that a message was sent, or with nil that none is waited for. ended is
// called when its code has run out.
func (t *texting) take(ctx goapp.Context, sent *api.TextSent, ended func()) {
	t.sent = sent
	t.turn++
	if sent == nil {
		return
	}
	now := time.Now()
	t.again.start(ctx, untilResend(*sent, now))
	turn := t.turn
	later(ctx, untilExpiry(*sent, now), func() {
		if t.turn == turn {
			ended()
		}
	})
}

// untilResend returns how long no other message is sent. The clock here may be off:
// it is never longer than it was when the message went out.
func untilResend(sent api.TextSent, now time.Time) time.Duration {
	most := time.Duration(sent.Resend-sent.Expires)*time.Millisecond + textLife
	return max(0, min(time.UnixMilli(sent.Resend).Sub(now), most))
}

// untilExpiry returns how long the code can still be typed, as far as the clock here
// can tell.
func untilExpiry(sent api.TextSent, now time.Time) time.Duration {
	return deadline(sent.Expires, now).Sub(now)
}

// refused notes when to ask again after a message was refused.
func (t *texting) refused(ctx goapp.Context, e api.Error) {
	t.busy = false
	if e.Retry > 0 {
		t.again.start(ctx, time.Duration(e.Retry)*time.Second)
	}
}

// listen waits for the message where the browser can read it, and calls got with
// its code. What was listened for before is given up.
func (t *texting) listen(ctx goapp.Context, got func(code string)) {
	t.quiet()
	t.hush = hearText(func(text string) {
		ctx.Dispatch(func(goapp.Context) { got(text) })
	})
}

// quiet gives up listening: the page or the step is left.
func (t *texting) quiet() {
	if t.hush != nil {
		t.hush()
	}
	t.hush = nil
}

// resendWords is what the button that asks for another message says.
func (t *texting) resendWords() string {
	w := &say().Phone
	if t.again.left > 0 {
		return with(w.ResendIn, "wait", say().Wait(t.again.left))
	}
	return w.Resend
}

// resend draws the button that asks for another message: with on it is pressed,
// without it sends its form, which also works without the client.
func (t *texting) resend(id string, on func()) goapp.UI {
	b := button{Label: t.resendWords(), Icon: iconMessage, ID: id, Busy: t.busy, Disabled: t.again.left > 0, Submit: on == nil}
	if on != nil {
		b.On = press(on)
	}
	return b.draw()
}

// notReceived says what to do when no message comes, and lastly more.
func notReceived(more ...string) goapp.UI {
	w := &say().Phone
	var points []goapp.UI
	for _, text := range append([]string{w.Signal, w.Minute, w.Newest}, more...) {
		points = append(points, li("", goapp.Text(text)))
	}
	return goapp.Details().Class("more").Body(
		goapp.Summary().Text(w.NotReceived),
		ul("points more-points", points...),
	)
}
