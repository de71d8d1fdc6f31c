import { labelEnd } from './markup-label.js';
import { escapeAt } from './percent-escape.js';
import { visibilityEnd, wrappedValue } from './value-wrapper.js';

/**
 * What stands between a name and its value. `space`, `is` and `near` are in sentences too: what follows them is a value only
 * when it looks like one.
 */
export interface Operator {
  readonly kind: 'equals' | 'colon' | 'space' | 'is' | 'near';
  /** Where the value starts. */
  readonly end: number;
  /** White space before the value. */
  readonly spaced: boolean;
  /** `%3D` or `%3A`: the value ends at an escaped separator too. */
  readonly escaped: boolean;
  /** The escaped quote that opens the value, and closes it. */
  readonly quote?: string;
}

/** As Chinese and Japanese texts have them. */
const WIDE_COLON = 0xff1a;
const WIDE_EQUALS = 0xff1d;
/** `→`. */
const ARROW = 0x2192;
/** `?=` of make, `.=` of PHP, `+=`, `||=`, `&&=`, `??=`, `//=` of Perl. */
const COMPOUND = /^(?:[?.+]|\|\||&&|\?\?|\/\/)=/;
const COMPOUND_OPEN: ReadonlySet<number> = new Set([...'?.+|&/'].map((sign) => sign.charCodeAt(0)));
const ESCAPED_CLOSERS: ReadonlySet<number> = new Set([0x22, 0x27, 0x5d]);

/** The operator after the name that ends at `at`, or undefined. Line ends stand between no name and its value. */
export function readOperator(text: string, at: number): Operator | undefined {
  if (isReference(text, at)) return undefined;
  const label = labelEnd(text, at);
  if (label !== undefined)
    return { kind: label.colon ? 'colon' : 'near', end: label.end, spaced: true, escaped: false };
  const closed = Math.max(afterClosers(text, at), visibilityEnd(text, at));
  const start = afterBlanks(text, closed);
  const code = text.charCodeAt(start);
  if (code === 0x3d) return equalsOperator(text, start);
  if (code === 0x3a) return colonOperator(text, start);
  if (code === 0x25) return escapedOperator(text, start);
  if (code === ARROW) return equalsAt(afterBlanks(text, start + 1));
  const led = code === 0x2e ? endOf(LEADERS, text, start) : start;
  if (led > start) return equalsAt(led);
  if (code === WIDE_COLON || code === WIDE_EQUALS) {
    const end = afterBlanks(text, start + 1);
    return { kind: code === WIDE_COLON ? 'colon' : 'equals', end, spaced: true, escaped: false };
  }
  const compound = COMPOUND_OPEN.has(code) ? COMPOUND.exec(text.slice(start, start + 3)) : null;
  if (compound !== null) return equalsOperator(text, start + compound[0].length - 1);
  return looseOperator(text, { closed, start, code, quoted: closed > at });
}

const REFERENCE = /`?\]: {1,2}<?https?:\/\//y;

/** Where a link of Markdown goes that is called so: `[pin]: https://…`. */
function isReference(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x5d || code === 0x60) && endOf(REFERENCE, text, at) > at;
}

interface Behind {
  readonly closed: number;
  /** Behind white space. */
  readonly start: number;
  /** The character there. */
  readonly code: number;
  /** The name was in quotes. */
  readonly quoted: boolean;
}

