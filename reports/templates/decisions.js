// The decisions themselves: an array of entries as decisions.json has them (version 1), checked and merged. No page here.

const DECISIONS = { confirm: "confirmed", "false-alarm": "false alarm", "needs-expert": "needs expert" };
const FIELDS = ["fingerprint", "rule", "input", "quote", "decision", "reviewer", "note", "decided_at", "expires", "report"];
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** A finding is known by its fingerprint; one about a whole page shares that with other pages, and has its page too. */
function subjectOf(entry) {
  return JSON.stringify([entry.fingerprint, entry.quote ? "" : entry.input]);
}

function keyOf(entry) {
  return JSON.stringify([subjectOf(entry), entry.reviewer]);
}

/** The decisions in a text; throws an Error that names entry and field for anything else. */
function decisionsFrom(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("is not a file of decisions");
  }
  if (file?.schema_version !== "1" || !Array.isArray(file.decisions)) throw new Error("is not a file of decisions, version 1");
  const seen = new Set();
  file.decisions.forEach((entry, index) => {
    const fault = faultIn(entry) || (seen.has(keyOf(entry)) && `${entry.reviewer} decides on this finding twice`);
    if (fault) throw new Error(`decisions.${index + 1}: ${fault}`);
    seen.add(keyOf(entry));
  });
  return file.decisions.map(complete);
}

function faultIn(entry) {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return "is not an entry";
  const unknown = Object.keys(entry).find((field) => !FIELDS.includes(field));
  if (unknown) return `${unknown}: is not a field of a decision`;
  for (const field of ["fingerprint", "rule", "reviewer", "input", "quote", "decided_at"])
    if (typeof entry[field] !== "string") return `${field}: is missing or not a text`;
  for (const field of ["fingerprint", "rule", "reviewer"]) if (!entry[field].trim()) return `${field}: is empty`;
  return faultInDecision(entry);
}

function faultInDecision(entry) {
  const { decision, note = "", decided_at, expires = null, report = null } = entry;
  if (!Object.hasOwn(DECISIONS, decision)) return `decision: must be one of ${Object.keys(DECISIONS).join(", ")}`;
  if (typeof note !== "string") return "note: is not a text";
  if (decision === "false-alarm" && !note.trim()) return "note: a false alarm needs its reason";
  if (!isMoment(decided_at)) return "decided_at: is no moment with a time zone";
  if (expires !== null && !isDay(expires)) return "expires: is no day such as 2027-01-31";
  if (report !== null && typeof report !== "string") return "report: is not a text";
  return "";
}

function isMoment(text) {
  return MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

function isDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text + "T00:00Z") : new Date(NaN);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

function complete(entry) {
  return { note: "", expires: null, report: null, ...entry, reviewer: entry.reviewer.trim() };
}

/** Ours and theirs together. Where one reviewer decided twice, the later decision stands and the other is told. */
function merged(ours, theirs) {
  const entries = new Map(ours.map((entry) => [keyOf(entry), entry]));
  const outcome = { entries: [], added: 0, same: 0, replaced: [] };
  for (const entry of theirs) {
    const before = entries.get(keyOf(entry));
    const wins = !before || Date.parse(entry.decided_at) > Date.parse(before.decided_at);
    if (wins) entries.set(keyOf(entry), entry);
    if (!before) outcome.added += 1;
    else if (saysTheSame(before, entry)) outcome.same += 1;
    else outcome.replaced.push(wins ? { stands: entry, gone: before } : { stands: before, gone: entry });
  }
  outcome.entries = [...entries.values()];
  return outcome;
}

function saysTheSame(one, other) {
  return one.decision === other.decision && one.note === other.note && one.expires === other.expires;
}

function disagree(entries) {
  return new Set(entries.map((entry) => entry.decision)).size > 1;
}

function decisionsText(entries) {
  const decisions = entries.map((entry) => Object.fromEntries(FIELDS.map((field) => [field, entry[field]])));
  return JSON.stringify({ schema_version: "1", decisions }, null, 2) + "\n";
}
