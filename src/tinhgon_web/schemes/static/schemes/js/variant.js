// The page of a variant works without this; it adds choosing on the map, and undo by key.

const move = document.querySelector("[data-move]");

// First click: the unit to move; second: the one it joins. A third begins anew.
function choose(unit) {
  const [one, other] = [move.elements.unit, move.elements.to];
  if (!one.value || (one.value && other.value)) [one.value, other.value] = [unit, ""];
  else if (one.value !== unit) other.value = unit;
  light();
  if (one.value && other.value) move.querySelector("button.main").focus();
}

function light() {
  const picked = new Set([move?.elements.unit.value, move?.elements.to.value]);
  for (const area of document.querySelectorAll(".scheme-map .area")) {
    area.classList.toggle("picked", picked.has(area.dataset.unit));
  }
}

document.addEventListener("click", (event) => {
  const area = event.target.closest(".scheme-map .area");
  if (!area) return;
  event.preventDefault();
  if (move) choose(area.dataset.unit);
  const group = [...document.querySelectorAll(".group")].find((one) => one.dataset.units.split(" ").includes(area.dataset.unit));
  for (const one of document.querySelectorAll(".group.lit")) one.classList.remove("lit");
  group?.classList.add("lit");
  group?.scrollIntoView({ block: "nearest" });
});

move?.addEventListener("change", light);

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input, textarea")) return;
  const button = document.querySelector(event.shiftKey ? "[data-redo]" : "[data-undo]");
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});
