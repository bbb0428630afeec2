// The command palette (Ctrl-K), the list of keys (?) and the steps in time ([ and ]).

const palette = document.getElementById("palette");
const field = palette.querySelector("input");
const list = palette.querySelector("[role=listbox]");
const none = palette.querySelector("[data-none]");
const pages = [...list.children];
let units = [];
let at = 0;
let asked = 0;

// Letters without diacritics, as the server folds names.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const matches = (option, words) => words.every((word) => fold(option.textContent).includes(word));

function show() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  const shown = [...pages.filter((page) => matches(page, words)), ...units];
  list.replaceChildren(...shown);
  none.hidden = shown.length > 0;
  choose(0);
}

function choose(index) {
  const options = [...list.children];
  at = Math.min(Math.max(index, 0), options.length - 1);
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  const option = options[at];
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

const go = (option) => option && location.assign(option.dataset.address);

function option(link, number) {
  const made = document.createElement("li");
  made.id = `don-vi-${number}`;
  made.setAttribute("role", "option");
  made.dataset.address = link.href;
  const name = document.createElement("span");
  name.textContent = link.textContent;
  const about = document.createElement("small");
  about.textContent = [...link.parentElement.querySelectorAll(".kind, .place, .code")]
    .map((part) => part.textContent.trim()).filter(Boolean).join(" · ");
  made.append(name, about);
  return made;
}

async function findUnits() {
  const mine = ++asked;
  const words = field.value.trim();
  if (words.length < 2) {
    units = [];
    return show();
  }
  const address = new URL(palette.dataset.units, location.href);
  address.searchParams.set("q", words);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (mine !== asked || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  units = [...page.querySelectorAll("li > a:first-child")].slice(0, 12).map(option);
  show();
}

function open() {
  if (palette.open) return;
  document.querySelector("dialog[open]")?.close();
  field.value = "";
  units = [];
  show();
  palette.showModal();
  field.focus();
}

let waiting = 0;
field.addEventListener("input", () => {
  show();
  clearTimeout(waiting);
  waiting = setTimeout(findUnits, 140);
});
field.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (moves[event.key]) choose(at + moves[event.key]);
  else if (event.key === "Enter") go(list.children[at]);
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
for (const dialog of document.querySelectorAll("dialog.palette")) {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

const typing = (target) => target.closest?.("input, select, textarea, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return open();
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "?") document.getElementById("keys").showModal();
  if (event.key === "[" || event.key === "]") {
    document.querySelector(event.key === "[" ? "[data-step=before]" : "[data-step=after]")?.click();
  }
});
for (const opener of document.querySelectorAll("[data-palette-open]")) opener.addEventListener("click", open);
