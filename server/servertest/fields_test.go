package servertest

import (
	"context"
	"testing"
)

// hindering is a script that returns what keeps somebody from filling in a field by pasting or with a password manager, or from seeing
// what they type, and what the page keeps or loads that it must not.
const hindering = `(async () => {
	const found = [], say = e => e.outerHTML.slice(0, 140);
	for (const e of document.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio], [type=date], [type=time], [type=file]), textarea")) {
		if (e.closest("[hidden]")) continue;
		const fill = e.getAttribute("autocomplete"), secret = e.type === "password" || /-password$/.test(fill || "");
		if (!fill) found.push("says nothing to a password manager: " + say(e));
		if (secret && !["current-password", "new-password"].includes(fill)) found.push("a password that is called " + fill + ": " + say(e));
		if (e.inputMode === "numeric" && e.matches(".code") && fill !== "one-time-code") found.push("a code that cannot be filled in: " + say(e));
		for (const kind of ["paste", "copy", "cut", "contextmenu", "beforeinput"]) {
			const free = e.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
			if (!free) found.push(kind + " is kept from " + say(e));
		}
		if (!secret) continue;
		const show = document.querySelector("button[aria-controls=" + CSS.escape(e.id) + "]"), was = e.type;
		if (!show) {
			found.push("cannot be seen: " + say(e));
			continue;
		}
		for (const type of [was === "text" ? "password" : "text", was]) {
			show.click();
			for (let n = 0; n < 200 && e.type !== type; n++) await new Promise(done => setTimeout(done, 10));
			if (e.type !== type) found.push("does not become " + type + ": " + say(e));
		}
	}
	const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(d => d.name)];
	kept.filter(k => k !== "doorward-theme").forEach(k => found.push("the browser keeps " + k));
	if (document.cookie) found.push("a script can read cookies");
	performance.getEntriesByType("resource").map(r => new URL(r.name)).filter(u => u.origin !== location.origin && u.protocol !== "data:")
		.forEach(u => found.push("loads from " + u.host));
	return found;
})()`

// hinders fails the test for what a page keeps from those who use it, or keeps of them: lines 8, 9, 63, 69 and 107 of the requirements.
func hinders(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	for _, line := range ask[[]string](t, ctx, hindering) {
		t.Errorf("%s: %s", name, line)
	}
}
