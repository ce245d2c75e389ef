package journey_test

// eyes is the script by which a journey sees a page as a person does: only what is
// visible, by the names that assistive technology reads.
const eyes = `
const tidy = s => (s || "").replace(/\u2060/g, "").replace(/\s+/g, " ").trim();
const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest("[aria-hidden=true]");
// What stands over the page makes the rest unreachable.
const reach = () => [...document.querySelectorAll("dialog")].find(d => d.matches(":modal")) || document;
const nameOf = e => {
	if (!e || e === document.body) return "";
	if (e.getAttribute("aria-label")) return tidy(e.getAttribute("aria-label"));
	if (e.labels && e.labels.length) return tidy(e.labels[0].textContent);
	return tidy(e.innerText === undefined ? e.textContent : e.innerText);
};
const called = name => e => e !== document.body && (nameOf(e) === name ||
	[...(e.closest("label.choice") || e).querySelectorAll(".cell-name, .way-name, .button-words, .choice .heading")]
		.some(w => tidy(w.textContent) === name));
const all = (selector) => [...reach().querySelectorAll(selector)].filter(seen);
const pressable = name => all("a[href], button, summary, label.check input, label.choice input").find(called(name));
const field = name => all("input, textarea, select").find(called(name));
const usable = e => !e.disabled && e.getAttribute("aria-disabled") !== "true";
// Where to press e, or null while something else is in the way.
const point = e => {
	if (!e || !usable(e)) return null;
	e.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
	const r = e.getClientRects()[0];
	if (!r) return null;
	const x = r.x + r.width / 2, y = r.y + r.height / 2;
	const hit = document.elementFromPoint(x, y);
	return hit && (e.contains(hit) || (e.labels && [...e.labels].some(l => l.contains(hit)))) ? {x, y} : null;
};
const text = () => tidy((reach() === document ? document.body : reach()).innerText);
// What is wrong with the page for somebody who hears it, or has a narrow screen.
const improper = () => {
	const wrong = [], count = (selector, n) => {
		const found = [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).length;
		if (found !== n) wrong.push(found + " of " + selector);
	};
	count("h1", 1);
	count("main", 1);
	if (!document.title || !document.documentElement.lang) wrong.push("no title or no language");
	for (const e of document.querySelectorAll("input, button, a[href], summary")) {
		if (seen(e) && e.type !== "hidden" && !nameOf(e)) wrong.push("nameless: " + e.outerHTML.slice(0, 120));
	}
	const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => wrong.push("twice: #" + id));
	for (const e of document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")) {
		for (const a of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
			(e.getAttribute(a) || "").split(" ").filter(id => id && !document.getElementById(id))
				.forEach(id => wrong.push(a + " leads nowhere: " + id));
		}
	}
	const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
	if (wide > 0) wrong.push("scrolls sideways by " + wide);
	return wrong;
};
`
