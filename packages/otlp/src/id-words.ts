import { hexDigits } from './hex.js';

/** Members that hold an id: 16 bytes for a trace, 8 for a span. */
export type IdName = 'traceId' | 'spanId' | 'parentSpanId';

/** The id of each member that was read last: who has checked one writes it next, and spans of one trace come together. */
const last: Readonly<Record<IdName, ReadId>> = {
  traceId: { text: undefined, words: new Int32Array(4) },
  spanId: { text: undefined, words: new Int32Array(2) },
  parentSpanId: { text: undefined, words: new Int32Array(2) },
};

interface ReadId {
  text: string | undefined;
  /** The highest byte of a word comes first. */
  readonly words: Int32Array;
}

/** How many hex digits the ids of a member have. */
export function idDigits(name: IdName): number {
  return name === 'traceId' ? 32 : 16;
}

/** Whether a value is an id for this member: so many hex digits, in either case. */
export function isId(value: unknown, name: IdName): value is string {
  return typeof value === 'string' && idWords(value, name) !== undefined;
}

/** The bytes of an id, the highest of each word first, until the next id of this member is read; undefined for a text that is none. */
export function idWords(id: string, name: IdName): Int32Array | undefined {
  const read = last[name];
  if (read.text === id) return read.words;
  const { words } = read;
  if (id.length !== 8 * words.length) return undefined;
  read.text = undefined;
  let highest = 0;
  for (let word = 0; word < words.length; word++) {
    let value = 0;
    for (let i = 8 * word; i < 8 * word + 8; i++) {
      const digit = hexDigits[id.charCodeAt(i)] ?? 255;
      highest |= digit;
      value = (value << 4) | digit;
    }
    words[word] = value;
  }
  if (highest > 15) return undefined;
  read.text = id;
  return words;
}
