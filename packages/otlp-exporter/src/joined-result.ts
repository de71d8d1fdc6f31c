import type { ExportResult } from './readable-span.js';

type ResultCallback = (result: ExportResult) => void;

/** The one result of an export that leaves in several requests: it succeeded when all of them did. */
export class JoinedResult {
  readonly #done: ResultCallback;
  #open = 0;
  #isComplete = false;
  #worst: ExportResult = { code: 0 };

  constructor(done: ResultCallback) {
    this.#done = done;
  }

  /** The callback of the next request. @param isLast no other follows. */
  of(isLast: boolean): ResultCallback {
    // Most exports are one request: the SDK's own callback is the one that is called.
    if (isLast && this.#open === 0 && !this.#isComplete && this.#worst.code === 0) return this.#done;
    this.#open += 1;
    this.#isComplete = isLast;
    return (result) => {
      this.#open -= 1;
      if (result.code !== 0) this.#worst = result;
      if (this.#isComplete && this.#open === 0) this.#done(this.#worst);
    };
  }
}
