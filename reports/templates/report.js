// Starts the page of a report.

document.addEventListener("DOMContentLoaded", () => {
  startTheme();
  startPrinting();
  startKeyboard();
  if (!find(".tools")) return;
  find(".tools").hidden = false;
  startTabs();
  startStepping();
  startRecord();
  startDeciding();
  startExchange();
  startCopying();
  startFilters();
});
