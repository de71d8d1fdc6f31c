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

/**
 * Reads `<password>x</password>` at a '<', also with a prefix and attributes (`<wsse:Password Type="…">`), with a CDATA
 * section, and cut off before its end tag. A placeholder (`<token>`) in a sentence is none.
 */
export function readXmlElement(text: string, at: number): XmlElement | undefined {
  OPEN_TAG.lastIndex = at;
  const match = OPEN_TAG.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return undefined;
  const start = tagEnd(text, at + match[0].length);
  if (start < 0) return undefined;
  if (text.startsWith(CDATA, start)) return cdata(text, name, start);
  const close = text.indexOf('<', start);
  const end = close < 0 ? text.length : close;
  if (
    end === start ||
    !(close < 0 ? isCutOff(text.slice(start, start + 256)) : text.startsWith('/', close + 1))
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

function tagEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + LONGEST_TAG);
  for (let at = from; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3e) return text[at - 1] === '/' ? -1 : at + 1;
    if (code === 0x3c) return -1;
  }
  return -1;
}

function cdata(text: string, name: string, start: number): XmlElement {
  const close = text.indexOf(']]>', start);
  return { name, start: start + CDATA.length, end: close < 0 ? text.length : close };
}

function isCutOff(value: string): boolean {
  return !/\s/.test(value);
}
