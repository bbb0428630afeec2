// Reading tools: size of letters, contrast, print, share; chapters of a film. All remembered on this device alone.
const root = document.documentElement;
const kept = { get: (name) => localStorage.getItem(name), set: (name, value) => localStorage.setItem(name, value) };

function apply() {
  root.dataset.size = kept.get("size") ?? "0";
  root.dataset.contrast = kept.get("contrast") ?? "off";
  for (const button of document.querySelectorAll("[data-contrast][aria-pressed]"))
    button.setAttribute("aria-pressed", String(root.dataset.contrast === "on"));
}

async function share(button) {
  const address = location.href.split("#")[0];
  if (navigator.share) {
    await navigator.share({ title: document.title, url: address }).catch(() => {});
    return;
  }
  await navigator.clipboard.writeText(address);
  const words = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.size !== undefined) kept.set("size", button.dataset.size);
  else if (button.hasAttribute("data-contrast")) kept.set("contrast", root.dataset.contrast === "on" ? "off" : "on");
  else if (button.hasAttribute("data-print")) return window.print();
  else if (button.hasAttribute("data-share")) return share(button);
  else if (button.dataset.second !== undefined) {
    const film = button.closest("[data-film]").querySelector("video");
    film.currentTime = Number(button.dataset.second);
    return film.play();
  } else return;
  apply();
});

for (const tools of document.querySelectorAll("[data-reading-tools]")) tools.hidden = false;
apply();
