import { refuseMember } from './fault.js';
import type { KeyValue } from './model.js';
import { ownText } from './own-text.js';
import { sortedIndices } from './sorted-indices.js';

/** The indices of a list in the order of its keys' UTF-8 bytes. The keys have been checked to be strings. */
export function keyOrder(list: readonly KeyValue[]): readonly number[] {
  const known = knownOrders[list.length];
  if (known !== undefined && hasKeys(list, known.keys)) return known.order;
  const keys = list.map(({ key }) => key);
  const order = orderOfKeys(keys);
  // What is kept must not grow with what an attacker sends.
  if (keys.length <= mostKeptKeys && keys.every((key) => key.length <= longestKeptKey))
    knownOrders[keys.length] = { keys: keys.map(ownText), order };
  return order;
}

interface KnownOrder {
  readonly keys: readonly string[];
  readonly order: readonly number[];
}

const mostKeptKeys = 64;
const longestKeptKey = 128;

/** The last order for each length: an instrumentation gives its spans the same keys again and again. */
const knownOrders: (KnownOrder | undefined)[] = new Array(mostKeptKeys + 1).fill(undefined);

function hasKeys(list: readonly KeyValue[], keys: readonly string[]): boolean {
  for (let i = 0; i < keys.length; i++) if (list[i]?.key !== keys[i]) return false;
  return true;
}

/** The same of keys alone. */
export function orderOfKeys(keys: readonly string[]): readonly number[] {
  const order = sortedIndices(keys.length, (one, other) => compareUtf8(keys[one] ?? '', keys[other] ?? ''));
  for (let i = 1; i < order.length; i++) {
    const index = order[i] ?? 0;
    if (keys[index] === keys[order[i - 1] ?? 0]) {
      refuseMember(`[${index}].key`, 'DUPLICATE_KEY', { expected: 'each key once', got: 'a second one' });
    }
  }
  return order;
}

/**
 * Compares by UTF-8 bytes. JavaScript compares UTF-16 units, where the surrogates of U+10000 and above stand below
 * U+E000; in UTF-8 they stand above U+FFFF.
 */
function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? lift(x) - lift(y) : x - y;
  }
  return a.length - b.length;
}

function lift(unit: number): number {
  return unit >= 0xe000 ? unit : unit + 0x2800;
}
