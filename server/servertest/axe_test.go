package servertest

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeScript is where .ci/needs puts axe-core.
const axeScript = "axe/node_modules/axe-core/axe.min.js"

// axe has axe-core look at pages: its rules for WCAG 2.2 AA and for good practice. The script is given to the page by the
// debugger, so that the page's own policy stays in force.
type axe struct {
	script string
	looked int // at pages and states
}

// newAxe fails, in one line, when axe-core is not there.
func newAxe(t *testing.T) *axe {
	t.Helper()
	script, err := os.ReadFile(axeScript)
	if err != nil {
		t.Fatal("axe-core is not installed: make needs")
	}
	return &axe{script: string(script)}
}

// axeRun waits for what is moving to have come to rest, as colors are read off what is drawn, and returns a line for each
// element that breaks a rule, and for each whose contrast cannot be told.
const axeRun = `(async () => {
	document.getAnimations().forEach(a => { try { a.finish() } catch { a.cancel() } });
	if (!window.plain) { // the arrow of a select is a picture on its ground, on which axe-core can tell no color
		window.plain = new CSSStyleSheet();
		window.plain.replaceSync("select.input { background-image: none !important }");
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, window.plain];
	}
	const found = await axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations", "incomplete"], preload: false, iframes: false,
	});
	const lines = (list, word) => list.flatMap(rule => rule.nodes.map(n => word + rule.id + ": " + n.target.join(" ") + ": " +
		[...n.any, ...n.all, ...n.none].map(c => c.message).join("; ") + ": " + n.html.slice(0, 160)));
	const covered = ["bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring", "outsideViewport"]; // told where nothing covers it
	const unsure = found.incomplete.filter(r => r.id === "color-contrast")
		.map(r => ({...r, nodes: r.nodes.filter(n => !n.any.every(c => covered.includes(c.data && c.data.messageKey)))}));
	return [...lines(found.violations, ""), ...lines(unsure, "cannot tell ")];
})()`

// look fails the test for everything that is wrong with the page as it is now.
func (a *axe) look(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	a.looked++
	if !ask[bool](t, ctx, "!!window.axe") {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](a.script+"; true")); err != nil {
			t.Fatalf("%s: axe-core: %v", name, err)
		}
	}
	for _, line := range ask[[]string](t, ctx, axeRun) {
		t.Errorf("%s: %s", name, line)
	}
}
