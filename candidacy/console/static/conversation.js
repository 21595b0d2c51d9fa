// A conversation while it is open: messages appear as they come, and ready replies are put where they can be read first.

import { follow } from "./live.js";

const log = document.getElementById("log");
const list = document.getElementById("messages");
const status = document.getElementById("live");
const template = document.getElementById("message-template");
const reply = document.getElementById("reply");
const canned = document.getElementById("canned");
let after = Number(list.dataset.after);

// What was understood of it, on demand: as the page's own messages have it.
function details(line) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = line.author === "visitor" ? "What was understood" : "What it was said with";
  const list = document.createElement("dl");
  for (const [name, value] of line.more) {
    const term = document.createElement("dt");
    const description = document.createElement("dd");
    term.textContent = name;
    description.textContent = value;
    list.append(term, description);
  }
  details.append(summary, list);
  return details;
}

const toNewest = () => log.scrollTo({ top: log.scrollHeight });
// Who reads something older is left there.
const isAtNewest = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

if (!document.querySelector(":target")) toNewest();

function add(line) {
  if (line.position <= after) return;
  after = line.position;
  const follows = isAtNewest();
  const item = template.content.firstElementChild.cloneNode(true);
  item.id = `m${line.position}`;
  item.classList.add(line.author);
  const about = item.querySelector('[data-part="about"]');
  for (const part of item.querySelectorAll("[data-part]")) part.textContent = line[part.dataset.part] ?? "";
  item.querySelector("time").dateTime = line.at;
  item.querySelector('[data-part="delivery"]').classList.toggle("undelivered", line.undelivered);
  if (line.more.length) about.append(details(line));
  list.append(item);
  if (follows) toNewest();
}

// How a text got on has changed since the page, or the message, came.
function deliver({ position, delivery, undelivered }) {
  const place = document.querySelector(`#m${position} [data-part="delivery"]`);
  if (!place) return;
  if (place.textContent !== delivery) place.textContent = delivery;
  place.classList.toggle("undelivered", undelivered);
  place.classList.toggle("hint", !undelivered);
}

// What may be done here has changed. The page is loaded anew where that loses nothing, and offered to be where it might.
function compare({ state, holder, alarming }) {
  const { dataset } = list;
  const same =
    state === dataset.state && String(holder ?? "") === dataset.holder && alarming === (dataset.alarming === "yes");
  if (same) return;
  const typed = [...document.querySelectorAll("textarea")].some((field) => field.value.trim());
  if (!typed && !document.querySelector("dialog[open]")) return location.reload();
  const again = document.createElement("a");
  again.href = location.pathname;
  again.textContent = "Load the page again.";
  status.replaceChildren("Who has this conversation, or its red flag, has changed. What you typed is not sent. ", again);
}

if (list.dataset.events) {
  follow(() => `${list.dataset.events}?after=${after}`, { message: add, delivery: deliver, standing: compare }, status);
}

if (canned) {
  document.getElementById("canned-field").hidden = false;
  canned.addEventListener("change", () => {
    if (!canned.value) return;
    reply.value = reply.value.trim() ? `${reply.value.trimEnd()}\n${canned.value}` : canned.value;
    canned.value = "";
    reply.focus();
  });
}

// Control or Command with Enter sends, as in a mail program.
reply?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) reply.form.requestSubmit();
});
