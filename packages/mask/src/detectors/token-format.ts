import { type CharacterSet, characterSet } from './character-set.js';

/** A token format that is known by its first characters. */
export interface PrefixFormat {
  readonly prefix: string;
  /** What may follow the prefix. */
  readonly body: CharacterSet;
  /** How many body characters make a token, wherever it ends. */
  readonly atLeast: number;
  /** A body of another length is no token; where the text ends before, it was cut off. 0: the length is free. */
  readonly exactly: number;
  /** The prefix is public (a host and a path): only what follows is masked. */
  readonly publicPrefix: boolean;
  /** At the end of a text, 16 body characters are enough: it was cut off there. */
  readonly cutOff: boolean;
}

/** A token format that is known by characters in its middle. */
export interface InfixFormat {
  readonly infix: string;
  readonly before: CharacterSet;
  readonly beforeLengths: readonly [shortest: number, longest: number];
  readonly body: CharacterSet;
  readonly atLeast: number;
}

export const ALPHANUMERIC = 'A-Za-z0-9';
export const BASE64URL = 'A-Za-z0-9_-';
export const BASE64 = 'A-Za-z0-9+/=_-';
export const HEX = 'a-f0-9';

/** Body characters that a token has at least when its end was cut off. */
export const CUT_OFF_BODY = 16;

interface FormatOptions {
  readonly atLeast?: number;
  readonly exactly?: number;
  readonly publicPrefix?: boolean;
}

/** One format for each of the prefixes, which stand apart by spaces; `body` is a `characterSet` specification. */
export function formats(
  prefixes: string,
  body: string,
  options: FormatOptions = {},
): readonly PrefixFormat[] {
  const { atLeast = CUT_OFF_BODY, exactly = 0, publicPrefix = false } = options;
  const set = characterSet(body);
  return prefixes.split(' ').map((prefix) => {
    const beginsLikeWord = /^[A-Za-z]{1,3}$/.test(prefix) && body !== HEX;
    return { prefix, body: set, atLeast, exactly, publicPrefix, cutOff: !beginsLikeWord };
  });
}
