import { inspect } from 'node:util';
import { type Algorithm, type AlgorithmName, algorithmNames, findAlgorithm } from './algorithm.js';
import { kindOf, SealError, type SealFault } from './seal-error.js';
import { expectedSecret, parseSecret } from './secret.js';

/** A key as users give it. */
export interface KeyOptions {
  /** 1 to 32 letters, digits, `-` and `_`, at most 8 digits in a row. It stands in every seal, so it is public. */
  id: string;
  /** The root secret: `base64:…` or `hex:…`, at least 32 bytes. */
  secret: string;
  /** Default: `hs256`. */
  algorithm?: AlgorithmName;
}

/** A key that must not be trusted from a time on. */
export interface RevokedKeyOptions extends KeyOptions {
  /** Seals of this time and later are `revoked-key`. ISO 8601 text, Date, or milliseconds since the Unix epoch. Default: always. */
  from?: string | number | Date;
}

export interface KeyRingOptions {
  /** Tenant and environment that the seals are for; seals of another realm never verify. At most 255 bytes. Default: ''. */
  realm?: string;
  /** The key that signs, and verifies. */
  primary: KeyOptions;
  /** Keys that verify what was sealed before a rotation. */
  verifyOnly?: readonly KeyOptions[];
  revoked?: readonly RevokedKeyOptions[];
}

/** A checked key of a ring. */
export interface RingKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly secret: Uint8Array;
  /** Milliseconds since the Unix epoch from which on the key is revoked; undefined: never. */
  readonly revokedFrom: number | undefined;
}

/** The keys that seal and verify. Its secrets are in no enumerable property, no JSON, and no inspect output. */
export interface KeyRing {
  readonly realm: string;
  /** Ids of all keys, the primary's first. */
  readonly keyIds: readonly string[];
}

/**
 * Under this symbol a ring gives its keys to this package. A registered symbol and not a class: an app can hold this
 * package twice, as ESM and as CommonJS, and a ring that one of them made must work with the other.
 */
const ringKeys: unique symbol = Symbol.for('spanseal.key-ring/v1');

type KeysOfRing = readonly [RingKey, ...RingKey[]];

/** Whether a value is a ring of `createKeyRing()`. */
export function isKeyRing(value: unknown): value is KeyRing {
  return typeof value === 'object' && value !== null && ringKeys in value;
}

/** The key that signs. */
export function primaryKey(ring: KeyRing): RingKey {
  return keysOf(ring)[0];
}

/** The key of that id, or undefined. */
export function findKey(ring: KeyRing, id: string): RingKey | undefined {
  return keysOf(ring).find((key) => key.id === id);
}

function keysOf(ring: KeyRing): KeysOfRing {
  return (ring as KeyRing & { [ringKeys]: () => KeysOfRing })[ringKeys]();
}

function newKeyRing(realm: string, keys: KeysOfRing): KeyRing {
  const shown = { realm, keyIds: keys.map(({ id }) => id) };
  return Object.freeze(
    Object.defineProperties(shown, {
      [ringKeys]: { value: () => keys },
      [inspect.custom]: { value: () => `KeyRing ${inspect({ ...shown })}` },
    }),
  );
}

/**
 * Checks the keys and puts them on a ring.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_RING` with every fault at once.
 */
export function createKeyRing(options: KeyRingOptions): KeyRing {
  const faults: SealFault[] = [];
  const given = readObject(options, 'options', faults);
  refuseUnknown(given, ['realm', 'primary', 'verifyOnly', 'revoked'], { path: '', faults });
  const realm = readRealm(given['realm'], faults);
  const primary = readKey(given['primary'], 'primary', faults);
  const others = [
    ...readList(given['verifyOnly'], 'verifyOnly', faults).map(([key, path]) => readKey(key, path, faults)),
    ...readList(given['revoked'], 'revoked', faults).map(([key, path]) => readRevoked(key, path, faults)),
  ];
  const keys = [primary, ...others].filter((key) => key !== undefined);
  for (const id of repeated(keys.map((key) => key.id))) {
    faults.push({ path: 'keys', expected: 'every id once', got: `the id ${id} again` });
  }
  if (primary === undefined || faults.length > 0) throw new SealError('ERR_SPANSEAL_KEY_RING', faults);
  return newKeyRing(realm, [primary, ...keys.slice(1)]);
}

const keyIdShape = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const longDigits = /[0-9]{9}/;

function readKey(
  value: unknown,
  path: string,
  faults: SealFault[],
  extra: string[] = [],
): RingKey | undefined {
  const before = faults.length;
  const given = readObject(value, path, faults);
  refuseUnknown(given, ['id', 'secret', 'algorithm', ...extra], { path: `${path}.`, faults });
  const { id, secret, algorithm = 'hs256' } = given;
  if (typeof id !== 'string' || !keyIdShape.test(id) || longDigits.test(id)) {
    const expected = '1 to 32 letters, digits, - and _, at most 8 digits in a row';
    faults.push({ path: `${path}.id`, expected, got: kindOf(id) });
  }
  const bytes = typeof secret === 'string' ? parseSecret(secret) : { got: kindOf(secret) };
  if ('got' in bytes) faults.push({ path: `${path}.secret`, expected: expectedSecret, got: bytes.got });
  const entry = typeof algorithm === 'string' ? findAlgorithm(algorithm) : undefined;
  if (entry === undefined) {
    faults.push({ path: `${path}.algorithm`, expected: algorithmNames.join(' or '), got: kindOf(algorithm) });
  }
  if (faults.length > before || typeof id !== 'string' || 'got' in bytes || entry === undefined)
    return undefined;
  return { id, algorithm: entry, secret: bytes, revokedFrom: undefined };
}

function readRevoked(value: unknown, path: string, faults: SealFault[]): RingKey | undefined {
  const key = readKey(value, path, faults, ['from']);
  const from = typeof value === 'object' && value !== null && 'from' in value ? value.from : undefined;
  const time = from === undefined ? Number.NEGATIVE_INFINITY : toTime(from);
  if (Number.isNaN(time)) {
    faults.push({
      path: `${path}.from`,
      expected: 'a time: ISO 8601 text, Date, or milliseconds',
      got: kindOf(from),
    });
  }
  return key && { ...key, revokedFrom: time };
}

function toTime(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function readRealm(value: unknown, faults: SealFault[]): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && Buffer.byteLength(value) <= 255 && isWellFormed(value)) return value;
  faults.push({ path: 'realm', expected: 'a well-formed text of at most 255 bytes', got: kindOf(value) });
  return '';
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}

function readObject(value: unknown, path: string, faults: SealFault[]): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  faults.push({ path, expected: 'an object', got: kindOf(value) });
  return {};
}

function readList(value: unknown, path: string, faults: SealFault[]): [unknown, string][] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, index) => [item, `${path}[${index}]`]);
  faults.push({ path, expected: 'an array of keys', got: kindOf(value) });
  return [];
}

function refuseUnknown(
  given: Readonly<Record<string, unknown>>,
  known: readonly string[],
  { path, faults }: { path: string; faults: SealFault[] },
): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      faults.push({ path: `${path}${name}`, expected: `only ${known.join(', ')}`, got: 'an unknown option' });
    }
  }
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
