package journey_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doorward/server/servertest"
)

// patience is how long anything may take to be seen. Nothing is this slow but a
// machine that does many other things.
const patience = 40 * time.Second

// browser is somebody at a browser.
type browser struct {
	*testing.T
	ctx     context.Context
	address string
	// raw is for pages whose client does not come or has not come yet: nothing waits
	// for it.
	raw      bool
	expected []string // troubles that belong to the journey
	at       *visited
}

// newBrowser starts a browser at the portal at address. When the journey ends, the
// browser must have complained of nothing that is not expected, must keep nothing
// of a session, and nothing typed may have been part of an address.
func newBrowser(t *testing.T, address string, options ...servertest.ChromiumOption) *browser {
	t.Helper()
	b := &browser{T: t, address: address, at: &visited{}}
	b.ctx = servertest.Chromium(t, append([]servertest.ChromiumOption{servertest.Within(4 * time.Minute)}, options...)...)
	// A person's window has the focus; without this nothing in it would.
	b.do(command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	if err := chromedp.Listen(b.ctx, b.at.see); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			return
		}
		servertest.NoTroubles(t, b.ctx, b.expected...)
		b.at.check(t)
		b.keepsNothing()
	})
	return b
}

// expect allows troubles that contain one of these, such as "401 POST".
func (b *browser) expect(troubles ...string) { b.expected = append(b.expected, troubles...) }

// do performs actions of the protocol.
func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// command makes an action of one command of the protocol.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// ask evaluates an expression in the page.
func ask[T any](b *browser, expression string) T {
	b.Helper()
	v, err := look[T](b, expression)
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

func look[T any](b *browser, expression string) (T, error) {
	return chromedp.Run(b.ctx, chromedp.Evaluate[T]("(async () => {"+eyes+"return "+expression+"})()", chromedp.EvalAwaitPromise))
}

// wait waits until the expression holds. A page that is being left answers with
// errors, which is as good as no.
func (b *browser) wait(what, expression string) {
	b.Helper()
	b.until(what, func() bool {
		ok, err := look[bool](b, "!!("+expression+")")
		return err == nil && ok
	})
}

// until waits until ok, and fails with what is seen instead when it takes too long.
func (b *browser) until(what string, ok func() bool) {
	b.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(20 * time.Millisecond) {
		if b.ctx.Err() != nil || time.Now().After(end) {
			seen, err := look[string](b, `location.href + " [" + document.documentElement.className + "] focus on " + nameOf(document.activeElement) + ": " + text()`)
			b.Fatalf("waited for %s; seen: %s %v; troubles: %q", what, seen, err, servertest.Troubles(b.ctx))
		}
	}
}

// open opens a page as a new document.
func (b *browser) open(path string) {
	b.Helper()
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(b.address+path))
	b.settle()
}

// settle waits until the client has taken over, or is known not to come.
func (b *browser) settle() {
	b.Helper()
	b.wait("the client", settled(b.raw))
}

// movedPointer is what somebody does who is about to do something: pages that work
// without the client start it then.
const movedPointer = `document.dispatchEvent(new Event("pointermove")) && `

func settled(raw bool) string {
	if raw {
		return `document.readyState === "complete"`
	}
	return movedPointer + `document.readyState === "complete" && ["client", "no-client", "client-failed"].some(c => document.documentElement.classList.contains(c))`
}

// page waits for the page with this title, and for its client. It must be in order
// for those who hear it and for a narrow screen.
func (b *browser) page(title string) {
	b.Helper()
	there := settled(b.raw) + ` && [...document.querySelectorAll("h1")].some(e => tidy(e.textContent) === ` + js(title) + `)`
	var wrong []string
	b.until("the page "+title, func() (ok bool) {
		type state struct{ Wrong []string }
		s, err := look[*state](b, there+" ? {Wrong: improper()} : null")
		if err != nil || s == nil {
			return false
		}
		wrong = s.Wrong
		return true
	})
	for _, w := range wrong {
		b.Errorf("the page %q is not in order: %s", title, w)
	}
}

// sees waits for words, anywhere on the page or on the dialog over it.
func (b *browser) sees(words ...string) {
	b.Helper()
	for _, w := range words {
		b.wait(fmt.Sprintf("the words %q", w), "text().includes("+js(w)+")")
	}
}

// seesNot waits for words to be gone.
func (b *browser) seesNot(words ...string) {
	b.Helper()
	for _, w := range words {
		b.wait(fmt.Sprintf("the words %q to be gone", w), "!text().includes("+js(w)+")")
	}
}

// press presses the button, link or box with this name, once it can be pressed.
func (b *browser) press(name string) {
	b.Helper()
	b.pressAt(fmt.Sprintf("the button %q", name), "pressable("+js(name)+")")
}

// pressAt presses the element that expression finds, once it stands still.
func (b *browser) pressAt(what, expression string) {
	b.Helper()
	type place struct{ X, Y float64 }
	var last *place
	b.until(what, func() bool {
		at, err := look[*place](b, "point("+expression+")")
		still := err == nil && at != nil && last != nil && *at == *last
		if last = at; err != nil {
			last = nil
		}
		return still
	})
	b.do(chromedp.MouseClickXY(last.X, last.Y))
}

// fill types text into the field with this name, in place of what stands there.
func (b *browser) fill(name, typed string) {
	b.Helper()
	b.at.typed(typed)
	b.until("the focus in "+name, func() bool { // what is above may just have come or gone
		b.pressAt(fmt.Sprintf("the field %q", name), "field("+js(name)+")")
		there, err := look[bool](b, "document.activeElement === field("+js(name)+")")
		return err == nil && there
	})
	ask[bool](b, "(document.activeElement.select(), true)")
	b.keys(typed)
}

// keys presses keys one after another; the names are those of package kb.
func (b *browser) keys(keys string, modifiers ...kb.Modifier) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

// focus waits until the focus is on what has this name.
func (b *browser) focus(name string) {
	b.Helper()
	b.wait(fmt.Sprintf("the focus on %q", name), "called("+js(name)+")(document.activeElement)")
}

// holds waits until the field with this name holds a value.
func (b *browser) holds(name, value string) {
	b.Helper()
	b.wait(fmt.Sprintf("%q in the field %q", value, name), "(field("+js(name)+") || {}).value === "+js(value))
}

// is waits until the address is this path with its query and what is behind "#".
func (b *browser) is(path string) {
	b.Helper()
	b.wait("the address "+path, "location.pathname + location.search + location.hash === "+js(path))
}

// keepsNothing fails when the browser keeps anything but the choice of colours.
func (b *browser) keepsNothing() {
	b.Helper()
	kept, err := look[[]string](b, `location.protocol.startsWith("http") ? [...Object.keys(localStorage), ...Object.keys(sessionStorage),
		...(await indexedDB.databases()).map(d => d.name)].filter(k => k !== "doorward-theme") : []`)
	if err != nil && !errors.Is(err, context.Canceled) {
		b.Errorf("storage: %v", err)
	}
	for _, k := range kept {
		b.Errorf("the browser keeps %s", k)
	}
}

// js writes s as a literal of JavaScript.
func js(s string) string {
	literal, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always can be
	}
	return string(literal)
}

// escaped returns the ways in which s may stand in an address.
func escaped(s string) []string {
	return []string{s, url.QueryEscape(s), url.PathEscape(s), strings.ReplaceAll(s, " ", "")}
}
