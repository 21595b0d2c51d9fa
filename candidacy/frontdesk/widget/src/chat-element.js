// <candidacy-chat>: puts the parts together on a page.

import { Announcer } from "./announcer.js";
import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { element } from "./dom.js";
import { Launcher } from "./launcher.js";
import { Memory, usableStorage } from "./memory.js";
import { isDanger } from "./message-view.js";
import { Panel } from "./panel.js";
import { STYLE } from "./style.js";
import { chooseLanguage, textsIn } from "./texts.js";

const WRITING_SPOKEN_MS = 2_000;

/** Where the script came from is where the assistant is. */
const OWN_SERVER = new URL(import.meta.url).origin;

const CLOCK = {
  now: () => Date.now(),
  setTimeout: (...given) => window.setTimeout(...given),
  clearTimeout: (timer) => window.clearTimeout(timer),
  setInterval: (...given) => window.setInterval(...given),
  clearInterval: (timer) => window.clearInterval(timer),
};

/**
 * Attributes: `lang` (en or es), `server` (another origin than the script's), `theme` (light or dark), and `clinic`,
 * `phone`, `phone-link`: the clinic's name and number for when the server has never been reached.
 */
export class CandidacyChat extends HTMLElement {
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

  /** The focus goes back to where it came from. */
  close() {
    this.panel.close();
    this.announcer.clear();
    this.root.append(this.announcer.view);
    this.render();
    this.launcher.button.focus();
  }

  // ------------------------------------------------------------------ its parts

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

  /** The clinic as the page names it. */
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

  // ------------------------------------------------------------------ what is shown and spoken

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

  /** @param {import("./types.js").Message[]} messages */
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

  /** Said once a turn, and only when the answer takes a while. */
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

/** crypto.randomUUID exists on secure pages alone; a clinic's test page may not be one. */
function newName() {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return [...numbers].map((number) => number.toString(36)).join("-");
}
