// What is there while the chat is closed: the button that opens it, and danger advice that came meanwhile.

import { button, element, setText } from "./dom.js";
import { callList, callsOf } from "./calls.js";
import { richText } from "./rich-text.js";

/** A button with the number of unread messages in its name. */
export class Launcher {
  /** @param {{texts: any, onOpen: () => void}} parts */
  constructor({ texts, onOpen }) {
    this.texts = texts;
    this.onOpen = onOpen;
    this.title = element("span", {}, texts.launcher);
    this.badge = element("span", { class: "badge", hidden: true });
    this.button = element(
      "button",
      { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: onOpen },
      this.title,
      this.badge,
    );
    this.card = element("div", { class: "card", role: "group", "aria-label": texts.danger, hidden: true });
    this.view = element("div", { class: "closed" }, this.card, this.button);
  }

  /** @param {{isOpen: boolean, isBegun: boolean, unread: number}} state */
  render({ isOpen, isBegun, unread }) {
    const count = isOpen ? 0 : unread;
    this.button.hidden = isOpen;
    setText(this.title, isBegun ? this.texts.launcherAgain : this.texts.launcher);
    this.showUnread(count);
    if (isOpen) this.hideDanger();
  }

  /** The number is seen; what it counts is in the button's name. */
  showUnread(count) {
    const number = String(count);
    const words = this.texts.unread(count);
    this.badge.hidden = count === 0;
    if (words !== this.badge.textContent) {
      this.badge.replaceChildren(number, element("span", { class: "unseen" }, words.slice(number.length)));
    }
  }

  /** The chat stays closed, but danger advice is seen all the same. */
  showDanger(message) {
    this.card.replaceChildren(
      callList(callsOf(message.links, this.texts)),
      ...richText(message.text, message.links, this.texts),
      element(
        "div",
        { class: "row" },
        button(this.texts.showDanger, this.onOpen, { class: "plain" }),
        button(this.texts.hideDanger, () => this.hideDanger(), { class: "plain" }),
      ),
    );
    this.card.hidden = false;
  }

  hideDanger() {
    if (this.card.contains(this.card.getRootNode().activeElement)) this.button.focus();
    this.card.hidden = true;
  }
}
