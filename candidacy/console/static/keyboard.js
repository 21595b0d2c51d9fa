// Single keys for what staff do all day; they can be turned off (WCAG 2.1.4), and do nothing while somebody types.

const dialog = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const switched = document.getElementById("keys-on");

switched.checked = localStorage.getItem("keys") !== "off";
switched.addEventListener("change", () => localStorage.setItem("keys", switched.checked ? "on" : "off"));
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());

// In the inbox the keys go from line to line; in a conversation, to the one beside it in the inbox it was opened from.
const linksIn = () => [...document.querySelectorAll("#lines a")];
addEventListener("pagehide", () => {
  const order = linksIn().map((link) => link.pathname);
  if (order.length) sessionStorage.setItem("order", JSON.stringify(order));
});

function step(by) {
  const links = linksIn();
  if (links.length) {
    const at = links.indexOf(document.activeElement);
    return links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))].focus();
  }
  const order = JSON.parse(sessionStorage.getItem("order") ?? "[]");
  const beside = order[order.indexOf(location.pathname) + by];
  if (order.includes(location.pathname) && beside) location.assign(beside);
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
