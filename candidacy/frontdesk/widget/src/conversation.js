// One visitor's conversation, without anything that is seen: what the server said, what waits to be sent, how things are.

import { Refused } from "./api.js";
import { Listener } from "./listener.js";
import { Sleeper, waitBeforeTry } from "./patience.js";
import { Sender } from "./sender.js";
import { SessionClock } from "./session-clock.js";
import { Transcript } from "./transcript.js";

const OTHER_TAB_MS = 3_000;

/**
 * @typedef {"none"|"open"|"ended"|"expired"|"deleted"} Phase
 * @typedef {"unknown"|"connected"|"away"} Reach whether the server answers
 */

/**
 * Emits `change` whenever there is something else to show, and `arrived` with the new messages of others; what was there
 * before the page was loaded does not arrive, it only shows.
 */
export class Conversation extends EventTarget {
  /**
   * @param {object} parts
   * @param {import("./api.js").Api} parts.api
   * @param {import("./memory.js").Memory} parts.memory
   * @param {{now: () => number, setTimeout: Function, clearTimeout: Function, setInterval: Function, clearInterval: Function}} parts.clock
   * @param {() => number} parts.chance between 0 and 1
   * @param {() => string} parts.newName a name for a message that nobody else uses
   */
  constructor({ api, memory, clock, chance, newName }) {
    super();
    Object.assign(this, { api, memory, clock, chance, newName });
    this.transcript = new Transcript();
    /** @type {Phase} */
    this.phase = memory.session ? "open" : "none";
    /** @type {Reach} */
    this.reach = "unknown";
    this.isWriting = false;
    this.isRestoring = Boolean(memory.session);
    this.sessionSeconds = 0;
    this.maxLength = 2_000;
    /** @type {(import("./types.js").Advice & {after: number})[]} words of the server's outside the transcript */
    this.advice = [];
    /** @type {import("./types.js").Clinic|null} */
    this.knownClinic = null;
    this.listener = null;
    this.starting = null;
    this.sleeper = new Sleeper(clock);
    this.sessionClock = new SessionClock({
      clock,
      onWarning: () => this.warnOfEnd(),
      onEnd: () => this.readSession(),
    });
    this.sender = this.newSender();
  }

  /** Takes up the conversation that this browser has, if any. */
  resume() {
    if (this.memory.session && !this.listener) this.listen(this.memory.session.token);
  }

  /** Starts a conversation, unless there is one. */
  begin() {
    this.readConfiguration();
    if (this.phase === "none") this.ensureSession();
    else this.resume();
  }

  /** @param {import("./types.js").Draft} draft */
  send(draft) {
    const order = Math.max(this.clock.now(), ...this.memory.waiting.map((message) => message.order + 1));
    this.memory.keepWaiting({ client_id: this.newName(), order, draft, state: "waiting", reason: null });
    this.changed();
    this.sender.run();
  }

  /** @param {string} clientId of a message that was not sent */
  retry(clientId) {
    const message = this.memory.waiting.find((one) => one.client_id === clientId);
    if (message) this.memory.keepWaiting({ ...message, state: "waiting", reason: null });
    this.changed();
    this.sender.wake();
    this.wake();
  }

  /** Asks for a person, from wherever the conversation is. @param {string} title what that is called */
  askForPerson(title) {
    if (this.phase === "ended" || this.phase === "expired" || this.phase === "deleted") this.startNew();
    this.send({ action: "talk_to_person", title });
  }

  /** @param {string} clientId */
  discard(clientId) {
    this.memory.dropWaiting(clientId);
    this.changed();
  }

  /** Ends the conversation and clears it from this browser. It is cleared at once, also when the server is away. */
  end() {
    const session = this.memory.session;
    this.leave("ended");
    this.memory.forget();
    if (session) this.api.end(session.token).catch(() => {}); // It then ends by itself.
  }

  /** Another conversation after one that is over. Texts that were not sent come along; buttons belong to the old one. */
  startNew() {
    const texts = this.memory.waiting.filter(({ draft }) => "text" in draft);
    this.leave("none");
    this.memory.forget();
    for (const message of texts) this.memory.keepWaiting({ ...message, state: "failed", reason: null });
    this.begin();
  }

