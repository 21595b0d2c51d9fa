// Telephone numbers as large buttons to tap.

import { element } from "./dom.js";
import { isSafeHref } from "./rich-text.js";

/**
 * @param {{title: string, href: string, isDanger?: boolean}[]} calls
 * @returns {HTMLElement}
 */
export function callList(calls) {
  const links = calls
    .filter(({ href }) => isSafeHref(href))
    .map(({ title, href, isDanger }) => element("a", { class: isDanger ? "call danger" : "call", href }, title));
  return element("div", { class: "calls" }, ...links);
}

/** The numbers that a message of danger names, in its order. */
export function callsOf(links, texts) {
  return links.map(({ text, href }) => ({
    title: href === "tel:988" ? texts.callOrText(text) : texts.call(text),
    href,
    isDanger: true,
  }));
}

/**
 * The numbers for when the assistant cannot be reached: the clinic's, 911 and 988.
 * @param {import("./types.js").Clinic|null} clinic
 */
export function standingCalls(clinic, texts) {
  const ours = clinic && clinic.phone ? [{ title: texts.callClinic(clinic.phone), href: clinic.phoneLink }] : [];
  return [
    ...ours,
    { title: texts.call(texts.emergencyNumber), href: "tel:911" },
    { title: texts.callOrText(texts.crisisNumber), href: "tel:988" },
  ];
}
