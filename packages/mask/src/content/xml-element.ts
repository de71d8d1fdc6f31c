import { isLetter } from '../scan/word-edges.js';

/** The text of an element, [start, end), and the local name of its tag. */
export interface XmlElement {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const LONGEST_TAG = 1024;
const OPEN_TAG = /<(?:[A-Za-z_][\w.-]{0,63}:)?([A-Za-z_][\w.-]{0,127})(?=[\s>])/y;
const ENTRY_TAG = /<[A-Za-z_][\w.:-]{0,63}\s{1,8}(?:key|name|id)="([^"<>]{1,128})"\s{1,8}value="/y;
const CDATA = '<![CDATA[';
const BLANK = /\s{0,64}/y;

/** Whether the '<' at an offset can open an element: what follows is a letter or '_'. */
export function opensElement(text: string, at: number): boolean {
  const code = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return isLetter(code) || code === 0x5f;
}

/** Finds where CDATA sections close. It remembers the last place, so that sections that never close are not searched again and again. */
export class CdataEnds {
  readonly #text: string;
  #from = 0;
  #to = -1;

  constructor(text: string) {
    this.#text = text;
  }

  after(start: number): number {
    if (start < this.#from || start > this.#to) {
      const close = this.#text.indexOf(']]>', start);
      this.#from = start;
      this.#to = close < 0 ? this.#text.length : close;
    }
    return this.#to;
  }
}

/**
 * Reads `<password>x</password>` at a '<', also with a prefix and attributes (`<wsse:Password Type="…">`), with a CDATA
 * section, and cut off before its end tag. A placeholder (`<token>`) in a sentence is none.
 */
export function readXmlElement(text: string, at: number, ends: CdataEnds): XmlElement | undefined {
  OPEN_TAG.lastIndex = at;
  const match = OPEN_TAG.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return undefined;
  const start = tagEnd(text, at + match[0].length);
  if (start < 0) return undefined;
  BLANK.lastIndex = start;
  const section = start + (BLANK.exec(text)?.[0].length ?? 0);
  if (text.startsWith(CDATA, section)) {
    const inside = section + CDATA.length;
    return { name, start: inside, end: ends.after(inside) };
  }
  const close = text.indexOf('<', start);
  const literal = close < 0 ? LITERAL_END.exec(text.slice(start, start + 256))?.index : undefined;
  const end = literal === undefined ? (close < 0 ? text.length : close) : start + literal;
  if (
    end === start ||
    !(close < 0 ? isCutOff(text.slice(start, Math.min(end, start + 256))) : text.startsWith('/', close + 1))
  ) {
    return undefined;
  }
  return { name, start, end };
}

/** Reads `<add key="Password" value="x"/>`: the name is in one attribute, the value in the next. */
export function readXmlEntry(text: string, at: number): XmlElement | undefined {
  ENTRY_TAG.lastIndex = at;
  const match = ENTRY_TAG.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return undefined;
  const start = at + match[0].length;
  const end = text.indexOf('"', start);
  return { name, start, end: end < 0 ? text.length : end };
}

/** Of the literal in which an element is cut off: `{ message: '<password>x', status: 500 }`. */
const LITERAL_END = /(?<=^[^\s"'`]{1,256})["'`](?=[,)}\s]|$)/;

function tagEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + LONGEST_TAG);
  for (let at = from; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3e) return text[at - 1] === '/' ? -1 : at + 1;
    if (code === 0x3c) return -1;
  }
  return -1;
}

/** What only closes what stands around the tag (`"<your-key>"`) is none. */
function isCutOff(value: string): boolean {
  return !/\s/.test(value) && /[^"'`,;.)\]}]/.test(value);
}
