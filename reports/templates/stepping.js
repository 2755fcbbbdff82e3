// Marks and cards in step: one finding, or one claim without any, is current, and so are its card and its marks.

let current = null;

function startStepping() {
  document.addEventListener("click", (event) => {
    const way = event.target.closest("a.ref, a.back, a.anchor, mark");
    if (way && !isSelecting()) follow(event, way);
  });
  document.addEventListener("focusin", (event) => {
    const stop = stopOf(event.target);
    if (stop && stop !== current) makeCurrent(stop);
  });
}

function isSelecting() {
  return !getSelection().isCollapsed;
}

function follow(event, way) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (way.matches(".back")) goToMark(way.closest(".card"));
  else if (way.matches(".anchor")) goTo(way.closest(".finding"));
  else goTo(firstStop(cardOf(way)));
}

function cardOf(mark) {
  const sheet = mark.closest(".sheet").id.slice("page-".length);
  const number = mark.matches("a") ? mark.textContent : mark.dataset.cards.split(" ").at(-1);
  return document.getElementById(`card-${sheet}-${number}`);
}

function marksOf(card) {
  const [, sheet, number] = card.id.split("-");
  const page = document.getElementById("page-" + sheet);
  return [...all(`mark[data-cards~="${number}"]`, page), ...all(`#mark-${sheet}-${number}`, page)];
}

/** A finding stands for itself, a claim without findings for itself. */
function stopsIn(card) {
  const findings = all(".finding", card).filter((finding) => !finding.hidden);
  return findings.length ? findings : [card];
}

function firstStop(card) {
  return stopsIn(card)[0];
}

function stopOf(element) {
  const card = element.closest(".card");
  return element.closest(".finding") ?? (card && (card.contains(current) ? current : firstStop(card)));
}

function visibleStops() {
  const cards = all(".panel:not([hidden]) .card:not([hidden])");
  return cards.flatMap(stopsIn);
}

function step(by) {
  const stops = visibleStops();
  const at = stops.indexOf(current);
  const to = at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by;
  if (stops[to]) goTo(stops[to]);
}

function goTo(stop) {
  const card = stop.closest(".card");
  card.hidden = false;
  showPanel(card.closest(".panel"));
  card.open = true;
  makeCurrent(stop);
  reveal(stop);
  (stop === firstStop(card) ? find("summary", card) : stop).focus({ preventScroll: true });
}

function goToMark(card) {
  makeCurrent(firstStop(card));
  const mark = marksOf(card).at(-1);
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

function makeCurrent(stop) {
  for (const element of all(".is-current")) element.classList.remove("is-current");
  for (const element of all("[aria-current=true]")) element.removeAttribute("aria-current");
  current = stop;
  const card = stop.closest(".card");
  for (const element of [stop, card, ...marksOf(card)]) element.classList.add("is-current");
  card.setAttribute("aria-current", "true");
  document.dispatchEvent(new CustomEvent("stepped"));
}

function reveal(stop) {
  const card = stop.closest(".card");
  const besides = getComputedStyle(card.closest(".beside")).position === "sticky";
  (stop === firstStop(card) ? card : stop).scrollIntoView({ block: "start" });
  const mark = marksOf(card)[0];
  if (besides && mark) mark.scrollIntoView({ block: "center" });
}
