import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { namedElements } from './sibling-values.js';
import { TextRewrite } from './text-rewrite.js';

const OPENER = /\[\s{0,16}(?=['"`])/g;
const SEPARATOR = /\s{0,64},\s{0,64}/y;
const NUMBER = /-?\d[\w.+-]{0,40}/y;
const MOST_ELEMENTS = 1024;

interface Element {
  readonly start: number;
  readonly end: number;
}

/**
 * Masks the elements of lists that the element before names, as `util.inspect` prints lists (`[ 'password', 'x' ]`).
 *
 * @param text attacker-controlled.
 */
export function maskInspectedLists(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const openers = new RegExp(OPENER);
  for (let opener = openers.exec(text); opener !== null; opener = openers.exec(text)) {
    const elements = readElements(text, openers.lastIndex);
    const last = elements[elements.length - 1];
    if (last !== undefined) openers.lastIndex = last.end;
    const texts = elements.map(({ start, end }) => text.slice(start, end));
    for (const [index, name] of namedElements(texts, rules, { text, at: opener.index })) {
      const value = texts[index] ?? '';
      const { start = 0, end = 0 } = elements[index] ?? {};
      if (!isMaskedValue(value, rules)) {
        rewrite.replace(start, end, rules.maskForName(name, 'member', value) ?? value);
      }
    }
  }
  return rewrite.toString();
}

/** The strings and numbers of a list, without quotes, as far as they stand one after the other. */
function readElements(text: string, from: number): readonly Element[] {
  const elements: Element[] = [];
  for (let at = from; elements.length < MOST_ELEMENTS; ) {
    const element = readElement(text, at);
    if (element === undefined) break;
    elements.push(element);
    SEPARATOR.lastIndex = element.start > at ? element.end + 1 : element.end;
    if (!SEPARATOR.test(text)) break;
    at = SEPARATOR.lastIndex;
  }
  return elements;
}

function readElement(text: string, at: number): Element | undefined {
  const quote = text[at] ?? ' ';
  if ('\'"`'.includes(quote)) return { start: at + 1, end: stringEnd(text, at, quote) };
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? { start: at, end: NUMBER.lastIndex } : undefined;
}

/** Where the quote closes, on the same line; else the end of the line. */
function stringEnd(text: string, at: number, quote: string): number {
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return Math.min(end, text.length);
}
