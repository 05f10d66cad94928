"use strict";
// Which snippets are shown: those of the pressed statuses whose text has the words that are searched for.
const snippets = [...document.querySelectorAll("article")];
const sections = [...document.querySelectorAll("section")];
const toggles = [...document.querySelectorAll("button[data-toggle]")];
const search = document.querySelector("#search");
const told = document.querySelector("#told");
const texts = new WeakMap();

function text(snippet) {
  if (!texts.has(snippet)) texts.set(snippet, snippet.textContent.toLowerCase());
  return texts.get(snippet);
}

function show() {
  const pressed = new Set(toggles.filter((one) => one.ariaPressed === "true").map((one) => one.dataset.toggle));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const snippet of snippets) {
    const wanted = pressed.has(snippet.dataset.status) && words.every((word) => text(snippet).includes(word));
    snippet.hidden = !wanted;
    shown += wanted;
  }
  for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
  told.textContent = `${shown} of ${snippets.length} snippets shown`;
}

for (const one of toggles) {
  one.addEventListener("click", () => {
    one.ariaPressed = String(one.ariaPressed !== "true");
    show();
  });
}
search.addEventListener("input", show);

document.querySelector("#theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

// `j` and `k` go to the next and the one before of those that fail, `/` to the search.
function go(step) {
  const failing = snippets.filter((one) => !one.hidden && "fails" in one.dataset);
  const at = failing.indexOf(document.activeElement);
  const next = failing[at < 0 ? (step > 0 ? 0 : failing.length - 1) : at + step];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "/") {
    event.preventDefault();
    search.focus();
  }
});
show();
