// The number of views, beside a page that may come from a cache; this visit is counted once in a session.
const shown = document.querySelector("[data-views]");

async function show() {
  const address = shown.dataset.views;
  const key = `seen ${address}`;
  const method = sessionStorage.getItem(key) ? "GET" : "POST";
  const answer = await fetch(address, { method, keepalive: true, headers: { accept: "application/json" } });
  if (!answer.ok) return;
  sessionStorage.setItem(key, "1");
  const { views } = await answer.json();
  shown.querySelector("b").textContent = views.toLocaleString(document.documentElement.lang);
  shown.hidden = false;
}

if (shown) show().catch(() => {});
