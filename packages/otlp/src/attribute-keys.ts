import { orderOfKeys } from './key-order.js';

/** The keys of some attributes in the order of the canonical form. */
export interface AttributeKeys {
  readonly keys: readonly string[];
  /** Indices into `keys`. */
  readonly order: readonly number[];
  /** In that order, what each KeyValue begins with: its key, and the tag of its value. */
  readonly heads: readonly AttributeHead[];
}

/** Some bytes that are written often, and the same in words: few bytes are written faster four at a time than by a call. */
export interface AttributeHead {
  readonly bytes: Uint8Array;
  /** The lowest byte of a word comes first. The last one is filled up with zeros. */
  readonly words: Int32Array;
}

const mostKeptKeys = 64;
const longestKeptKey = 128;
/** Kept for each number of keys: spans of a few kinds take turns. */
const keptSets = 4;

/** An instrumentation gives its spans the same keys again and again: the last sets of each length, the newest first. */
const known: AttributeKeys[][] = Array.from({ length: mostKeptKeys + 1 }, () => []);

/**
 * Sorts keys, which are well-formed and different from each other.
 *
 * @throws a fault for one that is twice.
 */
export function attributeKeys(keys: readonly string[]): AttributeKeys {
  const sets = known[keys.length];
  const found = knownSet(keys);
  if (found !== undefined) return found;
  const order = orderOfKeys(keys);
  const made = { keys, order, heads: order.map((index) => headOf(keys[index] ?? '')) };
  // What is kept must not grow with what an attacker sends.
  if (sets === undefined || keys.some((key) => key.length > longestKeptKey)) return made;
  sets.unshift(made);
  if (sets.length > keptSets) sets.pop();
  return made;
}

/** The same keys, if they were sorted lately: then they are well-formed, and each is there once. */
export function knownKeys(keys: readonly string[]): readonly string[] | undefined {
  return knownSet(keys)?.keys;
}

function knownSet(keys: readonly string[]): AttributeKeys | undefined {
  const sets = known[keys.length];
  if (sets === undefined) return undefined;
  for (const set of sets) if (set.keys === keys || isSame(set.keys, keys)) return set;
  return undefined;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** An empty key is left out, like every default. */
function headOf(key: string): AttributeHead {
  if (key === '') return withWords(Uint8Array.of(valueTag));
  const text = Buffer.from(key);
  const length: number[] = [];
  let rest = text.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return withWords(Uint8Array.from([keyTag, ...length, rest, ...text, valueTag]));
}

function withWords(bytes: Uint8Array): AttributeHead {
  const words = new Int32Array(Math.ceil(bytes.length / 4));
  for (const [at, byte] of bytes.entries()) words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (8 * (at & 3)));
  return { bytes, words };
}

const keyTag = 0x0a;
const valueTag = 0x12;
