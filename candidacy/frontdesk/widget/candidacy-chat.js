// The website chat of the clinic's automated assistant. Assembled from src/ by `make widget`: edit there.

// dom.js
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

function button(title, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, title);
}

function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

// texts.js
const ENGLISH = {
  assistantName: "Automated assistant",
  launcher: "Ask our automated assistant",
  launcherAgain: "Continue the chat",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  subtitle: "Not a person. In an emergency, call 911.",
  close: "Close",
  closeLong: "Close the chat",
  conversation: "Conversation",
  newMessages: "New messages",
  input: "Your message",
  send: "Send",
  visitor: "You",
  assistant: "Assistant",
  staff: "Clinic staff",
  system: "Notice",
  choices: "Choices",
  danger: "Important",
  writing: "The assistant is writing …",
  person: "Talk to a person",
  more: "More choices",
  save: "Save a copy",
  print: "Print",
  end: "End and clear",
  endQuestion: "End this chat and clear it from this browser? The clinic keeps what you sent.",
  endYes: "End and clear",
  endNo: "Keep the chat",
  ended: "The chat has ended. It is cleared from this browser.",
  expired: "This chat has ended because nothing was sent for a long time.",
  deleted: "This conversation was deleted. You can start a new one.",
  startNew: "Start a new chat",
  expiring: (minutes) => `This chat ends in ${minutes === 1 ? "1 minute" : `${minutes} minutes`}. Would you like to keep it open?`,
  extend: "Keep it open",
  extended: "The chat stays open.",
  connecting: "One moment …",
  offline: "You are offline. What you send waits here and goes out when you are back.",
  unreachable: "The assistant can't be reached right now. It keeps trying.",
  unreachableCall: "You need not wait for it:",
  backOnline: "You are connected again.",
  sending: "Sending …",
  waitingToSend: "Not sent yet. It waits here.",
  failed: "Not sent.",
  failedStale: "Not sent: the question has changed. Please use the newest choices.",
  failedLong: "Not sent: it is too long.",
  retry: "Try again",
  remove: "Remove",
  tooLong: (most) => `That is too long. Please use at most ${most} characters, or send it in parts.`,
  call: (name) => `Call ${name}`,
  callClinic: (number) => `Call the clinic: ${number}`,
  callOrText: (number) => `Call or text ${number}`,
  emergencyNumber: "911 (emergency)",
  crisisNumber: "988 (crisis line)",
  clinic: "the clinic",
  newTab: "(opens in a new tab)",
  showDanger: "Open the chat",
  hideDanger: "Close this note",
  transcriptTitle: (clinic) => `Chat with the automated assistant of ${clinic}`,
  transcriptFile: "chat",
  languageNote: "",
};

const SPANISH = {
  assistantName: "Asistente automático",
  launcher: "Pregunte a nuestro asistente automático",
  launcherAgain: "Seguir con el chat",
  unread: (count) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
  subtitle: "No es una persona. En una emergencia, llame al 911.",
  close: "Cerrar",
  closeLong: "Cerrar el chat",
  conversation: "Conversación",
  newMessages: "Mensajes nuevos",
  input: "Su mensaje",
  send: "Enviar",
  visitor: "Usted",
  assistant: "Asistente",
  staff: "Personal de la clínica",
  system: "Aviso",
  choices: "Opciones",
  danger: "Importante",
  writing: "El asistente está escribiendo …",
  person: "Hablar con una persona",
  more: "Más opciones",
  save: "Guardar una copia",
  print: "Imprimir",
  end: "Terminar y borrar",
  endQuestion: "¿Terminar este chat y borrarlo de este navegador? La clínica guarda lo que usted envió.",
  endYes: "Terminar y borrar",
  endNo: "Seguir con el chat",
  ended: "El chat ha terminado. Se borró de este navegador.",
  expired: "Este chat ha terminado porque no se envió nada durante mucho tiempo.",
  deleted: "Esta conversación se eliminó. Puede empezar otra.",
  startNew: "Empezar otro chat",
  expiring: (minutes) => `Este chat termina en ${minutes === 1 ? "1 minuto" : `${minutes} minutos`}. ¿Desea mantenerlo abierto?`,
  extend: "Mantenerlo abierto",
  extended: "El chat sigue abierto.",
  connecting: "Un momento …",
  offline: "Usted no tiene conexión. Lo que envíe espera aquí y sale cuando vuelva la conexión.",
  unreachable: "No se puede conectar con el asistente en este momento. Se sigue intentando.",
  unreachableCall: "No tiene que esperar:",
  backOnline: "Ya hay conexión.",
  sending: "Enviando …",
  waitingToSend: "Aún no se ha enviado. Espera aquí.",
  failed: "No se envió.",
  failedStale: "No se envió: la pregunta ha cambiado. Use las opciones más nuevas.",
  failedLong: "No se envió: es demasiado largo.",
  retry: "Intentar de nuevo",
  remove: "Quitar",
  tooLong: (most) => `Es demasiado largo. Use como máximo ${most} caracteres, o envíelo en partes.`,
  call: (name) => `Llamar al ${name}`,
  callClinic: (number) => `Llamar a la clínica: ${number}`,
  callOrText: (number) => `Llamar o enviar un mensaje de texto al ${number}`,
  emergencyNumber: "911 (emergencias)",
  crisisNumber: "988 (línea de crisis)",
  clinic: "la clínica",
  newTab: "(se abre en otra pestaña)",
  showDanger: "Abrir el chat",
  hideDanger: "Cerrar este aviso",
  transcriptTitle: (clinic) => `Chat con el asistente automático de ${clinic}`,
  transcriptFile: "chat",
  languageNote: "El asistente responde en inglés.",
};

const TEXTS = { en: ENGLISH, es: SPANISH };

function chooseLanguage(wanted) {
  for (const tag of wanted) {
    const language = (tag || "").toLowerCase().split("-")[0];
    if (language in TEXTS) return /** @type {"en"|"es"} */ (language);
  }
  return "en";
}

function textsIn(language) {
  return TEXTS[language];
}

function languageOf(paragraph) {
  return /[ñ¿¡]|\b(llame|vaya|usted|este asistente|no espere|clínica)\b/i.test(paragraph) ? "es" : "en";
}

