/**
 * When requests that did not arrive are tried again: not by a clock, which stands still between invocations, but one at the
 * start of an invocation, and all of them once anything arrives.
 */
export class Turns {
  #waiting: (() => void)[] = [];
  readonly #active = new Set<Promise<unknown>>();

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Waits for a turn. A request whose connection was closed while it was idle does not wait: nothing was tried yet. */
  pause(millis: number, signal: AbortSignal): Promise<void> {
    if (millis === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The one that has waited longest. */
  openOne(): void {
    this.#waiting.shift()?.();
  }

  openAll(): void {
    for (const open of this.#waiting.splice(0)) open();
  }

  attempt<T>(send: () => Promise<T>): Promise<T> {
    const sent = send();
    this.#active.add(sent);
    const done = () => void this.#active.delete(sent);
    sent.then(done, done);
    return sent;
  }

  /** Waits until no attempt is under way, no longer than so many milliseconds. */
  async settled(millis: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isOver = true;
        resolve();
      }, millis);
    });
    do {
      await Promise.race([over, Promise.allSettled(this.#active)]);
      // What follows an answer, and an attempt that is about to begin, are some microtasks away.
      await new Promise((resolve) => setImmediate(resolve));
    } while (!isOver && this.#active.size > 0);
    clearTimeout(timer);
  }
}
