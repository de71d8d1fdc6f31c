import { kindOf, SealError, type SealFault, shownOption } from './seal-error.js';

/** Collects the faults of the options of a source. */
export class SourceOptionsReader {
  readonly #faults: SealFault[] = [];
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(options: unknown, known: readonly string[]) {
    const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
    if (!isObject) this.fault('options', 'an object', kindOf(options));
    this.#given = isObject ? { ...options } : {};
    for (const name of Object.keys(this.#given).filter((each) => !known.includes(each))) {
      this.fault(shownOption(name), `only ${known.join(', ')}`, 'an unknown option');
    }
  }

  fault(path: string, expected: string, got: string): void {
    this.#faults.push({ path, expected, got });
  }

  /** An option, once `holds` says that it is what is expected. Undefined passes when the option can be left out. */
  check(path: string, expected: string, holds: (value: unknown) => boolean): void {
    if (!holds(this.#given[path])) this.fault(path, expected, kindOf(this.#given[path]));
  }

  /** @throws SealError `ERR_SPANSEAL_STREAM_KEY_OPTIONS` with every fault at once. */
  done(): void {
    if (this.#faults.length > 0) throw new SealError('ERR_SPANSEAL_STREAM_KEY_OPTIONS', this.#faults);
  }
}

/** A text that can stand in a request: not empty, bounded, printable ASCII. */
export function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,2048}$/.test(value);
}

/** For options that can be left out. */
export function isAbsentOr(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || holds(value);
}
