import { type CharacterSet, characterSet } from './character-set.js';

/** Least and greatest number of characters. */
export type LengthRange = readonly [shortest: number, longest: number];

/** A token format that is known by its first characters. */
export interface PrefixFormat {
  readonly prefix: string;
  /** What may follow the prefix. */
  readonly body: CharacterSet;
  /** How many body characters make a token. Without an upper bound it ends where the body does. */
  readonly lengths: LengthRange;
  /** The prefix is public (a host and a path): only what follows is masked. */
  readonly publicPrefix: boolean;
  /** Where a token was cut off, 16 body characters are enough. */
  readonly cutOff: boolean;
  /** Nothing but a token begins like this: one that reaches the end of a text and is too short was cut off there. */
  readonly isDistinctive: boolean;
  /** Whether a body may go on in the next lines. */
  readonly wraps: boolean;
  /** What a body holds; words of a language and placeholders do not. */
  readonly holds: BodyContent;
}

/**
 * `mixed`: a digit, or both cases. `digits`: three digits or more. `cases`: two digits or more, and both cases. `random`: the
 * same, and no words with numbers between them. `any`:
 * letters will do. `anything`: the prefix says by itself that it is a secret, and one letter again and again will do.
 */
export type BodyContent = 'mixed' | 'digits' | 'cases' | 'random' | 'any' | 'anything';

/** One part of a token between literal texts. */
export interface TokenPart {
  /** The literal text before it. */
  readonly lead: string;
  readonly body: CharacterSet;
  readonly lengths: LengthRange;
}

/** A token format that is known by characters in its middle. */
export interface InfixFormat {
  readonly infix: string;
  readonly before: CharacterSet;
  readonly beforeLengths: LengthRange;
  /** The last character before the infix, when it is of a kind of its own. */
  readonly beforeEnd: CharacterSet | undefined;
  /** The parts after the infix, in turn. */
  readonly after: readonly TokenPart[];
  /** What the longer of the two sides holds. */
  readonly holds: BodyContent;
}

export const ALPHANUMERIC = 'A-Za-z0-9';
export const BASE64URL = 'A-Za-z0-9_-';
export const BASE64 = 'A-Za-z0-9+/=_-';
export const HEX = 'a-f0-9';

/** Body characters that a token has at least when its end was cut off. */
export const CUT_OFF_BODY = 16;

/** Of a prefix with a separator. */
const SHORTEST_DISTINCTIVE = 6;
/** Of one without: letters and digits begin words. */
const SHORTEST_DISTINCTIVE_WORD = 10;
const SEPARATOR = /[^A-Za-z0-9]/;
/** A prefix that words begin with as well. */
const WORD_BEGINNING = /^(?:[A-Za-z]{1,3}|[a-z]\.)$/;
const LONGEST_BEGINNING = 3;

interface FormatOptions {
  readonly atLeast?: number;
  readonly exactly?: number;
  readonly lengths?: LengthRange;
  readonly publicPrefix?: boolean;
  readonly wraps?: boolean;
  readonly holds?: BodyContent;
}

const NO_OPTIONS: FormatOptions = {};

/** A line of a table: prefixes, which stand apart by spaces and have a format each, and a `characterSet` specification of the body. */
export type FormatLine = readonly [prefixes: string, body: string, options?: FormatOptions];

/** The formats of a table: what is written down is constant, and costs a process that starts less than calls. */
export function formatsOf(lines: readonly FormatLine[]): readonly PrefixFormat[] {
  const formats: PrefixFormat[] = [];
  for (const line of lines) addFormats(line, formats);
  return formats;
}

function addFormats(line: FormatLine, found: PrefixFormat[]): void {
  const options = line[2] ?? NO_OPTIONS;
  const { atLeast = CUT_OFF_BODY, exactly, publicPrefix = false, wraps = false, holds = 'mixed' } = options;
  const open: LengthRange = [atLeast, Number.POSITIVE_INFINITY];
  const lengths = options.lengths ?? (exactly === undefined ? open : [exactly, exactly]);
  const body = characterSet(line[1]);
  const isWord = body[0x67] === 1;
  for (const prefix of line[0].split(' ')) {
    const { length } = prefix;
    // The length comes first: there are hundreds, and a process waits for them as it starts.
    const beginsLikeWord = isWord && length <= LONGEST_BEGINNING && WORD_BEGINNING.test(prefix);
    const isDistinctive =
      length >= SHORTEST_DISTINCTIVE_WORD || (length >= SHORTEST_DISTINCTIVE && SEPARATOR.test(prefix));
    const cutOff = !beginsLikeWord;
    found.push({ prefix, body, lengths, publicPrefix, cutOff, isDistinctive, wraps, holds });
  }
}

/** A part of an infix format: `lead` before it, a `characterSet` specification, and its lengths. */
export function part(lead: string, body: string, ...[shortest, longest = shortest]: number[]): TokenPart {
  return { lead, body: characterSet(body), lengths: [shortest ?? 0, longest ?? 0] };
}

/** A format by what stands before and after a literal text in its middle. */
export function infixFormat(
  infix: string,
  before: TokenPart,
  {
    after,
    beforeEnd,
    holds = 'mixed',
  }: { readonly after: readonly TokenPart[]; readonly beforeEnd?: string; readonly holds?: BodyContent },
): InfixFormat {
  return {
    infix,
    before: before.body,
    beforeLengths: before.lengths,
    beforeEnd: beforeEnd === undefined ? undefined : characterSet(beforeEnd),
    after,
    holds,
  };
}
