import type { ContentRules } from '../content-rules.js';
import { readString } from './inspected-string.js';
import { isMaskedValue } from './masked-value.js';
import { NO_TEXT, namedElements } from './sibling-values.js';
import { TextRewrite } from './text-rewrite.js';

const OPENER = /\[\s{0,64}(?=['"`])/g;
const SEPARATOR = /\s{0,64},\s{0,64}/y;
/** A number, or what is none. Group 1: the number. */
const OTHER = /(-?\d[\w.+-]{0,40})|\[Function\b[^\n[\]]{0,64}\]|null\b|undefined\b/y;
const MOST_ELEMENTS = 1024;

interface Element {
  readonly start: number;
  readonly end: number;
  /** Without the joints of a long one. */
  readonly text: string;
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
    const texts = elements.map((element) => element.text);
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

/** The strings, numbers and functions of a list, without quotes, as far as they stand one after the other. */
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
  if ('\'"`'.includes(quote)) {
    const { end, pieces } = readString(text, at);
    return { start: at + 1, end, text: pieces.join('') };
  }
  OTHER.lastIndex = at;
  const [word, number = NO_TEXT] = OTHER.exec(text) ?? [];
  return word === undefined ? undefined : { start: at, end: OTHER.lastIndex, text: number };
}
