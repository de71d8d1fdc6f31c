import type { CliIo } from './cli-io.js';
import type { InputPosition } from './input/input-bytes.js';

/** Input that is read quicker than this says nothing. */
const quietMillis = 1000;
const everyMillis = 200;
const mebibyte = 1024 * 1024;

/** One line on standard error that says how far a long input is read. */
export class ProgressLine {
  readonly #io: CliIo;
  readonly #now: () => number;
  #next: number;
  #isShown = false;

  constructor(io: CliIo, options: { now: () => number; isAsked: boolean }) {
    this.#io = io;
    this.#now = options.now;
    this.#next = options.now() + (options.isAsked ? 0 : quietMillis);
  }

  show({ read, size }: InputPosition): void {
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + everyMillis;
    const share =
      size === undefined || size === 0 ? '' : ` of ${mebibytes(size)}, ${Math.floor((100 * read) / size)} %`;
    this.#write(`read ${mebibytes(read)}${share}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown && this.#io.stderr.isTTY) this.#io.stderr.write('\r\u001b[K');
  }

  #write(text: string): void {
    this.#isShown = true;
    this.#io.stderr.write(this.#io.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
