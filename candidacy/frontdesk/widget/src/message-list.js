// The list of messages. What is already shown stays the same element, so that focus and reading place survive a change.

import { element } from "./dom.js";
import { adviceView, messageView, waitingView } from "./message-view.js";
import { standingCalls } from "./calls.js";

const NEAR_END = 80;
const TEXT_FIELD_HEIGHT = 72;

/** Shows a conversation's messages in their order. */
export class MessageList {
  /**
   * @param {{conversation: import("./conversation.js").Conversation, texts: any, onPress: (choice: import("./types.js").Button) => void}} parts
   */
  constructor({ conversation, texts, onPress }) {
    Object.assign(this, { conversation, texts, onPress });
    this.items = new Map();
    this.list = element("ol", { class: "messages", role: "list", "data-empty": texts.connecting });
    this.writing = element("p", { class: "writing", hidden: true }, texts.writing);
    this.view = element("section", { class: "log", tabindex: 0, "aria-label": texts.conversation }, this.list, this.writing);
  }

  render() {
    const wanted = this.wanted();
    this.fresh = wanted.filter(({ key }) => !this.items.has(key));
    this.removeOthers(new Set(wanted.map(({ key }) => key)));
    wanted.forEach((item, index) => this.place(item, index));
    this.writing.hidden = !this.conversation.isAnswerDue;
  }

  /**
   * After all of the panel has its new size: shows what is new, unless the reader is somewhere else in the conversation.
   * @param {boolean} wasAtEnd
   */
  settle(wasAtEnd) {
    if (this.fresh.length && (wasAtEnd || this.fresh.some(({ isUrgent }) => isUrgent))) this.scrollTo(this.fresh);
    else if (wasAtEnd) this.scrollToEnd();
    this.fresh = [];
  }

  /** What should stand in the list: a key that stays, a mark that changes when it looks different, and how to make it. */
  wanted() {
    const { transcript, waiting } = this.conversation;
    const said = transcript.messages.flatMap((message) => [this.messageItem(message), ...this.adviceItems(message.id)]);
    return [...(transcript.messages.length ? [] : this.adviceItems(0)), ...said, ...waiting.map((message) => this.waitingItem(message))];
  }

  messageItem(message) {
    const isLive = this.isLive(message);
    return {
      key: message.client_id || `message ${message.id}`,
      mark: `message ${message.id}`,
      isUrgent: message.author === "visitor" || ["emergency", "crisis", "urgent"].includes(message.kind || ""),
      make: () => messageView(message, { texts: this.texts, isLive, onPress: (choice) => this.press(message, choice) }),
      update: (view) => this.setLive(view, message, isLive),
    };
  }

  adviceItems(position) {
    return this.conversation.advice
      .filter(({ after }) => after === position)
      .map((advice) => ({
        key: `advice ${position} ${advice.text}`,
        mark: "",
        isUrgent: true,
        make: () => adviceView(advice, this.texts),
        update: () => {},
      }));
  }

  waitingItem(message) {
    const { conversation, texts } = this;
    const isTroubled = message.state === "failed" || conversation.reach === "away" || conversation.phase !== "open";
    const status = this.statusOf(message, isTroubled);
    const calls = message.state === "failed" ? standingCalls(conversation.clinic, texts).slice(0, -2) : [];
    return {
      key: message.client_id,
      mark: `waiting ${status} ${isTroubled} ${calls.length}`,
      isUrgent: true,
      make: () =>
        waitingView(message, {
          texts,
          status,
          isTroubled,
          calls,
          onRetry: () => conversation.retry(message.client_id),
          onDiscard: () => conversation.discard(message.client_id),
        }),
      update: () => {},
    };
  }

  statusOf(message, isTroubled) {
    if (message.state === "waiting") return isTroubled ? this.texts.waitingToSend : this.texts.sending;
    if (message.reason === "stale_button") return this.texts.failedStale;
    return message.reason === "message_too_long" ? this.texts.failedLong : this.texts.failed;
  }

  /** A button answers the newest question alone, and not while an answer to it is on its way. */
  isLive(message) {
    const { conversation } = this;
    const isAnswered = conversation.waiting.some(({ state }) => state === "waiting");
    return conversation.phase === "open" && !isAnswered && conversation.transcript.isNewest(message);
  }

  press(message, choice) {
    if (this.isLive(message) && choice.live) this.onPress(choice);
  }

  /** A disabled button loses the focus, so the one that was just pressed stays reachable until the focus leaves it. */
  setLive(view, message, isLive) {
    for (const shown of view.querySelectorAll("button.choice")) {
      const choice = message.buttons.find(({ id }) => id === shown.dataset.choice);
      const isOn = isLive && Boolean(choice && choice.live);
      const isFocused = shown.getRootNode().activeElement === shown;
      shown.disabled = !isOn && !isFocused;
      if (isOn) shown.removeAttribute("aria-disabled");
      else if (isFocused) {
        shown.setAttribute("aria-disabled", "true");
        shown.addEventListener("blur", () => this.setLive(view, message, this.isLive(message)), { once: true });
      }
    }
  }

  place({ key, mark, make, update }, index) {
    const known = this.items.get(key);
    if (known && known.mark === mark) update(known.view);
    else {
      const view = make();
      if (known) known.view.replaceWith(view);
      this.items.set(key, { mark, view });
    }
    const { view } = this.items.get(key);
    if (this.list.children[index] !== view) this.list.insertBefore(view, this.list.children[index] || null);
  }

  removeOthers(keys) {
    for (const [key, { view }] of this.items) {
      if (keys.has(key)) continue;
      view.remove();
      this.items.delete(key);
    }
  }

  // ------------------------------------------------------------------ where the reader is

  /** What scrolls: the list, or on a low screen everything in the panel. */
  get scroller() {
    return getComputedStyle(this.view).overflowY === "visible" ? this.view.parentElement : this.view;
  }

  isAtEnd() {
    if (!this.view.isConnected || !this.view.clientHeight) return true;
    const { scroller } = this;
    return this.endOf(scroller) - scroller.scrollTop < NEAR_END;
  }

  /** Shows the end, but never past the beginning of what is new: long replies are read from their first line. */
  scrollTo(items) {
    const { scroller } = this;
    const first = this.items.get(items[0].key).view;
    const start = scroller.scrollTop + first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop = Math.min(start - 8, this.endOf(scroller));
  }

  scrollToEnd() {
    const { scroller } = this;
    scroller.scrollTop = this.endOf(scroller);
  }

  /** How far to scroll to see the end; on a low screen the text field stands over the last lines. */
  endOf(scroller) {
    if (scroller === this.view) return scroller.scrollHeight - scroller.clientHeight;
    return this.view.offsetTop + this.view.offsetHeight - scroller.clientHeight + TEXT_FIELD_HEIGHT;
  }
}
