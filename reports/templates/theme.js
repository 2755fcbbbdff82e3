// Colours as the system has them, or as the reader chose; set before anything is painted.

function wear(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function startTheme() {
  const choice = find("select[name=theme]");
  choice.value = document.documentElement.dataset.theme ?? "";
  choice.addEventListener("change", () => {
    wear(choice.value);
    keep("theme", choice.value);
  });
  find(".settings").hidden = false;
}

wear(kept("theme", ""));
