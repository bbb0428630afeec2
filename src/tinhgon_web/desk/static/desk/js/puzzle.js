// A form's puzzle is worked out in the background while the reader types; the question is then no longer needed.
// Where a browser cannot (no crypto.subtle: an address without https), the question stays.
function start(form) {
  const puzzle = JSON.parse(form.dataset.puzzle);
  const question = form.querySelector("[data-question]");
  const told = form.querySelector("[data-working]");
  const worker = new Worker(form.dataset.worker, { type: "module" });
  told.textContent = told.dataset.working;
  question.hidden = true;
  const failed = () => { question.hidden = false; told.textContent = ""; };
  worker.addEventListener("error", failed);
  worker.addEventListener("message", ({ data }) => {
    worker.terminate();
    if (data === null) return failed();
    const { algorithm, challenge, salt, signature } = puzzle;
    form.elements.work.value = btoa(JSON.stringify({ algorithm, challenge, number: data, salt, signature }));
    told.textContent = told.dataset.worked;
    form.dataset.ready = "";
  });
  form.addEventListener("submit", (event) => {
    if (form.elements.work.value || !question.hidden) return;
    event.preventDefault(); // the work is nearly done
    worker.addEventListener("message", () => form.requestSubmit());
  });
  worker.postMessage(puzzle);
}

if (globalThis.crypto?.subtle && globalThis.Worker)
  for (const form of document.querySelectorAll("form[data-puzzle]")) start(form);
