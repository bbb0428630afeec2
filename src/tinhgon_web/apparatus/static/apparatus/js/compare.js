// Comparing two days: the tree that shows the change, and two maps under one slider.

const LASTS = 1600;
const svg = document.querySelector("[data-tree-change]");
const player = document.querySelector("[data-player]");
const still = matchMedia("(prefers-reduced-motion: reduce)");

// Each unit of the second day starts where the units that became it stood, and moves along the lines to its place.
function animations() {
  const right = Number(svg.dataset.right);
  const timing = (from, to) => ({ duration: LASTS, fill: "both", delay: 0, easing: "linear", from, to });
  const made = [];
  const play = (node, frames) => {
    const animation = node.animate(frames, timing());
    animation.pause();
    made.push(animation);
  };
  const sources = new Map();
  const links = [...svg.querySelectorAll(".link")];
  for (const link of links) {
    const into = sources.get(link.dataset.target) ?? [];
    into.push(Number(link.dataset.from) - Number(link.dataset.to));
    sources.set(link.dataset.target, into);
    play(link, [
      { strokeDasharray: "1 1", strokeDashoffset: 1, offset: 0 },
      { strokeDasharray: "1 1", strokeDashoffset: 1, offset: 0.12 },
      { strokeDasharray: "1 1", strokeDashoffset: 0, offset: 0.8, easing: "ease-out" },
      { strokeDasharray: "1 1", strokeDashoffset: 0, offset: 1 },
    ]);
  }
  for (const box of svg.querySelectorAll("a.after")) {
    const ys = sources.get(box.dataset.unit);
    if (!ys) {
      play(box, [{ opacity: 0, offset: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1, offset: 1 }]);
      continue;
    }
    // The first source carries the unit; the others come as ghosts that melt into it.
    ys.forEach((dy, index) => {
      const node = index ? box.cloneNode(true) : box;
      if (index) {
        node.classList.add("ghost");
        node.setAttribute("aria-hidden", "true");
        node.setAttribute("tabindex", "-1");
        box.before(node);
      }
      const there = `translate(${-right}px, ${dy}px)`;
      play(node, [
        { transform: there, opacity: 0, offset: 0 },
        { transform: there, opacity: 1, offset: 0.12, easing: "cubic-bezier(.5,0,.2,1)" },
        { transform: "none", opacity: 1, offset: 0.8 },
        { transform: "none", opacity: index ? 0 : 1, offset: index ? 0.86 : 1 },
        { transform: "none", opacity: index ? 0 : 1, offset: 1 },
      ]);
    });
  }
  for (const box of svg.querySelectorAll("a.before.joins, a.before.ends")) {
    play(box, [{ opacity: 1, offset: 0 }, { opacity: 1, offset: 0.2 }, { opacity: 0.45, offset: 0.8 }, { opacity: 0.45, offset: 1 }]);
  }
  return made;
}

if (svg && player && !still.matches) {
  const scrub = player.querySelector("[data-scrub]");
  let made = null;
  let running = 0;
  const ready = () => { made ??= animations(); return made; };
  const at = (share) => ready().forEach((one) => { one.currentTime = share * LASTS; });
  const stop = () => { cancelAnimationFrame(running); running = 0; };
  const end = () => {
    stop();
    made?.forEach((one) => one.cancel());
    for (const ghost of svg.querySelectorAll(".ghost")) ghost.remove();
    made = null;
    scrub.value = "1000";
  };
  scrub.addEventListener("input", () => {
    stop();
    if (scrub.value === "1000") end();
    else at(Number(scrub.value) / 1000);
  });
  player.querySelector("[data-play]").addEventListener("click", () => {
    end();
    let first = null;
    const step = (now) => {
      first ??= now;
      const share = Math.min((now - first) / LASTS, 1);
      scrub.value = String(Math.round(share * 1000));
      at(share);
      if (share < 1) running = requestAnimationFrame(step);
      else end();
    };
    running = requestAnimationFrame(step);
  });
  player.hidden = false;
}

// Two maps in one place: the slider says how much of each is seen.
const pair = document.querySelector("[data-slide]");
if (pair) {
  const slider = pair.querySelector("[data-slider]");
  pair.classList.add("slides");
  slider.hidden = false;
  const move = () => pair.style.setProperty("--at", `${slider.value}%`);
  slider.addEventListener("input", move);
  move();
}