  async extend() {
    try {
      this.lasts(await this.api.extend(this.memory.session.token));
      this.dispatchEvent(new Event("extended"));
    } catch (error) {
      this.failed(error);
    }
  }

  /** Looks and sends now: the network is back, or somebody looks again. */
  wake() {
    const isIdle = !this.listener && !this.starting;
    if (isIdle && this.reach === "away") this.reach = "unknown";
    this.changed();
    this.sleeper.wake();
    if (this.listener) this.listener.resume();
    this.sender.wake();
  }

  /** The browser says that there is no network. */
  lost() {
    this.reach = "away";
    this.changed();
  }

  /** The clinic as the server names it, or else the page. @returns {import("./types.js").Clinic|null} */
  get clinic() {
    return this.memory.clinic || this.knownClinic;
  }

  /** Nobody looks. */
  rest() {
    if (this.listener) this.listener.pause();
  }

  /** Another tab changed what they share. */
  followOtherTab() {
    const token = this.memory.session ? this.memory.session.token : null;
    if (this.listener && token !== this.listener.token) this.leave(token ? "none" : "ended");
    if (token && !this.listener) {
      this.phase = "open";
      this.isRestoring = true;
      this.listen(token);
    }
    // The other tab sends what it wrote, unless it was closed meanwhile.
    this.clock.setTimeout(() => this.sender.run(), OTHER_TAB_MS);
    this.changed();
  }

  /** What waits and the server has not shown back yet. */
  get waiting() {
    return this.memory.waiting.filter(({ client_id }) => !this.transcript.has(client_id));
  }

  /** Whether an answer is due. */
  get isAnswerDue() {
    return this.phase === "open" && this.reach === "connected" && (this.isWriting || this.isPolledAnswerDue);
  }

  get isPolledAnswerDue() {
    return Boolean(this.listener && this.listener.isPolling) && this.transcript.isAwaitingReply;
  }

  /** Minutes until the session ends, when it is near; else null. */
  get endsInMinutes() {
    return this.phase === "open" ? this.sessionClock.minutesToTell : null;
  }

  // ------------------------------------------------------------------ the session

  newSender() {
    return new Sender({
      api: this.api,
      memory: this.memory,
      clock: this.clock,
      chance: this.chance,
      sending: {
        token: () => this.ensureSession(),
        isThere: (clientId) => this.transcript.has(clientId),
        onStored: (id) => this.stored(id),
        onRefused: (error) => this.sendingFailed(error),
        onFailed: (error) => this.sendingFailed(error),
      },
    });
  }

  /** @returns {Promise<string|null>} the token; null when the conversation is over */
  async ensureSession() {
    if (this.memory.session) return this.memory.session.token;
    if (this.phase !== "none") return null;
    this.starting = this.starting || this.startSession().finally(() => (this.starting = null));
    return this.starting;
  }

  async startSession() {
    for (let failures = 1; this.phase === "none"; failures += 1) {
      try {
        const { token, conversation } = await this.api.startSession();
        if (this.memory.session) return this.memory.session.token; // Another tab was faster.
        if (this.phase !== "none") return null; // It was ended before it began.
        this.memory.session = { token, conversation };
        this.phase = "open";
        this.listen(token);
        return token;
      } catch (error) {
        this.sendingFailed(error);
        const asked = error instanceof Refused ? error.retrySeconds * 1_000 : 0;
        await this.sleeper.sleep(Math.max(asked, waitBeforeTry(failures, this.chance())));
      }
    }
    return this.memory.session ? this.memory.session.token : null;
  }

  async readConfiguration() {
    try {
      const read = await this.api.configuration();
      this.memory.clinic = { name: read.clinic_name, phone: read.clinic_phone, phoneLink: read.clinic_phone_link };
      this.maxLength = read.message_max_length;
      this.sessionSeconds = read.session_seconds;
      this.reached();
    } catch (error) {
      if (!this.listener) this.failed(error);
    }
  }

