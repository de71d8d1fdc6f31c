import { characterSet, runAfter } from './character-set.js';
import { nextLine } from './key-lines.js';
import type { ReportMatch } from './value-detector.js';

/** PuTTY's own files: how many lines the key has, and the lines. */
const PUTTY = /Private-Lines: (\d{1,3})(?!\d)/g;
const LINE = { set: characterSet('A-Za-z0-9+/='), limit: 100 };
/** The commercial SSH (RFC 4716 has the public half of it): from the first line to the last, or to the end. */
const SSH2 = /---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/g;
const SSH2_END = '---- END SSH2';
const SSH2_LAST = /---- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/y;

/** Private keys in files that are no PEM, in ascending order of each kind. */
export function findOtherPrivateKeys(text: string, report: ReportMatch): void {
  for (const { 0: name, 1: lines, index } of text.matchAll(PUTTY)) {
    const start = nextLine(text, index + name.length);
    const end = linesFrom(text, index + name.length, Number(lines));
    if (end > start) report(start, end);
  }
  let done = 0;
  for (const { 0: first, index } of text.matchAll(SSH2)) {
    if (index < done) continue;
    done = sshEnd(text, index + first.length);
    report(index, done);
  }
}

/** The end of so many lines of base64 behind the line that ends at `from`, or of fewer. */
function linesFrom(text: string, from: number, count: number): number {
  let end = from;
  for (let line = 0; line < count; line += 1) {
    const start = nextLine(text, end);
    const length = runAfter(text, start, LINE);
    if (start === end || length === 0) break;
    end = start + length;
  }
  return end;
}

function sshEnd(text: string, body: number): number {
  const last = text.indexOf(SSH2_END, body);
  if (last < 0) return text.length;
  SSH2_LAST.lastIndex = last;
  return last + (SSH2_LAST.exec(text)?.[0].length ?? SSH2_END.length);
}
