// How long to wait before the next try, and a wait that can be cut short.

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Twice as long each time, and never the same for all: a server that comes back is not met by everybody at once.
 * @param {number} failures how many tries have failed in a row
 * @param {number} chance between 0 and 1
 */
export function waitBeforeTry(failures, chance) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return longest * (0.5 + chance / 2);
}

/** Sleeps for a time, or until it is woken. */
export class Sleeper {
  /** @param {{setTimeout: Function, clearTimeout: Function}} clock */
  constructor(clock) {
    this.clock = clock;
    this.wake = () => {};
  }

  /** @param {number} milliseconds */
  sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = this.clock.setTimeout(resolve, milliseconds);
      this.wake = () => {
        this.clock.clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
