// Checks a segment while it is typed, and saves or undoes an edit without loading the page. The
// server renders everything; this puts its answers in place. The forms work without it as well.

const PAUSE = 300; // ms without a key before the text is checked
const SHOWN = 6000; // ms that "Saved." stays
const desk = document.querySelector(".desk");
const told = desk.querySelector("[data-told]");
const running = new WeakMap(); // form -> what stops the check that waits or runs
const sending = new Set(); // keys of rows
const saidOfSaved = new WeakMap(); // form -> what the server said of the text that is saved

class SignedOut extends Error {}

let telling = [];

/** Shows and speaks a message of the page; one of trouble stays until the next. */
function tell(key, ms = Infinity) {
  telling.forEach(clearTimeout);
  told.textContent = "";
  // Screen readers say only what changes: the same words twice need an empty moment between.
  telling = [setTimeout(() => (told.textContent = told.dataset[key] ?? ""), 50)];
  if (ms < Infinity) telling.push(setTimeout(() => (told.textContent = ""), ms));
}

function post(address, form, accept, { signal, submitter } = {}) {
  const body = new FormData(form, submitter);
  // Signing in again, in another window, makes a new token: the one in the form is then refused.
  const token = document.cookie.match(/(?:^|; )csrftoken=(\w+)/);
  if (token) body.set("csrfmiddlewaretoken", token[1]);
  return fetch(address, { method: "POST", body, headers: { Accept: accept }, signal });
}

/** Of an answer that is not the one asked for: the login page, or no cookie to prove the form by. */
const isSignedOut = (answer) => answer.redirected || answer.status === 403;
const addressOf = (form, submitter) =>
  submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
const checkOf = (form) => form.querySelector("[data-check-now]");
const isDirty = (form) => form.text.value.trim() !== form.shown.value.trim();
const editors = () => [...desk.querySelectorAll(".editor form")];

// --- forms of a row -------------------------------------------------------------------------------

/** Puts the form into a row's tool as it is opened: one of each kind comes with the page. */
function fill(tool) {
  if (tool.querySelector("form")) return;
  const row = tool.closest("[data-unit]");
  const made = desk.querySelector(`template[data-of=${tool.dataset.tool}]`).content.cloneNode(true);
  const form = made.querySelector("form");
  for (const [element, name] of addresses(made)) {
    element.setAttribute(name, element.getAttribute(name).replace("/segments/0/", `/segments/${row.id.slice(1)}/`));
  }
  for (const field of form.querySelectorAll("[name=shown], [name=text]")) {
    field.value = row.querySelector("[data-text]").textContent;
  }
  tool.lastElementChild.replaceWith(made);
  if (checkOf(form)) checkSoon(form, 0);
}

const addresses = (part) =>
  ["action", "formaction"].flatMap((name) =>
    [...part.querySelectorAll(`[${name}]`)].map((element) => [element, name]),
  );

// --- checking -----------------------------------------------------------------------------------

function stop(form) {
  running.get(form)?.();
  running.delete(form);
}

function checkSoon(form, pause = PAUSE) {
  stop(form);
  const control = new AbortController();
  const timer = setTimeout(check, pause, form, control.signal);
  running.set(form, () => (clearTimeout(timer), control.abort()));
}

async function check(form, signal) {
  const verdict = form.querySelector("[data-verdict]");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await post(checkOf(form).formAction, form, "application/json", { signal });
    if (isSignedOut(answer)) throw new SignedOut();
    showCheck(form, verdict, await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") verdict.textContent = told.dataset[reason(error)];
  } finally {
    if (!signal.aborted) form.removeAttribute("aria-busy");
  }
}

function showCheck(form, verdict, found) {
  verdict.textContent = found.verdict;
  verdict.classList.toggle("blocking", !("row" in found) || found.stale || found.blocking > 0);
  const result = form.querySelector("[data-result]");
  if (!saidOfSaved.has(form)) saidOfSaved.set(form, result.innerHTML);
  result.innerHTML = found.row ?? "";
}

const reason = (error) => (error instanceof SignedOut ? "signedOut" : "unreachable");

// --- saving and undoing -------------------------------------------------------------------------