/** What is less than an operator: `password->x`, `token(x)`, `"password", "x"`, `password is x`, `password for bob: x`. */
function looseOperator(text: string, { closed, start, code, quoted }: Behind): Operator | undefined {
  if (code === 0x2d && text[start + 1] === '>') {
    return start === closed && isMember(text, start + 2) ? undefined : equalsOperator(text, start + 1);
  }
  // A comparison with what is no name.
  if (code === 0x21 && text[start + 1] === '=') {
    const value = afterBlanks(text, start + (text[start + 2] === '=' ? 3 : 2));
    return '"\'`'.includes(text[value] ?? ' ') ? near(value) : undefined;
  }
  // `?? "…"` and `|| "…"`: what is taken when there is none.
  const otherwise = OTHERWISE_OPEN.has(code) ? OTHERWISE.exec(text.slice(start, start + 8)) : null;
  if (otherwise !== null) return equalsAt(start + otherwise[0].length);
  // Of R and Scala.
  if (code === 0x3c && text[start + 1] === '-') return equalsOperator(text, start + 1);
  if (start === closed && OPENERS.has(code)) return near(endOf(OPENED_LINE, text, start + 1));
  if (code === 0x7c) {
    const session = endOf(SESSION, text, start);
    return session > start ? equalsAt(session) : near(afterBlanks(text, start + 1));
  }
  if (code === 0x2c && start === closed && !quoted) {
    const second = endOf(TUPLE_SECOND, text, start);
    if (second > start && opensTuple(text, start)) return near(second);
    // A list of arguments as Java prints it: `[--password, x]`.
    const argument = endOf(NEXT_ARGUMENT, text, start);
    if (argument > start && LISTED_OPTION.test(text.slice(Math.max(0, start - 68), start)))
      return near(argument);
  }
  // `ENV.fetch("DB_PASSWORD") { "…" }`.
  if (quoted && code === 0x29) return withEnd(endOf(BLOCK_DEFAULT, text, start), start);
  if (quoted && code === 0x3b) return serialized(text, start);
  if (quoted && code === 0x2c) {
    const next = afterBlanks(text, start + 1);
    const given = Math.max(endOf(DEFAULT, text, next), wrappedValue(text, next));
    return given > next || '"\'`'.includes(text[next] ?? ' ') ? near(given) : undefined;
  }
  if (start === closed) return undefined;
  // A dash between a name and what looks like a value.
  if ((code === 0x2d || code === 0x2013) && text[start + 1] === ' ')
    return near(afterBlanks(text, start + 1));
  const header = code === 0x68 ? endOf(HEADER, text, start) : start;
  if (header > start) return equalsAt(header);
  const said = SAID_OPEN.has(code | 0x20) ? endOf(SAID, text, start) : start;
  if (said > start) return near(said);
  const compared = COMPARED_OPEN.has(code | 0x20) ? endOf(COMPARED, text, start) : start;
  if (compared > start) return equalsAt(compared);
  const declared = endOf(DECLARED, text, start);
  if (declared > start) return equalsAt(declared);
  const words = WORDS_OPEN.has(code) ? WORDS.exec(text.slice(start, start + LONGEST_WORDS)) : null;
  if (words === null) return { kind: 'space', end: start, spaced: true, escaped: false };
  const end = endOf(OPEN_TAG, text, start + words[0].length);
  if (words[1] === undefined)
    return { kind: words[0].includes(':') ? 'colon' : 'is', end, spaced: true, escaped: false };
  return text[end] === ':' ? colonOperator(text, end) : equalsOperator(text, end);
}

