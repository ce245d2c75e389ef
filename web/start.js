// Starts the client, and gives it what it asks of the page.
//
// The page is a working page before and without this. The client (Go, compiled to WebAssembly) is fetched in
// the background and takes over when nothing is in the middle of happening (carry.js knows). <html> then has
// the class "client"; "no-client" where there is no WebAssembly, "client-failed" where it could not be loaded
// or has stopped. style.css shows and hides by these.
//
// Starting it keeps a slow phone from answering for a good part of a second. A page that works without it
// (data-client="later") only has it fetched, once nothing else is; it starts when a pointer moves or when hands
// have come to rest, and never between two keys.
(function () {
  "use strict";
  var root = document.documentElement;
  var installPrompt = null;
  var installed = false; // just now, out of this page
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
    goappIsAppInstalled: function () {
      return installed || navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
    },
    // Safari on an iPhone or iPad, where an app is installed by hand: "standalone" is known on these alone, and
    // their other browsers name themselves between or behind these two.
    goappIsAppleBrowser: function () {
      return "standalone" in navigator && /Version\/[\d.]+ (Mobile\/\w+ )?Safari\/[\d.]+$/.test(navigator.userAgent);
    },
    goappShowInstallPrompt: async function () {
      var asking = installPrompt;
      if (!asking) return;
      installPrompt = null; // it can be asked once
      try {
        await asking.prompt();
      } catch (e) {
        // The browser has thought better of it.
      }
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
    installed = true;
    window.goappOnAppInstallChange();
  });

  // A link from a mail or from another app comes to the window that the installed app has open, and leads on from
  // there: a page that holds what is not saved has the browser ask first. Starting the app only shows the window.
  // What comes before the page has loaded is what opened it, or has opened it before it was loaded anew.
  function followLaunches() {
    var loaded = false;
    afterLoad(function () { setTimeout(function () { loaded = true; }); });
    window.launchQueue.setConsumer(function (launch) {
      var to = launch.targetURL && new URL(launch.targetURL);
      if (!loaded || !to || to.origin !== location.origin || to.href === location.href) return;
      if (to.pathname + to.search + to.hash !== "/") location.assign(to);
    });
  }

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
    if (registration.active) registration.active.postMessage({ language: root.lang });
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

  var folder = "/web/" + root.dataset.version + "/";
  var client = folder + "app.wasm";

  // The client has the words of English within it; those of any other language it takes from doorwardWords.
  var spoken = root.lang === "en" ? "" : folder + "words/" + root.lang + ".txt";

  // Firefox gives up what a page is fetching as soon as another page is asked for, long before that one is there.
  var left = false;
  function leave() { left = true; }

  async function words() {
    if (!spoken) return "";
    try {
      var answer = await fetch(spoken);
      return answer.ok ? await answer.text() : "";
    } catch (e) {
      if (left) throw e;
      return ""; // it speaks English, then
    }
  }

  async function startClient() {
    window.addEventListener("beforeunload", leave);
    try {
      var go = new Go();
      // The response goes in as it came: wrapping it would lose the browser's cache of compiled code.
      var answer = fetch(client);
      var said = words();
      said.catch(function () {}); // it is waited for below
      var program;
      if (WebAssembly.instantiateStreaming) {
        program = await WebAssembly.instantiateStreaming(answer, go.importObject);
      } else {
        program = await WebAssembly.instantiate(await (await answer).arrayBuffer(), go.importObject);
      }
      window.doorwardWords = await said;
      await window.doorwardSettled();
      var ended = go.run(program.instance); // draws the page before it returns
      root.classList.add("client");
      left = false;
      window.removeEventListener("beforeunload", leave);
      await ended;
    } catch (e) {
      window.removeEventListener("beforeunload", leave);
      if (left) { // or seemed to be: what came may have been a file to keep
        left = false;
        await new Promise(function (rested) { setTimeout(rested, pause); });
        return startClient();
      }
      console.error("The client did not start.", e);
    }
    // It never ends by itself.
    root.classList.remove("client");
    root.classList.add("client-failed");
  }

  function afterLoad(task) {
    if (document.readyState === "complete") task();
    else window.addEventListener("load", task);
  }

  // The files are there when they are wanted, and cost nobody anything before. A <link rel="prefetch"> would do
  // in Chromium only: Firefox holds it against the policy of the page (default-src), Safari leaves it alone.
  function fetchAhead() {
    [client].concat(spoken || []).forEach(function (file) {
      fetch(file, { priority: "low" }).then(function (answer) { return answer.blob(); }).catch(function () {
        // It is asked for again when it is wanted.
      });
    });
  }

  // A page that came with what it shows is read first: starting would hold its first paint up. The server does
  // not know how the reader writes a day; this writes it as the client will.
  function tellDays() {
    var language = (navigator.languages || []).find(function (tag) {
      return tag === root.lang || tag.startsWith(root.lang + "-");
    }) || root.lang;
    document.querySelectorAll("time.moment").forEach(function (moment) {
      if (!/^\d{4}-\d\d-\d\d$/.test(moment.textContent)) return;
      moment.textContent = new Date(moment.dateTime).toLocaleDateString(language, { dateStyle: "medium" });
    });
  }

  // A mouse that moves or a wheel that turns says that somebody is there. Who presses or types is in the middle
  // of something: that goes on by the browser's own forms, and the client waits for a pause.
  var signs = ["pointermove", "wheel", "pointerdown", "touchstart", "keydown"];
  var pause = 2000;
  var busyUntil = 0;
  var waiting = 0;
  function wanted(event) {
    var moved = event.type === "wheel" || event.type === "pointermove" && event.pointerType !== "touch";
    if (!moved) busyUntil = performance.now() + pause;
    clearTimeout(waiting);
    waiting = setTimeout(begin, Math.max(0, busyUntil - performance.now()));
  }
  function begin() {
    signs.forEach(function (sign) { document.removeEventListener(sign, wanted, true); });
    startClient();
  }

  // The last of the six digits sends them, as it does with the client.
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!event.isTrusted || root.dataset.client !== "later" || !field.form || field.autocomplete !== "one-time-code") return;
    if (["client", "no-client"].some(function (c) { return root.classList.contains(c); })) return;
    if (/^\s*\d{3}[\s-]?\d{3}\s*$/.test(field.value)) field.form.requestSubmit(field.form.querySelector("[type=submit]"));
  });

  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function" || typeof Go !== "function") {
    root.classList.add("no-client");
  } else if (root.dataset.client === "later") {
    signs.forEach(function (sign) { document.addEventListener(sign, wanted, { capture: true, passive: true }); });
    afterLoad(fetchAhead);
  } else if (document.getElementById("known") && !document.hidden) {
    tellDays();
    requestAnimationFrame(function () { setTimeout(startClient); });
  } else {
    startClient();
  }
  afterLoad(registerWorker);
  if ("launchQueue" in window) followLaunches();
})();
