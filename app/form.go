package app

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// form is one form of a page: what was typed, what is wrong with it, and whether
// it is on its way. A page holds it in an unexported field and draws its parts with
// the methods below; field names are the JSON names of the request. ID must be set
// and unique on the page: it prefixes the ids of the inputs.
type form struct {
	ID string
	// Again names the field that is typed anew after a refusal: it gets the focus,
	// with what stands in it selected.
	Again    string
	Words    map[api.Code]string // sentences of its own for some codes
	values   map[string]string
	order    []string // the fields, as drawn
	problems api.Problems
	failure  api.Error // as a whole; Code is empty when there is none
	retryAt  time.Time // when to try again; zero when that is not known
	left     int       // seconds until then, as drawn
	counting bool      // a countdown is running
	busy     bool
	revealed bool
	made     suggestion
}

// value returns what stands in a field. Spaces around it are kept.
func (f *form) value(name string) string {
	if v, ok := typed(f.id(name)); ok {
		return v
	}
	return f.values[name]
}

// set notes v as typed into a field. It does not change what the browser shows.
func (f *form) set(name, v string) {
	if f.values == nil {
		f.values = map[string]string{}
	}
	f.values[name] = v
	delete(f.problems, name)
}

// empty clears a field, in the browser too: for a code that was refused.
func (f *form) empty(name string) {
	delete(f.values, name)
	if e := goapp.Window().GetElementByID(f.id(name)); e.Truthy() && e.Get("type").String() != "checkbox" {
		e.Set("value", "")
	}
}

// clear empties the whole form, in the browser too, as if nothing had been typed.
func (f *form) clear() {
	for _, name := range f.order {
		if e := goapp.Window().GetElementByID(f.id(name)); e.Truthy() && e.Get("type").String() == "checkbox" {
			e.Set("checked", false)
		}
		f.empty(name)
	}
	*f = form{ID: f.ID, Words: f.Words}
}

// id returns the id of the input of a field.
func (f *form) id(name string) string { return f.ID + "-" + name }

// at takes what the answer to a plain form says in the address: ?code=<Code>,
// &retry=<seconds> and ?p.<field>=<Code>. What it does not know it ignores.
func (f *form) at(q url.Values) {
	w := say()
	f.problems, f.failure, f.retryAt = api.Problems{}, api.Error{}, time.Time{}
	if c := check.Code(q.Get("code")); w.Knows(c) {
		f.failure.Code = c
		if n, err := strconv.Atoi(q.Get("retry")); err == nil && n > 0 && n <= 86400 {
			f.failure.Retry = n
		}
	}
	for key, values := range q {
		if name, ok := strings.CutPrefix(key, "p."); ok && w.Knows(check.Code(values[0])) {
			f.problems[name] = check.Code(values[0])
		}
	}
	f.left = f.failure.Retry
}

// submit sends req to e on behalf of f. Problems that both sides can see are shown
// without a call. While it is on its way the form is busy and a second submit does
// nothing. A refusal goes to its fields, or into the banner of f.notice, with a
// countdown when there is something to wait for; the focus goes to the first field
// that is wrong. done is called on the UI goroutine when it worked.
//
// ctx must belong to the component that holds f: pass the one of OnSubmit.
func submit[Req api.Request, Resp any](ctx goapp.Context, f *form, e api.Endpoint[Req, Resp], req Req, done func(goapp.Context, Resp)) {
	if !f.begin(ctx, req) {
		return
	}
	var resp Resp
	beside(ctx, func() (refusal *api.Error) {
		resp, refusal = call(e, req)
		return refusal
	}, func(ctx goapp.Context, refusal *api.Error) {
		f.busy = false
		if refusal != nil && refusal.Code == check.SignInExpired {
			leave("/sign-in?code=" + string(refusal.Code)) // there is no second step any more
			return
		}
		if refusal != nil {
			f.refuse(ctx, *refusal)
			return
		}
		done(ctx, resp)
	})
}

// begin makes the form busy with req, unless it is busy already or has problems
// that need no call; it then shows them and returns false.
func (f *form) begin(ctx goapp.Context, req api.Request) bool {
	if f.busy {
		return false
	}
	if p := req.Problems(); len(p) > 0 {
		f.refuse(ctx, api.Error{Problems: p})
		return false
	}
	f.busy, f.failure, f.problems = true, api.Error{}, nil
	announce(say().Parts.Working)
	return true
}

