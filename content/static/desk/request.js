"use strict";
// The request form: sources are found as one types. The list in the form stays what is sent, and
// is all there is where no script runs.

const list = document.querySelector("select[data-search]");
const PAUSE = 200;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class SourceSearch {
  constructor(list) {
    this.list = list;
    this.words = list.dataset;
    this.field = element("input", {
      type: "text", id: "source-search", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-controls": "source-found", autocomplete: "off", class: list.className,
    });
    this.found = element("ul", { id: "source-found", role: "listbox", "aria-label": this.words.label, hidden: "" });
    this.said = element("p", { role: "status", class: "source-said" });
    this.chosen = element("ul", { class: "source-chosen", "aria-label": this.words.chosen });
    const label = element("label", { for: "source-search" }, this.words.label);
    list.before(element("div", { class: "source-search" }, label, this.field, this.found, this.said, this.chosen));
    list.hidden = true;
    document.querySelector(`label[for="${list.id}"]`)?.setAttribute("for", "source-search");
    this.field.addEventListener("input", () => this.soon());
    this.field.addEventListener("focus", () => this.soon());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.show();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.control?.abort();
    this.control = new AbortController();
    const address = `${this.words.search}?q=${encodeURIComponent(this.field.value)}`;
    try {
      const answer = await fetch(address, { signal: this.control.signal });
      this.offer((await answer.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  offer(results) {
    this.found.replaceChildren(...results.map((one) => this.option(one)));
    this.said.textContent = results.length ? "" : this.words.none;
    this.found.hidden = !results.length;
    this.field.setAttribute("aria-expanded", String(results.length > 0));
    this.mark(-1);
  }

  option(one) {
    const about = `${one.publisher} (${one.statements}) · ${one.state}`;
    const made = element(
      "li", { role: "option", id: `source-${one.id}`, "aria-selected": "false", class: one.overdue ? "overdue" : "" },
      element("strong", {}, one.title), " ", element("span", {}, about),
    );
    made.addEventListener("mousedown", (event) => (event.preventDefault(), this.choose(one)));
    made.one = one;
    return made;
  }

  mark(place) {
    const options = [...this.found.children];
    this.place = Math.max(-1, Math.min(place, options.length - 1));
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.place)));
    const marked = options[this.place];
    if (marked) this.field.setAttribute("aria-activedescendant", marked.id);
    else this.field.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.key === "ArrowDown") this.mark(this.place + 1);
    else if (event.key === "ArrowUp") this.mark(this.place - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter") {
      const marked = this.found.children[Math.max(0, this.place)];
      if (marked && !this.found.hidden) this.choose(marked.one);
    } else return;
    event.preventDefault();
  }

  close() {
    this.found.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }

  choose(one) {
    let option = [...this.list.options].find((old) => old.value === String(one.id));
    if (!option) this.list.add((option = new Option(`${one.title} — ${one.publisher} (${one.statements})`, one.id)));
    option.selected = true;
    this.field.value = "";
    this.close();
    this.show();
  }

  show() {
    this.chosen.replaceChildren(...[...this.list.selectedOptions].map((option) => this.card(option)));
  }

  card(option) {
    const remove = element("button", { type: "button" }, this.words.remove, element("span", { class: "sr-only" }, ` ${option.text}`));
    remove.addEventListener("click", () => ((option.selected = false), this.show(), this.field.focus()));
    const body = element("div");
    const details = element("details", {}, element("summary", {}, this.words.preview), body);
    details.addEventListener("toggle", () => this.preview(option.value, body), { once: true });
    return element("li", {}, element("div", {}, element("span", {}, option.text), remove), details);
  }

  async preview(id, body) {
    const answer = await fetch(this.words.search.replace("search/", `${id}/preview/`));
    if (answer.ok) body.innerHTML = await answer.text();
  }
}

if (list) new SourceSearch(list);
