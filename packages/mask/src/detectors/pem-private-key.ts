import { TRAIT_DASHES } from '../text-traits.js';
import { findOtherPrivateKeys } from './other-private-keys.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const BEGIN = '-----BEGIN';
const END = '-----END';
const LABEL_ROOM = 64;
const SHORTEST_BODY = 16;

/**
 * Private keys in PEM (RFC 7468), PGP and OpenSSH armour, from the first line to the last; to the end of the text
 * where the last line was cut off; and in the files of PuTTY and of the commercial SSH. Public keys and certificates stay.
 */
export const pemPrivateKeyDetector: ValueDetector = {
  name: 'pem-private-key',
  needs: TRAIT_DASHES,
  find(text, report) {
    const found: (readonly [start: number, end: number])[] = [];
    const note: ReportMatch = (start, end) => {
      found.push([start, end]);
    };
    findPemKeys(text, note);
    findOtherPrivateKeys(text, note);
    let done = 0;
    for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
      if (start >= done) report(start, end);
      else if (end > done) report(done, end);
      done = Math.max(done, end);
    }
  },
};

function findPemKeys(text: string, report: ReportMatch): void {
  // Looked for from the back once: from each first line on it would run to the end again and again.
  const lastEnd = text.lastIndexOf(END);
  let at = text.indexOf(BEGIN);
  while (at >= 0) {
    const body = bodyStart(text, at);
    const end = body > 0 ? keyEnd(text, body, lastEnd >= body) : at;
    if (end > at) report(at, end);
    at = text.indexOf(BEGIN, end > at ? end : at + BEGIN.length);
  }
}

/** Where the body starts, after a label that says PRIVATE KEY; -1 otherwise. */
function bodyStart(text: string, at: number): number {
  const label = text.slice(at + BEGIN.length, at + BEGIN.length + LABEL_ROOM);
  const match =
    /^(?: |\+|%20)(?:[A-Z0-9]{1,16}(?: |\+|%20)){0,4}PRIVATE(?: |\+|%20)KEY(?:(?: |\+|%20)BLOCK)?-----/.exec(
      label,
    );
  return match === null ? -1 : at + BEGIN.length + match[0].length;
}

function keyEnd(text: string, body: number, hasEnd: boolean): number {
  const last = hasEnd ? text.indexOf(END, body) : -1;
  if (last < 0) return holdsKey(text.slice(body, body + LABEL_ROOM)) ? text.length : -1;
  if (last - body < SHORTEST_BODY) return -1;
  const dashes = text.slice(last + END.length, last + END.length + LABEL_ROOM).indexOf('-----');
  return dashes < 0 ? text.length : last + END.length + dashes + 5;
}

/** Key material or a header (`Proc-Type: 4,ENCRYPTED`), perhaps after escaped line ends: not the words of an error message. */
function holdsKey(beginning: string): boolean {
  return /^(?:\s|\\[nr]|%0[ADad]){0,8}(?:[A-Za-z0-9+/=]{16}|[A-Z][A-Za-z-]{3,20}:)/.test(beginning);
}
