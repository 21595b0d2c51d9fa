// Keeps what live regions would have a screen reader speak: each text that is added to one while it is there.

window.heard = [];

const REGIONS = { log: "politely", status: "politely", alert: "at once" };

function listenIn(root) {
  new MutationObserver((records) => records.forEach(hear)).observe(root, { childList: true, subtree: true, characterData: true });
}

function hear({ target, addedNodes }) {
  const from = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
  const region = from && from.closest("[role=log], [role=status], [role=alert]");
  for (const node of addedNodes) {
    const text = (node.textContent || "").trim();
    if (region && text && !region.closest("[hidden]")) window.heard.push({ how: REGIONS[region.getAttribute("role")], text });
  }
}

const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attachShadow.call(this, options);
  listenIn(root);
  return root;
};
