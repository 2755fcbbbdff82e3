// The decisions on this report's findings, as this browser keeps them.

const record = { report: "", findings: new Map(), entries: [], about: new Map() };

function startRecord() {
  const data = JSON.parse(find("#data").textContent);
  record.report = data.report;
  record.findings = new Map(Object.entries(data.findings).map(([id, fields]) => [id, subjectFrom(fields, data.texts)]));
  const before = kept("decisions:" + record.report, []);
  setEntries(Array.isArray(before) ? before.filter(isKeepable) : []);
}

function subjectFrom([fingerprint, rule, input, quote], texts) {
  const subject = { fingerprint, rule, input: texts[input], quote: texts[quote] };
  return { ...subject, key: subjectOf(subject) };
}

/** A false alarm whose reason is still to be written is kept, and only not exported. */
function isKeepable(entry) {
  return faultIn(entry && { ...entry, note: entry.note || "-" }) === "";
}

/** True where this browser could keep them. */
function setEntries(entries) {
  record.entries = entries;
  record.about = new Map();
  for (const entry of entries) {
    const key = subjectOf(entry);
    record.about.set(key, [...(record.about.get(key) ?? []), entry]);
  }
  return keep("decisions:" + record.report, entries);
}

function subject(finding) {
  return record.findings.get(finding.id);
}

function decisionsOn(finding) {
  return record.about.get(subject(finding).key) ?? [];
}

function reviewer() {
  return find("input[name=reviewer]").value.trim();
}

function mine(finding) {
  return decisionsOn(finding).find((entry) => entry.reviewer === reviewer());
}

function isUnfinished(entry) {
  return entry.decision === "false-alarm" && !entry.note;
}

function newEntry(finding, decision, before) {
  const { fingerprint, rule, input, quote } = subject(finding);
  const kept = { note: before?.note ?? "", expires: before?.expires ?? null };
  const now = new Date().toISOString();
  return { fingerprint, rule, input, quote, decision, reviewer: reviewer(), decided_at: now, report: record.report, ...kept };
}
