package servertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// spilled is a script that returns what is cut off, spills out of its box, lies over something else, or makes the page scroll sideways. Where
// the letters are is asked of the letters themselves; what is fixed to the window may lie over the page.
const spilled = `(() => {
	const found = [], top = [...document.querySelectorAll("dialog")].find(d => d.matches(":modal")) || document.body;
	const wide = document.documentElement.scrollWidth - innerWidth;
	if (wide > 0) found.push("scrolls sideways by " + wide);
	// Over the page, or not to be seen: what is fixed, what is there for those who hear it, what is scrolled out of a list.
	const apart = (e, r) => {
		for (; e && e !== top; e = e.parentElement) {
			const style = getComputedStyle(e), b = e.getBoundingClientRect();
			if (["fixed", "sticky"].includes(style.position) || style.clipPath !== "none" || e.matches(".menu-list, .skip")) return true;
			if (/auto|scroll|hidden/.test(style.overflowY) && (r.bottom > b.bottom + 1 || r.top < b.top - 1)) return true;
		}
	};
	const say = e => e.nodeName.toLowerCase() + "." + e.className + " " + JSON.stringify(e.textContent.trim().slice(0, 40));
	const words = [];
	const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility({visibilityProperty: true}) || e.closest("svg, select")) continue;
		const range = document.createRange();
		range.selectNodeContents(walk.currentNode);
		for (const r of range.getClientRects()) {
			if (r.width < 1 || apart(e, r)) continue;
			words.push({e, r});
			for (let box = e; box && box !== top.parentElement; box = box.parentElement) {
				const style = getComputedStyle(box), b = box.getBoundingClientRect();
				if (/auto|scroll/.test(style.overflowX)) break;
				const bounded = box.matches(".button, .badge, .pill, .way, .choice, .card, .banner, .tile, .key, .dialog") || /hidden|clip/.test(style.overflowX);
				if (bounded && style.textOverflow !== "ellipsis" && (r.right > b.right + 1 || r.left < b.left - 1)) {
					found.push("spills out of " + say(box) + ": " + say(e));
					break;
				}
			}
		}
	}
	for (const e of top.querySelectorAll(".card")) {
		if (e.scrollWidth > e.clientWidth + 1) found.push(say(e) + " has to be moved sideways by " + (e.scrollWidth - e.clientWidth));
	}
	words.sort((a, b) => a.r.top - b.r.top);
	words.forEach((a, i) => {
		for (const b of words.slice(i + 1)) {
			if (b.r.top > a.r.bottom) break;
			const across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), down = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
			if (across > 2 && down > Math.min(a.r.height, b.r.height) / 2 && a.e !== b.e) found.push(say(a.e) + " lies over " + say(b.e));
		}
	});
	return [...new Set(found)].slice(0, 8);
})()`

// moving is a script that returns what would move, though nothing should.
const moving = `[...document.querySelectorAll("*")].filter(e => !e.matches(".busy, .spinner") && ["transitionDuration", "animationDuration"]
	.some(d => getComputedStyle(e)[d].split(",").some(s => parseFloat(s) > 0))).map(e => e.outerHTML.slice(0, 100)).slice(0, 5)`

// stretch makes the text of the page twice as large, in windows of several widths, and fails the test for what has no room.
func stretch(t *testing.T, ctx context.Context, name string, widths ...int64) {
	t.Helper()
	for _, width := range widths {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800)); err != nil {
			t.Fatal(err)
		}
		sized(t, ctx, 32) // each time: a picture forgets it
		for _, line := range ask[[]string](t, ctx, spilled) {
			t.Errorf("%s, 200 %% text at %d pixels: %s", name, width, line)
		}
		picture(t, ctx, "stretched-"+name+"-"+map[bool]string{true: "narrow", false: "wide"}[width < 720])
	}
	sized(t, ctx, 16)
}

// sized sets how large the browser's user wants text to be.
func sized(t *testing.T, ctx context.Context, pixels int64) {
	t.Helper()
	sizes := cdppage.SetFontSizesParams{FontSizes: &cdppage.FontSizes{Standard: pixels, Fixed: pixels * 13 / 16}}
	if err := chromedp.Do(ctx, send(cdppage.SetFontSizes, sizes)); err != nil {
		t.Fatal(err)
	}
	if got := ask[float64](t, ctx, "parseFloat(getComputedStyle(document.documentElement).fontSize)"); got != float64(pixels) {
		t.Fatalf("text is %v pixels high, want %d", got, pixels)
	}
}

// still asks for no motion, and fails the test for what would move.
func still(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}
	if err := chromedp.Do(ctx, send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})); err != nil {
		t.Fatal(err)
	}
	for _, line := range ask[[]string](t, ctx, moving) {
		t.Errorf("%s: moves: %s", name, line)
	}
}
