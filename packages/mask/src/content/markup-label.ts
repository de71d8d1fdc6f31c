import { looksSecret } from '../detectors/secret-shape.js';

const ELEMENTS = 'b|strong|em|i|u|code|span|label|td|th|dt|dd|li|p|div|font|pre|br|kbd|tt|mark|small';
const TAGS = `(?:(?:</?(?:${ELEMENTS})(?:\\s[^<>]{0,200})?/?>|&nbsp;)\\s{0,8}){1,4}`;
/** Of Markdown and chats, and of terminals, also where a reader wrote it out. */
const EMPHASIS = '(?:[*_]{1,3}|(?:\\u001b|\\\\(?:u001b|x1b|e))\\[[\\d;]{0,16}m)';
/** A colon with emphasis or tags on at least one side of it: `**Password:** x`, `<b>Password</b>: x`, `Password: <code>x`. */
const COLON = new RegExp(
  `(?:(?:${EMPHASIS}|${TAGS})[ \\t]{0,2}[:=\uff1a][ \\t]{0,4}(?:${EMPHASIS}[ \\t]{0,4}|${TAGS})?|` +
    `[ \\t]{0,2}[:=\uff1a][ \\t]{0,4}(?:${EMPHASIS}[ \\t]{1,4}|${TAGS}))`,
  'iy',
);
/** Emphasis that was opened before a name: without it `***` is what a secret was replaced by. */
const OPENED = /(?:^|[\s>(-])[*_]{1,3}[^\s*_][^\n*_]{0,64}$/;
/** A cell or a term, and the one behind it; a name in asterisks and a literal. */
const NEXT = new RegExp(
  `</(?:td|th|dt|label|span|div|h[1-6]|p|strong|b)>\\s{0,64}<(?:td|dd|span|div|p|code|b|strong)(?:\\s[^<>]{0,200})?>\\s{0,64}(?:${TAGS})?|\\*{1,3}[ ](?=["'])`,
  'iy',
);

/** Any word can be in a cell: only one that looks like a secret is a value. */
const CELL = /[^\s<>]{1,256}(?=\s{0,16}<\/)/y;

/** Where the value starts behind a name that stands in markup, and whether a colon says that it is one. */
export interface LabelEnd {
  readonly end: number;
  readonly colon: boolean;
}

/** The end of the markup between a name that ends at `at` and its value; undefined when there is none. */
export function labelEnd(text: string, at: number): LabelEnd | undefined {
  const code = text.charCodeAt(at);
  const isMarkup = code === 0x2a || code === 0x1b || code === 0x5c || (code === 0x3c && text[at + 1] === '/');
  if (!isMarkup && !opensBehindColon(text, at)) return undefined;
  COLON.lastIndex = at;
  if (COLON.test(text)) {
    const isClosed =
      isMarkup ||
      !/[*_]/.test(text.slice(at, COLON.lastIndex)) ||
      OPENED.test(text.slice(Math.max(0, at - 72), at));
    return isClosed ? { end: COLON.lastIndex, colon: true } : undefined;
  }
  NEXT.lastIndex = at;
  if (!NEXT.test(text)) return undefined;
  const end = NEXT.lastIndex;
  if (code === 0x2a) return { end, colon: false };
  CELL.lastIndex = end;
  return looksSecret(CELL.exec(text)?.[0] ?? '') ? { end, colon: true } : undefined;
}

/** Most names have neither: a look at two characters says so. */
function opensBehindColon(text: string, at: number): boolean {
  let index = at;
  while (text[index] === ' ' && index < at + 2) index += 1;
  if (!':=\uff1a'.includes(text[index] ?? ' ')) return false;
  index += 1;
  while (text[index] === ' ' && index < at + 6) index += 1;
  return '*_<&\u001b\\'.includes(text[index] ?? ' ');
}
