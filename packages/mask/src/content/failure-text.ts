import type { ContentRules } from '../content-rules.js';
import { LineEnds } from './line-ends.js';
import { isMaskedValue } from './masked-value.js';
import { saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/** What a message of a database quotes of a row: where the value begins, and how it ends. */
interface Quotation {
  readonly before: RegExp;
  /** The first of these that follows on the line ends the value; else the last `closer` of the line. */
  readonly after: RegExp;
  readonly closer: string;
  /** The value can hold line ends: what ends it may stand on any line behind. */
  readonly manyLines?: true;
  /** The value is no longer than this, in UTF-16 units. */
  readonly longest?: number;
}

const QUOTATIONS: readonly Quotation[] = [
  // PostgreSQL: Key (email)=(a@b) already exists.
  {
    before: /\bkey \([^()\n]{0,128}(?:\([^()\n]{0,128}\)[^()\n]{0,128}){0,4}\)=\(/gi,
    after: /\)(?= (?:already exists|is (?:not|still)|conflicts))|\)\.?(?=\n|$)/g,
    closer: ')',
    manyLines: true,
  },
  { before: /\bfailing row contains \(/gi, after: /\)\.?(?=\n|$)/g, closer: ')', manyLines: true },
  {
    before:
      /\b(?:invalid input (?:syntax|value) for [^:\n]{1,80}|malformed [a-z]{1,20} literal|field value out of range|at or near):? "/gi,
    after: /"(?=$| at | LINE )/g,
    closer: '"',
  },
  // MySQL and MariaDB.
  { before: /\bduplicate entry '/gi, after: /'(?= for key)/g, closer: "'" },
  { before: /\bincorrect [\w ]{1,40}value: '/gi, after: /'(?= for (?:column|function))|'$/g, closer: "'" },
  { before: /\bright syntax to use near '/gi, after: /'(?= at line)/g, closer: "'" },
  // SQL Server.
  { before: /\bduplicate key value is \(/gi, after: /\)\.?(?=\n|$)/g, closer: ')', manyLines: true },
  { before: /\bconverting the \w{1,24} value '/gi, after: /'(?= to data type)/g, closer: "'" },
  // V8: Unexpected token 'h', "hunter2" is not valid JSON
  {
    before: /\bunexpected [^"\n]{1,60}, (?:\.{3})?"(?!<|\[object )/gi,
    after: /"(?:\.{3})?(?= is not valid JSON)/g,
    closer: '',
    longest: 160,
  },
];
/** One of these is in every text in which something is found. */
export const QUOTATION_WORDS: readonly string[] = [
  'key (',
  'failing row',
  'invalid input',
  'malformed',
  'out of range',
  'at or near',
  'duplicate',
  'incorrect',
  'right syntax',
  'converting the',
  'unexpected',
];
const SIGNS =
  /\b(?:key \(|failing row|invalid input|malformed|out of range|at or near|duplicate|incorrect|right syntax|converting the|unexpected)/i;
/** Words of SQL that a message about syntax shows. */
const KEYWORD = /^(?:[A-Z_]{1,20}|[^\w'"]{1,4})$/;

/** Codes that a message tells: `123456 is your verification code`, `Use code 123456`, `Enter 123456 to sign in`. */
const TOLD_CODES: readonly RegExp[] = [
  /\b(?:[A-Z]{1,2}-)?(\d{4,10}|\d{3}[ -]\d{3})(?= is (?:your|the) [^\n.\d]{0,40}?(?:code|otp|pin|password|passcode)\b)/gi,
  /\b(?:enter|use|type|your) (?:the |this )?(?:sms )?code:? (\d{4,10}|\d{3}[ -]\d{3})\b/gi,
  /\b(?:enter|use|type) (\d{4,10}|\d{3}[ -]\d{3})(?= (?:to (?:sign|log|verify|confirm|complete|finish|reset|authenticate|continue)|as (?:your|the) (?:[a-z-]{1,16} ){0,2}(?:code|otp|pin|password|passcode))\b)/gi,
  /\b(?:verification|security|log-?in|sign-?in|access|confirmation|one-time|authentication) code(?: is)?:\s{1,8}(\d{4,8}|\d{3}[ -]\d{3})(?!\S)/gi,
];
/** One of these is in every text in which something is found. */
export const TOLD_CODE_WORDS: readonly string[] = ['is your ', 'is the ', 'enter ', 'use ', 'type ', 'your '];
const TELLS = /\bis (?:your|the) |\b(?:enter|use|type|your) /i;
/**
 * Masks what messages of databases quote of rows and statements: `Key (email)=(…) already exists`, `Duplicate entry '…'`.
 *
 * @param text attacker-controlled.
 */
export function maskQuotations(text: string, rules: ContentRules): string {
  if (!SIGNS.test(text)) return text;
  let masked = text;
  for (const quotation of QUOTATIONS) {
    const { before, manyLines } = quotation;
    const lines = new LineEnds(masked);
    const rewrite = new TextRewrite(masked);
    const found = new RegExp(before);
    while (found.exec(masked) !== null) {
      const start = found.lastIndex;
      const line = masked.slice(start, manyLines ? masked.length : lines.after(start));
      const end = start + quotationLength(line, quotation);
      const value = masked.slice(start, end);
      if (isRowNumber(masked.slice(found.lastIndex - 16, start), value)) continue;
      if (end <= start || isMaskedValue(value, rules) || saysNothing(value) || KEYWORD.test(value)) continue;
      rewrite.replace(start, end, rules.mask);
      found.lastIndex = end;
    }
    masked = rewrite.toString();
  }
  return masked;
}

/** The number of a row, which says nothing of it: `Key (id)=(574)`. */
function isRowNumber(before: string, value: string): boolean {
  return /\((?:\w{1,8}_)?id\)=\($/i.test(before) && /^\d{1,9}$/.test(value);
}

/** How much of the line the value takes; 0 when nothing ends it and it needs an end. */
function quotationLength(line: string, { after, closer, longest = line.length }: Quotation): number {
  const found = new RegExp(after).exec(line.slice(0, longest));
  if (found !== null) return found.index;
  const close = closer === '' ? 0 : line.lastIndexOf(closer);
  return close < 0 ? line.length : close;
}

/**
 * Masks one-time codes that a sentence tells.
 *
 * @param text attacker-controlled.
 */
export function maskToldCodes(text: string, rules: ContentRules): string {
  if (!TELLS.test(text)) return text;
  let masked = text;
  for (const pattern of TOLD_CODES) {
    masked = masked.replace(pattern, (whole, code: string) => whole.slice(0, -code.length) + rules.mask);
  }
  return masked;
}