// announcer.js
const KEPT_MS = 20_000; // Once spoken it would only be read a second time, by whoever reads on to it.

class Announcer {
  constructor(label) {
    this.log = element("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": label, class: "unseen" });
    this.alert = element("div", { role: "alert", "aria-live": "assertive", class: "unseen" });
    this.view = element("div", {}, this.log, this.alert);
  }

  say(text) {
    this.speak(this.log, text);
  }

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

// api.js
const ANSWER_MS = 15_000;

class Unreachable extends Error {}

class Refused extends Error {
  constructor(status, body, retrySeconds) {
    super(body.error || String(status));
    this.status = status;
    this.reason = body.error || String(status);
    this.retrySeconds = retrySeconds;
    this.advice = body.kind ? { kind: body.kind, text: body.message || "", links: body.links || [] } : null;
  }

  get isPassing() {
    return this.status === 429 || this.status >= 500;
  }
}

class Api {
  constructor(server, fetch) {
    this.server = server;
    this.fetch = fetch;
  }

  configuration() {
    return this.call("GET", "configuration");
  }

  startSession() {
    return this.call("POST", "sessions", { body: {} });
  }

  session(token) {
    return this.call("GET", "session", { token });
  }

  extend(token) {
    return this.call("POST", "session/extend", { token });
  }

  end(token) {
    return this.call("DELETE", "session", { token });
  }

  send(token, clientId, { title, ...content }) {
    return this.call("POST", "messages", { token, body: { client_id: clientId, ...content } });
  }

  messagesAfter(token, position) {
    return this.call("GET", `messages?after=${position}`, { token });
  }

  async stream(token, position, signal) {
    const headers = { Authorization: `Bearer ${token}`, "Last-Event-ID": String(position) };
    const response = await this.ask("events?signals=true", { headers, signal });
    if (!response.body) throw new Unreachable("no stream");
    return response.body;
  }

  async call(method, path, { token = "", body = undefined } = {}) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), ANSWER_MS);
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
      const response = await this.ask(path, { method, headers, body: JSON.stringify(body), signal: patience.signal });
      return response.status === 204 ? null : await readJson(response);
    } finally {
      clearTimeout(timer);
    }
  }

  async ask(path, options) {
    let response;
    try {
      response = await this.fetch(`${this.server}/api/chat/${path}`, { credentials: "omit", cache: "no-store", ...options });
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (response.ok) return response;
    const body = await response.json().catch(() => null);
    if (!body || !body.error) throw new Unreachable(`status ${response.status}`);
    throw new Refused(response.status, body, Number(response.headers.get("Retry-After")) || 0);
  }
}

async function readJson(response) {
  try {
    return await response.json();
  } catch (error) {
    throw new Unreachable(String(error)); // Cut off, or no JSON.
  }
}

// event-stream.js
class EventParser {
  constructor() {
    this.rest = "";
    this.reset();
  }

  reset() {
    this.event = { type: "message", data: /** @type {string[]} */ ([]) };
  }

  push(piece) {
    const text = this.rest + piece;
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop();
    return lines.map((line) => this.readLine(line)).filter(Boolean);
  }

  readLine(line) {
    if (line === "") return this.finish();
    const [, field, value] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line);
    if (field === "data") this.event.data.push(value);
    if (field === "event") this.event.type = value;
    return null;
  }

  finish() {
    const { type, data } = this.event;
    this.reset();
    return data.length ? { type, data: data.join("\n") } : null;
  }
}

async function* eventsOf(body, onBytes) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

// patience.js
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

function waitBeforeTry(failures, chance) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return longest * (0.5 + chance / 2);
}

class Sleeper {
  constructor(clock) {
    this.clock = clock;
    this.wake = () => {};
  }

  sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = this.clock.setTimeout(resolve, milliseconds);
      this.wake = () => {
        this.clock.clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}

// listener.js
const TICK_MS = 5_000;
const SILENT_MS = 45_000; // The server pings every 15 s.
const ASLEEP_MS = 20_000; // A tick that is so late: the machine slept, and the connection is likely dead.
const LATE_MS = 4_000; // A stored message that the stream has not shown by then: something holds the stream back.
const POLL_SOON_MS = 2_000;
const POLL_MS = 8_000;
const STREAM_TRIES = 2;


class Listener {
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

  pause() {
    this.isPaused = true;
    this.restart();
  }

  restart() {
    this.isRestarting = true;
    if (this.stream) this.stream.abort();
    this.sleeper.wake();
  }

  resume() {
    this.isPaused = false;
    this.restart();
  }

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
      if (this.isRestarting) return;
      const body = await this.api.stream(this.token, this.position(), stream.signal);
      for await (const event of eventsOf(body, () => (heard = this.clock.now()))) await this.take(event);
    } catch (error) {
      if (error instanceof Refused) throw error;
    } finally {
      this.clock.clearInterval(watch);
      this.stream = null;
      this.hearing.onWorking(false);
    }
    if (heard !== null) this.streamFailures = 0;
    else if (!this.isRestarting) this.streamFailures += 1;
    const isShort = this.clock.now() - began < POLL_SOON_MS;
    if (isShort && !this.isRestarting) await this.sleeper.sleep(waitBeforeTry(1, this.chance()));
  }

  async take(event) {
    if (event.type === "working") this.hearing.onWorking(JSON.parse(event.data).working);
    else if (event.type === "session") this.hearing.onSessionOver(JSON.parse(event.data).state);
    else if (event.type === "message" && !this.hearing.onMessages([JSON.parse(event.data)], false)) await this.readAll();
  }

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

// sender.js
class Sender {
  constructor(parts) {
    Object.assign(this, parts);
    this.sleeper = new Sleeper(this.clock);
    this.stored = new Set();
    this.busy = null;
    this.failures = 0;
  }

  run() {
    this.busy = this.busy || this.sendAll().finally(() => (this.busy = null));
    return this.busy;
  }

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

// session-clock.js
const WARNING_MS = 120_000;
const RECOUNT_MS = 20_000;

class SessionClock {
  constructor({ clock, onWarning, onEnd }) {
    this.clock = clock;
    this.onWarning = onWarning;
    this.onEnd = onEnd;
    this.timer = null;
    this.end = null;
  }

