// A copy of the conversation for the visitor, made in their browser: as a text file, or printed.

import { element } from "./dom.js";

const PRINT_STYLE = `
  body { font: 12pt/1.45 Georgia, serif; color: #000; background: #fff; margin: 2cm; }
  h1 { font-size: 16pt; }
  article { break-inside: avoid; margin: 0 0 10pt; }
  h2 { font: bold 10pt sans-serif; margin: 0 0 2pt; }
  p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/**
 * @param {import("./types.js").Message[]} messages
 * @param {{texts: any, language: string, clinic: import("./types.js").Clinic|null}} around
 * @returns {{title: string, entries: {head: string, text: string}[]}}
 */
function copyOf(messages, { texts, language, clinic }) {
  const name = clinic ? clinic.name : texts.clinic;
  const time = (at) => new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    title: texts.transcriptTitle(name) + (clinic ? `, ${clinic.phone}` : ""),
    entries: messages.map(({ author, at, text }) => ({ head: `${texts[author]}, ${time(at)}`, text })),
  };
}

/** @returns {string} */
export function copyAsText(messages, around) {
  const { title, entries } = copyOf(messages, around);
  return [title, ...entries.map(({ head, text }) => `${head}\n${text}`)].join("\n\n") + "\n";
}

/** Hands the browser a text file to keep. */
export function download(text, fileName) {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/plain;charset=utf-8" }));
  const link = element("a", { href: address, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Prints the conversation alone: in a frame of its own, so that the page around it is left out. */
export function print(messages, around) {
  const frame = element("iframe", { title: around.texts.print, tabindex: -1, "aria-hidden": "true" });
  // Out of sight, not hidden: what is not laid out is not printed.
  Object.assign(frame.style, { position: "fixed", left: "-200vw", border: "0" });
  document.body.append(frame);
  const view = frame.contentWindow;
  const { title, entries } = copyOf(messages, around);
  const style = new view.CSSStyleSheet();
  style.replaceSync(PRINT_STYLE);
  view.document.adoptedStyleSheets = [style];
  view.document.documentElement.lang = around.language;
  view.document.title = title;
  view.document.body.append(
    element("h1", {}, title),
    ...entries.map(({ head, text }) => element("article", {}, element("h2", {}, head), element("p", {}, text))),
  );
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  view.print();
}
