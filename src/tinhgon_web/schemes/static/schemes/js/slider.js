// Two maps in one frame: the slider says how much of each is seen. Without it both are shown.

for (const slider of document.querySelectorAll("[data-slider]")) {
  const range = slider.querySelector("[data-slide]");
  const show = () => slider.style.setProperty("--at", `${range.value}%`);
  slider.classList.add("live");
  range.value = slider.dataset.slider;
  range.addEventListener("input", show);
  show();
}
