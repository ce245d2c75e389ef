// Goes back to the page that was asked for as soon as the server answers again. Used by offline.html only.
(function () {
  "use strict";
  var asking = false;

  async function ask() {
    if (asking) return;
    asking = true;
    try {
      // The service worker lets this through to the network untouched; any answer at all will do.
      await fetch("/api/session", { cache: "no-store", credentials: "omit" });
      location.reload();
    } catch (e) {
      asking = false;
    }
  }

  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) ask();
  });
  setInterval(ask, 5000);
})();
