// Knows when the session ends, and says so in time for it to be prolonged.

const WARNING_MS = 120_000;
const RECOUNT_MS = 20_000;

/** Watches one end at a time. The server says how long is left, so that a wrong clock does no harm. */
export class SessionClock {
  /** @param {{clock: any, onWarning: () => void, onEnd: () => void}} parts `onWarning` again as the minutes pass */
  constructor({ clock, onWarning, onEnd }) {
    this.clock = clock;
    this.onWarning = onWarning;
    this.onEnd = onEnd;
    this.timer = null;
    this.end = null;
  }

  /** @param {number} seconds how long the session still lasts */
  set(seconds) {
    this.end = this.clock.now() + seconds * 1_000;
    this.tick();
  }

  clear() {
    this.end = null;
    this.clock.clearTimeout(this.timer);
  }

  /** Minutes that are left, once they should be told; null before. */
  get minutesToTell() {
    const left = this.end === null ? Infinity : this.end - this.clock.now();
    return left > WARNING_MS ? null : Math.max(1, Math.ceil(left / 60_000));
  }

  tick() {
    this.clock.clearTimeout(this.timer);
    const left = this.end - this.clock.now();
    if (left <= 0) {
      this.clear();
      this.onEnd();
      return;
    }
    if (left <= WARNING_MS) this.onWarning();
    const next = left > WARNING_MS ? left - WARNING_MS : Math.min(left, RECOUNT_MS);
    this.timer = this.clock.setTimeout(() => this.tick(), next);
  }
}
