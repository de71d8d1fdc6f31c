/**
 * The 32 letters of the seal's texts, five bits each. Redaction rules in pipelines look for digits in a row, for
 * prefixes such as `eyJ`, `sk-`, `AKIA`, and for words: a text without digits, vowels, and punctuation is none of
 * these. (Hex tags were altered in 1 % of spans by an unanchored card rule.)
 */
const alphabet = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP';
const letters: Uint8Array = Buffer.from(alphabet);

/** The value of each ASCII letter; {@link noValue} for all others. */
const values: Uint8Array = new Uint8Array(128).fill(0xff);
for (const [value, code] of letters.entries()) values[code] = value;
const noValue = 0xff;

/** Letters of one text, written one behind the other: seals are written for every span, and gluing texts together costs more. */
export class LetterOutput {
  #bytes = Buffer.alloc(256);
  #at = 0;

  /** Any ASCII text. */
  text(text: string): this {
    this.#need(text.length);
    for (let index = 0; index < text.length; index += 1) this.#bytes[this.#at++] = text.charCodeAt(index);
    return this;
  }

  /** Most significant bits first; the unused low bits of the last letter are zero. */
  bytes(bytes: Uint8Array): this {
    this.#need(2 * bytes.length + 1);
    let bits = 0;
    let held = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      held = ((held << 8) | (bytes[index] ?? 0)) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        this.#letter(held >> bits);
      }
    }
    if (bits > 0) this.#letter(held << (5 - bits));
    return this;
  }

  /** A whole number from 0 to 2^53 − 1 in its shortest spelling; 0 is one letter. */
  counter(value: number): this {
    let digits = 1;
    for (let rest = value; rest >= 32; rest = Math.floor(rest / 32)) digits += 1;
    this.#need(digits);
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at -= 1) {
      this.#bytes[at] = letters[rest % 32] ?? 0;
      rest = Math.floor(rest / 32);
    }
    this.#at += digits;
    return this;
  }

  /** What was written, and empties the output. */
  take(): string {
    const text = this.#bytes.toString('latin1', 0, this.#at);
    this.#at = 0;
    return text;
  }

  #letter(value: number): void {
    this.#bytes[this.#at++] = letters[value & 31] ?? 0;
  }

  #need(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length + length)]);
  }
}

const output = new LetterOutput();

/** Bytes as text. */
export function encodeBytes(bytes: Uint8Array): string {
  return output.bytes(bytes).take();
}

/** A whole number from 0 to 2^53 − 1 in its shortest spelling. */
export function encodeCounter(value: number): string {
  return output.counter(value).take();
}

/** The bytes of a text, or undefined when it is not exactly what {@link encodeBytes} gives for that many bytes. */
export function decodeBytes(text: string, length: number): Uint8Array | undefined {
  if (text.length !== Math.ceil((length * 8) / 5)) return undefined;
  const bytes = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = valueAt(text, index);
    if (value === noValue) return undefined;
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

/** The number of a text, or undefined when it is not its shortest spelling or is past 2^53 − 1. */
export function decodeCounter(text: string): number | undefined {
  if (text.length === 0 || text.length > 11 || (text.length > 1 && text[0] === alphabet[0])) return undefined;
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = valueAt(text, index);
    if (digit === noValue) return undefined;
    value = value * 32 + digit;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}

function valueAt(text: string, index: number): number {
  return values[text.charCodeAt(index)] ?? noValue;
}
