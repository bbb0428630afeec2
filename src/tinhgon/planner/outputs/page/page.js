"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const svg = $("map");
const home = svg.getAttribute("viewBox").split(" ").map(Number);
let view = home.slice();
let language = document.documentElement.lang;
let chosen = null;

const word = (key) => data.words[key][language === "vi" ? 0 : 1];
const number = (value) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 }).format(value);
const share = (ratio) => ratio === null ? word("waived") : number(Math.floor(ratio * 10000) / 100) + (language === "vi" ? " %" : "%");
const inWords = (pair) => pair[language === "vi" ? 0 : 1];

function element(tag, text, kind) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function band(ratio, must) {
  return must ? "must" : ratio === null || ratio >= 1 ? "meets" : "may";
}

function measured(values, bounds) {
  const table = element("table");
  data.measures.forEach((name, k) => {
    const row = table.appendChild(element("tr"));
    row.append(element("td", inWords(name)), element("td", number(values[k]), "n"));
    row.append(element("td", bounds && bounds[k] ? share(values[k] / bounds[k]) : "", "n"));
  });
  return table;
}

function tell() {
  const panel = $("panel");
  panel.replaceChildren();
  if (chosen === null) {
    panel.append(element("p", word("choose")));
    return;
  }
  const unit = data.units[chosen];
  const group = data.groups[unit.g];
  panel.append(element("h3", unit.n), element("p", [inWords(data.kinds[unit.k]), data.parents[group.p]].filter(Boolean).join(", "), "where"));
  panel.append(element("span", word(band(unit.r, unit.m)), "state"), measured(unit.v, data.bounds[unit.c]));
  panel.append(element("h3", group.u.length > 1 ? `${word("after")}: ${group.n}` : word("kept")));
  if (group.u.length > 1) {
    panel.append(element("p", `${word("seat")}: ${data.units[group.s].n}`, "where"));
    panel.append(measured(group.v, group.r === null ? null : data.bounds[group.c]));
    if (group.r === null) panel.append(element("p", word("waived_long")));
    const list = panel.appendChild(element("ul"));
    group.u.forEach((other) => list.append(element("li", data.units[other].n)));
  }
  if (unit.x) panel.append(element("p", `${word("violations")}: ${inWords(unit.x)}`, "band"));
  panel.append(element("p", word(data.proven[group.p] ? "proven" : "not_proven"), "band"));
}

function choose(unit) {
  chosen = unit;
  svg.querySelectorAll(".chosen").forEach((path) => path.classList.remove("chosen"));
  if (unit !== null) svg.querySelectorAll(`[data-u="${unit}"]`).forEach((path) => path.classList.add("chosen"));
  tell();
}

function slide() {
  const at = Number($("slider").value) / 100;
  const [x, y, width, height] = view;
  const box = svg.getBoundingClientRect();
  const seen = box.height ? Math.max(width, height * box.width / box.height) : width;
  const left = x + width / 2 - seen / 2;
  const cut = left + seen * (1 - at);
  const tall = Math.max(height, width) * 4;
  const set = (id, values) => Object.entries(values).forEach(([key, value]) => $(id).setAttribute(key, value));
  set("left-half", { x: left - seen, y: y - tall / 2, width: cut - left + seen, height: tall * 2 });
  set("right-half", { x: cut, y: y - tall / 2, width: seen * 3, height: tall * 2 });
  set("divide", { x1: cut, x2: cut, y1: y - tall, y2: y + tall });
  $("divide").style.display = at > 0 && at < 1 ? "" : "none";
  document.querySelector(".side.left").style.display = at < 1 ? "" : "none";
  document.querySelector(".side.right").style.display = at > 0 ? "" : "none";
  document.querySelectorAll("[data-show]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.show === $("slider").value)));
  // Lines grow with the zoom, so that a whole country is not drowned in them.
  const line = Math.min(2, 60 / Math.sqrt(data.units.length) * Math.sqrt(home[2] / width));
  svg.style.setProperty("--line-width", line);
  label(seen / (box.width || 1), cut);
}

function label(scale, cut) {
  const labels = $("labels");
  labels.replaceChildren();
  const size = 12 * scale;
  data.groups.forEach((group) => {
    const width = group.n.length * size * 0.62;
    if (group.u.length < 2 || !group.l || group.l[0] - width / 2 < cut || group.l[2] < width) return;
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.setAttribute("x", group.l[0]);
    text.setAttribute("y", group.l[1]);
    text.setAttribute("font-size", size);
    text.textContent = group.n;
    labels.append(text);
  });
}

function look(x, y, width, height) {
  view = [x, y, width, height];
  svg.setAttribute("viewBox", view.join(" "));
  slide();
}

function zoom(factor, px = 0.5, py = 0.5) {
  const [x, y, width, height] = view;
  const size = Math.min(Math.max(width * factor, home[2] / 60), home[2] * 1.5) / width;
  look(x + width * px * (1 - size), y + height * py * (1 - size), width * size, height * size);
}

function drag() {
  let last = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; moved = false; });
  svg.addEventListener("pointermove", (event) => {
    if (!last) return;
    const scale = Math.max(view[2] / svg.clientWidth, view[3] / svg.clientHeight);
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    last = [event.clientX, event.clientY];
    look(view[0] - dx * scale, view[1] - dy * scale, view[2], view[3]);
  });
  window.addEventListener("pointerup", () => { last = null; });
  svg.addEventListener("click", (event) => {
    const path = event.target.closest("[data-u]");
    if (!moved) choose(path ? Number(path.dataset.u) : null);
  });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
}

