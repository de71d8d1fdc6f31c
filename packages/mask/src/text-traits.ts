/** '@', also as `%40`. */
export const TRAIT_AT: number = 1 << 0;
/** '=', also as `%3D`, and '&'. */
const TRAIT_EQUALS: number = 1 << 1;
/** ':', also as `%3A`, and the wide ':' and '=' of East Asian texts. */
const TRAIT_COLON: number = 1 << 2;
/** '://'. */
export const TRAIT_SCHEME: number = 1 << 3;
/** Nine or more digits, with at most two separators between any two of them. */
export const TRAIT_DIGITS: number = 1 << 4;
/** '{' or '['. */
const TRAIT_BRACKET: number = 1 << 5;
/** A single, double or back quote. */
export const TRAIT_QUOTE: number = 1 << 6;
/** 'eyJ', base64 of `{"`. */
export const TRAIT_JWT: number = 1 << 7;
/** A name that makes a random value behind it a secret. */
export const TRAIT_NAMED: number = 1 << 8;
/** Five dashes in a row. */
export const TRAIT_DASHES: number = 1 << 9;
/** '%'. */
const TRAIT_PERCENT: number = 1 << 10;
/** White space. */
const TRAIT_SPACE: number = 1 << 11;
/** '/'. */
const TRAIT_SLASH: number = 1 << 12;
/** '<', '>' or '('. */
const TRAIT_ANGLE: number = 1 << 13;
/** '?'. */
const TRAIT_QUESTION: number = 1 << 14;
/** A word that a rule on names may be about, or that a reader of structured content acts on. */
export const TRAIT_NAME: number = 1 << 15;
/** An escape that stands for a character of a name or a secret (`%70assword`, `\u0070assword`). */
export const TRAIT_HIDDEN: number = 1 << 16;
/** The first characters of a token format, with a body behind them. */
export const TRAIT_TOKEN: number = 1 << 17;
/** The first characters of an AWS access key id. */
export const TRAIT_AWS_ID: number = 1 << 18;
/** The name of an authorization scheme. */
export const TRAIT_AUTH_SCHEME: number = 1 << 19;
/** A run of just forty base64 characters. */
export const TRAIT_BASE64_RUN: number = 1 << 20;
/** Digits as phone numbers are written. */
export const TRAIT_PHONE: number = 1 << 21;
/** The name of an HTTP client that takes credentials. */
export const TRAIT_CLIENT: number = 1 << 22;
/** `kind: Secret`. */
export const TRAIT_SECRET_KIND: number = 1 << 23;
/** Digits, dashes or spaces of another script or of typography, where numbers can be written with them. */
export const TRAIT_FOLDABLE: number = 1 << 24;
/** Words that tell a one-time code. */
export const TRAIT_TOLD_CODE: number = 1 << 25;

/** A control character, or one that nobody sees. */
export const TRAIT_CONTROL: number = 1 << 26;
/** A line end (LF) or a tab, which are nothing special in a text of many lines. */
export const TRAIT_LINES: number = 1 << 27;

/** Digits and separators as network and hardware addresses have them. */
export const TRAIT_ADDRESS: number = 1 << 28;
/** What can open an account number: a country and check digits, many digits, or a long word. */
export const TRAIT_IBAN: number = 1 << 29;
/** What says of a JSON text as a whole that it holds a secret. */
export const TRAIT_SECRET_OBJECT: number = 1 << 30;

/** What gives a text structure: a text with none of it holds neither names nor anything quoted or nested. */
export const STRUCTURE: number =
  TRAIT_EQUALS |
  TRAIT_COLON |
  TRAIT_SCHEME |
  TRAIT_BRACKET |
  TRAIT_QUOTE |
  TRAIT_PERCENT |
  TRAIT_SPACE |
  TRAIT_SLASH |
  TRAIT_ANGLE |
  TRAIT_QUESTION;

const MARKS: ReadonlyMap<number, number> = new Map(
  (
    [
      // An entity (`&#61;`) can be one too.
      ['=&', TRAIT_EQUALS],
      [':', TRAIT_COLON],
      ['{[', TRAIT_BRACKET],
      ['"\'`', TRAIT_QUOTE],
      ['%', TRAIT_PERCENT | TRAIT_EQUALS | TRAIT_COLON],
      [' \t\n\r\v\f\u00a0', TRAIT_SPACE],
      ['/', TRAIT_SLASH],
      // A list of values, for one, or `password->x`.
      ['<(>', TRAIT_ANGLE],
      ['?', TRAIT_QUESTION],
    ] as const
  ).flatMap(([characters, traits]) => [...characters].map((one) => [one.charCodeAt(0), traits] as const)),
);
const TABLE: Int32Array = new Int32Array(128).map((_, code) => MARKS.get(code) ?? 0);

/** The bits of {@link STRUCTURE} that a text has. One pass. */
export function structureTraits(text: string): number {
  let traits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) traits |= TABLE[code] ?? 0;
    else if (code === 0xff1a || code === 0xff1d) traits |= TRAIT_COLON;
    else if (/\s/.test(text[at] ?? '')) traits |= TRAIT_SPACE;
  }
  return (traits & TRAIT_COLON) !== 0 && text.includes('://') ? traits | TRAIT_SCHEME : traits;
}

/** Whether a text has any of {@link STRUCTURE}. */
export function hasStructure(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (
      code < 0x80 ? (TABLE[code] ?? 0) !== 0 : code === 0xff1a || code === 0xff1d || /\s/.test(text[at] ?? '')
    )
      return true;
  }
  return false;
}
