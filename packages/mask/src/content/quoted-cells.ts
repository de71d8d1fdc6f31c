import type { ContentRules } from '../content-rules.js';

/** A cell of CSV that holds quotes, each written twice (RFC 4180, 2.7), around JSON. */
const CELL = /(?<=^|[,;\t\n])"([{[](?:[^"]|""){1,65536})"(?=[,;\t\r\n]|$)/g;

/** Whether cells of CSV hold JSON. */
export function holdsQuotedCells(text: string): boolean {
  // An object opens so; to look for its quotes alone would stop at each quote of any JSON.
  return text.includes('{""') && text.search(CELL) >= 0;
}

/**
 * Masks JSON in cells of CSV: each is read without the quotes of CSV, and gets them again.
 *
 * @param text attacker-controlled.
 */
export function maskQuotedCells(text: string, rules: ContentRules): string {
  return text.replace(CELL, (cell, written: string) => {
    const inside = written.replaceAll('""', '"');
    const masked = rules.maskText(inside);
    return masked === inside ? cell : `"${masked.replaceAll('"', '""')}"`;
  });
}
