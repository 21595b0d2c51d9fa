// The inbox while it is open: its lines are read anew whenever the server says that something has changed.

import { follow } from "./live.js";

const list = document.getElementById("lines");
const status = document.getElementById("live");
const template = document.getElementById("line-template");
const title = document.title;
const alarms = new Set();
const waiting = new Set();

// Empty fields of a filter ask for nothing, and need not stand in the address.
document.querySelector('form[action="/inbox"]').addEventListener("submit", ({ target }) => {
  for (const field of target.elements) {
    if (field.name && !field.value) field.disabled = true;
  }
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll('form[action="/inbox"] :disabled')) field.disabled = false;
});

for (const name of ["want-notices", "want-sound"]) {
  const box = document.getElementById(name);
  box.checked = localStorage.getItem(name) === "yes";
  box.addEventListener("change", async () => {
    if (box.checked && name === "want-notices" && (await Notification.requestPermission()) !== "granted") {
      box.checked = false;
      status.textContent = "The browser does not allow notifications of this page.";
    }
    localStorage.setItem(name, box.checked ? "yes" : "no");
  });
}

function beep() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 660 });
  const volume = new GainNode(context, { gain: 0.2 });
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.4);
  tone.addEventListener("ended", () => context.close());
}

// What was written is shown in the page alone: notifications may stand on a locked screen.
function call(text) {
  status.textContent = text;
  if (localStorage.getItem("want-notices") === "yes" && Notification.permission === "granted") new Notification(text);
  if (localStorage.getItem("want-sound") === "yes") beep();
}

function remember(rows, quietly) {
  for (const [seen, wanted, text] of [
    [alarms, (row) => row.alarming, "A red flag has come in."],
    [waiting, (row) => row.waiting, "Somebody waits for a person."],
  ]) {
    const now = rows.filter(wanted).map((row) => row.id);
    const isNew = now.some((id) => !seen.has(id));
    seen.clear();
    now.forEach((id) => seen.add(id));
    if (isNew && !quietly) call(text);
  }
  document.title = alarms.size ? `(${alarms.size} red) ${title}` : title;
}

function fill(line, row) {
  line.dataset.id = row.id;
  line.classList.toggle("alarming", row.alarming);
  line.classList.toggle("waiting", row.waiting);
  for (const part of line.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    if (name === "address") part.href = row.address;
    else if (part.textContent !== row[name]) part.textContent = row[name];
  }
  line.querySelector("time").dateTime = row.at;
  return line;
}

function show({ rows, older }, quietly) {
  const focused = document.activeElement;
  const lines = new Map([...list.children].map((line) => [line.dataset.id, line]));
  list.replaceChildren(
    ...rows.map((row) => fill(lines.get(row.id) ?? template.content.firstElementChild.cloneNode(true), row)),
  );
  if (list.contains(focused)) focused.focus();
  document.getElementById("empty").hidden = rows.length > 0;
  const link = document.getElementById("older");
  link.hidden = !older;
  if (older) link.href = older;
  remember(rows, quietly);
}

let reading = false;
let again = false;
let first = true;

async function refresh() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    const response = await fetch(list.dataset.rows);
    if (!response.ok) throw new Error(response.status);
    show(await response.json(), first);
    first = false;
  } catch {
    status.textContent = "The newest could not be read. Trying again…";
    setTimeout(refresh, 3000);
  } finally {
    reading = false;
  }
  if (again) {
    again = false;
    refresh();
  }
}

if (list.dataset.rows) follow(() => "/inbox/events", { changed: refresh }, status);
