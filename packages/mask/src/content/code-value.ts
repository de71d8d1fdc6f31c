import { holdsWords, looksRandom, looksSecret } from '../detectors/secret-shape.js';
import type { Stretch } from '../stretch.js';
import type { FoundName } from './found-name.js';

const LONGEST = 160;
const IDENTIFIER = '[A-Za-z_$][\\w$]{0,63}';
const DOTTED = new RegExp(`^[*&]?${IDENTIFIER}(?:\\.${IDENTIFIER}){1,5}$`);
/** Last parts of names that a variable has which holds a secret: what is assigned from it is no literal. */
const HOLDS_SECRET =
  /(?:key|secret|token|password|passwd|pwd|credentials?|cookie|signature|session|auth)s?$/i;
/** A member of a package or an enumeration: `token.TILDE`, `tls13.EarlySecret`. */
const EXPORTED = /\.[A-Z](?:[A-Z0-9_]{0,48}|[a-z]{1,24}[A-Z][A-Za-z]{1,48})$/;
/** Arguments of a call that hold no text, or texts that are names: `make([]byte, 64)`, `attribute.Key("http.host")`, `r.Header.Get("X-Token")`. */
const NAME_TEXT =
  '["\'](?:[a-z][a-z0-9_]{0,32}(?:\\.[a-z0-9_]{1,32}){1,6}|[A-Z][A-Za-z]{0,16}(?:-[A-Z][A-Za-z]{1,16}){1,5}|[^\\w"\']{0,3}|[A-Za-z ]{1,32}: ?|password|passwd|token|secret|key|Authorization|Cookie|hex|base64(?:url)?|utf-?8|raw|sha\\d{1,3})["\']';
