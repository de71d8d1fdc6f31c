import { inspect } from 'node:util';
import type { Algorithm, AlgorithmName } from './algorithm.js';
import { FetchedKeys } from './fetched-keys.js';
import { KeyRingReader } from './key-ring-reader.js';
import { SealError } from './seal-error.js';
import type { StreamKeySource } from './stream-key-source.js';

interface NamedKeyOptions {
  /** 1 to 32 letters, digits, `-` and `_`, at most 8 digits in a row. It stands in every seal, so it is public. */
  id: string;
  /** Default: `hs256`. */
  algorithm?: AlgorithmName;
}

/** A key whose root secret is in this process. */
export interface SecretKeyOptions extends NamedKeyOptions {
  /** The root secret: `base64:…` or `hex:…`, at least 32 bytes. */
  secret: string;
}

/** A key whose root secret is elsewhere and never in this process. */
export interface RemoteKeyOptions extends NamedKeyOptions {
  /** What makes the MACs: of `@spanseal/seal/aws-kms`, `@spanseal/seal/vault`, or one of your own. */
  source: StreamKeySource;
}

/** A key as users give it. */
export type KeyOptions = SecretKeyOptions | RemoteKeyOptions;

/** A key that must not be trusted from a time on. */
export type RevokedKeyOptions = KeyOptions & {
  /** Seals of this time and later are `revoked-key`. ISO 8601 text, Date, or milliseconds since the Unix epoch. Default: always. */
  from?: string | number | Date;
};

export interface KeyRingOptions {
  /** Tenant and environment that the seals are for; seals of another realm never verify. At most 255 bytes. Default: ''. */
  realm?: string;
  /** The key that signs, and verifies. */
  primary: KeyOptions;
  /** Keys that verify what was sealed before a rotation. */
  verifyOnly?: readonly KeyOptions[];
  revoked?: readonly RevokedKeyOptions[];
}

interface CheckedKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  /** Milliseconds since the Unix epoch from which on the key is revoked; undefined: never. */
  readonly revokedFrom: number | undefined;
}

/** A checked key, with the secret that its stream keys come from. */
export interface RingKey extends CheckedKey {
  /** The root secret; of a remote key, the secret of one stream (docs/protocol.md, "Remote keys"). */
  readonly secret: Uint8Array;
}

/** A checked key whose root secret is elsewhere. */
export interface RemoteKey extends CheckedKey {
  readonly source: StreamKeySource;
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

/** What a ring holds and does not show. */
export interface KeysOfRing {
  readonly primary: RingKey | RemoteKey;
  find(id: string): RingKey | RemoteKey | undefined;
  /** What was fetched for the streams of remote keys. */
  readonly fetched: FetchedKeys;
}

/** Whether a value is a ring of `createKeyRing()`. */
export function isKeyRing(value: unknown): value is KeyRing {
  return typeof value === 'object' && value !== null && ringKeys in value;
}

/** The key that signs. */
export function primaryKey(ring: KeyRing): RingKey | RemoteKey {
  return keysOf(ring).primary;
}

/**
 * The key of that id, for that stream. Undefined when the ring has none, or when it is a remote one and the secret of the
 * stream was not fetched.
 */
export function findKey(ring: KeyRing, id: string, stream: Uint8Array): RingKey | undefined {
  const held = keysOf(ring);
  const key = held.find(id);
  return key === undefined || 'secret' in key ? key : held.fetched.get(id, stream);
}

/** Whether the key that signs is a remote one, so that a stream can only be opened with `openSpanSealer()`. */
export function signsRemotely(ring: KeyRing): boolean {
  return 'source' in primaryKey(ring);
}

/** What a ring holds: for this package only. */
export function keysOf(ring: KeyRing): KeysOfRing {
  return (ring as KeyRing & { [ringKeys]: () => KeysOfRing })[ringKeys]();
}

/** A ring that shows `shown`, and whose keys are what `keys` gives at that time. */
export function newKeyRing<Shown extends KeyRing>(shown: Shown, keys: () => KeysOfRing): Shown {
  return Object.freeze(
    Object.defineProperties(shown, {
      [ringKeys]: { value: keys },
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
  const held = { primary, find: (id: string) => byId.get(id), fetched: new FetchedKeys() };
  return newKeyRing({ realm, keyIds: [...byId.keys()] }, () => held);
}

/** Ids for which a ring for any id keeps a key. */
const mostIds = 1024;

/**
 * A ring that takes one secret for every key id: for who verifies with a secret alone, and was told no id.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_RING` with every fault at once.
 */
export function createAnyIdKeyRing(options: { secret: string; realm?: string }): KeyRing {
  const { secret, ...realm } = options;
  const one = keysOf(createKeyRing({ ...realm, primary: { id: 'any', secret } }));
  const shown = { realm: options.realm ?? '', keyIds: ['any'] };
  const keys = new Map<string, RingKey | RemoteKey>();
  // One object for each id, since what is derived from a key is kept by it.
  const find = (id: string): RingKey | RemoteKey => {
    const key = keys.get(id) ?? { ...one.primary, id };
    // Ids come from seals, which are attacker-controlled.
    if (keys.size >= mostIds) keys.clear();
    keys.set(id, key);
    return key;
  };
  const held = { ...one, find };
  return newKeyRing(shown, () => held);
}
