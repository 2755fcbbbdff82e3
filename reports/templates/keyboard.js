// Single keys, which can be switched off for good (WCAG 2.1.4), and the help that lists them.

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  1: () => decideHere("confirm"),
  2: () => decideHere("false-alarm"),
  3: () => decideHere("needs-expert"),
  "/": () => find("input[name=q]").focus(),
  "?": () => find("#help").showModal(),
};

function startKeyboard() {
  const use = find("input[name=keys]");
  use.checked = kept("keys", true);
  use.addEventListener("change", () => keep("keys", use.checked));
  find(".help").addEventListener("click", () => find("#help").showModal());
  document.addEventListener("keydown", (event) => {
    if (!use.checked || isTaken(event) || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}

function isTaken(event) {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  return typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
}

/** Only on what can be seen: not on a finding that was left on another tab or filtered out. */
function decideHere(decision) {
  if (current?.matches(".finding") && visibleStops().includes(current)) decide(current, decision);
  else tell("Choose a finding first: j goes to the next one.");
}
