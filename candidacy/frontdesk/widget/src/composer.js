// Where the visitor writes.

import { element, setText } from "./dom.js";

/** A labelled text field and its button. Enter sends; Shift and Enter begin a line. */
export class Composer {
  /** @param {{texts: any, maxLength: () => number, onSend: (text: string) => void}} parts */
  constructor({ texts, maxLength, onSend }) {
    Object.assign(this, { texts, maxLength, onSend });
    this.error = element("p", { id: "too-long", class: "error", role: "alert", hidden: true });
    this.input = element("textarea", {
      id: "input",
      rows: 1,
      autocomplete: "off",
      enterkeyhint: "send",
      "aria-describedby": "too-long",
      onkeydown: (event) => this.sendOnEnter(event),
      oninput: () => this.check(),
    });
    this.view = element(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.submit(event) },
      element("label", { for: "input" }, texts.input),
      element("div", { class: "entry" }, this.input, element("button", { type: "submit", class: "primary" }, texts.send)),
      this.error,
    );
  }

  /** While a word is being composed (Chinese, Japanese, …), Enter belongs to that. */
  sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text || !this.check()) return;
    this.input.value = "";
    this.onSend(text);
  }

  /** A text that is too long stays, and what to do is said. */
  check() {
    // Counted as the server counts: characters, not UTF-16 units.
    const isShort = [...this.input.value.trim()].length <= this.maxLength();
    this.error.hidden = isShort;
    setText(this.error, isShort ? "" : this.texts.tooLong(this.maxLength()));
    this.input.setAttribute("aria-invalid", String(!isShort));
    return isShort;
  }
}
