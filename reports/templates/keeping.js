// What this browser remembers; a browser that remembers nothing is no error.

function kept(name, otherwise) {
  try {
    const text = localStorage.getItem("health-claim-auditor:" + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** True where it was kept. */
function keep(name, value) {
  try {
    localStorage.setItem("health-claim-auditor:" + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function find(selector, within = document) {
  return within.querySelector(selector);
}

function all(selector, within = document) {
  return [...within.querySelectorAll(selector)];
}

function made(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
