// The open chat. Beside the page it leaves the page usable; on a small screen it fills it, and keeps the focus.

import { button, element } from "./dom.js";
import { Composer } from "./composer.js";
import { MessageList } from "./message-list.js";
import { Notices } from "./notices.js";
import { copyAsText, download, print } from "./copy.js";

const SMALL = "(max-width: 519px), (max-height: 479px)";

/** A dialog with the conversation, a text field and what else can be done. */
export class Panel {
  /**
   * @param {{conversation: import("./conversation.js").Conversation, texts: any, language: string,
   *   announcer: import("./announcer.js").Announcer, onClose: () => void}} parts
   */
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
    // On a touch screen the text field would bring up the keyboard, over half of what there is to read.
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
    // What had the focus may be gone.
    if (before && this.view.contains(before) === false) this.heading.focus();
    if (isOver && before === this.composer.input) this.heading.focus();
  }

  // ------------------------------------------------------------------ its parts

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

  // ------------------------------------------------------------------ what can be done

  send(draft) {
    this.conversation.send(draft);
  }

  /** Escape takes back the last thing that was opened. */
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

  // ------------------------------------------------------------------ how it is shown

  show() {
    if (this.small.matches) this.view.showModal();
    else this.view.show();
  }

  /** The screen was turned, or zoomed: the same panel the other way, with the focus where it was. */
  showAgain() {
    const focused = this.view.getRootNode().activeElement;
    this.view.close();
    this.show();
    if (focused) focused.focus({ preventScroll: true });
  }
}

/** Keeps the panel clear of an on-screen keyboard, which covers the page without making it smaller. */
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
