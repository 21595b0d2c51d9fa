// The shapes that the parts of the chat pass to each other, as JSDoc types; there is nothing here to run.

/** @typedef {{text: string, href: string}} Link a telephone number (or address) that stands in a text */
/** @typedef {{id: string, title: string, live: boolean}} Button a choice that the assistant offers */

/**
 * @typedef {object} Message a message as the server keeps it
 * @property {number} id counts up by one within the conversation
 * @property {"visitor"|"assistant"|"staff"|"system"} author
 * @property {string|null} kind
 * @property {string} text plain text, never HTML
 * @property {Link[]} links
 * @property {Button[]} buttons
 * @property {string} at ISO date and time
 * @property {string|null} client_id our own name of a visitor's message
 */

/** @typedef {{text: string}|{button: string, title: string}|{action: string, title: string}} Draft what the visitor wants to send */

/**
 * @typedef {object} Waiting a message of the visitor's that the server has not shown back yet
 * @property {string} client_id
 * @property {number} order
 * @property {Draft} draft
 * @property {"waiting"|"failed"} state
 * @property {string|null} reason why it failed: the server's short name of the error
 */

/** @typedef {{name: string, phone: string, phoneLink: string}} Clinic */
/** @typedef {{kind: string, text: string, links: Link[]}} Advice words of the server's for the visitor, outside the transcript */
