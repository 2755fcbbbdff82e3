// Filters: which cards are shown; the marks of the others fade. Kept in the address.

let isReading = false;

function startFilters() {
  const form = find(".filters");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  startReset(form, filter);
  document.addEventListener("panelshown", showCount);
  document.addEventListener("decided", () => find("select[name=decision]", form).value && filter());
  document.addEventListener("stepped", writeState);
  addEventListener("hashchange", readState);
  readState();
}

function filters() {
  return new Map(new FormData(find(".filters")));
}

function readState() {
  isReading = true;
  const { filters: wanted, at } = readAddress();
  for (const field of find(".filters").elements) if (field.name && (wanted.size || !at)) field.value = wanted.get(field.name) ?? "";
  filter();
  const element = at ? document.getElementById(at) : null;
  const panel = element?.closest(".panel");
  const card = element?.closest(".card") ?? (element?.matches(".ref") ? cardOf(element) : null);
  if (card) goTo(element.closest(".finding") ?? firstStop(card));
  else if (panel) showPanel(panel);
  isReading = false;
}

function writeState() {
  if (isReading) return;
  const finding = current?.closest(".finding") ?? current;
  writeAddress(filters(), finding?.id ?? "");
}

function filter() {
  const wanted = filters();
  for (const card of all(".card")) card.hidden = !suits(card, wanted);
  for (const mark of all("mark, a.ref")) mark.classList.toggle("is-faded", isFaded(mark));
  showCount();
  writeState();
}

function suits(card, wanted) {
  const text = wanted.get("q").trim().toLowerCase();
  if (text && !textOf(card).includes(text)) return false;
  const narrow = wanted.get("severity") || wanted.get("rule") || wanted.get("decision");
  return !narrow || all(".finding", card).some((finding) => isWanted(finding, wanted));
}

const texts = new WeakMap();

function textOf(card) {
  if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
  return texts.get(card);
}

function isWanted(finding, wanted) {
  const { severity, rule } = finding.dataset;
  const decision = wanted.get("decision");
  return (
    (!wanted.get("severity") || wanted.get("severity") === severity) &&
    (!wanted.get("rule") || wanted.get("rule") === rule) &&
    (!decision || isDecided(decisionsOn(finding), decision))
  );
}

function isDecided(entries, decision) {
  if (decision === "none") return !entries.length;
  return decision === "conflict" ? disagree(entries) : entries.some((entry) => entry.decision === decision);
}

function isFaded(mark) {
  if (mark.matches("a")) return cardOf(mark).hidden;
  const sheet = mark.closest(".sheet").id.slice("page-".length);
  return mark.dataset.cards.split(" ").every((number) => document.getElementById(`card-${sheet}-${number}`).hidden);
}

function showCount() {
  const cards = all(".panel:not([hidden]) .card");
  const shown = cards.filter((card) => !card.hidden).length;
  find(".shown").textContent = shown === cards.length ? `${shown} shown` : `${shown} of ${cards.length} shown`;
}
