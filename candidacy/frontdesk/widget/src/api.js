// The web chat API: one method an endpoint. Two ways to fail: no answer at all, or a refusal with its reason.

const ANSWER_MS = 15_000;

/** No answer came: the network or the server is away. */
export class Unreachable extends Error {}

/** The server said no. `advice` are its words for the visitor, when it has some. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {{error?: string, message?: string, kind?: string, links?: import("./types.js").Link[]}} body
   * @param {number} retrySeconds
   */
  constructor(status, body, retrySeconds) {
    super(body.error || String(status));
    this.status = status;
    this.reason = body.error || String(status);
    this.retrySeconds = retrySeconds;
    /** @type {import("./types.js").Advice|null} */
    this.advice = body.kind ? { kind: body.kind, text: body.message || "", links: body.links || [] } : null;
  }

  /** Whether the same request may do later. */
  get isPassing() {
    return this.status === 429 || this.status >= 500;
  }
}

/** Speaks to one server. */
export class Api {
  /**
   * @param {string} server its origin
   * @param {typeof fetch} fetch
   */
  constructor(server, fetch) {
    this.server = server;
    this.fetch = fetch;
  }

  /** @returns {Promise<{clinic_name: string, clinic_phone: string, clinic_phone_link: string, message_max_length: number}>} */
  configuration() {
    return this.call("GET", "configuration");
  }

  /** @returns {Promise<{token: string, conversation: string}>} */
  startSession() {
    return this.call("POST", "sessions", { body: {} });
  }

  /** @returns {Promise<{expires_in: number}>} */
  session(token) {
    return this.call("GET", "session", { token });
  }

  /** @returns {Promise<{expires_in: number}>} */
  extend(token) {
    return this.call("POST", "session/extend", { token });
  }

  end(token) {
    return this.call("DELETE", "session", { token });
  }

  /** @returns {Promise<{id: number}>} */
  send(token, clientId, { title, ...content }) {
    return this.call("POST", "messages", { token, body: { client_id: clientId, ...content } });
  }

  /** @returns {Promise<{messages: import("./types.js").Message[]}>} one page */
  messagesAfter(token, position) {
    return this.call("GET", `messages?after=${position}`, { token });
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<ReadableStream<Uint8Array>>}
   */
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
    // A refusal is JSON of the API's own. What is not comes from something in between: the server was not reached.
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
