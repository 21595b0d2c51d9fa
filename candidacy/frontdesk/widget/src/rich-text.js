// A message's plain text as paragraphs and lists, with its telephone numbers and addresses as links.

import { element } from "./dom.js";
import { languageOf } from "./texts.js";

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;
const SAFE_HREF = /^(tel:[+\d][\d.\-()*#;=a-z+]*|https?:\/\/.+)$/i;
const LIST_ITEM = /^\s*[-•*]\s+/;

/**
 * @param {string} text
 * @param {import("./types.js").Link[]} links
 * @param {{newTab: string}} words
 * @returns {Node[]}
 */
export function richText(text, links, words) {
  return blocksOf(text).map((block) => {
    const lang = languageOf(block.lines.join(" "));
    if (block.isList) {
      return element("ul", { lang }, ...block.lines.map((line) => element("li", {}, ...linked(line, links, words))));
    }
    return element("p", { lang }, ...block.lines.flatMap((line, index) => [index > 0 && element("br"), ...linked(line, links, words)]));
  });
}

/** Paragraphs and lists: what stands between empty lines, and runs of lines that begin like list items. */
function blocksOf(text) {
  const blocks = [];
  let open = null;
  for (const line of text.split("\n")) {
    const isList = LIST_ITEM.test(line);
    if (!line.trim()) {
      open = null;
      continue;
    }
    if (!open || open.isList !== isList) blocks.push((open = { isList, lines: [] }));
    open.lines.push(line.replace(LIST_ITEM, "").trim());
  }
  return blocks;
}

/** A line as texts and links. */
function linked(line, links, words) {
  const parts = [];
  let end = 0;
  for (const { start, text, href } of linksIn(line, links)) {
    if (start < end) continue;
    parts.push(line.slice(end, start), linkTo(text, href, words));
    end = start + text.length;
  }
  return [...parts, line.slice(end)].filter((part) => part !== "");
}

function linksIn(line, links) {
  const found = [...line.matchAll(ADDRESS)].map((match) => ({ start: match.index, text: match[0], href: match[0] }));
  for (const { text, href } of links) {
    if (!SAFE_HREF.test(href) || !text) continue;
    for (let start = line.indexOf(text); start >= 0; start = line.indexOf(text, start + text.length)) {
      if (!isInsideWord(line, start, start + text.length)) found.push({ start, text, href });
    }
  }
  return found.sort((one, other) => one.start - other.start || other.text.length - one.text.length);
}

/** 911 in 19110 is no number to call. */
function isInsideWord(line, start, end) {
  return /[\p{L}\p{N}]/u.test(line[start - 1] || "") || /[\p{L}\p{N}]/u.test(line[end] || "");
}

function linkTo(text, href, words) {
  if (href.startsWith("tel:")) return element("a", { href }, text);
  const hint = element("span", { class: "unseen" }, ` ${words.newTab}`);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text, hint);
}

/** Whether an address may be put into a link. */
export function isSafeHref(href) {
  return SAFE_HREF.test(href);
}
