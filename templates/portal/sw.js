// Keeps the pages that a patient opened, and never anything that staff see. The network comes first:
// the kept copy is for the times without one. What was withdrawn is dropped as soon as that is known.
"use strict";
const RELEASE = {{ release|safe }}, SHELL = {{ shell|safe }}, STATIC = {{ static|safe }};
const LANGUAGES = new Set({{ languages|safe }});
const PAGES = "pages", MOST = 60, DAY = 86400000;
const GONE = new Set([404, 410]);

const kept = (url) => LANGUAGES.has(url.pathname.split("/")[1]) &&
  (/\/$/.test(url.pathname) || url.pathname.endsWith("/offline.html")) &&
  !url.pathname.endsWith("/feedback/") && !url.searchParams.has("q");
const offlinePage = (url) => `/${url.pathname.split("/")[1]}/offline.html`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(RELEASE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("portal-") && name !== RELEASE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(`${STATIC}portal/`)) event.respondWith(fromShell(event.request));
  else if (kept(url)) event.respondWith(fromNetwork(event, url));
  else if (event.request.mode === "navigate" && LANGUAGES.has(url.pathname.split("/")[1])) {
    event.respondWith(fetch(event.request).catch(() => instead(url)));
  }
});

async function fromShell(request) {
  const cache = await caches.open(RELEASE);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function fromNetwork(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return instead(url);
  }
  event.waitUntil(remember(url, answer.clone()));
  return answer;
}

async function remember(url, answer) {
  const cache = await caches.open(PAGES);
  if (GONE.has(answer.status)) await cache.delete(url, {ignoreSearch: true});
  if (answer.status !== 200 || answer.redirected) return;
  await cache.put(url, answer);
  const offline = offlinePage(url);
  if (!await cache.match(offline)) await cache.add(offline);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
}

async function instead(url) {
  const cache = await caches.open(PAGES);
  return await cache.match(url) || await cache.match(url, {ignoreSearch: true}) ||
    await cache.match(offlinePage(url)) || Response.error();
}

// Asks after every kept page: at most once a day, and whenever the phone comes back online.
let asked = 0;
self.addEventListener("message", (event) => {
  if (event.data !== "online" && Date.now() - asked < DAY) return;
  asked = Date.now();
  event.waitUntil(dropWithdrawn());
});

async function dropWithdrawn() {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    try {
      const answer = await fetch(request.url, {method: "HEAD"});
      if (GONE.has(answer.status)) await cache.delete(request);
    } catch {
      return;
    }
  }
}
