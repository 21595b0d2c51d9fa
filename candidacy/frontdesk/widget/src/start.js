// One script tag is enough: it brings the element, unless the page has put one where it wants it.

import { CandidacyChat } from "./chat-element.js";

const NAME = "candidacy-chat";

if (!customElements.get(NAME)) {
  customElements.define(NAME, CandidacyChat);
  if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
}
