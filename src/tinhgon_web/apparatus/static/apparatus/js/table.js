// The table of units: choosing rows, and filters that act at once. Without scripts the buttons do the same.

const picks = () => [...document.querySelectorAll('.pick input[name="chon"]')];
const all = document.querySelector("[data-pick-all]");
const exportButton = document.querySelector("[data-export]");

function count() {
  const chosen = picks().filter((pick) => pick.checked).length;
  exportButton.querySelector("[data-all]").hidden = chosen > 0;
  exportButton.querySelector("[data-some]").hidden = chosen === 0;
  exportButton.querySelector("[data-count]").textContent = String(chosen);
  if (!all) return;
  all.checked = chosen > 0 && chosen === picks().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

let last = null;
document.querySelector(".units")?.addEventListener("click", (event) => {
  const pick = event.target.closest('.pick input[name="chon"]');
  if (!pick) return;
  const rows = picks();
  if (event.shiftKey && last) {
    const [from, to] = [rows.indexOf(last), rows.indexOf(pick)].sort((one, other) => one - other);
    for (const row of rows.slice(from, to + 1)) row.checked = pick.checked;
  }
  last = pick;
  count();
});
all?.addEventListener("change", () => {
  for (const pick of picks()) pick.checked = all.checked;
  count();
});
if (exportButton) count();

// Empty fields do not lengthen the address.
const form = document.getElementById("loc");
form.addEventListener("formdata", ({ formData }) => {
  const usual = [...form.querySelectorAll('[name="cot"]')].map((box) => [box.value, box.defaultChecked, box.checked]);
  for (const [name, value] of [...formData.entries()]) if (value === "") formData.delete(name);
  const had = new URLSearchParams(location.search).has("cot");
  if (!had && usual.every(([, before, now]) => before === now)) formData.delete("cot");
});
for (const field of form.querySelectorAll("[data-send]")) field.addEventListener("change", () => form.requestSubmit());

// One sheet open at a time; Escape and a click elsewhere close it.
const drops = [...document.querySelectorAll("[data-drop]")];
document.addEventListener("click", (event) => {
  for (const drop of drops) if (drop.open && !drop.contains(event.target)) drop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of drops.filter((one) => one.open)) {
    drop.open = false;
    drop.querySelector("summary").focus();
  }
});
