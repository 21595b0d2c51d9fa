// Reads the conversation: what was missed, then a stream of what comes; where no stream gets through, it asks again and again.

import { Refused } from "./api.js";
import { eventsOf } from "./event-stream.js";
import { Sleeper, waitBeforeTry } from "./patience.js";

const TICK_MS = 5_000;
const SILENT_MS = 45_000; // The server pings every 15 s.
const ASLEEP_MS = 20_000; // A tick that is so late: the machine slept, and the connection is likely dead.
const LATE_MS = 4_000; // A stored message that the stream has not shown by then: something holds the stream back.
const POLL_SOON_MS = 2_000;
const POLL_MS = 8_000;
const STREAM_TRIES = 2;

/**
 * @typedef {object} Hearing what the listener tells
 * @property {(messages: import("./types.js").Message[], isWhole: boolean) => boolean} onMessages false: some are missing
 * @property {(working: boolean) => void} onWorking
 * @property {(state: "expired"|"ended") => void} onSessionOver
 * @property {() => void} onReached the server answered
 * @property {(error: Error) => void} onFailed
 */

/** Runs until it is stopped; a break of any kind is followed by another try from the last message on. */
export class Listener {
  /**
   * @param {{api: import("./api.js").Api, token: string, clock: any, chance: () => number, position: () => number,
   *   isAwaiting: () => boolean, hearing: Hearing}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.sleeper = new Sleeper(this.clock);
    this.isStopped = false;
    this.isPaused = false;
    this.isRestarting = false;
    this.failures = 0;
    this.streamFailures = 0;
    this.isStreamHeld = false;
    this.expected = 0;
    this.stream = null;
  }

  /** Whether streams have proved useless here. */
  get isPolling() {
    return this.isStreamHeld || this.streamFailures >= STREAM_TRIES;
  }

  async run() {
    while (!this.isStopped) {
      try {
        if (!this.isPaused) await this.listenOnce();
        if (this.isPaused) await this.sleeper.sleep(POLL_MS);
      } catch (error) {
        if (this.isStopped) return;
        this.failures += 1;
        this.hearing.onFailed(error);
        const asked = error instanceof Refused ? error.retrySeconds * 1_000 : 0;
        await this.sleeper.sleep(Math.max(asked, waitBeforeTry(this.failures, this.chance())));
      }
    }
  }

  stop() {
    this.isStopped = true;
    this.restart();
  }

  /** While nobody looks there is no stream: browsers allow few connections to a server at once. */
  pause() {
    this.isPaused = true;
    this.restart();
  }

  /** Looks now: the network is back, the machine woke, or somebody looks again. */
  restart() {
    this.isRestarting = true;
    if (this.stream) this.stream.abort();
    this.sleeper.wake();
  }

  resume() {
    this.isPaused = false;
    this.restart();
  }

  /** A message was stored; the stream should show it soon. @param {number} id */
  expect(id) {
    this.expected = Math.max(this.expected, id);
    this.clock.setTimeout(() => this.distrustStreamIfLate(), LATE_MS);
    if (this.isPolling) this.sleeper.wake();
  }

  async listenOnce() {
    this.isRestarting = false;
    await this.catchUp();
    this.failures = 0;
    if (this.isStopped || this.isPaused) return;
    if (this.isPolling) await this.sleeper.sleep(this.isAwaiting() ? POLL_SOON_MS : POLL_MS);
    else await this.readStream();
  }

  async catchUp() {
    const start = this.position();
    const messages = await this.pagesAfter(start);
    this.hearing.onReached();
    if (!this.hearing.onMessages(messages, start === 0)) await this.readAll();
  }

  /** Something was deleted meanwhile: what is shown is read anew. */
  async readAll() {
    this.hearing.onMessages(await this.pagesAfter(0), true);
  }

  async pagesAfter(position) {
    const all = [];
    for (;;) {
      const { messages } = await this.api.messagesAfter(this.token, position);
      if (this.isStopped || !messages.length) return all;
      all.push(...messages);
      position = messages[messages.length - 1].id;
    }
  }

  async readStream() {
    const began = this.clock.now();
    const stream = new AbortController();
    let heard = null;
    const watch = this.watch(() => heard || began, () => stream.abort());
    this.stream = stream;
    try {
      // What asked for a new look while it was caught up found no stream to end.
      if (this.isRestarting) return;
      const body = await this.api.stream(this.token, this.position(), stream.signal);
      for await (const event of eventsOf(body, () => (heard = this.clock.now()))) await this.take(event);
    } catch (error) {
      // A stream may break at any time; whether the server is away is seen by the next look.
      if (error instanceof Refused) throw error;
    } finally {
      this.clock.clearInterval(watch);
      this.stream = null;
      this.hearing.onWorking(false);
    }
    if (heard !== null) this.streamFailures = 0;
    else if (!this.isRestarting) this.streamFailures += 1;
    // A server that closes each stream at once is not asked without pause.
    const isShort = this.clock.now() - began < POLL_SOON_MS;
    if (isShort && !this.isRestarting) await this.sleeper.sleep(waitBeforeTry(1, this.chance()));
  }

  async take(event) {
    if (event.type === "working") this.hearing.onWorking(JSON.parse(event.data).working);
    else if (event.type === "session") this.hearing.onSessionOver(JSON.parse(event.data).state);
    else if (event.type === "message" && !this.hearing.onMessages([JSON.parse(event.data)], false)) await this.readAll();
  }

  /** Calls `onDead` once the stream has been silent too long, or the machine slept. */
  watch(heardAt, onDead) {
    let tick = this.clock.now();
    return this.clock.setInterval(() => {
      const now = this.clock.now();
      if (now - heardAt() > SILENT_MS || now - tick > ASLEEP_MS) onDead();
      tick = now;
    }, TICK_MS);
  }

  distrustStreamIfLate() {
    if (this.isStopped || !this.stream || this.position() >= this.expected) return;
    this.isStreamHeld = true;
    this.restart();
  }
}
