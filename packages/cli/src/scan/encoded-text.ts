import { isUtf8 } from 'node:buffer';
import type { AttributeValue } from '@spanseal/mask';

/** A stretch [start, end) of a text that is base64 of other text. */
export interface EncodedText {
  readonly start: number;
  readonly end: number;
  readonly decoded: string;
}

const SHORTEST = 16;
const LONGEST = 1_048_576;
const SHORTEST_DECODED = 8;
/** More is not decoded: nothing of the size of a span holds so many. */
const MOST = 32;

const BASE64: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** What stands in a text (attacker-controlled) as base64 or base64url of readable text. Linear time. */
export function findEncodedTexts(text: string): readonly EncodedText[] {
  const found: EncodedText[] = [];
  let at = 0;
  while (at < text.length && found.length < MOST) {
    const start = at;
    while (at < text.length && BASE64[text.charCodeAt(at)] === 1) at += 1;
    if (at - start >= SHORTEST && at - start <= LONGEST) found.push(...decodeRun(text, start, at));
    at += 1;
  }
  return found;
}

/** The run as a whole; else, since `/` is also what a path has, its segments. */
function decodeRun(text: string, start: number, end: number): readonly EncodedText[] {
  const whole = decodeText(text.slice(start, end));
  if (whole !== undefined) return [{ start, end, decoded: whole }];
  const found: EncodedText[] = [];
  for (let from = start; from < end; ) {
    const slash = text.indexOf('/', from);
    const to = slash < 0 || slash > end ? end : slash;
    const decoded =
      to - from >= SHORTEST && to - from < end - start ? decodeText(text.slice(from, to)) : undefined;
    if (decoded !== undefined) found.push({ start: from, end: to, decoded });
    from = to + 1;
  }
  return found;
}

function decodeText(run: string): string | undefined {
  if (run.length % 4 === 1 || !startsReadable(run)) return undefined;
  const bytes = Buffer.from(run, 'base64');
  if (bytes.length < SHORTEST_DECODED || !isUtf8(bytes)) return undefined;
  const decoded = bytes.toString('utf8');
  return /[^\t\n\r\x20-\x7e\u00a0-\uffff]/.test(decoded) || !/[A-Za-z]{2}/.test(decoded)
    ? undefined
    : decoded;
}

/** Words and random characters decode to control characters at once: most runs need not be decoded whole. */
function startsReadable(run: string): boolean {
  for (const byte of Buffer.from(run.slice(0, 12), 'base64')) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  }
  return true;
}

const ACCOUNT_NAMES =
  /^(?:admin|administrator|root|user|username|guest|service|svc|api|client|app|test|demo|postgres|mysql|redis|elastic|rabbitmq|grafana)$/i;

/** Whether a text is a name and a password, as HTTP's Basic scheme joins them. `User:123` is the identifier of an object. */
export function isCredentials(text: string): boolean {
  const parts = /^([^\s:"'{}[\]<>]{1,128}):(\S{4,256})$/.exec(text);
  const [, name = '', password = ''] = parts ?? [];
  if (parts === null || /^[\d-]+$/.test(password) || password.startsWith('//')) return false;
  if (/^[0-9a-f-]{8,}$/i.test(password)) return ACCOUNT_NAMES.test(name);
  return ACCOUNT_NAMES.test(name) || (/\d|[!@#$%^&*+~]/.test(password) && /[A-Za-z]/.test(password));
}

/** Names of members that say whose an object is. */
const IDENTITY_NAMES =
  /^(?:user_?(?:name|id)?|account(?:_?id)?|login|session(?:_?id)?|sub|subject|roles?|claims|customer(?:_?id)?|principal|identity|scopes?)$/i;

/** Whether a decoded text is an object about somebody, as sessions and claims are; the position of a cursor is none. */
export function isIdentity(value: AttributeValue | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).some(
    ([name, member]) => IDENTITY_NAMES.test(name) && member !== null && member !== '',
  );
}
