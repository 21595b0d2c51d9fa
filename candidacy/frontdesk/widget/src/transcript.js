// The conversation as the server has it, in its order, each message once.

/** Takes messages from stream and poll alike; what is already there, or out of order, changes nothing. */
export class Transcript {
  constructor() {
    this.clear();
  }

  clear() {
    /** @type {import("./types.js").Message[]} */
    this.messages = [];
    this.clientIds = new Set();
  }

  /** The id of the last message; 0 when there is none. */
  get position() {
    return this.messages.length ? this.messages[this.messages.length - 1].id : 0;
  }

  /**
   * @param {import("./types.js").Message} message
   * @returns {"new"|"known"|"gap"} gap: messages before it are missing, so it was not taken
   */
  add(message) {
    if (message.id <= this.position) return "known";
    if (message.id > this.position + 1 && this.messages.length) return "gap";
    this.messages.push(message);
    if (message.client_id) this.clientIds.add(message.client_id);
    return "new";
  }

  /**
   * Takes the whole conversation, read from its start. Where something was deleted, its ids have gaps.
   * @param {import("./types.js").Message[]} messages
   */
  replace(messages) {
    this.clear();
    this.messages = messages;
    for (const message of messages) if (message.client_id) this.clientIds.add(message.client_id);
  }

  has(clientId) {
    return this.clientIds.has(clientId);
  }

  /** Whether the visitor's last word has no answer yet. */
  get isAwaitingReply() {
    const last = this.messages[this.messages.length - 1];
    return Boolean(last) && last.author === "visitor";
  }

  /**
   * Whether a message's buttons may still be pressed: no visitor's message came after it.
   * @param {import("./types.js").Message} message
   */
  isNewest(message) {
    return !this.messages.some((other) => other.id > message.id && other.author === "visitor");
  }
}
