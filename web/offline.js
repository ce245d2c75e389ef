// Goes back to the page that was asked for as soon as the server answers again, or when the button is pressed. Used
// by the offline page only, which stands at the address that was asked for.
(function () {
  "use strict";
  var asking = false;

  async function ask() {
    if (asking) return;
    asking = true;
    try {
      // The service worker lets this through to the network untouched; any answer at all will do.
      await fetch("/api/session", { cache: "no-store", credentials: "omit" });
      again();
    } catch (e) {
      asking = false;
    }
  }

  function again() {
    if (location.pathname === "/offline") location.assign("/");
    else location.reload();
  }

  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element) || !event.target.closest("main a")) return;
    event.preventDefault();
    again();
  });
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) ask();
  });
  setInterval(ask, 5000);
})();
