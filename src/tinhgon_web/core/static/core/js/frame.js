// The frame's small comforts. Every page works without them.

const panel = document.getElementById("panel");
let opener = null;

function closePanel() {
  if (panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
  opener = null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const asker = event.detail.elt;
  if (event.detail.target !== panel || panel.contains(asker)) return;
  opener?.setAttribute("aria-expanded", "false");
  opener = asker;
  opener.setAttribute("aria-expanded", "true");
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== panel) return;
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.querySelector("h2")?.focus({ preventScroll: true });
});

// When the panel cannot be filled, the link leads to the page instead.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const link = event.detail.elt.closest("a[href]");
    if (link) location.assign(link.href);
  });
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-close]")) closePanel();
  const copy = event.target.closest("[data-copy]");
  if (!copy || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(copy.href);
  const word = copy.querySelector("span");
  const before = word.textContent;
  word.textContent = copy.dataset.copy;
  setTimeout(() => { word.textContent = before; }, 1600);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.querySelector("[data-find]")?.focus();
  }
});

// What scrolls sideways can be reached by keyboard; what does not is no stop on the way.
const sides = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const region of document.querySelectorAll(".scroll")) sides.observe(region);
