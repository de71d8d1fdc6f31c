import type { ContentRules } from '../content-rules.js';
import { cutOffUserinfo, findUserinfo, isPublicUserinfo, type Userinfo } from '../detectors/url-userinfo.js';
import { EVERYWHERE, hasMark, type TextScan } from '../scan/text-scan.js';
import type { Stretch } from '../stretch.js';
import { isMaskedValue } from './masked-value.js';
import { OneTimeLink, opensLink } from './one-time-link.js';
import { decodeForm, decodePercent } from './percent-decoding.js';
import { maskEncodedText, maskQuery, maskQueryText, type PairForm, settledPairs } from './query-text.js';
import { bucketPlace } from './s3-object.js';
import { TextRewrite } from './text-rewrite.js';

/** Of a path, so much of its end is looked at. In UTF-16 units. */
const LONGEST_ROUTE = 64;
const PLAIN_SEGMENT = /^[a-z_-]{0,24}$/;
/** `user:password@host`, as an HTTP client takes it, without a scheme. */
const BARE_USERINFO = /^[^/?#\s@:]{1,256}:[^/?#\s@]{1,256}@/;
/** Behind a host, pairs instead of a path (`host:1433;user=sa;password=a/b`, `host/;SharedAccessKey=a/b`): a '/' is of a value. */
const PAIRS = /[^\s/?#;@=]{0,256}\/?;(?=[\w .-]{1,64}=)/y;
/** What is open to everybody: the name space of a format, invitations to a community. */
const PUBLIC =
  /^(?:s3\.amazonaws\.com\/doc\/\d{4}-\d\d-\d\d|(?:www\.)?discord(?:app)?\.com\/invite\/[\w-]{2,32})\/?$/i;
const OPAQUE = /^(?:mailto|sips?|xmpp|tel|data|urn|blob):/i;

/**
 * Masks a URL: user information, secrets in path, query and fragment. Absolute, origin-form (`/path?query`), relative
 * and invalid ones; scanned, not parsed, so that what is not masked stays byte for byte.
 *
 * @param text attacker-controlled.
 * @param marks where something may have to be masked: parts without any are passed over.
 */
export function maskUrlText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): string {
  if (OPAQUE.test(text.slice(0, 8))) return rules.maskText(text);
  const parts = splitUrl(text);
  const rewrite = new TextRewrite(text);
  maskUserinfo(text, parts.userinfo, { rewrite, rules });
  PAIRS.lastIndex = parts.hostStart;
  if (parts.hostEnd > 0 && PAIRS.test(text)) {
    rewrite.replace(PAIRS.lastIndex, text.length, maskQueryText(text.slice(PAIRS.lastIndex), rules));
    return rewrite.toString();
  }
  maskAuthority(text, parts, { rewrite, rules });
  const { pathEnd, queryEnd } = parts;
  // What a query says of an object in a store is about the path.
  if (hasMark(marks, 0, pathEnd) || text.includes('x-id=', pathEnd))
    maskPath(text, parts, { rewrite, rules });
  if (queryEnd > pathEnd && hasMark(marks, pathEnd, queryEnd)) {
    const isLink = opensLink(text.slice(Math.max(parts.hostEnd, pathEnd - LONGEST_ROUTE), pathEnd));
    maskQuery(text, { start: pathEnd, end: queryEnd }, { rewrite, rules, marks, isLink });
  }
  if (text.length > queryEnd + 1 && hasMark(marks, queryEnd, text.length)) {
    rewrite.replace(queryEnd + 1, text.length, maskFragment(text.slice(queryEnd + 1), rules));
  }
  return rewrite.toString();
}

/** As `maskUrlText`, and what of it is settled. */
export function maskUrlForm(text: string, rules: ContentRules, marks: TextScan): PairForm {
  const masked = maskUrlText(text, rules, marks);
  return { masked, pairs: masked === text ? undefined : settledUrlPairs(text, masked, rules.mask) };
}

/** As `settledPairs`, of a URL: only whole values of its query were masked. */
function settledUrlPairs(text: string, masked: string, mask: string): readonly Stretch[] | undefined {
  const from = masked.indexOf('?') + 1;
  if (from === 0 || OPAQUE.test(masked) || !text.startsWith(masked.slice(0, from))) return undefined;
  return settledPairs(text, masked, { mask, from });
}

interface UrlParts {
  readonly userinfo: Userinfo | undefined;
  readonly hostStart: number;
  readonly hostEnd: number;
  readonly pathEnd: number;
  readonly queryEnd: number;
}

interface Output {
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
}

function splitUrl(text: string): UrlParts {
  const authority = authorityStart(text);
  const userinfo =
    authority < 0
      ? bareUserinfo(text)
      : (findUserinfo(text, authority) ?? cutOffUserinfo(text, authority - 3));
  const hostStart = userinfo === undefined ? Math.max(authority, 0) : userinfo.end + 1;
  const queryStart = firstOf(text, '?', hostStart);
  const fragmentStart = firstOf(text, '#', hostStart);
  const pathEnd = Math.min(queryStart, fragmentStart);
  const hostEnd =
    authority < 0 && userinfo === undefined ? 0 : Math.min(firstOf(text, '/', hostStart), pathEnd);
  return { userinfo, hostStart, hostEnd, pathEnd, queryEnd: Math.max(pathEnd, fragmentStart) };
}

function firstOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

/** After the '//' of a URL that has an authority; -1 otherwise. `jdbc:mysql://` counts. */
function authorityStart(text: string): number {
  if (text.startsWith('//')) return 2;
  const scheme = /^[A-Za-z][A-Za-z0-9+.:-]{0,63}:\/\//.exec(text.slice(0, 72));
  return scheme === null ? -1 : scheme[0].length;
}

function bareUserinfo(text: string): Userinfo | undefined {
  const match = BARE_USERINFO.exec(text.slice(0, 520));
  if (match === null) return undefined;
  return { start: 0, colon: match[0].indexOf(':'), end: match[0].length - 1 };
}

function maskUserinfo(text: string, userinfo: Userinfo | undefined, { rewrite, rules }: Output): void {
  if (userinfo === undefined) return;
  const { start, colon, end } = userinfo;
  const userEnd = colon < 0 ? end : colon;
  const put = (from: number, to: number): void => {
    if (!isMaskedValue(text.slice(from, to), rules)) rewrite.replace(from, to, rules.mask);
  };
  if (text.slice(start, end) === rules.mask || isPublicUserinfo(text, userinfo)) return;
  put(start, userEnd);
  if (colon >= 0) put(colon + 1, end);
}

/** `host:1433;user=sa;password=…`, as JDBC and ADO write it, and `(host=a,password=…)` for each of several hosts. */
function maskAuthority(text: string, { hostStart, hostEnd }: UrlParts, { rewrite, rules }: Output): void {
  const host = text.slice(hostStart, hostEnd);
  const semicolon = host.indexOf(';');
  if (semicolon < 0) {
    if (host.includes('=')) rewrite.replace(hostStart, hostEnd, rules.maskText(host));
    return;
  }
  const start = hostStart + semicolon + 1;
  rewrite.replace(start, hostEnd, maskQueryText(text.slice(start, hostEnd), rules));
}

function maskPath(text: string, parts: UrlParts, output: Output): void {
  const { hostStart, hostEnd, pathEnd, queryEnd } = parts;
  const { rewrite, rules } = output;
  if (PUBLIC.test(text.slice(hostStart, Math.min(pathEnd, hostStart + 80)))) return;
  const host = hostEnd > hostStart ? text.slice(hostStart, hostEnd) : '';
  const bucket = bucketPlace(host, text.slice(pathEnd, queryEnd), countSegments(text, hostEnd, pathEnd));
  if (bucket !== undefined) {
    const bucketEnd = bucket === 'path' ? firstOf(text, '/', hostEnd + 1) : hostEnd;
    const key = text.slice(bucketEnd + 1, pathEnd);
    if (bucketEnd + 1 < pathEnd && !isMaskedValue(key, rules))
      rewrite.replace(bucketEnd + 1, pathEnd, rules.mask);
    return;
  }
  maskSegments(text, { start: hostEnd, end: pathEnd }, output);
}

/**
 * Masks user information and the secret part of one-time links in a URL or path without a query, and looks into nothing
 * else: for the many file paths of a stack trace.
 */
export function maskLocation(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const link = new OneTimeLink(rules, true);
  const authority = authorityStart(text);
  const userinfo = authority < 0 ? undefined : findUserinfo(text, authority);
  maskUserinfo(text, userinfo, { rewrite, rules });
  for (let start = userinfo === undefined ? 0 : userinfo.end + 1; start < text.length; ) {
    const end = firstOf(text, '/', start);
    const segment = text.slice(start, end);
    const masked = segment === '' ? undefined : link.next(segment);
    if (masked !== undefined) rewrite.replace(start, end, masked);
    start = end + 1;
  }
  return rewrite.toString();
}

function countSegments(text: string, from: number, to: number): number {
  return text
    .slice(from, Math.min(to, from + 2048))
    .split('/')
    .filter((segment) => segment !== '').length;
}

function maskSegments(
  text: string,
  path: { readonly start: number; readonly end: number },
  output: Output,
): void {
  const link = new OneTimeLink(output.rules);
  let beforeLast = '';
  let last = '';
  for (let start = path.start; start < path.end; ) {
    const end = Math.min(firstOf(text, '/', start), path.end);
    const segment = text.slice(start, end);
    const isAuthority = last === '' && beforeLast.endsWith(':') && segment !== '';
    const masked = isAuthority ? maskHost(segment, output.rules) : maskSegment(segment, link, output.rules);
    output.rewrite.replace(start, end, masked);
    beforeLast = last;
    last = segment;
    start = end + 1;
  }
}

/** The authority of a URL that stands inside a path (`/proxy/https://user:pass@host/`). */
function maskHost(authority: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(authority);
  maskUserinfo(authority, findUserinfo(authority, 0), { rewrite, rules });
  return rewrite.toString();
}

function maskSegment(segment: string, link: OneTimeLink, rules: ContentRules): string {
  if (segment === '') return segment;
  const decoded = decodePercent(segment);
  const whole = link.next(decoded);
  if (whole !== undefined) return whole;
  if (PLAIN_SEGMENT.test(segment) || isMaskedValue(segment, rules)) return segment;
  const semicolon = segment.indexOf(';');
  if (semicolon >= 0 && segment.includes('=', semicolon)) {
    return [
      maskSegment(segment.slice(0, semicolon), link, rules),
      maskQueryText(segment.slice(semicolon + 1), rules),
    ].join(';');
  }
  return segment.includes('=') ? maskQueryText(segment, rules) : maskEncodedText(segment, decoded, rules);
}

/** `#access_token=…`, `#/reset/…?code=…` of a single-page application, or plain text. */
function maskFragment(fragment: string, rules: ContentRules): string {
  const question = fragment.indexOf('?');
  const isRoute = /^!?\//.test(fragment);
  if (isRoute || question >= 0) {
    const route = fragment.slice(0, question < 0 ? fragment.length : question);
    const rewrite = new TextRewrite(route);
    maskSegments(route, { start: 0, end: route.length }, { rewrite, rules });
    return rewrite.toString() + maskQueryText(fragment.slice(route.length), rules);
  }
  if (fragment.includes('=')) return maskQueryText(fragment, rules);
  return maskEncodedText(fragment, decodeForm(fragment), rules);
}