const CALLED = new RegExp(
  `^(?:await |new )?(${IDENTIFIER}(?:\\.${IDENTIFIER}){0,5})\\((?:${NAME_TEXT}|[^"'\`\\n]){0,128}$`,
);
/** `asn1.ObjectIdentifier{1, 2}`, `s[a:b]`, `head["Cookie"]`, `func(b []byte) error {`, `re.compile(r"…")`, `await read(…)`, a comment. */
const OTHER = new RegExp(
  `^(?:[&*]?[a-z]\\w{0,32}\\.[A-Z]\\w{0,48}\\{|(?:func|fn) ?\\(|lambda[ :]|${IDENTIFIER}(?:\\.${IDENTIFIER}){0,3}\\[(?:[\\w$.+-]{0,48}:[\\w$.+()-]{0,48}|["'][\\w.-]{1,64}["'])\\]|(?:re|regexp|errors)\\.\\w{1,16}\\(|(?:await|yield|range|typeof) |iota$|(?:\\/[\\/*]|#)(?: |$)|&[a-z]\\w{0,24}(?:\\.\\w{1,32}){0,3}(?:[,;)}]|$))`,
);
/** Types of TypeScript, Python, Go and Rust. */
const TYPE =
  /^(?:number|bigint|boolean|object|Buffer|Uint8Array|ArrayBuffer|Promise|Array|Record|Map|Set|CryptoKey(?:Pair)?|KeyObject|KeyLike|CacheKey|BinaryLike|BufferSource|NonSharedBuffer|RequestCredentials|SecretStr|SecureString|PrivateKey|PublicKey|[A-Z][A-Za-z]{1,24}\.[A-Z][A-Z0-9_]{1,24}|[A-Z][A-Za-z]{1,40}<[\w$.,|[\]"' <]{1,64}>)(?=\s{0,4}(?:[,;)|=}\]&[?]|\/\/|$))/;
const DECLARES =
  /(?:^|\n)[^\n]{0,32}\b(?:function|const|readonly|export|declare|interface|private|public|protected|static)\b[^\n"'=]{0,160}$/;
const TYPE_NAME =
  /^(?:[A-Z][A-Za-z0-9]{0,48}\.)?[A-Z](?:[a-z0-9]{1,32}[A-Z][A-Za-z0-9]{0,48}|[a-z]{2,32}|)[;,)]?$/;

/** A name and a value of it without quotes, as they stand in a program. */
interface Assigned {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** White space stands before the value. */
  readonly spaced: boolean;
  readonly kind: string;
}

/**
 * Whether a value without quotes is an expression of a program, by what an assignment alone shows: a variable or member that
 * is called like the name or like a secret, a call without texts, a type.
 *
 * @param text attacker-controlled; a bounded stretch of it is read.
 */
export function isProgramValue(text: string, { name, start, end, spaced, kind }: Assigned): boolean {
  const value = text.slice(start, Math.min(end, start + LONGEST));
  if (!spaced) return false;
  if (isSameName(name, value)) return true;
  // `token => token.id`
  if (kind === 'equals' && value.startsWith(`${lastPart(name)}.`) && /^\w+\.[A-Za-z]/.test(value))
    return true;
  if (kind === 'equals' && isMember(name, value)) return true;
  const code = text.slice(start, start + LONGEST);
  const line = code.slice(0, code.search(/\n|$/));
  if (kind === 'equals' && isInitialised(text.slice(Math.max(0, start - LONGEST), start), line)) return true;
  if (OTHER.test(line) && !holdsSecretWord(line)) return true;
  if (isCall(line.slice(0, 128), kind)) return true;
  return kind === 'colon' && (TYPE.test(line) || isDeclared(text, start, value));
}

const DECLARATION = /\b(?:(?:const|let|var) |(?:self|this)\.)[\w$]{1,64}(?:: ?[\w.<>[\]| ]{1,48})? = $/;

/** Whether a variable, or a member of an object, gets what is no literal: in languages that write so, a text stands in quotes. */
function isInitialised(before: string, line: string): boolean {
  return /^[A-Za-z_$!][^"'`]*$/.test(line) && DECLARATION.test(before) && !holdsSecretWord(line);
}

/** Of a secret that a person types, which can be a word like others. */
const TYPED = /(?:pass(?:word|wd|phrase|code)?|pwd|pin|otp|cvv|kennwort)s?$/i;

export function isTypedName(name: string): boolean {
  return name.length <= LONGEST && TYPED.test(name) && !/[/\s]/.test(name);
}

/** What members are of that programs hand secrets around in. */
const OWNER =
  /^[*&]?(?:self|this|cfg|conf|config|settings|options|opts|req|request|params|props|env|ctx|context|user|args|body|form|data|state|input|credentials|creds|os|process|node|client|server|connection|app|account|payload)\b/i;

/** A comment of one word, or what looks like a secret anywhere in an expression. */
function holdsSecretWord(line: string): boolean {
  if (/^(?:\/\/|#) ?\S{1,64}$/.test(line)) return true;
  return line.split(/[^\w!@%^*+-]+/).some((word) => looksSecret(word));
}

function isMember(name: string, value: string): boolean {
  if (!DOTTED.test(value) || !(HOLDS_SECRET.test(value) || EXPORTED.test(value))) return false;
  if (isTypedName(name) && !OWNER.test(value)) return false;
  return !looksRandom(value) && !looksSecret(value.slice(0, value.indexOf('.')));
}

/** In YAML, `abc(def` is a value. */
function isCall(line: string, kind: string): boolean {
  const called = CALLED.exec(line)?.[1];
  if (
    called === undefined ||
    (kind === 'colon' && !called.includes('.')) ||
    called.split('.').some(looksSecret)
  )
    return false;
  return line.includes(')') || /[,({[\\]$/.test(line);
}

function isDeclared(text: string, start: number, value: string): boolean {
  // In prose, words of programs are words.
  if (!TYPE_NAME.test(value)) return false;
  // What a method gives stands behind its parameters.
  const end = start + value.length;
  if (/^\)\??: /.test(text.slice(end, end + 4))) return true;
  const before = text.slice(Math.max(0, start - LONGEST), start);
  return /[({;]/.test(before) && DECLARES.test(before);
}

/** `binderKey: binderKey`, `HTTPHostKey: semconv.HTTPHostKey`, `self._keys = keys`. */
export function isSameName(name: string, value: string): boolean {
  if (value.length > LONGEST || value.length < 3 || name.length > LONGEST) return false;
  const owner = value.slice(0, Math.max(0, value.lastIndexOf('.')));
  const isSame = isTypedName(name)
    ? lastPart(name) === lastPart(value)
    : lastPart(name).toLowerCase() === lastPart(value).toLowerCase();
  return HOLDS_SECRET.test(value) && isSame && !looksSecret(owner);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/^[_$*&]{1,4}|[;)]$/g, '');
}

const DEFINES = /\b(?:type|using|typedef) $/;
/** A field of a message of protocol buffers: `string password = 2;`. */
const FIELD = /\b(?:string|bytes|bool|u?int(?:32|64)) $/;

/** Whether a name gets another name, and no value: `type Token = string`, `rename pass -> password`. */
export function isDefinition(
  text: string,
  { start, at, value }: { readonly start: number; readonly at: number; readonly value: string },
): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  if (DEFINES.test(before) || (FIELD.test(before) && /^\d{1,3}$/.test(value))) return true;
  return text.startsWith('->', at - 3) && /^[a-z]{1,24}$/.test(value);
}

const PACKAGE_MEMBER = /^\*?[a-z][a-z0-9]{0,15}\.[A-Z][A-Za-z0-9]{0,40}[({]?$/;

/** Whether a word is a member of a package or a pointer to a type of it: `GenerateKey(ecdh.P256(), r)`, `secret *tls13.EarlySecret`. */
export function isPackageMember(word: string): boolean {
  return PACKAGE_MEMBER.test(word) && (!looksRandom(word) || holdsWords(word));
}

/** Names that keys of maps and tokens of parsers have. */
const EVERYDAY_NAME = /(?:^|\.)(?:keys?|tok)$/i;
const COMPARES = /^\]?\s{0,4}[=!]={1,2}\s{0,4}["'`]/;

/** Whether what stands behind a name is what a key is compared with (`key == 'home'`), or what a map holds for it (`meters[key] = meter`). */
export function isNoAssignment(
  text: string,
  { start, end, text: name }: FoundName,
  quoted: boolean,
): boolean {
  if (!quoted)
    return (
      EVERYDAY_NAME.test(name) &&
      text[start - 1] === '[' &&
      /^\] {1,4}[:+]?= /.test(text.slice(end, end + 8)) &&
      /[\w\])]/.test(text[start - 2] ?? ' ')
    );
  if (!COMPARES.test(text.slice(end, end + 16))) return false;
  const before = text.slice(Math.max(0, start - 8), start);
  return (
    EVERYDAY_NAME.test(name) ||
    /\btypeof $/.test(before) ||
    (name === 'token' && /\b(?:if|elif|while) \(?$/.test(before))
  );
}

const EQUALS = /^[ \t]?(={2,3})(?!>)/;

/** Whether a word behind a name is what it is compared with. In a shell, `==` can stand before a secret. */
export function isComparison(text: string, at: number, value: string): boolean {
  const sign = EQUALS.exec(text.slice(at, at + 5))?.[1];
  return sign === '===' || (sign === '==' && !looksSecret(value));
}

/** Whether a shell puts in what a command prints: ``API_KEY=`etcdctl get /key` ``. */
export function isCommandOutput(text: string, { start, end }: Stretch): boolean {
  return (
    text[start - 1] === '`' && text[start - 2] === '=' && /^[a-z][\w./-]{0,48} ./.test(text.slice(start, end))
  );
}
