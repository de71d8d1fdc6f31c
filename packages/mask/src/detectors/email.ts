import { TRAIT_AT } from '../text-traits.js';
import { characterSet, DIGITS, escapedCode, LETTERS_AND_DIGITS } from './character-set.js';
import { isContainer } from './url-userinfo.js';
import type { ValueDetector } from './value-detector.js';

const MAX_LOCAL = 64; // RFC 5321, 4.5.3.1.1
const MAX_DOMAIN = 253;
const LOCAL = characterSet("A-Za-z0-9._%+~'-");
const DOMAIN = characterSet('A-Za-z0-9.-');

/**
 * What follows an '@' in file names and stack frames (`logo@2x.png`, `load@app.js:10:5`) and in units of systemd
 * (`user@1000.service`, systemd.unit(5)), and is no top-level domain.
 */
const FILE_ENDINGS: ReadonlySet<string> = new Set([
  ...'js mjs cjs ts mts cts tsx jsx map png jpg jpeg gif svg webp ico css scss html htm json yml yaml xml'.split(
    ' ',
  ),
  ...'svelte vue astro lock txt log tgz service socket device mount automount swap path timer slice scope'.split(
    ' ',
  ),
]);

/** E-mail addresses, also with the '@' as `%40`. */
export const emailDetector: ValueDetector = {
  name: 'email',
  needs: TRAIT_AT,
  find(text, report) {
    let done = 0;
    for (let sign = nextSign(text, 0); sign.at >= 0; sign = nextSign(text, sign.end)) {
      const start = localStart(text, sign.at, done);
      const end = start < sign.at ? domainEnd(text, sign.end) : sign.end;
      done = end;
      if (end > sign.end && !isPlace(text, start, end) && !isContainer(text, start)) report(start, end);
    }
  },
};

interface Sign {
  readonly at: number;
  readonly end: number;
}

/** Finds '@' and '%40' in one walk; the two searches would each run to the end again and again. */
function nextSign(text: string, from: number): Sign {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x40) return { at, end: at + 1 };
    if (code === 0x25 && text.startsWith('40', at + 1)) return { at, end: at + 3 };
  }
  return { at: -1, end: -1 };
}

function localStart(text: string, end: number, floor: number): number {
  let start = end;
  const lowest = Math.max(floor, end - MAX_LOCAL);
  if (text[end - 1] === '"') return quotedStart(text, end, lowest);
  while (start > lowest && isMember(LOCAL, text.charCodeAt(start - 1))) start -= 1;
  start = afterForeignEscape(text, start, end);
  while (start < end && ".%+'~-".includes(text[start] ?? '')) start += text[start] === '%' ? 3 : 1;
  return Math.min(start, end);
}

function quotedStart(text: string, end: number, lowest: number): number {
  const open = text.lastIndexOf('"', end - 2);
  return open >= lowest ? open : end;
}

/** An escape in the local part that stands for a separator (`%3Dalice%40…`, `%20alice%40…`) ends it. */
function afterForeignEscape(text: string, from: number, end: number): number {
  let start = from;
  for (let at = from; at < end; at += 1) {
    if (text[at] !== '%') continue;
    const code = escapedCode(text, at);
    if (code < 0) start = at + 1;
    else if (code < 0x80 && LOCAL[code] !== 1) start = Math.min(at + 3, end);
  }
  return start;
}

function domainEnd(text: string, from: number): number {
  let end = from;
  while (end - from < MAX_DOMAIN && isMember(DOMAIN, text.charCodeAt(end))) end += 1;
  while (end > from && '.-'.includes(text[end - 1] ?? '')) end -= 1;
  const domain = text.slice(from, end);
  return isDomain(domain) ? end : from;
}

function isDomain(domain: string): boolean {
  const dot = domain.lastIndexOf('.');
  const last = domain.slice(dot + 1);
  if (dot < 1 || domain[0] === '.' || domain[0] === '-' || domain.includes('..')) return false;
  if (last.length < 2 || !isTopLevel(last) || isVersion(domain)) return false;
  return domain.indexOf('.') < dot ? !isHost(domain) : !FILE_ENDINGS.has(last.toLowerCase());
}

/** Names of machines, and not of mail domains: of a cluster of Kubernetes, and of a cloud (RFC 9476 has `internal` for them). */
function isHost(domain: string): boolean {
  return /\.(?:svc|svc\.cluster\.local|internal|localdomain|svelte|[cm]?js|[jt]sx|css|png|svg)$/i.test(
    domain,
  );
}

function isTopLevel(label: string): boolean {
  if (label.startsWith('xn--')) return true;
  for (let at = 0; at < label.length; at += 1) {
    const code = label.charCodeAt(at);
    if (DIGITS[code] === 1 || !isMember(LETTERS_AND_DIGITS, code)) return false;
  }
  return true;
}

/** `package@2.0.0-beta.rc` is no address. */
function isVersion(domain: string): boolean {
  return /^v?\d{1,9}\.\d{1,9}x?(?:[.-]|$)/.test(domain.slice(0, 24));
}

/** `git@github.com:owner/name.git`, `org-123@github.com:owner/name.git`, and the number of a node of a cluster: `0@kafka-0.kafka:9093`. */
const PLACE =
  /^(?:[\w.-]{1,64}@[\w.-]{1,128}:[\w.-]{1,64}\/[\w./-]{1,128}\.git(?!\w)|\d{1,5}@[\w.-]{1,128}:\d{2,5}(?!\d))/;

/** What logs in there: `ssh -p 22 bob@host.example.com`, `scp a.txt bob@host.example.com:/tmp`. */
const LOGS_IN =
  /(?:^|[\s;&|"'`(>])(?:ssh|sftp|scp|rsync)(?:[ \t]{1,4}(?:-|[\w:=@~]{0,32}[./\d])[\w./:=@~-]{0,64}){0,6}[ \t]{1,4}$/;

/** Whether an address is that of a repository, a node, or an account on a machine. */
function isPlace(text: string, start: number, end: number): boolean {
  if (text.slice(start, start + 4) === 'git@' && ':/'.includes(text[end] ?? ' ')) return true;
  if (text[start - 1] === ' ' && LOGS_IN.test(text.slice(Math.max(0, start - 160), start))) return true;
  return text[end] === ':' && PLACE.test(text.slice(start, end + 264));
}

/** Letters of other scripts count; general punctuation, CJK punctuation and full-width forms do not. */
function isMember(set: Uint8Array, code: number): boolean {
  if (code < 0x80) return set[code] === 1;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return false;
  return !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f) && code < 0xe000;
}