// refuse shows what was refused.
func (f *form) refuse(ctx goapp.Context, e api.Error) {
	f.failure, f.problems = e, e.Problems
	if f.problems == nil {
		f.problems = api.Problems{}
	}
	f.wait(ctx, e.Retry)
	announce("")
	if name := f.firstWrong(); name != "" {
		announce(f.words(f.problems[name]))
		focusOn(ctx, f.id(name))
		return
	}
	if f.Again != "" {
		selectAll(ctx, f.id(f.Again))
	}
	if len(f.problems) > 0 && f.failure.Code == "" {
		// A problem with something that has no field here: say it as a whole.
		for _, c := range f.problems {
			f.failure.Code = c
		}
	}
}

// words returns the sentence for c.
func (f *form) words(c api.Code) string {
	if s, ok := f.Words[c]; ok {
		return s
	}
	return say().Code(c)
}

// firstWrong returns the first field, as drawn, that has a problem.
func (f *form) firstWrong() string {
	for _, name := range f.order {
		if f.problems[name] != "" {
			return name
		}
	}
	return ""
}

// wait counts down seconds and redraws every second until they are over.
func (f *form) wait(ctx goapp.Context, seconds int) {
	f.left, f.retryAt = seconds, time.Time{}
	if seconds <= 0 {
		return
	}
	f.retryAt = time.Now().Add(time.Duration(seconds) * time.Second)
	if !f.counting {
		f.counting = true
		f.count(ctx)
	}
}

func (f *form) count(ctx goapp.Context) {
	later(ctx, time.Second, func() {
		f.left = secondsUntil(f.retryAt, time.Now())
		if f.left <= 0 {
			f.counting = false
			return
		}
		f.count(ctx)
	})
}

// secondsUntil returns the whole seconds from now until t, rounded up; 0 when t is
// past or zero.
func secondsUntil(t, now time.Time) int {
	if !t.After(now) {
		return 0
	}
	return int((t.Sub(now) + time.Second - 1) / time.Second)
}

// notice draws what is wrong with the form as a whole. It is always there, and
// empty when nothing is wrong, so that assistive technology hears it appear.
func (f *form) notice() goapp.UI {
	box := goapp.Div().Class("notice").Role("alert")
	if f.failure.Code == "" {
		return box
	}
	return box.Body(banner{Kind: bannerError, Text: f.words(f.failure.Code), More: f.more()}.draw())
}

// more says the numbers that go with a failure: how long to wait, how far a clock
// is off.
func (f *form) more() []goapp.UI {
	w := say().Parts
	var more []goapp.UI
	if f.failure.Minutes != 0 {
		more = append(more, para("", with(w.ClockOff, "n", strconv.Itoa(f.failure.Minutes))))
	}
	switch {
	case f.failure.Retry > 0 && f.left > 0:
		more = append(more, goapp.P().Class("countdown").Aria("live", "off").
			Text(with(w.TryAgainIn, "wait", say().Wait(f.left))))
	case f.failure.Retry > 0:
		more = append(more, para("", w.TryAgainNow))
	}
	return more
}

// submitButton draws the primary button of the form.
func (f *form) submitButton(label string) goapp.UI {
	return button{Label: label, Kind: primary, Submit: true, Busy: f.busy, ID: f.ID}.draw()
}

// resume goes on with a countdown that came with the address.
func (f *form) resume(ctx goapp.Context) { f.wait(ctx, f.failure.Retry) }

// post draws the form around its parts. It is a real form that goes to action by
// itself, so that it works before the client has come and without it; with the
// client onSubmit takes over (and must prevent the default). A nil onSubmit leaves
// it to the browser. The browser's own checks are off: ours have better words.
func (f *form) post(action string, onSubmit goapp.EventHandler, parts ...goapp.UI) goapp.UI {
	e := goapp.Form().ID(f.ID).Class("form").Method("post").Action(action).NoValidate(true).Body(parts...)
	if onSubmit == nil {
		return e
	}
	return e.OnSubmit(onSubmit, goapp.EventScope(f.ID))
}
