// Makes elements. Words only ever become text nodes, so nothing that anybody writes can become markup or run.

/**
 * @param {string} name
 * @param {Record<string, any>} [properties] `on…` listeners, `class`, true or false for attributes without value, else attributes
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {any}
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/** A button that does nothing but what it is told. */
export function button(title, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, title);
}

/** Sets an element's text, if it differs: a live region must not speak again. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
