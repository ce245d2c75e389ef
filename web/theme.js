// Sets the colours before the first paint, and turns the switch in the foot of every page.
//
// The choice is kept on this device under "doorward-theme": "light", "dark", or nothing for the system's
// choice. The page's <html> carries it as data-theme, which style.css follows; what the browser draws around
// the page takes the ground of it too. It also marks <html> with the class "js": what needs scripts is shown
// only then.
(function () {
  "use strict";
  var root = document.documentElement;
  var key = "doorward-theme";
  var bars = Array.from(document.querySelectorAll('meta[name="theme-color"]')); // in the light, in the dark
  var grounds = bars.map(function (bar) { return bar.content; });

  function chosen() {
    try {
      var v = localStorage.getItem(key);
      return v === "light" || v === "dark" ? v : "";
    } catch (e) {
      return ""; // storage is switched off: the system's choice
    }
  }

  function show(theme) {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    bars.forEach(function (bar, i) { bar.content = grounds[theme ? ["light", "dark"].indexOf(theme) : i]; });
  }

  root.classList.add("js");
  show(chosen());

  document.addEventListener("click", function (event) {
    var target = event.target;
    if (!(target instanceof Element) || !target.closest("[data-theme-switch]")) return;
    var next = { "": "light", light: "dark", dark: "" }[root.dataset.theme || ""];
    try {
      if (next) localStorage.setItem(key, next);
      else localStorage.removeItem(key);
    } catch (e) {
      // It holds for this page, then.
    }
    show(next);
  });

  window.addEventListener("storage", function (event) {
    if (event.key === key) show(chosen());
  });
})();
