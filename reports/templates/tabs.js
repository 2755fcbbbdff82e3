// Lists become tabs (ARIA tabs pattern); without this they stand one under another, and the tabs are links to them.
// A list that is not shown can still be found with the browser's own search.

function startTabs() {
  for (const sheet of all(".sheet")) {
    find(".tabs ul", sheet).setAttribute("role", "tablist");
    find(".tabs ul", sheet).setAttribute("aria-label", "Lists");
    for (const link of all(".tabs a", sheet)) startTab(link);
    for (const panel of all(".panel", sheet)) startPanel(panel);
    const first = all(".panel", sheet).find((panel) => find(".card", panel)) ?? find(".panel", sheet);
    showPanel(first);
  }
  document.addEventListener("keydown", moveBetweenTabs);
}

function startTab(link) {
  link.parentElement.setAttribute("role", "none");
  link.setAttribute("role", "tab");
  link.id = "tab-" + link.hash.slice(1);
  link.setAttribute("aria-controls", link.hash.slice(1));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    showPanel(panelOf(link));
  });
}

function startPanel(panel) {
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", "tab-" + panel.id);
  panel.addEventListener("beforematch", () => showPanel(panel));
}

function panelOf(tab) {
  return document.getElementById(tab.hash.slice(1));
}

function showPanel(panel) {
  const sheet = panel.closest(".sheet");
  for (const other of all(".panel", sheet)) {
    if (other === panel) other.removeAttribute("hidden");
    else other.setAttribute("hidden", "until-found");
  }
  for (const tab of all("[role=tab]", sheet)) {
    const chosen = panelOf(tab) === panel;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
  }
  panel.dispatchEvent(new CustomEvent("panelshown", { bubbles: true }));
}

function isShown(panel) {
  return !panel.hasAttribute("hidden");
}

function moveBetweenTabs(event) {
  const tabs = event.target.matches?.("[role=tab]") ? all("[role=tab]", event.target.closest(".tabs")) : [];
  const at = tabs.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (!tabs.length || to === undefined) return;
  event.preventDefault();
  const tab = tabs[(to + tabs.length) % tabs.length];
  showPanel(panelOf(tab));
  tab.focus();
}
