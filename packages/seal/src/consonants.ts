/**
 * The 32 letters of the seal's texts, five bits each. Redaction rules in pipelines look for digits in a row, for
 * prefixes such as `eyJ`, `sk-`, `AKIA`, and for words: a text without digits, vowels, and punctuation is none of
 * these. (Hex tags were altered in 1 % of spans by an unanchored card rule.)
 */
const alphabet = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP';
const values: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, value) => [letter, value]));

/** Two letters for each ten bits: seals are written for every span. */
const pairs: readonly string[] = Array.from(
  { length: 1024 },
  (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`,
);

/** Bytes as text, most significant bits first; the unused low bits of the last letter are zero. */
export function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    held = ((held << 8) | (bytes[at] ?? 0)) & 0x3ffff;
    bits += 8;
    if (bits >= 10) {
      bits -= 10;
      text += pairs[(held >> bits) & 1023];
    }
  }
  if (bits >= 5) {
    bits -= 5;
    text += alphabet[(held >> bits) & 31];
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

/** The bytes of a text, or undefined when it is not exactly what {@link encodeBytes} gives for that many bytes. */
export function decodeBytes(text: string, length: number): Uint8Array | undefined {
  if (text.length !== Math.ceil((length * 8) / 5)) return undefined;
  const bytes = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = values.get(letter);
    if (value === undefined) return undefined;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
    }
  }
  // A second spelling of the same bytes would let the text change under a valid MAC.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** A whole number from 0 to 2^53 − 1 in its shortest spelling; 0 is one letter. */
export function encodeCounter(value: number): string {
  let text = '';
  let rest = value;
  do {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  } while (rest > 0);
  return text;
}

/** The number of a text, or undefined when it is not its shortest spelling or is past 2^53 − 1. */
export function decodeCounter(text: string): number | undefined {
  if (text.length === 0 || text.length > 11 || (text.length > 1 && text[0] === alphabet[0])) return undefined;
  let value = 0;
  for (const letter of text) {
    const digit = values.get(letter);
    if (digit === undefined) return undefined;
    value = value * 32 + digit;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}
