import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isLiteral } from '../literal-value.js';
import { EVERYWHERE, hasMark, type TextScan } from '../scan/text-scan.js';
import type { Stretch } from '../stretch.js';
import { maskEncodedJson } from './encoded-words.js';
import { isMaskedValue } from './masked-value.js';
import { maskNamedForm } from './named-values.js';
import { maskNestedText } from './nested-text.js';
import { decodeForm, decodePercent, encodeAround } from './percent-decoding.js';
import { isStandIn } from './placeholder.js';
import { isDeed, isWay } from './prose.js';
import { TextRewrite } from './text-rewrite.js';
import { isPlainCode } from './told-state.js';

/**
 * Parameters that are always masked, in lower case. The first seven are those of the semantic conventions for
 * `url.full` and `url.query` (there in this case only). The rest are one-time codes and the tokens of OAuth 2.0 (RFC 6749), OpenID Connect, SAML and CAS.
 */
const ALWAYS_MASKED: ReadonlySet<string> = new Set([
  'x-amz-signature',
  'x-amz-credential',
  'x-amz-security-token',
  'awsaccesskeyid',
  'signature',
  'sig',
  'x-goog-signature',
  'x-goog-credential',
  'code',
  'auth_code',
  'authcode',
  'otp',
  'totp',
  'pin',
  'passcode',
  'one_time_code',
  'verification_code',
  'oobcode',
  'access_token',
  'id_token',
  'id_token_hint',
  'refresh_token',
  'client_secret',
  'client_assertion',
  'assertion',
  'code_verifier',
  'device_code',
  'user_code',
  'samlresponse',
  'ticket',
  'jsessionid',
  'phpsessid',
  'hdnea',
  'hdnts',
  'hdntl',
]);

/** `state=CA` is an address; only a value that looks random is the anti-forgery value of a login. */
const MASKED_WHEN_RANDOM: ReadonlySet<string> = new Set(
  'state nonce session_state sid hmac api_sig samlart zak sign signed_request'.split(' '),
);

/** Short ones name an application, and are public. */
const MASKED_WHEN_LONG: ReadonlySet<string> = new Set(['appid', 'tk']);
const LONG = 20;

/** A parameter can hold the value that the one before it names. */
const NAMED = /(?:value|answer)(?:\]|%5D)=/i;
const PLAIN_NAME = /^[\w.[\]-]{1,40}$/;

/**
 * Masks a query or form body, with or without the leading '?'. '&' separates pairs, and so does ';' where a name and '='
 * follow. Names are decoded for matching; what is not masked stays byte for byte.
 *
 * @param text attacker-controlled; broken escapes are read as they are.
 */
export function maskQueryText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): string {
  const named = NAMED.test(text) ? maskNamedForm(text, rules) : text;
  if (named !== text) return maskQueryText(named, rules);
  const rewrite = new TextRewrite(text);
  maskQuery(text, { start: 0, end: text.length }, { rewrite, rules, marks });
  return rewrite.toString();
}

/** A body of a form, in which something has blanks. */
const FORM_OF_WORDS = /^[\w.[\]%-]{1,64}=[^\s"'<>{}]*$/;
const BLANK = /\w(?:\+|%20)\w/;

/** Masks a text that is a form as a whole, if there are words in it: sentences are read without their escapes. */
export function maskFormOfWords(text: string, rules: ContentRules): string {
  return text.includes('&') && FORM_OF_WORDS.test(text) && BLANK.test(text)
    ? maskQueryText(text, rules)
    : text;
}

/** As `maskQueryText`, and what of it is settled. */
export function maskQueryForm(text: string, rules: ContentRules, marks: TextScan): PairForm {
  const masked = maskQueryText(text, rules, marks);
  return { masked, pairs: masked === text ? undefined : settledPairs(text, masked, rules) };
}

/** The same for a query that is a part of a text. */
export function maskQuery(text: string, query: Stretch, output: QueryOutput): void {
  let { start } = query;
  if (text[start] === '?') start += 1;
  while (start <= query.end) {
    const end = pairEnd(text, start, query.end);
    if (output.isLink === true && isTokenOfLink(text.slice(start, end)))
      maskAfterEquals(text, { start, end }, output);
    else if (hasMark(output.marks, start, end)) maskPair(text, { start, end }, output);
    start = end + 1;
  }
}

/** `t=9f86d0…`: a parameter of one or two letters, and a random number in hexadecimal. */
const TOKEN_OF_LINK = /^[a-z]{1,2}=[0-9a-f]{32,128}$/i;

function isTokenOfLink(pair: string): boolean {
  return pair.length <= 132 && TOKEN_OF_LINK.test(pair);
}

function maskAfterEquals(text: string, { start, end }: Stretch, { rewrite, rules }: Output): void {
  rewrite.replace(text.indexOf('=', start) + 1, end, rules.mask);
}

/** What was made of a text of pairs, and those of which the value was masked: undefined when another round can mask more. */
export interface PairForm {
  readonly masked: string;
  readonly pairs: readonly Stretch[] | undefined;
}

/**
 * The pairs of a query of which the value was masked, when its masked text would come out of `maskQueryText` as it is: pairs
 * are judged each by itself, and each one came out as it was, or with the mask text for its value. Undefined otherwise.
 *
 * @param from where the query starts, in both texts.
 */
export function settledPairs(
  text: string,
  masked: string,
  { mask, from = 0 }: { readonly mask: string; readonly from?: number },
): readonly Stretch[] | undefined {
  if (masked.includes(';', from) || masked.includes('#', from)) return undefined;
  const pairs: Stretch[] = [];
  let was = from;
  let is = from;
  for (;;) {
    const wasEnd = ampersandFrom(text, was);
    const isEnd = ampersandFrom(masked, is);
    const pair = text.slice(was, wasEnd);
    const result = masked.slice(is, isEnd);
    if (pair !== result) {
      if (!isSettledPair(pair, result, mask)) return undefined;
      pairs.push({ start: was, end: wasEnd });
    }
    if (wasEnd === text.length || isEnd === masked.length)
      return wasEnd === text.length && isEnd === masked.length ? pairs : undefined;
    was = wasEnd + 1;
    is = isEnd + 1;
  }
}

/** Where the pair that starts at `from` ends. */
function ampersandFrom(text: string, from: number): number {
  const at = text.indexOf('&', from);
  return at < 0 ? text.length : at;
}

function isSettledPair(was: string, is: string, mask: string): boolean {
  const value = was.indexOf('=') + 1;
  return (
    value > 0 && is.length === value + mask.length && is.endsWith(mask) && was.startsWith(is.slice(0, value))
  );
}

interface Output {
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
}

interface QueryOutput extends Output {
  /** Where something may have to be masked: pairs without any are passed over. */
  readonly marks: TextScan;
  /** Of a URL whose path says that it is a one-time link. */
  readonly isLink?: boolean;
}

/** A ';' that no `name=` follows belongs to the value. */
function pairEnd(text: string, start: number, limit: number): number {
  let candidate = -1;
  for (let at = start; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x26) return at;
    if (code === 0x3b) {
      candidate = at;
    } else if (code === 0x3d && candidate >= start) {
      return candidate;
    }
  }
  return limit;
}