async function send(form, submitter) {
  const id = (submitter ?? form).closest("[data-part]").id;
  if (sending.has(id)) return;
  sending.add(id);
  stop(form);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await post(addressOf(form, submitter), form, "text/html", { submitter });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById(id)) throw isSignedOut(answer) ? new SignedOut() : new Error();
    place(page, id);
    arrive(document.getElementById(id), answer.ok, form);
    // A refusal stands in the row itself, as an alert.
    tell(answer.ok ? form.dataset.send : "", SHOWN);
  } catch (error) {
    tell(reason(error));
  } finally {
    sending.delete(id);
    form.removeAttribute("aria-busy");
  }
}

/** Takes over every part of `page` that differs; the row `id` as it is, others with what is typed. */
function place(page, id) {
  for (const old of desk.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh || (old.id !== id && plain(old) === plain(fresh))) continue;
    if (old.id !== id) keepTyped(old, fresh);
    old.replaceWith(fresh);
  }
}

const NOT_OF_THE_ROW =
  "[name=csrfmiddlewaretoken], [data-result], [data-verdict], [data-tool] > :not(summary)";

/** A part as the server wrote it: without tokens, what is open, and what a check has said. */
function plain(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll(NOT_OF_THE_ROW).forEach((e) => e.remove());
  copy.querySelectorAll("details").forEach((e) => e.removeAttribute("open"));
  return copy.innerHTML;
}

/** Words that nobody has saved outlive the part that they were typed into. */
function keepTyped(old, fresh) {
  const editor = old.querySelector(".editor");
  const form = editor?.querySelector("form");
  if (form && isDirty(form)) {
    // With the text that its writer saw: saving it over another one is refused, and both are shown.
    const place = fresh.querySelector(".editor");
    if (place) place.replaceWith(editor);
    else fresh.lastElementChild.append(editor);
  }
  const reasons = [...fresh.querySelectorAll("[name=reason]")];
  old.querySelectorAll("[name=reason]").forEach((field, n) => {
    if (reasons[n]) reasons[n].value = field.value;
  });
}

/** Where the person goes on: at the next sentence, or in this row if it is not done. */
function arrive(row, done, form) {
  const next = row.nextElementSibling;
  if (done && next && form.matches(".judge")) return begin(next, next);
  if (done && next && "next" in form.dataset) return begin(next, next.querySelector("textarea"));
  const conflict = !done && row.querySelector("textarea");
  (conflict || row.querySelector("summary, textarea"))?.focus({ preventScroll: true });
  (row.querySelector(".error") ?? row).scrollIntoView({ block: "nearest" });
}

function begin(row, place) {
  row.tabIndex = -1;
  (place ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

// --- leaving ------------------------------------------------------------------------------------

function cancel(form) {
  stop(form);
  const row = form.closest("[data-part]");
  form.text.value = form.shown.value;
  form.querySelector("[data-verdict]").textContent = "";
  row.querySelectorAll(".conflict, .error").forEach((e) => e.remove());
  if (saidOfSaved.has(form)) form.querySelector("[data-result]").innerHTML = saidOfSaved.get(form);
  const editor = form.closest("details");
  if (!editor) return begin(row);
  editor.open = false;
  editor.querySelector("summary").focus();
}

// --- events -------------------------------------------------------------------------------------

desk.addEventListener("input", (event) => {
  if (event.target.name === "text") checkSoon(event.target.form);
});

desk.addEventListener("submit", (event) => {
  if (!event.target.dataset.send) return;
  event.preventDefault();
  if (event.submitter?.hasAttribute("data-check-now")) checkSoon(event.target, 0);
  else send(event.target, event.submitter);
});

desk.addEventListener("click", (event) => {
  if (!event.target.closest("[data-cancel]")) return;
  event.preventDefault();
  cancel(event.target.closest("form"));
});

desk.addEventListener("keydown", (event) => {
  const form = event.target.name === "text" && event.target.form;
  if (!form || event.isComposing) return;
  if (event.key === "Escape") cancel(form);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

// "toggle" comes a moment after the opening: who goes on at once asks by "fill".
desk.addEventListener("fill", (event) => fill(event.target));
desk.addEventListener("toggle", ({ target }) => target.open && target.dataset?.tool && fill(target), true);

addEventListener("beforeunload", (event) => {
  if (editors().some(isDirty)) event.preventDefault();
});

desk.classList.add("live");
