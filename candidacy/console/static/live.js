// Follows server-sent events, and says in the page how it stands with them. A browser gives up where the server answers
// with an error, as it does while the database is away; this goes on trying.

const RETRY_SECONDS = 5;

export function follow(address, listeners, status) {
  const events = new EventSource(address());
  for (const [name, listener] of Object.entries(listeners)) {
    events.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  }
  events.addEventListener("open", () => {
    status.textContent = "New messages appear by themselves.";
  });
  events.addEventListener("error", () => {
    status.textContent = "The connection is lost. It is tried again by itself…";
    if (events.readyState === EventSource.CLOSED) setTimeout(() => follow(address, listeners, status), RETRY_SECONDS * 1000);
  });
}
