import { inspect } from 'node:util';
import type { Attributes, AttributeValue } from '../../src/index.js';
import { KEYS, WORDS } from './names.js';
import type { Random } from './random.js';

/** Whole texts in which `$s` is a secret beyond doubt. */
const TEXTS: readonly string[] = [
  '{"password":"$s"}',
  '{"$w":{"apiKey":["$s"]},"$w":1}',
  '{"name":"client_secret","value":"$s"}',
  '{"$w":"{\\"password\\":\\"$s\\"}"}',
  '\\"access_token\\":\\"$s\\"',
  'https://h.example/$w?access_token=$s&a=1',
  'postgres://app:$s@db.example/x',
  'Authorization: Bearer $s',
  'Cookie: theme=1; sessionid=$s',
  "login failed password='$s'",
  'api_key=$s',
  '--client-secret=$s --verbose',
  'Server=db;User Id=sa;Password=$s;',
  '<password>$s</password>',
  "ALTER USER joe IDENTIFIED BY '$s'",
  'password: $s\nnext: 1',
];

/** A command line is read word by word. */
const PLACES = KEYS.filter((key) => !key.startsWith('process.'));

/** Plants secrets where they must be found. */
export class Plants {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): { readonly secret: string; readonly attributes: Attributes } {
    const random = this.#random;
    // Without a letter of `https`: four of its letters in a row are no part of a secret.
    const letters = 'bcdfghjkmnqrtvwxz';
    const secret = `${random.word(letters, 6)}${random.word('23456789', 3)}${random.word(letters, 5)}`;
    const text = random
      .pick(TEXTS)
      .replaceAll('$s', secret)
      .replaceAll('$w', () => random.pick(WORDS));
    const key = random.once(2) ? random.pick(PLACES) : 'note';
    const attributes: { [key: string]: AttributeValue } = {};
    Object.defineProperty(attributes, key, { value: this.#wrapped(text), enumerable: true, writable: true });
    return { secret, attributes };
  }

  /** Whether more than three characters in a row of it are left. */
  isLeft(secret: string, masked: Attributes): boolean {
    const shown = written(masked);
    for (let at = 0; at + 4 <= secret.length; at += 1)
      if (shown.includes(secret.slice(at, at + 4))) return true;
    return false;
  }

  #wrapped(text: string): AttributeValue {
    const random = this.#random;
    switch (random.int(6)) {
      case 0:
        return [text, random.pick(WORDS)];
      case 1:
        return { [random.pick(['a', 'b'])]: [1, null, { c: text }] };
      case 2:
        return new TextEncoder().encode(text);
      case 3:
        return { [random.pick(['password', 'authToken'])]: text };
      default:
        return text;
    }
  }
}

function written(value: AttributeValue): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value)) return value.map(written).join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return (
    Object.entries(value)
      .map(([name, member]) => `${name}\n${written(member)}`)
      .join('\n') || inspect(value)
  );
}
