import type { ContentRules } from '../content-rules.js';
import type { Stretch } from '../stretch.js';
import { groupsEnd } from './number-groups.js';
import { decodePercent } from './percent-decoding.js';

const NAME = /(?<![\w.%~+$[\]-])([\w.%~+$[\]-]{1,256})[ \t]{0,4}[=:][ \t]{0,4}/g;
const BARE_END = /[\s&;,#"'<>]|$/g;

/**
 * Masks what the key rules hit in `name=value` and `name: value` pairs (query strings, forms, assignments), and nothing
 * else: for policies that say themselves what is a secret. One pass; the time is linear in the text (attacker-controlled).
 */
export function maskNamedPairs(text: string, rules: ContentRules): string {
  let out = '';
  let copied = 0;
  const names = new RegExp(NAME);
  const values = new PairValues(text);
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const { start, end: first } = values.at(found.index + found[0].length);
    const end = groupsEnd(text, start, first);
    const value = text.slice(start, end);
    const masked =
      value === '' ? undefined : rules.maskForName(decodePercent(found[1] ?? ''), 'assignment', value);
    // Without a hit the value is read on: it may hold pairs itself.
    names.lastIndex = masked === undefined ? start : end;
    if (masked === undefined || masked === value) continue;
    out += text.slice(copied, start) + masked;
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** Values, in quotes or bare. It remembers where the last bare one ended: `a=a=a=…` is walked once. */
class PairValues {
  readonly #text: string;
  readonly #ends = new RegExp(BARE_END);
  #walkedTo = -1;

  constructor(text: string) {
    this.#text = text;
  }

  at(at: number): Stretch {
    const quote = this.#text[at] ?? ' ';
    if (quote === '"' || quote === "'") {
      const close = this.#text.indexOf(quote, at + 1);
      return { start: at + 1, end: close < 0 ? at + 1 : close };
    }
    if (at > this.#walkedTo) {
      this.#ends.lastIndex = at;
      this.#walkedTo = this.#ends.exec(this.#text)?.index ?? this.#text.length;
    }
    return { start: at, end: this.#walkedTo };
  }
}