function show(group) {
  choose(group.s);
  if (!group.l) return;
  const [x, y, width] = group.l;
  const size = Math.max(width * 4, home[2] / 20);
  look(x - size / 2, y - size * home[3] / home[2] / 2, size, size * home[3] / home[2]);
}

function rows() {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const sought = plain($("find").value.trim());
  $("head").replaceChildren();
  const heads = [["parent"], ["new_name"], ["members"], ["seat"], ...data.measures.map(() => null), ["share"]];
  heads.forEach((head, k) => {
    const cell = element("th", head ? word(head[0]) : inWords(data.measures[k - 4]), k > 3 ? "n" : "");
    cell.scope = "col";
    $("head").append(cell);
  });
  const found = data.groups.filter((group) => group.u.length > 1 &&
    plain([data.parents[group.p], group.n, ...group.u.map((unit) => data.units[unit].n)].join(" ")).includes(sought));
  $("rows").replaceChildren(...found.slice(0, 2000).map((group) => {
    const row = element("tr");
    row.tabIndex = 0;
    row.append(element("td", data.parents[group.p]), element("td", group.n));
    row.append(element("td", group.u.map((unit) => data.units[unit].n).join(", ")), element("td", data.units[group.s].n));
    group.v.forEach((value) => row.append(element("td", number(value), "n")));
    row.append(element("td", share(group.r), "n"));
    row.addEventListener("click", () => show(group));
    row.addEventListener("keydown", (event) => { if (event.key === "Enter") show(group); });
    return row;
  }));
}

function speak() {
  document.documentElement.lang = language;
  document.querySelectorAll("[data-word]").forEach((place) => { place.textContent = word(place.dataset.word); });
  document.querySelectorAll("[data-language]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.language === language)));
  $("grounds").textContent = inWords(data.grounds);
  $("proof").textContent = inWords(data.proof);
  $("band").textContent = data.marks.map(word).join(" · ");
  $("band").hidden = !data.marks.length;
  $("figures").replaceChildren(...data.figures.map(([key, value]) => {
    const box = element("div");
    box.append(element("dt", word(key)), element("dd", typeof value === "number" ? number(value) : value));
    return box;
  }));
  rows();
  tell();
}

document.querySelectorAll("[data-language]").forEach((button) =>
  button.addEventListener("click", () => { language = button.dataset.language; speak(); }));
document.querySelectorAll("[data-show]").forEach((button) =>
  button.addEventListener("click", () => { $("slider").value = button.dataset.show; slide(); }));
$("slider").addEventListener("input", slide);
$("closer").addEventListener("click", () => zoom(1 / 1.5));
$("farther").addEventListener("click", () => zoom(1.5));
$("whole").addEventListener("click", () => look(...home));
$("find").addEventListener("input", rows);
window.addEventListener("resize", slide);
drag();
speak();
slide();
