// Working through sentences by keyboard, putting in what findings and house terms offer, and what
// memory has, asked for when it is opened. Everything is on the page without this as well.

const desk = document.querySelector(".desk");
const sheet = desk.querySelector("[data-keys-sheet]");
const KEYS_OFF = "desk-keys-off";
const units = () => [...desk.querySelectorAll("[data-unit]")];
let box = null; // the text box that was used last

// --- going from sentence to sentence -------------------------------------------------------------

const current = () => document.activeElement.closest?.("[data-unit]");

function go(unit) {
  if (!unit) return;
  unit.tabIndex = -1;
  unit.focus({ preventScroll: true });
  unit.scrollIntoView({ block: "center" });
}

function step(by, wanted = () => true) {
  const all = units();
  let place = all.indexOf(current()) + by;
  while (all[place] && !wanted(all[place])) place += by;
  go(all[place]);
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, (unit) => "open" in unit.dataset),
  a: (unit) => unit?.querySelector("button[data-key=a]")?.click(),
  m: (unit) => unit?.querySelector("button[data-key=m]")?.click(),
  e: (unit) => open(unit, ".editor"),
  c: (unit) => open(unit, ".comment"),
  "?": () => sheet.showModal(),
};

function open(unit, selector) {
  const part = unit?.querySelector(selector);
  if (!part) return;
  if (part.tagName === "DETAILS") part.open = true;
  if (part.dataset.tool) part.dispatchEvent(new Event("fill", { bubbles: true }));
  part.querySelector("textarea").focus();
}

const typing = (target) => target.closest("input, textarea, select, dialog[open]");

document.addEventListener("keydown", (event) => {
  if (event.altKey && /^Digit[1-9]$/.test(event.code)) return putNth(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const action = Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
  if (!action || typing(event.target) || localStorage.getItem(KEYS_OFF)) return;
  event.preventDefault();
  action(current());
});

// --- putting words in ----------------------------------------------------------------------------

/** Where the finding points if the text still is the one it was found in, else where the cursor is. */
function put(button) {
  const unit = button.closest("[data-unit]");
  const area = unit ? unit.querySelector(".editor textarea") : box;
  if (!area) return;
  const { insert, start, end } = button.dataset;
  const found = button.closest("[data-result]") || area.value === area.form.shown.value;
  const span = end && found ? [Number(start), Number(end)] : [area.selectionStart, area.selectionEnd];
  const units16 = found && end ? span.map((place) => toUtf16(area.value, place)) : span;
  area.focus();
  area.setRangeText(spaced(area.value, insert, ...units16), ...units16, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Python counts characters, JavaScript UTF-16 units. */
const toUtf16 = (text, place) => [...text].slice(0, place).join("").length;

/** Words stand apart from their neighbours; single letters do not. */
function spaced(text, words, start, end) {
  if ([...words].length === 1) return words;
  const before = start && !/\s$/.test(text.slice(0, start)) ? " " : "";
  const after = end < text.length && /^[\p{L}\p{N}]/u.test(text.slice(end)) ? " " : "";
  return before + words + after;
}

function putNth(event) {
  const fixes = [...(current()?.querySelectorAll(".fix") ?? [])].filter((one) => one.offsetParent);
  const button = fixes[Number(event.code.at(-1)) - 1];
  if (!button) return;
  event.preventDefault();
  put(button);
}

desk.addEventListener("focusin", (event) => {
  if (event.target.matches(".editor textarea")) box = event.target;
});

desk.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (button) put(button);
  if (event.target.closest("[data-keys-open]")) sheet.showModal();
});

// --- what memory has -----------------------------------------------------------------------------

desk.addEventListener(
  "toggle",
  async ({ target }) => {
    if (!target.open || !target.dataset?.load) return;
    const address = target.dataset.load;
    delete target.dataset.load;
    const answer = await fetch(address);
    if (answer.ok && !answer.redirected) target.querySelector("[data-loaded]").innerHTML = await answer.text();
  },
  true,
);

// --- the sheet -----------------------------------------------------------------------------------

const on = sheet.querySelector("[data-keys-on]");
on.checked = !localStorage.getItem(KEYS_OFF);
on.addEventListener("change", () =>
  on.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1"),
);
desk.querySelector("[data-keys-bar]").hidden = false;
