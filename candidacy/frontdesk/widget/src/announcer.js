// Speaks to screen readers. What is shown and what is spoken are kept apart, so that each reply is spoken exactly once,
// and what comes back after a reload not at all.

import { element } from "./dom.js";
import { languageOf } from "./texts.js";

const KEPT_MS = 20_000; // Once spoken it would only be read a second time, by whoever reads on to it.

/** Two live regions: replies wait their turn, danger does not. */
export class Announcer {
  /** @param {string} label */
  constructor(label) {
    this.log = element("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": label, class: "unseen" });
    this.alert = element("div", { role: "alert", "aria-live": "assertive", class: "unseen" });
    this.view = element("div", {}, this.log, this.alert);
  }

  /** @param {string} text */
  say(text) {
    this.speak(this.log, text);
  }

  /** @param {string} text */
  sayAtOnce(text) {
    this.speak(this.alert, text);
  }

  speak(region, text) {
    const spoken = element("p", { lang: languageOf(text) }, text);
    region.append(spoken);
    setTimeout(() => spoken.remove(), KEPT_MS);
  }

  clear() {
    this.log.replaceChildren();
    this.alert.replaceChildren();
  }
}
