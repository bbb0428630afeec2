// The movable map. The server's drawing stays where there is no WebGL, and for print; both use the legend's classes.

const frame = document.querySelector("[data-map]");
const tip = frame.querySelector("[data-tip]");
const drawing = frame.querySelector("svg.map");
const items = new Map([...document.querySelectorAll("[data-places] li[data-unit]")].map((item) => [item.dataset.unit, item]));
const areas = new Map([...(drawing?.querySelectorAll(".area") ?? [])].map((area) => [area.dataset.unit, area]));
const hidden = new Set();
let show = () => {};
let mark = (unit, on) => areas.get(unit)?.classList.toggle("lit", on);
let lit = null;

// One unit is lit at a time, on the map and in the list, whichever is pointed at.
function light(unit, scroll = false) {
  if (unit === lit) return;
  if (lit) {
    mark(lit, false);
    items.get(lit)?.classList.remove("lit");
  }
  lit = unit;
  tip.hidden = !unit;
  if (!unit) return;
  mark(unit, true);
  const item = items.get(unit);
  if (!item) return;
  item.classList.add("lit");
  if (scroll) item.parentElement.scrollTo({ top: item.offsetTop - item.parentElement.offsetTop - 80 });
  const name = document.createElement("b");
  name.textContent = item.querySelector(".name").firstChild.textContent.trim();
  tip.replaceChildren(name, item.querySelector(".value").textContent);
}
const choose = (unit) => items.get(unit)?.querySelector("a").click();

for (const [unit, item] of items) {
  for (const event of ["pointerenter", "focusin"]) item.addEventListener(event, () => light(unit));
  for (const event of ["pointerleave", "focusout"]) item.addEventListener(event, () => light(null));
}
for (const [unit, area] of areas) {
  area.addEventListener("pointerenter", () => light(unit, true));
  area.addEventListener("pointerleave", () => light(null));
  area.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(unit);
  });
}

// The legend hides and shows classes everywhere.
for (const box of document.querySelectorAll("[data-class]")) {
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(box.value);
    else hidden.add(box.value);
    for (const item of items.values()) item.hidden = hidden.has(item.dataset.of);
    for (const area of areas.values()) area.classList.toggle("off", [...hidden].some((css) => area.classList.contains(css)));
    show();
  });
}
const form = document.querySelector("[data-map-form]");
for (const field of form.querySelectorAll("select, input[type=radio]")) field.addEventListener("change", () => form.requestSubmit());

// A class as an image: its ground, and its pattern in the colour of its mark, as the legend's key has them.
function pattern(css) {
  const key = getComputedStyle(document.querySelector(`[data-key="${css}"]`));
  const size = 16;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = key.backgroundColor;
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = pen.strokeStyle = key.color;
  if (["may", "grown", "gone", "none"].includes(css)) {
    pen.lineWidth = css === "none" ? 1 : 3;
    const slant = css === "none" ? -1 : 1;
    for (const at of [-size, 0, size]) {
      pen.beginPath();
      pen.moveTo(at - 4, slant > 0 ? size + 4 : -4);
      pen.lineTo(at + size + 4, slant > 0 ? -4 : size + 4);
      pen.stroke();
    }
  } else if (["new", "renamed"].includes(css)) {
    for (const [x, y] of [[4, 4], [12, 12]]) {
      pen.beginPath();
      pen.arc(x, y, 2.4, 0, 7);
      pen.fill();
    }
  }
  return pen.getImageData(0, 0, size, size);
}

// A colour of the page as WebGL takes it.
function colour(name) {
  const probe = Object.assign(document.createElement("span"), { className: "only-read" });
  document.body.append(probe);
  probe.style.color = `var(${name})`;
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(probe).color;
  pen.fillRect(0, 0, 1, 1);
  probe.remove();
  return `rgb(${[...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).join(",")})`;
}

function bounds(features) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else part.forEach(visit);
  };
  for (const feature of features) visit(feature.geometry.coordinates);
  return box;
}

function zooms(map, box) {
  const bar = Object.assign(document.createElement("div"), { className: "zooms" });
  const acts = [
    ["+", frame.dataset.in, () => map.zoomIn()],
    ["\u2212", frame.dataset.out, () => map.zoomOut()],
    ["\u2922", frame.dataset.whole, () => map.fitBounds(box, { padding: 20 })],
  ];
  for (const [sign, name, act] of acts) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: name });
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    bar.append(button);
  }
  frame.append(bar);
}

