// Sends what waits: one message at a time, in order, until the server has each. Its name for a message (client_id) makes
// a second try harmless, also from another tab.

import { Refused } from "./api.js";
import { Sleeper, waitBeforeTry } from "./patience.js";

/**
 * @typedef {object} Sending what the sender asks and tells
 * @property {() => Promise<string|null>} token of the session, which is started when there is none; null: not now
 * @property {(clientId: string) => boolean} isThere whether the server has shown the message back
 * @property {(id: number) => void} onStored
 * @property {(error: Error, message: import("./types.js").Waiting) => void} onRefused for good
 * @property {(error: Error) => void} onFailed for now
 */

/** Empties the list of waiting messages. */
export class Sender {
  /** @param {{api: import("./api.js").Api, memory: import("./memory.js").Memory, clock: any, chance: () => number, sending: Sending}} parts */
  constructor(parts) {
    Object.assign(this, parts);
    this.sleeper = new Sleeper(this.clock);
    this.stored = new Set();
    this.busy = null;
    this.failures = 0;
  }

  /** Sends all that waits; while it is at it, once is enough. */
  run() {
    this.busy = this.busy || this.sendAll().finally(() => (this.busy = null));
    return this.busy;
  }

  /** Tries again now. */
  wake() {
    this.sleeper.wake();
    return this.run();
  }

  isSending(clientId) {
    return this.current === clientId && this.failures === 0;
  }

  async sendAll() {
    for (let message = this.next(); message; message = this.next()) {
      this.current = message.client_id;
      try {
        const token = await this.sending.token();
        if (token === null) return;
        const { id } = await this.api.send(token, message.client_id, message.draft);
        this.stored.add(message.client_id);
        this.failures = 0;
        this.sending.onStored(id);
      } catch (error) {
        await this.afterFailure(error, message);
      } finally {
        this.current = null;
      }
    }
  }

  next() {
    return this.memory.waiting.find(
      ({ client_id, state }) => state === "waiting" && !this.stored.has(client_id) && !this.sending.isThere(client_id),
    );
  }

  async afterFailure(error, message) {
    if (error instanceof Refused && !error.isPassing) {
      this.failures = 0;
      this.memory.keepWaiting({ ...message, state: "failed", reason: error.reason });
      this.sending.onRefused(error, message);
      return;
    }
    this.failures += 1;
    this.sending.onFailed(error);
    const asked = error instanceof Refused ? error.retrySeconds * 1_000 : 0;
    await this.sleeper.sleep(Math.max(asked, waitBeforeTry(this.failures, this.chance())));
  }
}
