// The index: rows sorted by a column and filtered, both kept in the address.

document.addEventListener("DOMContentLoaded", () => {
  startTheme();
  startPrinting();
  startSorting();
  startRows();
});

const order = { column: -1, descending: false };

function startSorting() {
  all(".index thead th").forEach((heading, column) => {
    const button = made("button", heading.textContent);
    button.type = "button";
    button.addEventListener("click", () => sortBy(column, order.column === column ? !order.descending : isFigure(column)));
    heading.replaceChildren(button);
  });
}

function rows() {
  return [...find(".index tbody").rows];
}

function isFigure(column) {
  return rows()[0]?.cells[column].hasAttribute("data-sort");
}

function sortBy(column, descending) {
  if (!find(".index thead th:nth-child(" + (column + 1) + ")")) return;
  Object.assign(order, { column, descending });
  const sign = descending ? -1 : 1;
  const sorted = rows().sort((one, other) => sign * compare(one.cells[column], other.cells[column]));
  find(".index tbody").append(...sorted);
  all(".index thead th").forEach((heading, index) => {
    if (index === column) heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else heading.removeAttribute("aria-sort");
  });
  writeRows();
}

function compare(one, other) {
  if (one.hasAttribute("data-sort")) return Number(one.dataset.sort) - Number(other.dataset.sort);
  return one.textContent.localeCompare(other.textContent);
}

function startRows() {
  const form = find(".filters");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filterRows);
  startReset(form, filterRows);
  addEventListener("hashchange", readRows);
  readRows();
}

function readRows() {
  const { filters } = readAddress();
  for (const field of find(".filters").elements) if (field.name) field.value = filters.get(field.name) ?? "";
  const [column, direction] = (filters.get("sort") ?? "").split("-");
  if (/^\d+$/.test(column)) sortBy(Number(column), direction === "down");
  filterRows();
}

function writeRows() {
  const fields = new Map(new FormData(find(".filters")));
  if (order.column >= 0) fields.set("sort", `${order.column}-${order.descending ? "down" : "up"}`);
  writeAddress(fields, readAddress().at);
}

function filterRows() {
  const wanted = new Map(new FormData(find(".filters")));
  const each = rows();
  for (const row of each) row.hidden = !suits(row, wanted);
  const shown = each.filter((row) => !row.hidden).length;
  find(".shown").textContent = shown === each.length ? `${shown} pages` : `${shown} of ${each.length} pages`;
  writeRows();
}

function suits(row, wanted) {
  const text = wanted.get("q").trim().toLowerCase();
  const [errors, warnings, notes] = [3, 4, 5].map((column) => Number(row.cells[column].dataset.sort));
  const some = errors + warnings + notes > 0;
  return (
    (!text || row.textContent.toLowerCase().includes(text)) &&
    (!wanted.get("site") || row.cells[1].textContent === wanted.get("site")) &&
    ({ error: errors > 0, some, none: !some }[wanted.get("found")] ?? true)
  );
}