function maskPair(text: string, pair: Stretch, output: Output): void {
  const { rewrite, rules } = output;
  const equals = text.slice(pair.start, pair.end).indexOf('=');
  if (equals < 0) {
    maskValue(text, pair, output);
    return;
  }
  const nameEnd = pair.start + equals;
  const name = decodeForm(text.slice(pair.start, nameEnd));
  const value = { start: nameEnd + 1, end: pair.end };
  const raw = text.slice(value.start, value.end);
  if (!PLAIN_NAME.test(name)) maskValue(text, { start: pair.start, end: nameEnd }, output);
  if (isMaskedValue(raw, rules)) return;
  const replacement = maskForParameter(name, raw, rules);
  if (replacement !== undefined) rewrite.replace(value.start, value.end, replacement);
  else maskValue(text, value, output);
}

/** The text that replaces the value of a parameter because of its name, or undefined. */
export function maskForParameter(name: string, raw: string, rules: ContentRules): string | undefined {
  const value = decodeForm(raw);
  if (isStandIn(value) || isLiteral(value)) return undefined;
  const hit =
    name === '' || isWay(name, value) || isDeed(name, value, 'equals')
      ? undefined
      : maskForNestedName(name, value, rules);
  if (hit !== undefined) return hit;
  const lower = name.toLowerCase();
  if (lower === 'code' && isPlainCode(value)) return undefined;
  if (ALWAYS_MASKED.has(lower)) return rules.mask;
  const isKey = MASKED_WHEN_RANDOM.has(lower) || (MASKED_WHEN_LONG.has(lower) && value.length >= LONG);
  return isKey && looksSecret(value) ? rules.mask : undefined;
}

/** Whether there is a value for which `maskForParameter` gives a replacement. */
export function mayMaskParameter(name: string, rules: ContentRules): boolean {
  const lower = name.toLowerCase();
  const isParameter =
    ALWAYS_MASKED.has(lower) || MASKED_WHEN_RANDOM.has(lower) || MASKED_WHEN_LONG.has(lower);
  return isParameter || name.includes('[') || rules.mayMask(name, 'query');
}

/** `user[password]` and `filter[a][token]` count by each of their parts. */
function maskForNestedName(name: string, value: string, rules: ContentRules): string | undefined {
  const whole = rules.maskForName(name, 'query', value);
  if (whole !== undefined || !name.includes('[')) return whole;
  for (const part of name.slice(0, 256).split(/[[\]]+/)) {
    // Which member is meant: `filter[key]=color`.
    const isMember = part === '' || (part === 'key' && !looksSecret(value));
    const hit = isMember ? undefined : rules.maskForName(part, 'query', value);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function maskValue(text: string, value: Stretch, { rewrite, rules }: Output): void {
  const raw = text.slice(value.start, value.end);
  if (isMaskedValue(raw, rules)) return;
  const json = maskEncodedJson(raw, rules);
  if (json !== undefined) {
    rewrite.replace(value.start, value.end, json);
    return;
  }
  // Not every '+' was meant for a space: base64 has it, and what stands behind it is as secret as what stands before.
  const plain = raw.includes('+') ? maskEncodedText(raw, decodePercent(raw), rules) : raw;
  const masked = maskEncodedText(plain, decodeForm(plain), rules);
  if (masked !== raw) rewrite.replace(value.start, value.end, masked);
}

/**
 * Masks a component of a URL.
 *
 * @returns the component as it came when nothing was found in its decoded text, else the masked text, encoded again.
 */
export function maskEncodedText(raw: string, decoded: string, rules: ContentRules): string {
  const masked = maskNestedText(decoded, rules);
  if (masked === decoded) return raw;
  return decoded === raw ? masked : encodeAround(masked, rules.mask);
}
