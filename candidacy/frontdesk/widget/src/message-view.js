// One message as it is shown: the server's, one that still waits to be sent, or words that came with a refusal.

import { button, element } from "./dom.js";
import { callList, callsOf } from "./calls.js";
import { richText } from "./rich-text.js";

const DANGER = ["emergency", "crisis", "urgent"];

/** @param {{kind?: string|null}} message */
export function isDanger(message) {
  return DANGER.includes(message.kind || "");
}

/**
 * A message of the server's.
 * @param {import("./types.js").Message} message
 * @param {{texts: any, isLive: boolean, onPress: (pressed: import("./types.js").Button) => void}} around
 */
export function messageView(message, { texts, isLive, onPress }) {
  const isOwn = message.author === "visitor";
  return element(
    "li",
    { class: `message ${isOwn ? "own" : message.author} ${isDanger(message) ? "alarm" : ""}` },
    element("p", { class: "author" }, isDanger(message) ? `${texts[message.author]}: ${texts.danger}` : texts[message.author]),
    isDanger(message) && callList(callsOf(message.links, texts)),
    element("div", { class: "bubble" }, ...(isOwn ? plain(message.text) : richText(message.text, message.links, texts))),
    message.buttons.length > 0 && choices(message, isLive, onPress),
  );
}

/** The visitor's own words are shown as they were typed. */
function plain(text) {
  return [element("p", { class: "typed" }, text)];
}

function choices(message, isLive, onPress) {
  const list = message.buttons.map((choice) =>
    element("li", {}, button(choice.title, () => onPress(choice), { class: "choice", disabled: !(isLive && choice.live), "data-choice": choice.id })),
  );
  return element("ul", { class: "choices", lang: "en", role: "list" }, ...list);
}

/**
 * A message that waits to be sent, or was not.
 * @param {import("./types.js").Waiting} message
 * @param {{texts: any, status: string, isTroubled: boolean, calls: any[], onRetry: () => void, onDiscard: () => void}} around
 */
export function waitingView(message, { texts, status, isTroubled, calls, onRetry, onDiscard }) {
  const { draft } = message;
  return element(
    "li",
    { class: "message own waiting" },
    element("p", { class: "author" }, texts.visitor),
    element("div", { class: "bubble" }, ...plain("text" in draft ? draft.text : draft.title)),
    element("p", { class: "status" }, status),
    isTroubled &&
      element(
        "div",
        { class: "row" },
        button(texts.retry, onRetry, { class: "plain", "data-retry": message.client_id }),
        button(texts.remove, onDiscard, { class: "plain" }),
      ),
    isTroubled && calls.length > 0 && callList(calls),
  );
}

/** @param {import("./types.js").Advice} advice */
export function adviceView(advice, texts) {
  return messageView({ id: 0, author: "assistant", at: "", buttons: [], client_id: null, ...advice }, { texts, isLive: false, onPress: () => {} });
}