/** Of C: `key->length == 0`, `token->next(`. */
const MEMBER = /[A-Za-z_]\w{0,63}(?:[ ]?[=!]=|\(|\[|->)/y;

function isMember(text: string, at: number): boolean {
  MEMBER.lastIndex = at;
  return MEMBER.test(text);
}

const OTHERWISE_OPEN: ReadonlySet<number> = new Set([0x3f, 0x7c]);
const OTHERWISE = /^(?:\?\?|\|\|)[ ]{0,4}(?=["'`])/;

function withEnd(end: number, start: number): Operator | undefined {
  return end > start ? near(end) : undefined;
}

function equalsAt(end: number): Operator {
  return { kind: 'equals', end, spaced: true, escaped: false };
}

function near(end: number): Operator {
  return { kind: 'near', end, spaced: true, escaped: false };
}

/** PHP writes the length of each string before it: `s:8:"password";s:7:"…"`, `["password"]=>` and `string(7) "…"` below. */
const SERIALIZED = /;s:\d{1,9}:(?=\\{0,7}")/y;
const SESSION = /\|s:\d{1,9}:(?=")/y;
/** The value stands on the next line: `ApiKey(⏎    "…"`. */
const OPENED_LINE = /[ \t]{0,8}(?:\r?\n|\\n)[ \t]{0,64}(?=["'])/y;
/** Of Erlang and Ruby: `{password,"…"}`, `{password, <<"…">>}`, `set :password, '…'`. */
const TUPLE_SECOND = /,[ ]?(?:<<)?(?=["'])/y;
/** `add_argument("--password", help="…", default="…")`. */
const BLOCK_DEFAULT = /\) \{ ?(?=["'])/y;
const DEFAULT = /(?:[a-z_]{1,16}=[^,()\n]{1,40},[ ]){0,4}default=(?=["'])/y;
/** Between a name and its value: `password NVARCHAR(50) = N'…'`, `password string = "…"`, `(password . "…")`. */
const DECLARED =
  /\.[ ](?=")|(?:n?(?:var)?char(?:2)?(?:\((?:\d{1,5}|max)\))?|text|string|str)[ ]{1,4}:?=[ ]{0,4}N?(?=["'`])/iy;
const NEXT_ARGUMENT = /, (?=[^\s,\]"'-])/y;
const LISTED_OPTION = /[[ ]--[\w-]{1,64}$/;
const TUPLE_FIRST = /(?:\{|\bset :)[\w.-]{1,64}$/;

function opensTuple(text: string, comma: number): boolean {
  return TUPLE_FIRST.test(text.slice(Math.max(0, comma - 66), comma));
}

const DUMPED = /(?:\r?\n\s{1,64}|[ ]{0,4})string\(\d{1,9}\) (?=")/y;

function serialized(text: string, at: number): Operator | undefined {
  const end = endOf(SERIALIZED, text, at);
  return end > at ? equalsAt(end) : undefined;
}

/** `(`, `[`, `{`, `<` right behind a name. */
const OPENERS: ReadonlySet<number> = new Set([0x28, 0x5b, 0x7b, 0x3c]);
/** Of `is`, `was`, `were`, `are`, `set to`, `to`, `has been`, `changed to`, `reset to`, `for`, `of`, `in`, `on`, `generated`, `created`, `ist`, `lautet`, `est`, `es`, and of numbers. */
const WORDS_OPEN: ReadonlySet<number> = new Set(
  [...'iwashcrftpgoelv\u0434\u043e\u00e8\u00e9#0123456789(['].map((letter) => letter.charCodeAt(0)),
);
/** What is wrong with the value that follows: `password too weak: x`. */
const SAID =
  /(?:(?:included in the request )?(?:is |was |has been )?(?:generated|created|malformed|too (?:weak|short|long|simple|common)|mismatch|not accepted|not valid|not recognized|revoked|rejected|incorrect|incorrecta?|inv[aá]lid[ao]?|falsch|entered|wrong)|to (?:[a-z]{2,16} ){0,4}[a-z]{2,16}):[ ]{1,4}\(?(?=\S)/iy;
/** `password..........x`, as lists of settings are printed. */
const LEADERS = /\.{5,128}[ ]?:?[ ]{0,4}(?=[^\s.])/y;
/** `Authorization header 'Basic x'`. */
const HEADER = /headers?(?: value| is| was)?:? {1,2}(?=["'`](?:Basic|Bearer|Digest|Token|ApiKey) )/iy;
/** What a filter compares, in OData and in SQL, and what a daemon was given: `password eq 'x'`, `password for bob with 'x'`. */
const COMPARED =
  /(?:(?:eq|ne|is not|not like|i?like|=~|<>|~\*?)|for (?:user )?["']?[\w.@+-]{1,64}["']?(?: from [\w.:]{1,64})? with)[ ]{1,4}N?(?=["'])/iy;
const COMPARED_OPEN: ReadonlySet<number> = new Set([...'enilf=<~'].map((sign) => sign.charCodeAt(0) | 0x20));
const SAID_OPEN: ReadonlySet<number> = new Set([...'iwtmnrgchfe'].map((letter) => letter.charCodeAt(0)));
const LONGEST_WORDS = 128;
/** Whose it is. */
const FOR =
  '(?:(?:is |was |has been )?(?:generated |created |set ))?(?:for|f\u00fcr|pour|para|per|voor|\u0434\u043b\u044f|\u043e\u0442) (?:the |user |account |[a-z]{1,3} ){0,2}["\']?[\\w.@+\u00c0-\u04ff-]{1,64}["\']?(?: user| account|(?: [a-z-]{2,16}){0,2}(?= is| was))?';
/** Group 1: an operator follows. */
const WORDS = new RegExp(
  `^(?:((?:${FOR}|\\([A-Za-z0-9 ]{1,24}\\)|\\[[A-Za-z ]{1,24}\\]|#?\\d{1,2}|(?:provided|supplied|received))[ \\t]{0,4}(?=[:=]))|(?:(?:${FOR}|(?:of|in|on) [\\w.@+-]{1,64}) (?:is|was):?|(?:${FOR} )?(?:was |is |has been )?(?:set|changed|reset) to|to|is(?: now)?:?|equals|was|were|are|ist|lautet:?|est|es|\u00e8|\u00e9)[ \\t]{1,8})`,
);

/** `password is <b>x</b>`. */
const OPEN_TAG = /<(?:b|strong|em|i|code|kbd|span)>/iy;

/** Of print: `”`, `’`, `»`. */
const PRINTED_CLOSERS: ReadonlySet<number> = new Set([0x201d, 0x201c, 0x2019, 0xbb]);

/** After the quote or bracket that closes a quoted or indexed name (`"password"`, `\\"password\\"`, `[password]`). */
function afterClosers(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code <= 0x20 || code === 0x3d || code === 0x3a) return at;
  // `[Symbol(password)]: 'x'`.
  if (code === 0x29 && text.startsWith(')]:', at)) return at + 2;
  let end = at;
  while (text.charCodeAt(end) === 0x5c && end < at + 8) end += 1;
  const quote = text.charCodeAt(end);
  const quoted =
    quote === 0x22 || quote === 0x27 || (end === at && (quote === 0x60 || PRINTED_CLOSERS.has(quote)));
  if (end > at && !quoted) return at;
  if (quoted) end += 1;
  // Of Erlang: `<<"password">>`.
  if (quoted && text.startsWith('>>', end)) end += 2;
  if (text.charCodeAt(end) === 0x5d) end += 1;
  else if (text.charCodeAt(end) === 0x5b) end = afterIndex(text, end);
  if (end === at && code === 0x25 && ESCAPED_CLOSERS.has(escapeAt(text, at).code))
    end = escapeAt(text, at).end;
  return end;
}

const INDEX = /\[\d{0,9}\](?=[=:.[\s])/y;

/** After the index of a list (`token[0]=`, `token[]=`); `at` when there is none. */
function afterIndex(text: string, at: number): number {
  INDEX.lastIndex = at;
  return INDEX.test(text) ? INDEX.lastIndex : at;
}

/** Of programs that write JSON by hand. */
const COMMENT = /\/\*[^*\n]{0,128}\*\//y;

/** Of a terminal (ECMA-48), as it is and as JSON writes it out. */
const COLOUR = /(?:\u001b|\\{1,4}u001b)\[[\d;]{0,16}m/iy;
const MOST_UNSEEN = 4;

function afterBlanks(text: string, from: number): number {
  let at = from;
  let unseens = 0;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x2f || code === 0x1b || code === 0x5c) {
      const unseen = endOf(code === 0x2f ? COMMENT : COLOUR, text, at);
      unseens += 1;
      // Each holds what looks like a name: `[1m`.
      if (unseen === at || unseens > MOST_UNSEEN) return at;
      at = unseen;
      continue;
    }
    const isBlank = code === 0x20 || code === 0x09 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a);
    if (!isBlank) return at;
    at += 1;
  }
}

const TAG = /(?:!{1,2}[\w/:.-]{0,64}|&\w{1,64})[ \t]{1,8}(?=[^\s=])/y;

/** After a tag or an anchor of YAML (`!!str x`, `&a x`). */
function afterTag(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code !== 0x21 && code !== 0x26) return from;
  TAG.lastIndex = from;
  return TAG.test(text) ? TAG.lastIndex : from;
}

function equalsOperator(text: string, at: number): Operator {
  let end = at + 1;
  while (text[end] === '=' && end < at + 3) end += 1;
  if (text[end] === '>') end += 1;
  const value = afterBlanks(text, end);
  const given = Math.max(
    endOf(EXPRESSION_OR, text, value),
    endOf(DUMPED, text, value),
    wrappedValue(text, value),
  );
  // Lists of code hold more than secrets.
  if (given > value) return isCodeList(text, value) ? near(given) : equalsAt(given);
  return { kind: 'equals', end: value, spaced: value > end, escaped: false };
}

/** `[]string{`, and not `[Getter: `. */
function isCodeList(text: string, at: number): boolean {
  return text[at] === '[' && text[at + 1] !== 'G';
}

/** Neither `std::token` nor `https://`; `::=` is an assignment of make. */
function colonOperator(text: string, at: number): Operator | undefined {
  const make = /^:{2,3}=/.exec(text.slice(at, at + 4));
  if (make !== null) return equalsOperator(text, at + make[0].length - 1);
  const after = text[at + 1];
  // Of LDIF: what follows is base64.
  if (after === ':' && text[at + 2] === ' ') return colonOperator(text, at + 1);
  if (after === ':' || (after === '/' && text[at + 2] === '/')) return undefined;
  const end = after === '=' ? at + 2 : at + 1;
  const value = afterTag(text, afterBlanks(text, end));
  const given = Math.max(
    endOf(TYPE, text, value),
    endOf(EXPRESSION_OR, text, value),
    wrappedValue(text, value),
  );
  if (given > value) return isCodeList(text, value) && value > end ? near(given) : equalsAt(given);
  return { kind: after === '=' ? 'equals' : 'colon', end: value, spaced: value > end, escaped: false };
}

/** `password: string = "…"` of TypeScript, Python, Swift, Kotlin and Rust. */
const TYPE =
  /(?:&(?:'static )?)?(?:bytes|char|str|string|text|unknown|any|[A-Z][A-Za-z]{2,32})(?:\[[\w, .]{0,48}\]|<[\w, .]{1,48}>)?\??[ ]{0,4}(?:\|[ ]?(?:None|null|undefined)[ ])?=[ ]{0,4}(?=["'`])/y;

/** `given.password || "…"`: an expression is no secret, and what is taken without one can be. */
const EXPRESSION_OR =
  /[A-Za-z_$][\w$]{0,32}(?:\??\.[\w$]{1,48}|\((?:["'][\w.:-]{0,48}["'])?\)|\[(?:["'][\w.:-]{0,48}["']|\d{1,4})\]){0,6}[ ]{0,4}(?:\?\?|\|\||\bor\b)[ ]{0,4}(?=["'`])/y;

/** Where what is at `at` ends; `at` when it is something else. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Blanks and line ends before a value, of a form ('+') as well. */
const ESCAPED_BLANKS = /(?:\+|%(?:25)?(?:20|2B|0[9AD])){0,64}/iy;

function escapedOperator(text: string, from: number): Operator | undefined {
  let at = from;
  while (text.startsWith('%20', at)) at += 3;
  const plain = at > from && (text[at] === '=' || text[at] === ':');
  const { code, end: operatorEnd } = plain ? { code: text.charCodeAt(at), end: at + 1 } : escapeAt(text, at);
  if (code !== 0x3d && code !== 0x3a) return undefined;
  const value = endOf(ESCAPED_BLANKS, text, operatorEnd);
  const opener = escapeAt(text, value);
  const kind = code === 0x3d ? 'equals' : 'colon';
  // JSON in escapes is read as JSON, before.
  if (opener.code === 0x7b || opener.code === 0x5b) return undefined;
  if (value > operatorEnd && (text[value] === '"' || text[value] === "'"))
    return { kind, end: value, spaced: false, escaped: false };
  if (opener.code !== 0x22 && opener.code !== 0x27) {
    let end = operatorEnd;
    while (text.startsWith('%20', end)) end += 3;
    return { kind, end, spaced: false, escaped: true };
  }
  return { kind, end: opener.end, spaced: false, escaped: true, quote: text.slice(value, opener.end) };
}
