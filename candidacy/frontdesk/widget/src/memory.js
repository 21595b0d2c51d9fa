// What the browser keeps over a reload, and what its tabs share: the session's token and what is not sent yet.

/**
 * Keeps values under names of one server. Each waiting message has an entry of its own, so that two tabs that write at
 * the same time never overwrite each other's.
 */
export class Memory {
  /**
   * @param {Storage} storage
   * @param {string} server
   */
  constructor(storage, server) {
    this.storage = storage;
    this.prefix = `candidacy-chat ${server} `;
  }

  /** @returns {{token: string, conversation: string}|null} */
  get session() {
    return this.read("session");
  }

  set session(session) {
    this.write("session", session);
    this.write("seen", null);
  }

  /** The last message that the visitor had before their eyes. */
  get seen() {
    return this.read("seen") || 0;
  }

  set seen(position) {
    if (position > this.seen) this.write("seen", position);
  }

  /** @returns {import("./types.js").Clinic|null} so that the number is there when the server is not */
  get clinic() {
    return this.read("clinic");
  }

  set clinic(clinic) {
    this.write("clinic", clinic);
  }

  /** @returns {import("./types.js").Waiting[]} in the order in which they were written */
  get waiting() {
    return this.names("waiting ")
      .map((name) => this.read(name))
      .filter(Boolean)
      .sort((one, other) => one.order - other.order || (one.client_id < other.client_id ? -1 : 1));
  }

  /** @param {import("./types.js").Waiting} message */
  keepWaiting(message) {
    this.write(`waiting ${message.client_id}`, message);
  }

  /** @param {string} clientId */
  dropWaiting(clientId) {
    this.write(`waiting ${clientId}`, null);
  }

  /** Forgets the conversation; the clinic's number stays. */
  forget() {
    for (const name of this.names("")) if (name !== "clinic") this.write(name, null);
  }

  /** @param {string} key of a storage event; null when all was cleared */
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

/**
 * The browser's storage, or one that lasts as long as the page where that is forbidden or full.
 * @returns {Storage}
 */
export function usableStorage() {
  try {
    const storage = window.localStorage;
    storage.setItem("candidacy-chat", "");
    storage.removeItem("candidacy-chat");
    return storage;
  } catch {
    return new PageStorage();
  }
}

/** The part of Storage that is used here, in memory. */
export class PageStorage {
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
