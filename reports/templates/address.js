// The part of the address after #: either the name of one element, or filters with `at` naming the element.

function readAddress() {
  const text = location.hash.slice(1);
  const filters = new URLSearchParams(text.includes("=") ? text : "");
  const at = text.includes("=") ? filters.get("at") ?? "" : safelyDecoded(text);
  filters.delete("at");
  return { filters, at };
}

function writeAddress(filters, at) {
  const fields = new URLSearchParams([...filters].filter(([, value]) => value));
  if (at && fields.size) fields.set("at", at);
  const text = fields.size ? fields.toString() : at;
  history.replaceState(null, "", location.pathname + location.search + (text ? "#" + text : ""));
}

function safelyDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// "Show all": empties every field and filters at once; a form's own reset does so only after its event.
function startReset(form, filter) {
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of form.elements) if (field.name) field.value = "";
    filter();
  });
}