function layers(css) {
  const width = ["case", ["boolean", ["feature-state", "lit"], false], 3, 0.8];
  const line = ["case", ["boolean", ["feature-state", "lit"], false], colour("--ink"), colour("--paper")];
  const of = (type) => ["all", ["!=", ["get", "css"], "outline"], ["==", ["geometry-type"], type]];
  return [
    { id: "areas", type: "fill", source: "units", filter: of("Polygon"), paint: { "fill-pattern": ["concat", "k-", ["get", "css"]] } },
    { id: "edges", type: "line", source: "units", filter: of("Polygon"), paint: { "line-color": line, "line-width": width } },
    { id: "dots", type: "circle", source: "units", filter: of("Point"), paint: {
      "circle-radius": 6, "circle-stroke-width": 1.5, "circle-stroke-color": colour("--ink"),
      "circle-color": ["match", ["get", "css"], ...css.flatMap((one) => [one, key(one)]), colour("--surface")] } },
    { id: "outlines", type: "line", source: "units", filter: ["==", ["get", "css"], "outline"], paint: { "line-color": colour("--ink"), "line-width": 1.6 } },
  ];
}
function key(css) {
  const [red, green, blue] = pattern(css).data;
  return `rgb(${red},${green},${blue})`;
}

async function live() {
  const probe = document.createElement("canvas");
  if (!drawing || !(probe.getContext("webgl2") || probe.getContext("webgl"))) return;
  const data = await (await fetch(frame.dataset.source)).json();
  const box = bounds(data.features);
  const canvas = Object.assign(document.createElement("div"), { className: "canvas" });
  frame.append(canvas);
  frame.classList.add("live");
  maplibregl.setWorkerUrl(frame.dataset.worker);
  const map = new maplibregl.Map({
    container: canvas, bounds: box, fitBoundsOptions: { padding: 20 }, attributionControl: false, dragRotate: false,
    pitchWithRotate: false, fadeDuration: 0, maxZoom: 15,
    style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colour("--surface") } }] },
  });
  map.on("error", () => {
    frame.classList.remove("live");
    canvas.remove();
  });
  map.getCanvas().setAttribute("aria-label", drawing.getAttribute("aria-label"));
  map.on("load", () => dress(map, data, box));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
}

function dress(map, data, box) {
  const css = [...document.querySelectorAll("[data-class]")].map((one) => one.value);
  for (const one of css) map.addImage(`k-${one}`, pattern(one));
  map.addSource("units", { type: "geojson", data });
  for (const layer of layers(css)) map.addLayer(layer);
  const number = new Map(data.features.map((feature) => [feature.properties.unit, feature.id]));
  mark = (unit, on) => number.has(unit) && map.setFeatureState({ source: "units", id: number.get(unit) }, { lit: on });
  show = () => {
    const shown = ["!", ["in", ["get", "css"], ["literal", [...hidden, "outline"]]]];
    map.setFilter("areas", ["all", shown, ["==", ["geometry-type"], "Polygon"]]);
    map.setFilter("dots", ["all", shown, ["==", ["geometry-type"], "Point"]]);
  };
  const at = (event) => map.queryRenderedFeatures(event.point, { layers: ["areas", "dots"] })[0]?.properties.unit ?? null;
  map.on("mousemove", (event) => {
    const unit = at(event);
    map.getContainer().classList.toggle("on", Boolean(unit));
    light(unit, true);
  });
  map.on("mouseout", () => light(null));
  map.on("click", (event) => choose(at(event)));
  labels(map, data.features);
  zooms(map, box);
  frame.dataset.ready = "yes";
}

// Names, where they are few: as HTML, so that no letters have to be drawn into tiles.
function labels(map, features) {
  for (const label of drawing.querySelectorAll(".label")) {
    const feature = features.find((one) => one.properties.unit === label.dataset.unit);
    const [west, south, east, north] = bounds([feature]);
    const name = Object.assign(document.createElement("div"), { textContent: label.textContent });
    new maplibregl.Marker({ element: name }).setLngLat([(west + east) / 2, (south + north) / 2]).addTo(map);
  }
}

live();
