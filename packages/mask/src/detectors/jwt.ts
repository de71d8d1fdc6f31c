import { TRAIT_JWT } from '../text-traits.js';
import { characterSet, endOfRun, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const MAX_SEGMENTS = 5; // RFC 7516: a JWE has five
const SHORTEST_CUT = 16;
const SHORTEST_PAYLOAD = 4;
const BASE64URL = characterSet('A-Za-z0-9_=-');

/** The first member of a header (RFC 7515, RFC 7516), base64 of `{"name"`, less the last character: it mixes with what follows. */
const HEADER_STARTS: readonly string[] = [
  'alg',
  'typ',
  'kid',
  'enc',
  'cty',
  'x5t',
  'x5u',
  'x5c',
  'jku',
  'jwk',
  'zip',
  'b64',
  'crit',
  'ver',
  'nonce',
].map((name) => btoa(`{"${name}"`).replaceAll('=', '').slice(0, -1));

/** A header on one line, and with white space behind its brace: `{"`, `{ "`, `{  `, `{` and a line break. */
export const JWT_STARTS: readonly string[] = ['eyJ', 'eyAi', 'eyAg', 'ewoi', 'ewog', 'ewoJ', 'ew0K'];
const START = new RegExp(JWT_STARTS.join('|'), 'g');
/** Of a header with white space, so much is decoded. */
const DECODED_ROOM = 512;
const HEADER_MEMBER = /"(?:alg|enc)"\s*:/;
/** Of an SD-JWT (RFC 9901): the claims that it discloses, each behind a tilde. */
const SHORTEST_DISCLOSURE = 16;

/** What Django and Flask write behind an object in base64: the time and the signature. */
const SIGNED =
  /(?::[A-Za-z0-9]{6}:[A-Za-z0-9_-]{27,43}|\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27})(?![A-Za-z0-9_-])/y;

const FOURTH: ReadonlySet<number> = new Set(HEADER_STARTS.map((start) => start.charCodeAt(3)));

/** JSON web tokens, signed or encrypted, also cut off anywhere after the first 16 characters of the header. */
export const jwtDetector: ValueDetector = {
  name: 'jwt',
  needs: TRAIT_JWT,
  find(text, report) {
    // '-' and '_' start words inside a run: each run is walked once, however many candidates it holds.
    let runEnd = 0;
    let done = 0;
    for (const { index: at } of text.matchAll(START)) {
      if (at < done || !startsWord(text, at)) continue;
      if (at >= runEnd) runEnd = endOfRun(text, at, BASE64URL);
      const end = text[at + 2] === 'J' ? tokenEnd(text, at, runEnd) : spacedTokenEnd(text, at, runEnd);
      if (end === at) continue;
      report(at, end);
      done = end;
    }
  },
};

/** Where the token that starts at `at`, with a header up to `headerEnd`, ends; `at` when there is none. */
function tokenEnd(text: string, at: number, headerEnd: number): number {
  const header = headerEnd - at;
  SIGNED.lastIndex = headerEnd;
  const signed = SIGNED.exec(text);
  if (signed !== null) return headerEnd + signed[0].length;
  if (header < SHORTEST_CUT) return at;
  let end = headerEnd;
  let segments = 1;
  while (segments < MAX_SEGMENTS) {
    const start = dotEnd(text, end);
    if (start === end) break;
    const next = endOfRun(text, start, BASE64URL);
    if (segments === 1 && next - start < SHORTEST_PAYLOAD && !skipsSecond(text, end)) break;
    segments += 1;
    end = next;
  }
  if (segments > 1) return disclosuresEnd(text, end);
  return header >= SHORTEST_CUT + 3 && isJoseHeader(text, at) ? end : at;
}

/** Behind a dot, also where a part of a URL has it escaped; the offset itself when none stands there. */
function dotEnd(text: string, at: number): number {
  if (text[at] === '.') return at + 1;
  return text[at] === '%' && /^%2e/i.test(text.slice(at, at + 3)) ? at + 3 : at;
}

/** Many texts begin like a header with white space: its members and the part behind it must show. */
function spacedTokenEnd(text: string, at: number, headerEnd: number): number {
  if (text[headerEnd] !== '.' || headerEnd - at < SHORTEST_CUT) return at;
  const header = Buffer.from(text.slice(at, Math.min(headerEnd, at + DECODED_ROOM)), 'base64url').toString(
    'latin1',
  );
  return HEADER_MEMBER.test(header) ? tokenEnd(text, at, headerEnd) : at;
}

function disclosuresEnd(text: string, from: number): number {
  let end = from;
  while (text[end] === '~') {
    const next = endOfRun(text, end + 1, BASE64URL);
    // Behind the last tilde a token of its own may stand.
    if (next - end <= SHORTEST_DISCLOSURE || text[next] === '.') return end;
    end = next;
  }
  return end;
}

/** No key of its own (RFC 7518, 4.5: `dir`), or a payload that is sent apart (RFC 7515, appendix F): `header..rest`. */
function skipsSecond(text: string, dot: number): boolean {
  return text[dot + 1] === '.' && endOfRun(text, dot + 2, BASE64URL) - dot - 2 >= SHORTEST_PAYLOAD;
}

function isJoseHeader(text: string, at: number): boolean {
  if (!FOURTH.has(text.charCodeAt(at + 3))) return false;
  return HEADER_STARTS.some((start) => text.startsWith(start, at));
}
