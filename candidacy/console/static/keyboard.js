// Single keys for what staff do all day; they can be turned off (WCAG 2.1.4), and do nothing while somebody types.

const dialog = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const switched = document.getElementById("keys-on");

switched.checked = localStorage.getItem("keys") !== "off";
switched.addEventListener("change", () => localStorage.setItem("keys", switched.checked ? "on" : "off"));
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());

function step(by) {
  const beside = document.querySelector(by > 0 ? "[data-next]" : "[data-before]");
  const links = [...document.querySelectorAll("#lines a")];
  if (beside) return beside.click();
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

const press = (id) => document.getElementById(id)?.click();

const actions = {
  j: () => step(1),
  k: () => step(-1),
  i: () => location.assign("/inbox"),
  "/": () => location.assign("/search"),
  c: () => press("claim"),
  r: () => document.getElementById("reply")?.focus(),
  e: () => press("close"),
  "?": () => dialog.showModal(),
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !switched.checked) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
