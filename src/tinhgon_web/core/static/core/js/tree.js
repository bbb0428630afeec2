// The tree of units: opens in place, moves by arrow keys, and keeps its address in step with what is open.

const tree = document.querySelector("[data-tree]");
const items = () => [...tree.querySelectorAll('[role="treeitem"]')].filter((item) => !item.closest("ul[hidden]"));
const groupOf = (item) => item.querySelector(":scope > ul");
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

// With scripts the tree is one stop for the keyboard, moved through by arrows; without, each link is a stop.
function adopt(root) {
  for (const stop of root.querySelectorAll('[role="treeitem"], .row a')) stop.tabIndex = -1;
}

async function open(item, wanted) {
  if (!item.hasAttribute("aria-expanded") || isOpen(item) === wanted) return;
  const group = groupOf(item);
  if (wanted && !group.children.length) {
    await htmx.ajax("GET", item.dataset.branch, { target: group, swap: "innerHTML" });
    adopt(group);
  }
  item.setAttribute("aria-expanded", String(wanted));
  group.hidden = !wanted;
  remember();
}

// The address holds the opened units, so that a copied link and the step buttons keep them.
function remember() {
  const opened = [...tree.querySelectorAll('[aria-expanded="true"]')].map((item) => item.dataset.unit);
  const set = (url) => {
    url.searchParams.delete("mo");
    for (const unit of opened) url.searchParams.append("mo", unit);
    return url;
  };
  history.replaceState(null, "", set(new URL(location.href)));
  for (const link of document.querySelectorAll("a[data-time]")) link.href = set(new URL(link.href));
  const form = document.querySelector("[data-time-form]");
  for (const old of form.querySelectorAll('input[name="mo"]')) old.remove();
  for (const unit of opened) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "mo", value: unit });
    form.prepend(field);
  }
}

function focus(item) {
  if (!item) return;
  for (const other of tree.querySelectorAll('[role="treeitem"][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

const above = (item) => item.parentElement.closest('[role="treeitem"]');
const moves = {
  ArrowDown: (item, all) => focus(all[all.indexOf(item) + 1]),
  ArrowUp: (item, all) => focus(all[all.indexOf(item) - 1]),
  ArrowRight: (item, all) => (isOpen(item) ? focus(all[all.indexOf(item) + 1]) : open(item, true)),
  ArrowLeft: (item) => (isOpen(item) ? open(item, false) : focus(above(item))),
  Home: (item, all) => focus(all[0]),
  End: (item, all) => focus(all.at(-1)),
  Enter: (item) => item.querySelector(":scope > .row > .unit").click(),
};

// Typing goes to the next name that begins so; diacritics do not matter. Letters in quick succession add up.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
let typed = "";
let pause = 0;
function find(item, letter) {
  typed += fold(letter);
  clearTimeout(pause);
  pause = setTimeout(() => { typed = ""; }, 700);
  const all = items();
  const from = all.indexOf(item) + (typed.length === 1 ? 1 : 0);
  const rest = [...all.slice(from), ...all.slice(0, from)];
  focus(rest.find((one) => fold(one.querySelector(".unit").textContent.trim()).startsWith(typed)));
}

tree?.addEventListener("keydown", (event) => {
  const item = event.target.closest('[role="treeitem"]');
  if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
  if (moves[event.key]) {
    event.preventDefault();
    moves[event.key](item, items());
  } else if (event.key === "*") {
    for (const one of item.parentElement.children) open(one, true);
  } else if (event.key.length === 1 && !"/?[]".includes(event.key) && (typed || event.key !== " ")) {
    event.preventDefault();
    find(item, event.key);
  }
});

tree?.addEventListener("click", (event) => {
  const twisty = event.target.closest("a.twisty");
  if (!twisty || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const item = twisty.closest('[role="treeitem"]');
  focus(item);
  open(item, !isOpen(item));
});

if (tree) adopt(tree);
const first = tree?.querySelector("[aria-current]") ?? tree?.querySelector('[role="treeitem"]');
if (first) first.tabIndex = 0;
if (first?.hasAttribute("aria-current")) {
  focus(first);
  first.scrollIntoView({ block: "center" });
}