  async readSession() {
    if (!this.memory.session) return;
    try {
      this.lasts(await this.api.session(this.memory.session.token));
    } catch (error) {
      this.failed(error);
    }
  }

  lasts({ expires_in: seconds }) {
    this.sessionClock.set(seconds);
    this.changed();
  }

  /** Another tab may have prolonged it, so the server is asked before the visitor is told. */
  async warnOfEnd() {
    if (!this.isWarned) {
      this.isWarned = true;
      await this.readSession();
      this.isWarned = false;
    }
    this.changed();
  }

  /** @param {Phase} phase */
  leave(phase) {
    this.phase = phase;
    if (this.listener) this.listener.stop();
    this.listener = null;
    this.sessionClock.clear();
    this.sleeper.wake();
    this.isWriting = false;
    this.isRestoring = false;
    if (phase !== "expired" && phase !== "deleted") {
      this.transcript.clear();
      this.advice = [];
    }
    this.changed();
  }

  // ------------------------------------------------------------------ what comes

  listen(token) {
    const listener = new Listener({
      api: this.api,
      token,
      clock: this.clock,
      chance: this.chance,
      position: () => this.transcript.position,
      isAwaiting: () => this.transcript.isAwaitingReply,
      hearing: {
        onMessages: (messages, isWhole) => (this.listener === listener ? this.take(messages, isWhole) : true),
        onWorking: (working) => this.setWriting(working),
        onSessionOver: (state) => this.over(state),
        onReached: () => this.reached(),
        onFailed: (error) => this.failed(error),
      },
    });
    this.listener = listener;
    listener.run();
    this.readSession();
    this.sender.run();
  }

  /**
   * @param {import("./types.js").Message[]} messages
   * @param {boolean} isWhole they are the whole conversation
   * @returns {boolean} false: some before them are missing
   */
  take(messages, isWhole) {
    const before = this.transcript.position;
    if (isWhole && messages.length) this.transcript.replace(messages);
    else if (messages.some((message) => this.transcript.add(message) === "gap")) return false;
    for (const { client_id } of messages) if (client_id) this.memory.dropWaiting(client_id);
    const fresh = this.isRestoring ? [] : messages.filter(({ id, author }) => id > before && author !== "visitor");
    this.isRestoring = false;
    this.changed();
    if (fresh.length) this.dispatchEvent(new CustomEvent("arrived", { detail: fresh }));
    return true;
  }

  setWriting(working) {
    if (working === this.isWriting) return;
    this.isWriting = working;
    this.changed();
  }

  stored(id) {
    this.reached();
    if (this.sessionSeconds) this.sessionClock.set(this.sessionSeconds);
    if (this.listener) this.listener.expect(id);
    this.changed();
  }

  reached() {
    const wasAway = this.reach === "away";
    this.reach = "connected";
    if (wasAway) this.sender.wake();
    if (wasAway) this.changed();
  }

  /** Words that come with a refused message are for the visitor: danger advice may be among them. */
  sendingFailed(error) {
    if (error instanceof Refused && error.advice) this.advise(error.advice);
    this.failed(error);
  }

  /** @param {Error} error */
  failed(error) {
    if (!(error instanceof Refused) || error.status >= 500) this.reach = "away";
    else if (error.status === 401) this.over(error.reason === "session_expired" ? "expired" : "ended");
    else if (error.status === 410) this.leave("deleted");
    this.changed();
  }

  /** @param {import("./types.js").Advice} advice shown once for as long as nothing else is said */
  advise(advice) {
    const after = this.transcript.position;
    if (this.advice.some((other) => other.after === after && other.text === advice.text)) return;
    this.advice.push({ ...advice, after });
    this.dispatchEvent(new CustomEvent("arrived", { detail: [{ ...advice, author: "assistant", id: null }] }));
  }

  /** @param {"expired"|"ended"} state */
  over(state) {
    if (this.phase !== "open") return;
    this.memory.session = null;
    this.leave(state === "expired" ? "expired" : "ended");
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