  set(seconds) {
    this.end = this.clock.now() + seconds * 1_000;
    this.tick();
  }

  clear() {
    this.end = null;
    this.clock.clearTimeout(this.timer);
  }

  get minutesToTell() {
    const left = this.end === null ? Infinity : this.end - this.clock.now();
    return left > WARNING_MS ? null : Math.max(1, Math.ceil(left / 60_000));
  }

  tick() {
    this.clock.clearTimeout(this.timer);
    const left = this.end - this.clock.now();
    if (left <= 0) {
      this.clear();
      this.onEnd();
      return;
    }
    if (left <= WARNING_MS) this.onWarning();
    const next = left > WARNING_MS ? left - WARNING_MS : Math.min(left, RECOUNT_MS);
    this.timer = this.clock.setTimeout(() => this.tick(), next);
  }
}

// transcript.js
class Transcript {
  constructor() {
    this.clear();
  }

  clear() {
    this.messages = [];
    this.clientIds = new Set();
  }

  get position() {
    return this.messages.length ? this.messages[this.messages.length - 1].id : 0;
  }

  add(message) {
    if (message.id <= this.position) return "known";
    if (message.id > this.position + 1 && this.messages.length) return "gap";
    this.messages.push(message);
    if (message.client_id) this.clientIds.add(message.client_id);
    return "new";
  }

  replace(messages) {
    this.clear();
    this.messages = messages;
    for (const message of messages) if (message.client_id) this.clientIds.add(message.client_id);
  }

  has(clientId) {
    return this.clientIds.has(clientId);
  }

  get isAwaitingReply() {
    const last = this.messages[this.messages.length - 1];
    return Boolean(last) && last.author === "visitor";
  }

