// Deciding on a finding in the page: buttons, note, last day; what others decided stands below.

function startDeciding() {
  const name = find("input[name=reviewer]");
  name.value = kept("reviewer", "");
  name.addEventListener("input", () => {
    keep("reviewer", reviewer());
    showDecisions();
  });
  document.addEventListener("toggle", (event) => event.target.matches?.(".card[open]") && prepare(event.target), true);
  for (const card of all(".card[open]")) prepare(card);
  showDecisions();
}

/** Forms are made when a card is opened: a thousand of them at once would keep the reader waiting. */
function prepare(card) {
  for (const finding of all(".finding", card)) {
    if (find(".deciding", finding)) continue;
    const form = document.importNode(find("#deciding").content, true);
    find(".deciding", form).setAttribute("aria-label", "Decision on " + finding.dataset.rule);
    for (const button of all("button", form)) button.addEventListener("click", () => decide(finding, button.value));
    find("textarea", form).addEventListener("input", (event) => amend(finding, { note: event.target.value.trim() }));
    find("input", form).addEventListener("change", (event) => amend(finding, { expires: event.target.value || null }));
    finding.append(form);
    showOn(finding);
  }
}

/** The same decision once more takes it back. */
function decide(finding, decision) {
  if (!reviewer()) return askForName();
  const before = mine(finding);
  const entry = before?.decision === decision ? null : newEntry(finding, decision, before);
  prepare(finding.closest(".card"));
  change(before, entry);
  if (!entry) tell("Decision taken back.");
  else if (isUnfinished(entry)) askForReason(finding);
  else tell(`Decided: ${DECISIONS[decision]}.`);
}

function amend(finding, news) {
  const before = mine(finding);
  if (before) change(before, { ...before, ...news, decided_at: new Date().toISOString() });
}

function change(before, after) {
  const others = record.entries.filter((entry) => entry !== before);
  const isKept = setEntries(after ? [...others, after] : others);
  if (!isKept) tell("This browser keeps nothing: export your decisions before you close the page.");
  showDecisions(subjectOf(after ?? before));
}

function askForName() {
  tell("Say who you are first: decisions carry the reviewer’s name.");
  find("input[name=reviewer]").focus();
}

function askForReason(finding) {
  tell("A false alarm needs its reason.");
  find("textarea", finding).focus();
}

function tell(message) {
  find(".told").textContent = message;
}

/** Shows what was decided, on the findings of one subject or on all. */
function showDecisions(key) {
  const findings = all(".finding");
  const changed = key ? findings.filter((finding) => subject(finding).key === key) : findings;
  changed.forEach(showOn);
  new Set(changed.map((finding) => finding.closest(".card"))).forEach(showOnCard);
  const decided = findings.filter(mine).length;
  find(".progress").textContent = `${decided} of ${findings.length} decided`;
  document.dispatchEvent(new CustomEvent("decided"));
}

function showOn(finding) {
  const own = mine(finding);
  const form = find(".deciding", finding);
  if (!form) return;
  for (const button of all("button", form)) button.setAttribute("aria-pressed", button.value === own?.decision);
  find(".more", form).hidden = !own;
  find(".ask", form).textContent = own?.decision === "false-alarm" ? "Reason (needed)" : "Note";
  fill(find("textarea", form), own?.note ?? "");
  fill(find("input", form), own?.expires ?? "");
  find(".others", form).replaceChildren(...decisionsOn(finding).map((entry) => told(entry, entry === own)));
}

function fill(field, value) {
  if (field !== document.activeElement || !value) field.value = value;
}

/** One's own decision is told on paper only: on the screen the buttons tell it. */
function told(entry, isOwn) {
  const line = made("li", "", isOwn ? "own" : "");
  const until = entry.expires ? ` (until ${entry.expires})` : "";
  line.append(made("bdi", entry.reviewer), `: ${DECISIONS[entry.decision]}${until} `);
  if (entry.note) line.append(made("bdi", `“${entry.note}” `));
  line.append(made("span", entry.decided_at.slice(0, 10), "soft"));
  return line;
}

function showOnCard(card) {
  const words = all(".finding", card).map(stateOf).filter(Boolean);
  find(".decided", card)?.remove();
  if (!words.length) return;
  const state = new Set(words).size === 1 ? words[0] : `${words.length} decided`;
  find("summary", card).append(made("span", words.includes("reviewers differ") ? "reviewers differ" : state, "decided"));
}

function stateOf(finding) {
  const entries = decisionsOn(finding);
  if (!entries.length) return "";
  return disagree(entries) ? "reviewers differ" : DECISIONS[entries[0].decision];
}
