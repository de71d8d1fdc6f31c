/** Codes of the errors that this package throws. */
export type SealErrorCode =
  | 'ERR_SPANSEAL_KEY_RING'
  | 'ERR_SPANSEAL_VERIFIER'
  | 'ERR_SPANSEAL_SEALER'
  /** A key file cannot be read, is no key file, or contradicts what it said before. */
  | 'ERR_SPANSEAL_KEY_FILE'
  /** The options of a stream-key source cannot be used. */
  | 'ERR_SPANSEAL_STREAM_KEY_OPTIONS'
  /** The source did not answer in time. */
  | 'ERR_SPANSEAL_STREAM_KEY_TIMEOUT'
  /** The source said no: no permission, no such key, a key of another kind. Trying again does not help. */
  | 'ERR_SPANSEAL_STREAM_KEY_REFUSED'
  /** The source cannot be reached, is overloaded or broken. Trying again later may help. */
  | 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE'
  /** The source answered with something that is no MAC of 32 bytes under the key that was named. */
  | 'ERR_SPANSEAL_STREAM_KEY_ANSWER';

/** One thing that is wrong with an option. `got` names a kind or a length, never a value. */
export interface SealFault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** An option that cannot be used. Every fault of one call is reported at once. No key material is ever in it. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: SealErrorCode;
  readonly faults: readonly SealFault[];

  constructor(code: SealErrorCode, faults: readonly SealFault[]) {
    super(faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join('; '));
    this.code = code;
    this.faults = faults;
  }
}

/** The kind of a value, for messages: never the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : `a text of ${value.length} characters`;
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'a number that is not finite';
  return typeof value === 'object' ? 'an object' : typeof value;
}

/** One for each option that is none of these, or one for what holds no options at all. */
export function unknownOptions(given: unknown, names: readonly string[]): SealFault[] {
  if (typeof given !== 'object' || given === null) {
    return [{ path: 'options', expected: 'an object', got: kindOf(given) }];
  }
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const expected = `only ${names.join(', ')}`;
  return unknown.map((name) => ({ path: shownOption(name), expected, got: 'an unknown option' }));
}

/** The name of an unknown option, for messages: one can be a secret that slipped into the wrong place. */
export function shownOption(name: string): string {
  return /^(?=.{1,20}$)[a-z]+(?:[A-Z][a-z]+)*$/.test(name) ? name : '(an option)';
}
