// How things stand, said above the text field: no connection, the session's end, a question before all is cleared.

import { button, element } from "./dom.js";
import { callList, standingCalls } from "./calls.js";

/**
 * @typedef {object} Notice
 * @property {string} key what it is; a notice with another key is another notice, and is spoken
 * @property {string} text
 * @property {any[]} [calls]
 * @property {Node[]} [buttons]
 * @property {boolean} [isStrong]
 */

/** Shows at most one notice, the most important. */
export class Notices {
  /** @param {{conversation: import("./conversation.js").Conversation, texts: any, announcer: import("./announcer.js").Announcer}} parts */
  constructor({ conversation, texts, announcer }) {
    Object.assign(this, { conversation, texts, announcer });
    this.view = element("div", { class: "notices" });
    this.shown = { key: "", text: "" };
    this.question = null;
  }

  /** Asks before something that cannot be taken back. The safe answer has the focus. */
  ask(text, { yes, onYes, no, onNo }) {
    const answer = (then) => () => {
      this.question = null;
      this.render();
      then();
    };
    const safe = button(no, answer(onNo), { class: "primary" });
    this.question = { key: "question", text, buttons: [safe, button(yes, answer(onYes), { class: "plain" })], cancel: answer(onNo) };
    this.render();
    safe.focus();
  }

  render() {
    const notice = this.question || this.current();
    const isOther = notice.key !== this.shown.key;
    if (isOther || notice.text !== this.shown.text) this.view.replaceChildren(...this.parts(notice));
    if (isOther && notice.text && notice.key !== "question") this.announcer.say(notice.text);
    if (isOther && !notice.text && this.shown.key === "away") this.announcer.say(this.texts.backOnline);
    this.shown = notice;
  }

  parts(notice) {
    if (!notice.text) return [];
    return [
      element(
        "div",
        { class: `notice ${notice.key}`, role: "group", "aria-labelledby": "notice" },
        element("p", { id: "notice" }, notice.text),
        notice.calls && callList(notice.calls),
        notice.buttons && element("div", { class: "row" }, ...notice.buttons),
      ),
    ];
  }

  /** @returns {Notice} */
  current() {
    const { conversation, texts } = this;
    const over = { ended: texts.ended, expired: texts.expired, deleted: texts.deleted }[conversation.phase];
    if (over) return { key: conversation.phase, text: over, buttons: [button(texts.startNew, () => conversation.startNew(), { class: "primary" })] };
    if (conversation.reach === "away") return this.away();
    const minutes = conversation.endsInMinutes;
    if (minutes === null) return { key: "", text: "" };
    const buttons = [button(texts.extend, () => conversation.extend(), { class: "primary" })];
    return { key: "expiring", text: texts.expiring(minutes), buttons };
  }

  away() {
    const { conversation, texts } = this;
    const text = navigator.onLine === false ? texts.offline : `${texts.unreachable} ${texts.unreachableCall}`;
    return { key: "away", text, calls: standingCalls(conversation.clinic, texts) };
  }
}
