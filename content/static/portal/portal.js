// What a page can do besides being read. Without this file the page still says everything.
const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const show = (element, on = true) => { if (element) element.hidden = !on; };

// --- size of the text: kept on this phone only ----------------------------------------------------
const SIZE = "portal-size";
function keptSize() {
  try { return localStorage.getItem(SIZE) || "1"; } catch { return "1"; }
}
function setSize(size) {
  document.documentElement.dataset.size = size;
  for (const button of all("[data-sizes] [data-size]")) {
    button.setAttribute("aria-pressed", String(button.dataset.size === size));
  }
}
setSize(keptSize());
show(one("[data-sizes]"));
for (const button of all("[data-sizes] [data-size]")) {
  button.addEventListener("click", () => {
    setSize(button.dataset.size);
    try { localStorage.setItem(SIZE, button.dataset.size); } catch { /* private window */ }
  });
}

// --- print and share ------------------------------------------------------------------------------
function offer(selector, possible, act) {
  const button = one(selector);
  if (!button || !possible) return;
  show(button);
  button.addEventListener("click", () => act(button));
}
offer("[data-print]", "print" in window, () => window.print());
offer("[data-copy]", navigator.clipboard, async (button) => {
  const link = one("#link");
  link.select();
  await navigator.clipboard.writeText(link.value);
  one("[data-told]").textContent = button.textContent = button.dataset.done;
});
offer("[data-share]", navigator.share, async () => {
  try { await navigator.share({title: document.title, url: one("#link").value}); } catch { /* closed */ }
});

// --- the menu of languages closes as menus do ------------------------------------------------------
const menu = one(".languages");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// --- reading aloud, a sentence at a time, by a voice of this device ----------------------------------
const speech = window.speechSynthesis;
const language = document.documentElement.lang;
const start = one("[data-read]"), stop = one("[data-stop]");
let lines = [], at = -1, state = "silent", current = null;

function voiceOf(wanted) {
  const fits = speech.getVoices().filter((voice) => {
    const tag = voice.lang.replace("_", "-").toLowerCase(), code = wanted.toLowerCase();
    if (code.startsWith("zh")) {
      const traditional = /hant|tw|hk|mo/.test(tag);
      return tag.startsWith("zh") && traditional === (code === "zh-hant");
    }
    return tag === code || tag.split("-")[0] === code.split("-")[0];
  });
  // A voice on the device sends the text nowhere.
  return fits.find((voice) => voice.localService) || null;
}
function words(element) {
  const copy = element.cloneNode(true);
  for (const other of copy.querySelectorAll(".english")) other.remove();
  return copy.textContent.trim();
}
function mark(index) {
  for (const line of all(".spoken")) line.classList.remove("spoken");
  lines[index]?.classList.add("spoken");
  lines[index]?.scrollIntoView({block: "nearest"});
}
function speak(index) {
  at = index;
  mark(at);
  if (at >= lines.length) return silence();
  current = new SpeechSynthesisUtterance(words(lines[at]));
  current.lang = language;
  current.voice = voiceOf(language);
  current.rate = 0.9;
  const own = current;
  const next = () => { if (own === current && state === "speaking") speak(at + 1); };
  current.onend = next;
  current.onerror = next;
  speech.speak(current);
  return undefined;
}
function label(now) {
  state = now;
  start.textContent = {silent: start.dataset.say, speaking: start.dataset.pause, waiting: start.dataset.on}[now];
  start.setAttribute("aria-pressed", String(now === "speaking"));
  show(stop, now !== "silent");
}
function silence() {
  const stopped = document.activeElement === stop;
  current = null;
  speech.cancel();
  mark(-1);
  label("silent");
  if (stopped) start.focus();
}
function press() {
  if (state === "speaking") {
    current = null;
    speech.cancel();
    label("waiting");
    return;
  }
  const from = state === "waiting" ? at : 0;
  lines = all("h1, [data-text] h2, [data-text] p, [data-text] li");
  speech.cancel();
  label("speaking");
  speak(from);
}
if (start && speech) {
  const offered = () => show(start, voiceOf(language) !== null);
  offered();
  speech.addEventListener?.("voiceschanged", offered);
  start.addEventListener("click", press);
  stop.addEventListener("click", silence);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state !== "silent") silence();
  });
  window.addEventListener("pagehide", () => speech.cancel());
}

// --- the copy on this phone ------------------------------------------------------------------------
if ("serviceWorker" in navigator) {
  const tell = async (what) => (await navigator.serviceWorker.ready).active?.postMessage(what);
  navigator.serviceWorker.register("/sw.js").then(() => tell("opened"), () => undefined);
  window.addEventListener("online", () => tell("online"));
}
const list = one("[data-kept]");
if (list && "caches" in window) {
  const cache = await caches.open("pages");
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`/${language}/`) || url.pathname.split("/").length !== 4) continue;
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.href = url.pathname;
    link.textContent = page.querySelector("h1")?.textContent || url.pathname;
    show(one("[data-kept-heading]"));
  }
}