  isNewest(message) {
    return !this.messages.some((other) => other.id > message.id && other.author === "visitor");
  }
}

// conversation.js
const OTHER_TAB_MS = 3_000;


class Conversation extends EventTarget {
  constructor({ api, memory, clock, chance, newName }) {
    super();
    Object.assign(this, { api, memory, clock, chance, newName });
    this.transcript = new Transcript();
    this.phase = memory.session ? "open" : "none";
    this.reach = "unknown";
    this.isWriting = false;
    this.isRestoring = Boolean(memory.session);
    this.sessionSeconds = 0;
    this.maxLength = 2_000;
    this.advice = [];
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

  resume() {
    if (this.memory.session && !this.listener) this.listen(this.memory.session.token);
  }

  begin() {
    this.readConfiguration();
    if (this.phase === "none") this.ensureSession();
    else this.resume();
  }

  send(draft) {
    const order = Math.max(this.clock.now(), ...this.memory.waiting.map((message) => message.order + 1));
    this.memory.keepWaiting({ client_id: this.newName(), order, draft, state: "waiting", reason: null });
    this.changed();
    this.sender.run();
  }

  retry(clientId) {
    const message = this.memory.waiting.find((one) => one.client_id === clientId);
    if (message) this.memory.keepWaiting({ ...message, state: "waiting", reason: null });
    this.changed();
    this.sender.wake();
    this.wake();
  }

  askForPerson(title) {
    if (this.phase === "ended" || this.phase === "expired" || this.phase === "deleted") this.startNew();
    this.send({ action: "talk_to_person", title });
  }

  discard(clientId) {
    this.memory.dropWaiting(clientId);
    this.changed();
  }

  end() {
    const session = this.memory.session;
    this.leave("ended");
    this.memory.forget();
    if (session) this.api.end(session.token).catch(() => {}); // It then ends by itself.
  }

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

  wake() {
    const isIdle = !this.listener && !this.starting;
    if (isIdle && this.reach === "away") this.reach = "unknown";
    this.changed();
    this.sleeper.wake();
    if (this.listener) this.listener.resume();
    this.sender.wake();
  }

  lost() {
    this.reach = "away";
    this.changed();
  }

  get clinic() {
    return this.memory.clinic || this.knownClinic;
  }

  rest() {
    if (this.listener) this.listener.pause();
  }

  followOtherTab() {
    const token = this.memory.session ? this.memory.session.token : null;
    if (this.listener && token !== this.listener.token) this.leave(token ? "none" : "ended");
    if (token && !this.listener) {
      this.phase = "open";
      this.isRestoring = true;
      this.listen(token);
    }
    this.clock.setTimeout(() => this.sender.run(), OTHER_TAB_MS);
    this.changed();
  }

  get waiting() {
    return this.memory.waiting.filter(({ client_id }) => !this.transcript.has(client_id));
  }

  get isAnswerDue() {
    return this.phase === "open" && this.reach === "connected" && (this.isWriting || this.isPolledAnswerDue);
  }

  get isPolledAnswerDue() {
    return Boolean(this.listener && this.listener.isPolling) && this.transcript.isAwaitingReply;
  }

  get endsInMinutes() {
    return this.phase === "open" ? this.sessionClock.minutesToTell : null;
  }


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

  async warnOfEnd() {
    if (!this.isWarned) {
      this.isWarned = true;
      await this.readSession();
      this.isWarned = false;
    }
    this.changed();
  }

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

  sendingFailed(error) {
    if (error instanceof Refused && error.advice) this.advise(error.advice);
    this.failed(error);
  }

  failed(error) {
    if (!(error instanceof Refused) || error.status >= 500) this.reach = "away";
    else if (error.status === 401) this.over(error.reason === "session_expired" ? "expired" : "ended");
    else if (error.status === 410) this.leave("deleted");
    this.changed();
  }

  advise(advice) {
    const after = this.transcript.position;
    if (this.advice.some((other) => other.after === after && other.text === advice.text)) return;
    this.advice.push({ ...advice, after });
    this.dispatchEvent(new CustomEvent("arrived", { detail: [{ ...advice, author: "assistant", id: null }] }));
  }

  over(state) {
    if (this.phase !== "open") return;
    this.memory.session = null;
    this.leave(state === "expired" ? "expired" : "ended");
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

// rich-text.js
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;
const SAFE_HREF = /^(tel:[+\d][\d.\-()*#;=a-z+]*|https?:\/\/.+)$/i;
const LIST_ITEM = /^\s*[-•*]\s+/;

function richText(text, links, words) {
  return blocksOf(text).map((block) => {
    const lang = languageOf(block.lines.join(" "));
    if (block.isList) {
      return element("ul", { lang }, ...block.lines.map((line) => element("li", {}, ...linked(line, links, words))));
    }
    return element("p", { lang }, ...block.lines.flatMap((line, index) => [index > 0 && element("br"), ...linked(line, links, words)]));
  });
}

function blocksOf(text) {
  const blocks = [];
  let open = null;
  for (const line of text.split("\n")) {
    const isList = LIST_ITEM.test(line);
    if (!line.trim()) {
      open = null;
      continue;
    }
    if (!open || open.isList !== isList) blocks.push((open = { isList, lines: [] }));
    open.lines.push(line.replace(LIST_ITEM, "").trim());
  }
  return blocks;
}

function linked(line, links, words) {
  const parts = [];
  let end = 0;
  for (const { start, text, href } of linksIn(line, links)) {
    if (start < end) continue;
    parts.push(line.slice(end, start), linkTo(text, href, words));
    end = start + text.length;
  }
  return [...parts, line.slice(end)].filter((part) => part !== "");
}

function linksIn(line, links) {
  const found = [...line.matchAll(ADDRESS)].map((match) => ({ start: match.index, text: match[0], href: match[0] }));
  for (const { text, href } of links) {
    if (!SAFE_HREF.test(href) || !text) continue;
    for (let start = line.indexOf(text); start >= 0; start = line.indexOf(text, start + text.length)) {
      if (!isInsideWord(line, start, start + text.length)) found.push({ start, text, href });
    }
  }
  return found.sort((one, other) => one.start - other.start || other.text.length - one.text.length);
}

function isInsideWord(line, start, end) {
  return /[\p{L}\p{N}]/u.test(line[start - 1] || "") || /[\p{L}\p{N}]/u.test(line[end] || "");
}

function linkTo(text, href, words) {
  if (href.startsWith("tel:")) return element("a", { href }, text);
  const hint = element("span", { class: "unseen" }, ` ${words.newTab}`);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text, hint);
}

function isSafeHref(href) {
  return SAFE_HREF.test(href);
}

// calls.js
function callList(calls) {
  const links = calls
    .filter(({ href }) => isSafeHref(href))
    .map(({ title, href, isDanger }) => element("a", { class: isDanger ? "call danger" : "call", href }, title));
  return element("div", { class: "calls" }, ...links);
}

function callsOf(links, texts) {
  return links.map(({ text, href }) => ({
    title: href === "tel:988" ? texts.callOrText(text) : texts.call(text),
    href,
    isDanger: true,
  }));
}

function standingCalls(clinic, texts) {
  const ours = clinic && clinic.phone ? [{ title: texts.callClinic(clinic.phone), href: clinic.phoneLink }] : [];
  return [
    ...ours,
    { title: texts.call(texts.emergencyNumber), href: "tel:911" },
    { title: texts.callOrText(texts.crisisNumber), href: "tel:988" },
  ];
}

// launcher.js
class Launcher {
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

  render({ isOpen, isBegun, unread }) {
    const count = isOpen ? 0 : unread;
    this.button.hidden = isOpen;
    setText(this.title, isBegun ? this.texts.launcherAgain : this.texts.launcher);
    this.showUnread(count);
    if (isOpen) this.hideDanger();
  }

  showUnread(count) {
    const number = String(count);
    const words = this.texts.unread(count);
    this.badge.hidden = count === 0;
    if (words !== this.badge.textContent) {
      this.badge.replaceChildren(number, element("span", { class: "unseen" }, words.slice(number.length)));
    }
  }

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

// memory.js
class Memory {
  constructor(storage, server) {
    this.storage = storage;
    this.prefix = `candidacy-chat ${server} `;
  }

  get session() {
    return this.read("session");
  }

  set session(session) {
    this.write("session", session);
    this.write("seen", null);
  }

  get seen() {
    return this.read("seen") || 0;
  }

  set seen(position) {
    if (position > this.seen) this.write("seen", position);
  }

  get clinic() {
    return this.read("clinic");
  }

  set clinic(clinic) {
    this.write("clinic", clinic);
  }

  get waiting() {
    return this.names("waiting ")
      .map((name) => this.read(name))
      .filter(Boolean)
      .sort((one, other) => one.order - other.order || (one.client_id < other.client_id ? -1 : 1));
  }

  keepWaiting(message) {
    this.write(`waiting ${message.client_id}`, message);
  }

  dropWaiting(clientId) {
    this.write(`waiting ${clientId}`, null);
  }

  forget() {
    for (const name of this.names("")) if (name !== "clinic") this.write(name, null);
  }

  isOurs(key) {
    return key === null || key.startsWith(this.prefix);
  }

  names(start) {
    const names = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (key.startsWith(this.prefix + start)) names.push(key.slice(this.prefix.length));
    }
    return names;
  }

  read(name) {
    try {
      return JSON.parse(this.storage.getItem(this.prefix + name));
    } catch {
      return null; // Somebody else's value, or damaged: as if it were not there.
    }
  }

  write(name, value) {
    if (value === null) this.storage.removeItem(this.prefix + name);
    else this.storage.setItem(this.prefix + name, JSON.stringify(value));
  }
}

function usableStorage() {
  try {
    const storage = window.localStorage;
    storage.setItem("candidacy-chat", "");
    storage.removeItem("candidacy-chat");
    return storage;
  } catch {
    return new PageStorage();
  }
}

class PageStorage {
  constructor() {
    this.values = new Map();
  }

  get length() {
    return this.values.size;
  }

  key(index) {
    return [...this.values.keys()][index];
  }

  getItem(key) {
    return this.values.has(key) ? this.values.get(key) : null;
  }

  setItem(key, value) {
    this.values.set(key, String(value));
  }

  removeItem(key) {
    this.values.delete(key);
  }
}

// message-view.js
const DANGER = ["emergency", "crisis", "urgent"];

function isDanger(message) {
  return DANGER.includes(message.kind || "");
}

function messageView(message, { texts, isLive, onPress }) {
  const isOwn = message.author === "visitor";
  return element(
    "li",
    { class: `message ${isOwn ? "own" : message.author} ${isDanger(message) ? "alarm" : ""}` },
    element("p", { class: "author" }, isDanger(message) ? `${texts[message.author]}: ${texts.danger}` : texts[message.author]),
    isDanger(message) && callList(callsOf(message.links, texts)),
    element("div", { class: "bubble" }, ...(isOwn ? plain(message.text) : richText(message.text, message.links, texts))),
    message.buttons.length > 0 && choices(message, isLive, onPress),
  );
}

function plain(text) {
  return [element("p", { class: "typed" }, text)];
}

function choices(message, isLive, onPress) {
  const list = message.buttons.map((choice) =>
    element("li", {}, button(choice.title, () => onPress(choice), { class: "choice", disabled: !(isLive && choice.live), "data-choice": choice.id })),
  );
  return element("ul", { class: "choices", lang: "en", role: "list" }, ...list);
}

function waitingView(message, { texts, status, isTroubled, calls, onRetry, onDiscard }) {
  const { draft } = message;
  return element(
    "li",
    { class: "message own waiting" },
    element("p", { class: "author" }, texts.visitor),
    element("div", { class: "bubble" }, ...plain("text" in draft ? draft.text : draft.title)),
    element("p", { class: "status" }, status),
    isTroubled &&
      element(
        "div",
        { class: "row" },
        button(texts.retry, onRetry, { class: "plain", "data-retry": message.client_id }),
        button(texts.remove, onDiscard, { class: "plain" }),
      ),
    isTroubled && calls.length > 0 && callList(calls),
  );
}

function adviceView(advice, texts) {
  return messageView({ id: 0, author: "assistant", at: "", buttons: [], client_id: null, ...advice }, { texts, isLive: false, onPress: () => {} });
}

// composer.js
class Composer {
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

  check() {
    const isShort = [...this.input.value.trim()].length <= this.maxLength();
    this.error.hidden = isShort;
    setText(this.error, isShort ? "" : this.texts.tooLong(this.maxLength()));
    this.input.setAttribute("aria-invalid", String(!isShort));
    return isShort;
  }
}

// message-list.js
const NEAR_END = 80;
const TEXT_FIELD_HEIGHT = 72;

class MessageList {
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

  settle(wasAtEnd) {
    if (this.fresh.length && (wasAtEnd || this.fresh.some(({ isUrgent }) => isUrgent))) this.scrollTo(this.fresh);
    else if (wasAtEnd) this.scrollToEnd();
    this.fresh = [];
  }

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

  isLive(message) {
    const { conversation } = this;
    const isAnswered = conversation.waiting.some(({ state }) => state === "waiting");
    return conversation.phase === "open" && !isAnswered && conversation.transcript.isNewest(message);
  }

  press(message, choice) {
    if (this.isLive(message) && choice.live) this.onPress(choice);
  }

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


  get scroller() {
    return getComputedStyle(this.view).overflowY === "visible" ? this.view.parentElement : this.view;
  }

  isAtEnd() {
    if (!this.view.isConnected || !this.view.clientHeight) return true;
    const { scroller } = this;
    return this.endOf(scroller) - scroller.scrollTop < NEAR_END;
  }

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

  endOf(scroller) {
    if (scroller === this.view) return scroller.scrollHeight - scroller.clientHeight;
    return this.view.offsetTop + this.view.offsetHeight - scroller.clientHeight + TEXT_FIELD_HEIGHT;
  }
}

// notices.js
class Notices {
  constructor({ conversation, texts, announcer }) {
    Object.assign(this, { conversation, texts, announcer });
    this.view = element("div", { class: "notices" });
    this.shown = { key: "", text: "" };
    this.question = null;
  }

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

// copy.js
const PRINT_STYLE = `
  body { font: 12pt/1.45 Georgia, serif; color: #000; background: #fff; margin: 2cm; }
  h1 { font-size: 16pt; }
  article { break-inside: avoid; margin: 0 0 10pt; }
  h2 { font: bold 10pt sans-serif; margin: 0 0 2pt; }
  p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

function copyOf(messages, { texts, language, clinic }) {
  const name = clinic ? clinic.name : texts.clinic;
  const time = (at) => new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    title: texts.transcriptTitle(name) + (clinic ? `, ${clinic.phone}` : ""),
    entries: messages.map(({ author, at, text }) => ({ head: `${texts[author]}, ${time(at)}`, text })),
  };
}

function copyAsText(messages, around) {
  const { title, entries } = copyOf(messages, around);
  return [title, ...entries.map(({ head, text }) => `${head}\n${text}`)].join("\n\n") + "\n";
}

function download(text, fileName) {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/plain;charset=utf-8" }));
  const link = element("a", { href: address, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function print(messages, around) {
  const frame = element("iframe", { title: around.texts.print, tabindex: -1, "aria-hidden": "true" });
  Object.assign(frame.style, { position: "fixed", left: "-200vw", border: "0" });
  document.body.append(frame);
  const view = frame.contentWindow;
  const { title, entries } = copyOf(messages, around);
  const style = new view.CSSStyleSheet();
  style.replaceSync(PRINT_STYLE);
  view.document.adoptedStyleSheets = [style];
  view.document.documentElement.lang = around.language;
  view.document.title = title;
  view.document.body.append(
    element("h1", {}, title),
    ...entries.map(({ head, text }) => element("article", {}, element("h2", {}, head), element("p", {}, text))),
  );
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  view.print();
}

// panel.js
const SMALL = "(max-width: 519px), (max-height: 479px)";

class Panel {
  constructor({ conversation, texts, language, announcer, onClose }) {
    Object.assign(this, { conversation, texts, language, onClose });
    this.small = window.matchMedia(SMALL);
    this.small.addEventListener("change", () => this.isOpen && this.showAgain());
    this.messages = new MessageList({ conversation, texts, onPress: ({ id, title }) => this.send({ button: id, title }) });
    this.notices = new Notices({ conversation, texts, announcer });
    this.composer = new Composer({ texts, maxLength: () => conversation.maxLength, onSend: (text) => this.send({ text }) });
    this.heading = element("h2", { id: "heading", tabindex: -1 }, texts.assistantName);
    this.view = this.build();
    followKeyboard(this.view);
  }

  get isOpen() {
    return this.view.open;
  }

  open() {
    this.show();
    this.render();
    this.messages.scrollToEnd();
    const target = window.matchMedia("(pointer: coarse)").matches ? this.heading : this.composer.input;
    target.focus({ preventScroll: true });
  }

  close() {
    this.view.close();
  }

  render() {
    if (!this.isOpen) return;
    const isOver = !["none", "open"].includes(this.conversation.phase);
    const before = this.view.getRootNode().activeElement;
    this.clinic.textContent = this.conversation.clinic ? this.conversation.clinic.name : "";
    this.composer.view.hidden = isOver;
    const wasAtEnd = this.messages.isAtEnd();
    this.messages.render();
    this.notices.render();
    this.messages.settle(wasAtEnd);
    if (before && this.view.contains(before) === false) this.heading.focus();
    if (isOver && before === this.composer.input) this.heading.focus();
  }


  build() {
    this.clinic = element("p", { class: "clinic" });
    const frame = element("div", { class: "frame" }, this.header(), this.messages.view, this.notices.view, this.composer.view, this.tools());
    const view = element("dialog", { class: "panel", "aria-labelledby": "heading", "aria-describedby": "about" }, frame);
    view.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
    view.addEventListener("cancel", (event) => event.preventDefault());
    return view;
  }

  header() {
    const { texts } = this;
    return element(
      "div",
      { class: "head" },
      element(
        "div",
        { class: "names" },
        this.clinic,
        this.heading,
        element("p", { id: "about" }, [texts.subtitle, texts.languageNote].filter(Boolean).join(" ")),
      ),
      button(texts.close, () => this.onClose(), { class: "plain", "aria-label": texts.closeLong }),
    );
  }

  tools() {
    const { texts } = this;
    this.more = button(texts.more, () => this.toggleMore(), { class: "plain", "aria-expanded": "false", "aria-controls": "more" });
    this.moreList = element(
      "div",
      { id: "more", class: "row", hidden: true },
      button(texts.save, () => this.save(), { class: "plain" }),
      button(texts.print, () => print(this.conversation.transcript.messages, this.around()), { class: "plain" }),
      button(texts.end, () => this.askToEnd(), { class: "plain" }),
    );
    const person = button(texts.person, () => this.conversation.askForPerson(texts.person), { class: "plain" });
    return element("div", { class: "foot" }, element("div", { class: "row" }, person, this.more), this.moreList);
  }

  toggleMore(isOpen = this.moreList.hidden) {
    this.moreList.hidden = !isOpen;
    this.more.setAttribute("aria-expanded", String(isOpen));
  }


  send(draft) {
    this.conversation.send(draft);
  }

  escape(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.notices.question) this.notices.question.cancel();
    else this.onClose();
  }

  askToEnd() {
    const { texts } = this;
    this.notices.ask(texts.endQuestion, {
      yes: texts.endYes,
      onYes: () => {
        this.toggleMore(false);
        this.conversation.end();
        this.heading.focus();
      },
      no: texts.endNo,
      onNo: () => this.more.focus(),
    });
  }

  save() {
    const day = new Date().toISOString().slice(0, 10);
    download(copyAsText(this.conversation.transcript.messages, this.around()), `${this.texts.transcriptFile}-${day}.txt`);
  }

  around() {
    return { texts: this.texts, language: this.language, clinic: this.conversation.clinic };
  }


  show() {
    if (this.small.matches) this.view.showModal();
    else this.view.show();
  }

  showAgain() {
    const focused = this.view.getRootNode().activeElement;
    this.view.close();
    this.show();
    if (focused) focused.focus({ preventScroll: true });
  }
}

function followKeyboard(view) {
  const visible = window.visualViewport;
  if (!visible) return;
  const follow = () => {
    const isZoomed = visible.scale > 1.01; // Then a part of the page is looked at, and there is nothing to follow.
    const covered = isZoomed ? 0 : Math.max(0, window.innerHeight - visible.height - visible.offsetTop);
    view.style.setProperty("--covered", `${Math.round(covered)}px`);
    view.style.setProperty("--pushed", `${isZoomed ? 0 : Math.round(visible.offsetTop)}px`);
  };
  visible.addEventListener("resize", follow);
  visible.addEventListener("scroll", follow);
  follow();
}

// style.js
const STYLE = `
:host {
  all: initial;
  color-scheme: inherit;
  --bg: var(--candidacy-background, #fff);
  --text: var(--candidacy-text, #1d2733);
  --accent: var(--candidacy-accent, #0a5c8f);
  --on-accent: var(--candidacy-on-accent, #fff);
  --muted: #46535f; --soft: #eef3f7; --own: #d9eaf5; --line: #66788a; --faint: #cfd9e2;
  --alarm: #fff0ee; --alarm-line: #b3261e; --call: #b3261e; --on-call: #fff;
  --radius: var(--candidacy-radius, 12px);
  --edge: var(--candidacy-edge, 1rem);
}
@supports (color: light-dark(red, red)) {
  :host {
    --bg: var(--candidacy-background, light-dark(#fff, #17212b));
    --text: var(--candidacy-text, light-dark(#1d2733, #eef3f7));
    --accent: var(--candidacy-accent, light-dark(#0a5c8f, #8accf5));
    --on-accent: var(--candidacy-on-accent, light-dark(#fff, #0b1a26));
    --muted: light-dark(#46535f, #bccad6); --soft: light-dark(#eef3f7, #24323f); --own: light-dark(#d9eaf5, #1d4660);
    --line: light-dark(#66788a, #8ea1b3); --faint: light-dark(#cfd9e2, #3a4b5b);
    --alarm: light-dark(#fff0ee, #3b2020); --alarm-line: light-dark(#b3261e, #ff9c92);
    --call: light-dark(#b3261e, #ffb4ab); --on-call: light-dark(#fff, #410e0b);
  }
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }

.root {
  font: max(17px, 1rem)/1.5 var(--candidacy-font, system-ui, sans-serif);
  color: var(--text);
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, ul, ol { margin: 0; padding: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button, .call {
  font: inherit; min-height: 44px; min-width: 44px; padding: .4em .8em; border-radius: var(--radius);
  border: 1px solid var(--line); background: var(--bg); color: var(--text); cursor: pointer; text-align: start;
}
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; box-shadow: 0 0 0 2px var(--bg); }
button:disabled, button[aria-disabled] { color: var(--muted); background: transparent; border-style: dashed; cursor: default; text-decoration: none; }
.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.row, .calls { display: flex; flex-wrap: wrap; gap: .5em; }
.calls { margin-top: .5em; }
.alarm .calls { margin: .2em 0 .5em; }
.card .calls { margin: 0 0 .5em; }
a { color: var(--accent); text-decoration: underline; }
.bubble a, .card p a { padding-block: .15em; font-weight: 600; color: inherit; }
.call { display: inline-flex; align-items: center; font-weight: 600; text-decoration: none; color: var(--text); border-width: 2px; }
.call.danger { background: var(--call); color: var(--on-call); border-color: var(--call); }

.closed {
  position: fixed; z-index: var(--candidacy-layer, 2147483000); inset-block-end: var(--edge); inset-inline-end: var(--edge);
  display: flex; flex-direction: column; align-items: flex-end; gap: .75rem; max-width: calc(100vw - 2 * var(--edge));
  max-height: calc(100vh - 2 * var(--edge));
}
.launcher {
  display: flex; align-items: center; gap: .6em; min-height: 52px; padding: .5em 1.2em; border-radius: 2em; font-weight: 600; flex: none;
  background: var(--accent); color: var(--on-accent); border: 2px solid var(--bg); box-shadow: 0 2px 10px rgb(0 0 0 / .25);
}
.badge {
  min-width: 1.7em; padding: 0 .45em; border-radius: 1em; text-align: center; background: var(--bg); color: var(--text); border: 1px solid transparent;
}
.card {
  width: min(24rem, 100%); padding: 1em; border-radius: var(--radius); overflow: auto;
  background: var(--alarm); border: 2px solid var(--alarm-line);
}
.card .row { margin-top: .75em; }

.panel {
  position: fixed; z-index: var(--candidacy-layer, 2147483000); inset: auto; margin: 0; padding: 0; max-width: none; max-height: none;
  inset-inline-end: var(--edge); inset-block-end: calc(var(--edge) + var(--covered, 0px));
  width: min(27rem, 100vw - 2 * var(--edge));
  height: min(48rem, 100vh - 2 * var(--edge) - var(--covered, 0px));
  color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 6px 30px rgb(0 0 0 / .25); overflow: hidden; container-type: size;
}
.panel:modal {
  inset: var(--pushed, 0px) 0 auto 0; width: 100%; height: calc(100vh - var(--covered, 0px)); border: 0; border-radius: 0;
}
@supports (height: 100dvh) { .panel:modal { height: calc(100dvh - var(--covered, 0px)); } }
.panel::backdrop { background: var(--bg); }
.frame { display: flex; flex-direction: column; height: 100%; position: relative; overflow-y: auto; }
.head { display: grid; grid-template-columns: 1fr auto; column-gap: .75em; padding: .6em 1em; border-bottom: 1px solid var(--faint); }
.names { display: contents; }
.head > button { grid-area: 1 / 2 / 3; align-self: start; }
.clinic, h2 { grid-column: 1; }
#about { grid-column: 1 / 3; }
.clinic { font-size: .9em; color: var(--muted); line-height: 1.3; }
h2 { font-size: 1.15em; line-height: 1.3; outline-offset: 4px; }
#about { font-size: .95em; color: var(--muted); line-height: 1.35; }
.log { flex: 1 1 auto; min-height: 7em; overflow-y: auto; overscroll-behavior: contain; padding: 1em; outline-offset: -3px; }
.messages { list-style: none; display: flex; flex-direction: column; gap: 1em; }
.messages:empty::before { content: attr(data-empty); color: var(--muted); animation: appear 0s .6s both; }
@keyframes appear { from { visibility: hidden; } }
.message { display: flex; flex-direction: column; align-items: flex-start; max-width: 92%; }
.message.own { align-self: flex-end; align-items: flex-end; }
.author { font-size: .9em; color: var(--muted); margin-bottom: .15em; }
.bubble { padding: .6em .9em; border-radius: var(--radius); background: var(--soft); border: 1px solid transparent; max-width: 100%; }
.bubble > * + *, .card > p + p { margin-top: .5em; }
.bubble ul { padding-inline-start: 1.2em; }
.bubble li + li { margin-top: .2em; }
.own .bubble { background: var(--own); }
.staff .bubble { background: var(--bg); border: 2px solid var(--accent); }
.alarm .bubble { background: var(--alarm); border: 2px solid var(--alarm-line); font-weight: 600; }
.alarm .author { color: var(--text); font-weight: 600; }
.waiting .bubble { background: transparent; border: 1px dashed var(--line); }
.typed { white-space: pre-wrap; }
.status { font-size: .9em; color: var(--muted); margin: .2em 0; }
.choices { list-style: none; display: flex; flex-wrap: wrap; gap: .5em; margin-top: .6em; }
.choice { border: 2px solid var(--accent); background: var(--bg); color: var(--accent); font-weight: 600; }
.choice:disabled, .choice[aria-disabled] { font-weight: 400; border: 1px dashed var(--line); }
.writing { margin-top: 1em; color: var(--muted); }
.notice { padding: .75em 1em; border-top: 1px solid var(--faint); background: var(--soft); }
.notice .row { margin-top: .5em; }
.notice.away { border-top: 3px solid var(--alarm-line); }
.notices, .head, .composer, .foot { flex: none; }
.composer { padding: .6em 1em 0; border-top: 1px solid var(--faint); }
.composer label { display: block; margin-bottom: .15em; font-size: .9em; color: var(--muted); }
.entry { display: flex; gap: .5em; align-items: flex-end; }
textarea {
  flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius);
  padding: .55em .8em; min-height: 48px; max-height: 7.5em; resize: none; field-sizing: content;
}
.entry button { min-height: 48px; }
.error { margin-top: .4em; color: var(--alarm-line); font-weight: 600; }
.foot { padding: .6em 1em .8em; }
#more { margin-top: .5em; }

@container (max-height: 30rem) {
  .log { overflow: visible; flex: none; min-height: 2em; }
  .composer { position: sticky; bottom: 0; background: var(--bg); padding-bottom: .4em; }
  .composer label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (prefers-contrast: more) { .bubble, .notice { border: 1px solid var(--text); } }
@media (forced-colors: active) {
  .primary, .choice, .launcher, .call.danger { border: 2px solid ButtonText; }
  .bubble, .badge { border-color: CanvasText; }
  .alarm .bubble, .card { border: 4px double CanvasText; }
  :focus-visible { outline-color: Highlight; }
}
@media print { .root { display: none; } }
`;

// chat-element.js
const WRITING_SPOKEN_MS = 2_000;

const OWN_SERVER = new URL(import.meta.url).origin;

const CLOCK = {
  now: () => Date.now(),
  setTimeout: (...given) => window.setTimeout(...given),
  clearTimeout: (timer) => window.clearTimeout(timer),
  setInterval: (...given) => window.setInterval(...given),
  clearInterval: (timer) => window.clearInterval(timer),
};

class CandidacyChat extends HTMLElement {
  connectedCallback() {
    if (this.conversation) return;
    this.language = chooseLanguage([this.getAttribute("lang"), document.documentElement.lang, ...navigator.languages]);
    this.texts = textsIn(this.language);
    this.conversation = this.newConversation();
    this.announcer = new Announcer(this.texts.newMessages);
    this.launcher = new Launcher({ texts: this.texts, onOpen: () => this.open() });
    this.build();
    this.listen();
    this.conversation.resume();
    this.render();
  }

  get isOpen() {
    return Boolean(this.panel) && this.panel.isOpen;
  }

  open() {
    this.panel = this.panel || this.newPanel();
    this.announcer.clear();
    this.panel.view.append(this.announcer.view); // Beside a modal dialog nothing is spoken.
    this.panel.open();
    this.conversation.begin();
    this.render();
  }

  close() {
    this.panel.close();
    this.announcer.clear();
    this.root.append(this.announcer.view);
    this.render();
    this.launcher.button.focus();
  }


  newConversation() {
    const server = this.getAttribute("server") || OWN_SERVER;
    const memory = new Memory(usableStorage(), server);
    const conversation = new Conversation({
      api: new Api(server, (...given) => window.fetch(...given)),
      memory,
      clock: CLOCK,
      chance: Math.random,
      newName: newName,
    });
    conversation.knownClinic = this.clinicOfPage();
    return conversation;
  }

  clinicOfPage() {
    const phone = this.getAttribute("phone");
    if (!phone) return null;
    const phoneLink = this.getAttribute("phone-link") || `tel:${phone.replace(/[^\d+]/g, "")}`;
    return { name: this.getAttribute("clinic") || "", phone, phoneLink };
  }

  newPanel() {
    const { conversation, texts, language, announcer } = this;
    const panel = new Panel({ conversation, texts, language, announcer, onClose: () => this.close() });
    this.root.prepend(panel.view);
    return panel;
  }

  build() {
    const shadow = this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet(); // Allowed by pages that forbid inline styles.
    style.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [style];
    this.root = element("div", { class: "root", lang: this.language }, this.launcher.view, this.announcer.view);
    shadow.append(this.root);
  }

  listen() {
    const { conversation } = this;
    conversation.addEventListener("change", () => this.render());
    conversation.addEventListener("arrived", (event) => this.announce(/** @type {CustomEvent} */ (event).detail));
    conversation.addEventListener("extended", () => this.announcer.say(this.texts.extended));
    window.addEventListener("online", () => conversation.wake());
    window.addEventListener("offline", () => conversation.lost());
    window.addEventListener("pageshow", (event) => event.persisted && conversation.wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? conversation.rest() : conversation.wake()));
    window.addEventListener("storage", (event) => conversation.memory.isOurs(event.key) && conversation.followOtherTab());
  }


  render() {
    const { conversation, launcher } = this;
    const { messages, position } = conversation.transcript;
    if (this.isOpen && !document.hidden) conversation.memory.seen = position;
    const seen = conversation.memory.seen;
    const unread = messages.filter(({ id, author }) => id > seen && author !== "visitor").length;
    launcher.render({ isOpen: this.isOpen, isBegun: messages.length > 0, unread });
    if (this.panel) this.panel.render();
    this.speakOfWriting();
  }

  announce(messages) {
    for (const message of messages) {
      const choices = (message.buttons || []).map(({ title }) => title).join(", ");
      const spoken = `${this.texts[message.author]}: ${message.text}${choices ? ` ${this.texts.choices}: ${choices}` : ""}`;
      if (isDanger(message)) this.announcer.sayAtOnce(spoken);
      else if (this.isOpen) this.announcer.say(spoken);
      if (isDanger(message) && !this.isOpen) this.launcher.showDanger(message);
    }
    const others = messages.filter((message) => !isDanger(message));
    if (!this.isOpen && others.length) this.announcer.say(this.texts.unread(others.length));
  }

  speakOfWriting() {
    const { conversation } = this;
    if (!this.isOpen || !conversation.isAnswerDue || this.spokenTurn === conversation.transcript.position) return;
    const turn = (this.spokenTurn = conversation.transcript.position);
    setTimeout(() => {
      const isDue = this.isOpen && conversation.isAnswerDue && conversation.transcript.position === turn;
      if (isDue) this.announcer.say(this.texts.writing);
    }, WRITING_SPOKEN_MS);
  }
}

function newName() {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return [...numbers].map((number) => number.toString(36)).join("-");
}

// start.js
const NAME = "candidacy-chat";

if (!customElements.get(NAME)) {
  customElements.define(NAME, CandidacyChat);
  if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
}
