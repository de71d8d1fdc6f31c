import { inspect } from 'node:util';
import type { Algorithm, AlgorithmName } from './algorithm.js';
import { KeyRingReader } from './key-ring-reader.js';
import { SealError } from './seal-error.js';

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

interface KeysOfRing {
  readonly primary: RingKey;
  find(id: string): RingKey | undefined;
}

/** Whether a value is a ring of `createKeyRing()`. */
export function isKeyRing(value: unknown): value is KeyRing {
  return typeof value === 'object' && value !== null && ringKeys in value;
}

/** The key that signs. */
export function primaryKey(ring: KeyRing): RingKey {
  return keysOf(ring).primary;
}

/** The key of that id, or undefined. */
export function findKey(ring: KeyRing, id: string): RingKey | undefined {
  return keysOf(ring).find(id);
}

function keysOf(ring: KeyRing): KeysOfRing {
  return (ring as KeyRing & { [ringKeys]: () => KeysOfRing })[ringKeys]();
}

function newKeyRing(shown: KeyRing, keys: KeysOfRing): KeyRing {
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
  const reader = new KeyRingReader();
  const { realm, keys } = reader.read(options);
  const [primary, ...others] = keys;
  if (primary === undefined || reader.faults.length > 0) {
    throw new SealError('ERR_SPANSEAL_KEY_RING', reader.faults);
  }
  const byId = new Map([primary, ...others].map((key) => [key.id, key]));
  return newKeyRing({ realm, keyIds: [...byId.keys()] }, { primary, find: (id) => byId.get(id) });
}

/**
 * A ring that takes one secret for every key id: for who verifies with a secret alone, and was told no id.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_RING` with every fault at once.
 */
export function createAnyIdKeyRing(options: { secret: string; realm?: string }): KeyRing {
  const { secret, ...realm } = options;
  const sample = primaryKey(createKeyRing({ ...realm, primary: { id: 'any', secret } }));
  const shown = { realm: options.realm ?? '', keyIds: ['any'] };
  return newKeyRing(shown, { primary: sample, find: (id) => ({ ...sample, id }) });
}
