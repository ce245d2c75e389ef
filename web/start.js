// Starts the client, and gives it what it asks of the page.
//
// The page is a working page before and without this. The client (Go, compiled to WebAssembly) is fetched in
// the background and takes over when nothing is in the middle of happening (carry.js knows). <html> then has
// the class "client"; "no-client" where there is no WebAssembly, "client-failed" where it could not be loaded
// or has stopped. style.css shows and hides by these.
(function () {
  "use strict";
  var root = document.documentElement;
  var installPrompt = null;
  var registration = null;

  // What go-app looks up by name. It puts its own functions in the place of goappNav, goappOnUpdate and
  // goappOnAppInstallChange once it runs; until then these remember that they were called.
  Object.assign(window, {
    goappGetenv: function () { return ""; },
    goappNav: function (path) { location.assign(path); },
    goappUpdatedBeforeWasmLoaded: false,
    goappOnUpdate: function () { window.goappUpdatedBeforeWasmLoaded = true; },
    goappAppInstallChangedBeforeWasmLoaded: false,
    goappOnAppInstallChange: function () { window.goappAppInstallChangedBeforeWasmLoaded = true; },
    goappTryUpdate: function () { if (registration) registration.update(); },
    goappIsAppInstallable: function () { return installPrompt !== null; },
    goappIsAppInstalled: function () { return matchMedia("(display-mode: standalone)").matches; },
    goappIsAppleBrowser: function () { return navigator.vendor === "Apple Computer, Inc."; },
    goappShowInstallPrompt: async function () {
      if (!installPrompt) return;
      await installPrompt.prompt();
      installPrompt = null;
      window.goappOnAppInstallChange();
    },
    doorwardUpdate: update,
  });

  window.addEventListener("beforeinstallprompt", function (event) {
    event.preventDefault(); // the app offers it where it fits
    installPrompt = event;
    window.goappOnAppInstallChange();
  });
  window.addEventListener("appinstalled", function () {
    installPrompt = null;
    window.goappOnAppInstallChange();
  });

  // A new version waits until the person agrees: update() is what the "Reload" of the notice calls. The page
  // is loaded anew when the new worker has taken over, and not before.
  function update() {
    if (!registration || !registration.waiting) {
      location.reload();
      return;
    }
    navigator.serviceWorker.addEventListener("controllerchange", function () { location.reload(); }, { once: true });
    registration.waiting.postMessage("doorward:update");
  }

  async function registerWorker() {
    if (!("serviceWorker" in navigator)) return; // plain HTTP, or switched off
    try {
      registration = await navigator.serviceWorker.register("/app-worker.js", { updateViaCache: "none" });
    } catch (e) {
      return; // everything works without it, except being offline
    }
    // Without a controller this is the first visit, and the "update" is the first worker.
    function waiting() {
      if (registration.waiting && navigator.serviceWorker.controller) window.goappOnUpdate();
    }
    waiting();
    registration.addEventListener("updatefound", function () {
      var worker = registration.installing;
      worker.addEventListener("statechange", function () {
        if (worker.state === "installed") waiting();
      });
    });
  }

  async function startClient() {
    if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function" || typeof Go !== "function") {
      root.classList.add("no-client");
      return;
    }
    try {
      var go = new Go();
      // The response goes in as it came: wrapping it would lose the browser's cache of compiled code.
      var answer = fetch("/web/" + root.dataset.version + "/app.wasm");
      var program;
      if (WebAssembly.instantiateStreaming) {
        program = await WebAssembly.instantiateStreaming(answer, go.importObject);
      } else {
        program = await WebAssembly.instantiate(await (await answer).arrayBuffer(), go.importObject);
      }
      await window.doorwardSettled();
      var ended = go.run(program.instance); // draws the page before it returns
      root.classList.add("client");
      await ended;
    } catch (e) {
      console.error("The client did not start.", e);
    }
    // It never ends by itself.
    root.classList.remove("client");
    root.classList.add("client-failed");
  }

  startClient();
  if (document.readyState === "complete") registerWorker();
  else window.addEventListener("load", registerWorker);
})();
