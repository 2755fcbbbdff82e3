// Decisions leave the page as decisions.json and come in from files; whatever is odd is told, in the log too.

const LARGEST_FILE = 20_000_000;

function startExchange() {
  const input = find(".import-file");
  find(".export").addEventListener("click", exportDecisions);
  find(".import").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    for (const file of [...input.files]) await importFile(file);
    input.value = "";
  });
}

function exportDecisions() {
  const unfinished = record.entries.filter(isUnfinished);
  if (unfinished.length) return pointOut(unfinished);
  if (!record.entries.length) return tell("Nothing is decided yet.");
  save("decisions.json", decisionsText(record.entries));
  note(`${counted(record.entries.length, "decision")} exported as decisions.json.`);
}

function pointOut(unfinished) {
  const keys = unfinished.map(subjectOf);
  const finding = all(".finding").find((each) => keys.includes(subject(each).key));
  goTo(finding);
  prepare(finding.closest(".card"));
  find("textarea", finding).focus();
  tell(`Not exported: ${counted(unfinished.length, "false alarm")} still without a reason.`);
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function importFile(file) {
  try {
    if (file.size > LARGEST_FILE) throw new Error("is too large for a file of decisions");
    takeIn(file.name, decisionsFrom(await file.text()));
  } catch (error) {
    note(`${file.name} was not imported: ${error.message}.`);
  }
}

function takeIn(name, theirs) {
  const known = new Set([...record.findings.values()].map((subject) => subject.key));
  const ours = theirs.filter((entry) => known.has(subjectOf(entry)));
  const outcome = merged(record.entries, ours);
  const isKept = setEntries(outcome.entries);
  showDecisions();
  const strays = theirs.length - ours.length;
  note(summed(name, outcome, strays) + (isKept ? "" : " This browser keeps nothing: export before you close the page."));
  if (strays) list("On findings that are not in this report, left out", theirs.filter((entry) => !ours.includes(entry)).map(named));
  if (outcome.replaced.length) list("Decided twice by one reviewer; the later decision stands", outcome.replaced.map(changed));
  showConflicts();
}

function summed(name, outcome, strays) {
  const parts = [`${outcome.added} new`, `${outcome.same} known`];
  if (outcome.replaced.length) parts.push(`${outcome.replaced.length} changed`);
  if (strays) parts.push(`${strays} on findings of other reports`);
  return `${name}: ${parts.join(", ")}.`;
}

function showConflicts() {
  const findings = all(".finding").filter((finding) => disagree(decisionsOn(finding)));
  if (!findings.length) return;
  list("Reviewers differ", findings.map(linkTo));
  tell(`${find(".told").textContent} Reviewers differ on ${counted(findings.length, "finding")}.`);
}

function linkTo(finding) {
  const link = made("a", `card ${find(".chip", finding.closest(".card")).textContent}, ${finding.dataset.rule}`);
  link.href = "#" + finding.id;
  const line = decisionsOn(finding).map((entry) => `${entry.reviewer}: ${DECISIONS[entry.decision]}`);
  const item = made("span", "");
  item.append(link, " – ", made("bdi", line.join("; ")));
  return item;
}

function named(entry) {
  return made("bdi", `${entry.reviewer}: ${DECISIONS[entry.decision]}, ${entry.rule}, “${entry.quote.slice(0, 80)}”`);
}

function changed({ stands, gone }) {
  const said = (entry) => `${DECISIONS[entry.decision]} (${entry.decided_at.slice(0, 10)})`;
  return made("bdi", `${stands.reviewer}, ${stands.rule}: ${said(gone)} gives way to ${said(stands)}`);
}

function note(message) {
  tell(message);
  for (const log of all(".events")) log.append(made("p", `${new Date().toTimeString().slice(0, 5)} ${message}`));
}

function list(title, items) {
  for (const [index, log] of all(".events").entries()) {
    const lines = made("ul", "");
    for (const item of items) {
      const line = made("li", "");
      line.append(index ? item.cloneNode(true) : item);
      lines.append(line);
    }
    log.append(made("p", title + ":"), lines);
  }
}

function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
