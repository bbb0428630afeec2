// Short words about what was done, with a way to take it back. `toast("Saved", { undo: () => … })`.

const place = document.getElementById("toasts");
const STAYS = 6000;

function dress(card) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.setAttribute("aria-label", place.dataset.closeWord);
  close.textContent = "×";
  close.addEventListener("click", () => card.remove());
  card.append(close);
  let timer = setTimeout(() => card.remove(), STAYS);
  // Whoever reads or aims at it is given time.
  for (const event of ["pointerenter", "focusin"]) card.addEventListener(event, () => clearTimeout(timer));
  for (const event of ["pointerleave", "focusout"]) {
    card.addEventListener(event, () => { timer = setTimeout(() => card.remove(), STAYS); });
  }
}

export function toast(words, { undo, undoWord, kind = "" } = {}) {
  const card = document.createElement("div");
  card.className = `toast ${kind}`;
  card.append(words);
  if (undo) {
    const back = document.createElement("button");
    back.type = "button";
    back.textContent = undoWord;
    back.addEventListener("click", () => { undo(); card.remove(); });
    card.append(back);
  }
  place.append(card);
  dress(card);
  return card;
}

document.addEventListener("click", (event) => {
  const say = event.target.closest("[data-say]");
  if (say) toast(say.dataset.say, { kind: say.dataset.sayKind, undoWord: say.dataset.sayUndo, undo: say.dataset.sayUndo && (() => {}) });
});
document.addEventListener("toast", (event) => toast(event.detail.words, event.detail));
