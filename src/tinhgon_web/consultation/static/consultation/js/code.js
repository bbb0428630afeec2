// The code of a slip's QR stands behind the #: no server sees it until the form is sent. Put it into the field.
const field = document.getElementById("id_code");

function fill() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z-]{12,20}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button.main").focus();
}

fill();
addEventListener("hashchange", fill);
