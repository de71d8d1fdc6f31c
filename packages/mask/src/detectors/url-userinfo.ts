import { isPlaceholder } from '../content/placeholder.js';
import { TRAIT_AT } from '../text-traits.js';
import { DIGITS, endOfRun } from './character-set.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

/** What stands before the scope of a package. */
export const PACKAGES: string = '/node_modules/';
const MAX_USERINFO = 1024;
const MAX_LOOSE_USERINFO = 128;

/** User name and password of an authority, in UTF-16 units; the '@' stands at `end`. */
export interface Userinfo {
  readonly start: number;
  /** The ':' between the two, or -1. */
  readonly colon: number;
  readonly end: number;
}

/**
 * User information in URLs and connection strings (RFC 3986, 3.2.1): user and password are reported apart, so that
 * the ':' stays. A lone `git` is the public user of git hosts, and `${PASSWORD}` says where a password will be put in.
 */
export const urlUserinfoDetector: ValueDetector = {
  name: 'url-userinfo',
  needs: TRAIT_AT,
  find(text, report) {
    let at = text.indexOf('://');
    if (at < 0) findSourceNames(text, report);
    while (at >= 0) {
      const userinfo = findUserinfo(text, at + 3);
      if (userinfo !== undefined) reportUserinfo(text, userinfo, report);
      at = text.indexOf('://', userinfo?.end ?? at + 3);
    }
  },
};

const MAX_SOURCE_NAME = 320;

const SOURCE_NETWORK = /@(?:tcp6?|udp|unix|cloudsql)\(/g;

/** Data source names of Go drivers: `user:password@tcp(host:3306)/database`. */
function findSourceNames(text: string, report: ReportMatch): void {
  let done = 0;
  for (const { index: end } of text.matchAll(SOURCE_NETWORK)) {
    const lowest = Math.max(done, end - MAX_SOURCE_NAME);
    let start = end;
    while (start > lowest && !endsText(text.charCodeAt(start - 1)) && text[start - 1] !== "'") start -= 1;
    const colon = text.indexOf(':', start);
    // `DSN=user:…`: behind the ':' it is of the password.
    if (colon < end) start = Math.max(start, text.lastIndexOf('=', colon) + 1);
    if (colon > start && colon < end) reportUserinfo(text, { start, colon, end }, report);
    done = end;
  }
}

function reportUserinfo(text: string, userinfo: Userinfo, report: ReportMatch): void {
  const { start, colon, end } = userinfo;
  const userEnd = colon < 0 ? end : colon;
  if (isPublicUserinfo(text, userinfo)) return;
  if (userEnd > start) report(start, userEnd);
  if (colon >= 0 && end > colon + 1) report(colon + 1, end);
}

/** Whether user information is no secret: what only says what will be put in (`${PASSWORD}`, `{token}`), and a public user. */
export function isPublicUserinfo(text: string, { start, colon, end }: Userinfo): boolean {
  if (colon < 0 && (text.slice(start, end) === 'git' || isContainer(text, start))) return true;
  return text[end - 1] === '}' && isPlaceholder(text.slice(colon < 0 ? start : colon + 1, end));
}

const CONTAINER = /(?:abfss?|wasbs?):\/\/$/i;

/** Whether a URL of Azure storage has its container at `start`, where others have a user. */
export function isContainer(text: string, start: number): boolean {
  return CONTAINER.test(text.slice(Math.max(0, start - 8), start));
}

/**
 * The user information of the authority that starts at `start`. A password with an unescaped '/', '?' or '#' is no
 * valid URL but common: it is looked for when what follows the ':' is no port.
 */
export function findUserinfo(text: string, start: number): Userinfo | undefined {
  const limit = Math.min(text.length, start + MAX_USERINFO);
  let end = -1;
  let at = start;
  for (; at < limit && !endsAuthority(text.charCodeAt(at)); at += 1) {
    if (text.charCodeAt(at) === 0x40) end = at;
  }
  if (end < 0) end = looseEnd(text, start, at);
  // What stands where the port is, is none: the password goes on (`app:p@ss:w0rd/1@db`).
  else if (hasBadPort(text, end, at)) end = Math.max(end, looseEnd(text, end + 1, at));
  if (end <= start) return undefined;
  const colon = text.slice(start, end).indexOf(':');
  return { start, colon: colon < 0 ? -1 : start + colon, end };
}

/**
 * Of a URL that was cut off inside of its user information, of schemes by which people log in: what stands where a port would is none.
 * A blank or an angle ends a URL in other text, and its reader sees no more of it.
 * Groups 1 and 2: user and password.
 */
const CUT_OFF =
  /:\/\/([^\s/?#@:;="'`<>[\]{}$\\]{0,128}):(?!\d{1,5}(?!\w)|port\b|%[sd])([^\s/?#@"'`<>[\]{}$\\][^\s/?#@"'`<>\\]{1,256})(?=$|[\s"'`<>\\])/iy;
/** Of such a user, with the sign before it. */
const LONGEST_USER = 131;
const WITH_LOGIN =
  /(?:https?|s?ftps?|postgres\w{0,8}|mysql|mariadb|mongodb|srv|rediss?|amqps?|smtps?|imaps?|ldaps?|mqtts?|mssql|sqlserver|clickhouse|socks5h?)$/i;

/** The user information of a URL that was cut off inside of it, of which '://' stands at `at`. */
export function cutOffUserinfo(text: string, at: number): Userinfo | undefined {
  // Every URL is asked, and most have no other colon, or that of the next URL.
  const next = text.indexOf(':', at + 3);
  if (next < 0 || next > at + LONGEST_USER || text.charCodeAt(next + 1) === 0x2f) return undefined;
  CUT_OFF.lastIndex = at;
  const [, user = '', password = ''] = CUT_OFF.exec(text) ?? [];
  const start = at + 3;
  const colon = start + user.length;
  if (password === '' || !WITH_LOGIN.test(text.slice(Math.max(0, at - 16), at))) return undefined;
  return { start, colon, end: colon + 1 + password.length };
}

function hasBadPort(text: string, at: number, authorityEnd: number): boolean {
  return text[at + 1] !== '[' && /:\d{0,5}[^\d,:][^,:]*$/.test(text.slice(at + 1, authorityEnd));
}

function looseEnd(text: string, start: number, authorityEnd: number): number {
  const colon = text.slice(start, authorityEnd).indexOf(':');
  const stop = text.charCodeAt(authorityEnd);
  if (colon < 0 || endsText(stop) || text[start] === '[') return -1;
  const port = start + colon + 1;
  if (endOfRun(text, port, DIGITS) === authorityEnd) return -1;
  const limit = Math.min(text.length, authorityEnd + MAX_LOOSE_USERINFO);
  for (let at = authorityEnd; at < limit && !endsText(text.charCodeAt(at)); at += 1) {
    if (text.startsWith('://', at)) return -1;
    if (text.charCodeAt(at) === 0x40 && !text.startsWith(PACKAGES, at - PACKAGES.length)) return at;
  }
  return -1;
}

function endsAuthority(code: number): boolean {
  return code === 0x2f || code === 0x3f || code === 0x23 || endsText(code);
}

/** White space and the characters that close a quoted or bracketed URL; NaN is the end of the text. */
function endsText(code: number): boolean {
  if (code >= 0xa0) return /\s/.test(String.fromCharCode(code));
  return !(code > 0x20) || code === 0x22 || code === 0x3c || code === 0x3e || code === 0x60 || code === 0x5c;
}
