// Server-sent events read with fetch: EventSource cannot send the Authorization header.

/** Puts the events of a stream together from its pieces (WHATWG HTML, "Server-sent events"). */
export class EventParser {
  constructor() {
    this.rest = "";
    this.reset();
  }

  reset() {
    this.event = { type: "message", data: /** @type {string[]} */ ([]) };
  }

  /**
   * @param {string} piece
   * @returns {{type: string, data: string}[]} the events that are complete with it
   */
  push(piece) {
    // A CR at the end may be half of a CRLF: it waits for what follows.
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

/**
 * The events of a response as they come; a stream that has been silent too long fails.
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} onBytes called at every sign of life, pings included
 */
export async function* eventsOf(body, onBytes) {
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
