// A button beside each fair wording that copies it.

function startCopying() {
  document.addEventListener("toggle", (event) => event.target.matches?.(".card[open]") && addCopy(event.target), true);
  for (const card of all(".card[open]")) addCopy(card);
}

function addCopy(card) {
  const wording = find(".wording", card);
  if (!wording || find(".copy", card)) return;
  const button = made("button", "Copy", "copy");
  button.type = "button";
  button.addEventListener("click", () => copy(wording, button));
  wording.after(" ", button);
}

async function copy(wording, button) {
  try {
    await navigator.clipboard.writeText(wording.textContent);
    button.textContent = "Copied";
    tell("Fair wording copied.");
    setTimeout(() => (button.textContent = "Copy"), 2000);
  } catch {
    getSelection().selectAllChildren(wording);
    tell("This browser does not let pages copy; the wording is selected for you to copy.");
  }
}
