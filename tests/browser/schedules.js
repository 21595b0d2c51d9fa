// Runs the widget's conversation against a server in memory, with a clock of its own, after a schedule of mishaps.
// Reads one schedule a line (a JSON list of steps) and answers with what server and client have in the end.

import { createInterface } from "node:readline";

import { Api } from "../../candidacy/frontdesk/widget/src/api.js";
import { Conversation } from "../../candidacy/frontdesk/widget/src/conversation.js";
import { EventParser } from "../../candidacy/frontdesk/widget/src/event-stream.js";
import { Memory, PageStorage } from "../../candidacy/frontdesk/widget/src/memory.js";

const HOUR_MS = 3_600_000;

/** Lets everything happen that waits for no clock. */
async function turns() {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes only when it is told to. */
class Clock {
  constructor() {
    this.time = 1_000_000;
    this.timers = new Map();
    this.count = 0;
  }

  now = () => this.time;
  setTimeout = (run, delay) => this.plan(run, delay, null);
  setInterval = (run, delay) => this.plan(run, delay, delay);
  clearTimeout = (timer) => this.timers.delete(timer);
  clearInterval = (timer) => this.timers.delete(timer);

  plan(run, delay, every) {
    this.timers.set(++this.count, { run, at: this.time + delay, every });
    return this.count;
  }

  async pass(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      await turns();
      const [id, timer] = [...this.timers].sort(([, one], [, other]) => one.at - other.at)[0] || [];
      if (!timer || timer.at > end) break;
      this.time = Math.max(this.time, timer.at);
      if (timer.every) timer.at += timer.every;
      else this.timers.delete(id);
      timer.run();
    }
    this.time = end;
    await turns();
  }

  /** A machine that sleeps: the time is gone, and what was due runs late and once. */
  async sleep(milliseconds) {
    this.time += milliseconds;
    await this.pass(0);
  }
}

/** The server as the API describes it: it stores each message once, and answers each. */
class Server {
  constructor() {
    this.messages = [];
    this.streams = new Set();
    this.isUp = true;
    this.losesReceipts = false;
    this.holdsStreams = false;
    this.token = "token";
  }

  say(author, text, clientId = null) {
    this.messages.push({ id: this.messages.length + 1, author, text, kind: null, links: [], buttons: [], facts: [], at: "", client_id: clientId });
    if (!this.holdsStreams) this.streams.forEach((stream) => stream.send());
  }

  cut() {
    this.streams.forEach((stream) => stream.fail());
    this.streams.clear();
  }

  fetch = async (address, { method = "GET", headers = {}, body, signal } = {}) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.isUp) throw new TypeError("Failed to fetch");
    const [path, query] = address.split("/api/chat/")[1].split("?");
    const answer = this.answer(`${method} ${path}`, { query, headers, body: body && JSON.parse(body), signal });
    if (this.losesReceipts && method === "POST") throw new TypeError("Failed to fetch");
    return answer;
  };

  answer(request, { query, headers, body, signal }) {
    if (request === "POST sessions") return json(201, this.begin());
    if (request === "GET configuration") return json(200, { clinic_name: "Clinic", message_max_length: 2000, session_seconds: 86400 });
    if (request === "GET session") return json(200, { expires_in: 86400 });
    if (request === "POST messages") return json(202, { id: this.receive(body) });
    if (request === "GET messages") return json(200, { messages: this.after(Number(query.split("=")[1])).slice(0, 3) });
    if (request === "GET events") return this.stream(Number(headers["Last-Event-ID"]), signal);
    throw new Error(request);
  }

  begin() {
    if (!this.messages.length) this.say("assistant", "opening");
    return { token: this.token, conversation: "c" };
  }

  receive({ client_id: clientId, text }) {
    const known = this.messages.find((message) => message.client_id === clientId);
    if (known) return known.id;
    this.say("visitor", text, clientId);
    const { id } = this.messages[this.messages.length - 1];
    this.say("assistant", `answer to ${text}`);
    return id;
  }

  after(position) {
    return this.messages.filter(({ id }) => id > position);
  }

  stream(position, signal) {
    const streams = this.streams;
    const after = () => this.after(position);
    let send = null;
    const body = new ReadableStream({
      start(controller) {
        const encoder = new TextEncoder();
        send = {
          send() {
            for (const message of after()) {
              position = message.id;
              controller.enqueue(encoder.encode(`id: ${message.id}\r\ndata: ${JSON.stringify(message)}\r\n\r\n`));
            }
          },
          fail() {
            try {
              controller.error(new TypeError("network error"));
            } catch {
              // Already over.
            }
          },
        };
        streams.add(send);
        signal.addEventListener("abort", () => (streams.delete(send), send.fail()));
      },
    });
    if (!this.holdsStreams) send.send();
    return new Response(body, { status: 200 });
  }
}

function json(status, body) {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** One browser: its storage outlives its pages. */
class Browser {
  constructor(server, clock) {
    Object.assign(this, { server, clock, storage: new PageStorage(), names: 0, arrived: [] });
    this.load();
  }

  load() {
    if (this.conversation) this.unload();
    this.conversation = new Conversation({
      api: new Api("http://server", this.server.fetch),
      memory: new Memory(this.storage, "http://server"),
      clock: this.clock,
      chance: () => 0.5,
      newName: () => `m${++this.names}`,
    });
    const { conversation } = this;
    conversation.addEventListener("arrived", ({ detail }) => this.arrived.push(...detail.map(({ id }) => id)));
    conversation.resume();
    conversation.begin();
  }

  /** A page that is gone sends nothing and hears nothing. */
  unload() {
    const { conversation } = this;
    conversation.phase = "ended";
    conversation.sender.sending.token = () => new Promise(() => {});
    conversation.sender.wake();
    if (conversation.listener) conversation.listener.stop();
    conversation.listener = null;
    conversation.memory = new Memory(new PageStorage(), "gone");
    conversation.sender.memory = conversation.memory;
  }
}

async function play(steps) {
  const clock = new Clock();
  const server = new Server();
  const browser = new Browser(server, clock);
  const texts = [];
  const doing = {
    write: () => browser.conversation.send({ text: texts[texts.push(`text ${texts.length}`) - 1] }),
    staff: () => server.say("staff", `staff ${server.messages.length}`),
    cut: () => server.cut(),
    down: () => ((server.isUp = false), server.cut()),
    up: () => (server.isUp = true),
    "lose receipts": () => (server.losesReceipts = true),
    "keep receipts": () => (server.losesReceipts = false),
    "hold streams": () => (server.holdsStreams = true),
    reload: () => browser.load(),
    hide: () => browser.conversation.rest(),
    look: () => browser.conversation.wake(),
    moment: () => clock.pass(50),
    seconds: () => clock.pass(7_000),
    sleep: () => clock.sleep(HOUR_MS),
  };
  for (const step of steps) {
    await doing[step]();
    await turns();
  }
  Object.assign(server, { isUp: true, losesReceipts: false, holdsStreams: false });
  browser.conversation.wake();
  await clock.pass(HOUR_MS / 10);
  const { transcript, waiting } = browser.conversation;
  return { texts, server: server.messages.map(brief), client: transcript.messages.map(brief), waiting: waiting.length, arrived: browser.arrived };
}

const brief = ({ id, text }) => `${id} ${text}`;

/** The events that a parser makes of a stream's pieces. */
function parse(pieces) {
  const parser = new EventParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

for await (const line of createInterface({ input: process.stdin })) {
  const { steps, pieces } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(steps ? await play(steps) : parse(pieces))}\n`);
}
