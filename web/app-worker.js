// The service worker: an honest page when the server cannot be reached, and static files without a trip to it.
//
// It keeps no page and no answer of the API: what a person sees always comes from the server. It never touches
// /api/, anything but GET, other origins, or the client itself (whose compiled code the browser keeps better).
// A new version waits until the page says "doorward:update", so that nothing reloads under a person's hands.
"use strict";

var version = "{{.Version}}";
var cacheName = "doorward-" + version;
var folder = "/web/" + version + "/";
var offlinePage = folder + "offline.html"; // what is kept of /offline

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(cacheName).then(function (cache) {
    return Promise.all([keepOfflinePage(cache), cache.addAll(["style.css", "theme.js", "offline.js", "carry.js", "start.js",
      "wasm_exec.js", "icons/icon.svg"].map(function (name) { return folder + name; }))]);
  }));
});

// The offline page is in the language that this browser is spoken to in. It must name the files of this version,
// which are in this cache.
async function keepOfflinePage(cache) {
  var answer = await fetch("/offline", { cache: "no-store" });
  var text = await answer.text();
  if (!answer.ok || !text.includes(folder)) throw new Error("no offline page of this version");
  await cache.put(offlinePage, new Response(text, { headers: answer.headers }));
}

// A page says which language it is in; the offline page follows when somebody has chosen another.
async function speak(language) {
  var cache = await caches.open(cacheName);
  var kept = await cache.match(offlinePage);
  if (kept && kept.headers.get("Content-Language") === language) return;
  await keepOfflinePage(cache).catch(function () {}); // the one in the other language does as well
}

self.addEventListener("activate", function (event) {
  event.waitUntil(Promise.all([
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.startsWith("doorward-") && name !== cacheName;
      }).map(function (name) { return caches.delete(name); }));
    }),
    // The browser asks for the page while this worker is still waking up.
    self.registration.navigationPreload && self.registration.navigationPreload.enable(),
  ]));
});

self.addEventListener("message", function (event) {
  if (event.data === "doorward:update") self.skipWaiting();
  else if (event.data && event.data.language) event.waitUntil(speak(event.data.language));
});

self.addEventListener("fetch", function (event) {
  var request = event.request;
  var url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (url.pathname.startsWith(folder) && !url.pathname.endsWith(".wasm")) {
    event.respondWith(file(request));
  }
});

// A page comes from the server. When that cannot be reached, the offline page stands at the same address and
// goes back to the real one by itself.
async function page(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch (e) {
    return (await caches.match(offlinePage, { cacheName: cacheName })) || Response.error();
  }
}

// A static file of this version never changes.
async function file(request) {
  var kept = await caches.match(request, { cacheName: cacheName });
  if (kept) return kept;
  var answer = await fetch(request);
  if (answer.ok) (await caches.open(cacheName)).put(request, answer.clone());
  return answer;
}
