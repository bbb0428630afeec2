// What was typed into a form survives a lost session: it is kept in this tab when the form is sent, and put back
// when the answer was the log-in page (or the word that the form is out of date). Passwords and files are not kept.

const KEY = "draft";
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");
const isLost = document.querySelector("[data-lost]") !== null;

function typed(form) {
  const fields = [];
  for (const field of form.elements) {
    if (!field.name || ["password", "file", "submit", "button", "hidden"].includes(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") fields.push([field.name, field.value, field.checked]);
    else if (field.type === "select-multiple") fields.push([field.name, [...field.selectedOptions].map((one) => one.value)]);
    else fields.push([field.name, field.value]);
  }
  return fields;
}

function put(form, fields) {
  for (const [name, value, checked] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "hidden") continue;
      if (checked !== undefined) { if (field.value === value) field.checked = checked; }
      else if (Array.isArray(value)) { for (const one of field.options) one.selected = value.includes(one.value); }
      else field.value = value;
    }
  }
}

function formOf(draft) {
  const here = location.pathname === draft.path;
  return here && [...document.forms].find((form) => form.method === "post" && form.getAttribute("action") === draft.action);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || document.body.classList.contains("entrance")) return;
  const fields = typed(form);
  if (!fields.length) return;
  const draft = { path: location.pathname, action: form.getAttribute("action"), fields, lost: false };
  try { sessionStorage.setItem(KEY, JSON.stringify(draft)); } catch { /* too much to keep: the form is sent all the same */ }
}, true);

const draft = read();
if (draft && isLost) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...draft, lost: true }));
} else if (draft && !document.body.classList.contains("entrance")) {
  const form = draft.lost ? formOf(draft) : null;
  if (form) {
    put(form, draft.fields);
    const said = document.querySelector("template[data-put-back]");
    if (said) form.prepend(said.content.cloneNode(true));
    form.scrollIntoView({ block: "center" });
  }
  if (form || !draft.lost) sessionStorage.removeItem(KEY);
}
