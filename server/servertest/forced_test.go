package servertest

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestForcedColors_InABrowser lets the system choose the colors: what only a color says elsewhere has to be said by a line here.
func TestForcedColors_InABrowser(t *testing.T) {
	w, g := people(t), newGuide(t)
	w.prove()
	ctx := Chromium(t, ForcedColors(), Within(5*time.Minute))
	if err := chromedp.Do(ctx, send(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})); err != nil {
		t.Fatal(err)
	}
	const style = "const s = getComputedStyle(e); "
	for _, c := range []struct {
		address string
		stop    stop
		on      string // a selector of what is looked at
		holds   string // of e, s is its style
	}{
		{w.address, stop{"sign-in", "/sign-in", w.nobody, ".door"}, ".door .frame-line, .door .line", `s.stroke !== getComputedStyle(document.body).backgroundColor`},
		{w.address, stop{"sign-in", "/sign-in", w.nobody, ".door"}, "input[name=password]", `(e.focus(), s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 2)`},
		{w.address, stop{"wizard-method", "/profile/security/set-up#method", w.choosing.Browser, "label.choice"}, "label.choice:has(:checked)",
			`parseFloat(s.borderWidth) > parseFloat(getComputedStyle(document.querySelector("label.choice:not(:has(:checked))")).borderWidth)`},
		{w.address, stop{"wizard-app", "/profile/security/set-up#app", w.choosing.Browser, ".tab"}, ".tab.now", `s.outlineStyle === "solid"`},
		{w.address, stop{"wizard-scan", "/profile/security/set-up#scan", w.pending.Browser, ".qr"}, ".qr-dark", `s.fill === "rgb(0, 0, 0)"`},
		{w.address, stop{"security-active", "/profile/security", w.secured.Browser, ".badge"}, ".badge", `parseFloat(s.borderWidth) >= 1 && s.borderStyle === "solid"`},
		{g.address, stop{"adoption", "/admin/two-factor", g.operator, ".bar"}, ".rail-link[aria-current]", `s.outlineStyle === "solid"`},
		{g.address, stop{"adoption", "/admin/two-factor", g.operator, ".bar"}, ".bar .ready", `s.fill !== getComputedStyle(document.querySelector(".bar .rest")).fill`},
		{g.address, stop{"adoption", "/admin/two-factor", g.operator, ".bar"}, ".curves .ready.curve", `s.stroke !== getComputedStyle(document.body).backgroundColor`},
		{g.address, stop{"activity", "/admin/activity", g.operator, ".pulse"}, ".pulse", `s.backgroundColor !== getComputedStyle(document.body).backgroundColor`},
		{g.address, stop{"people", "/admin/people", g.operator, "table"}, "input[type=checkbox]", `s.appearance !== "none"`},
	} {
		if here := ask[string](t, ctx, "location.href"); here != c.address+c.stop.path {
			arrive(t, ctx, c.address, c.stop)
		}
		if !ask[bool](t, ctx, `(e => { if (!e) return false; `+style+`return `+c.holds+` })(document.querySelector(`+quoted(c.on)+`))`) {
			t.Errorf("%s, colors forced: %s is not as it should be: %s", c.stop.name, c.on, c.holds)
		}
		picture(t, ctx, "forced-"+c.stop.name)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)); err != nil {
		t.Fatal(err)
	}
	picture(t, ctx, "forced-people-phone")
}
