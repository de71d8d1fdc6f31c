/**
 * Characters that forge or hide text where it is shown: C0 and C1 control characters, the line and paragraph separators, and
 * the overrides and isolates of the Unicode bidirectional algorithm (UAX #9; CVE-2021-42574).
 */
const SINGLE_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
/** The same without the tab and the line ends LF and CRLF. */
const MULTI_LINE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)/;
const EACH_SINGLE_LINE = new RegExp(`(?:${SINGLE_LINE.source}){1,256}`, 'g');
const EACH_MULTI_LINE = new RegExp(`(?:${MULTI_LINE.source}){1,256}`, 'g');

/** Sequences that colour a terminal (ECMA-48), and characters that nobody sees: also joiners, soft hyphens and byte order marks. */
const UNSEEN =
  /\u001b\[[0-?]{0,32}[ -/]{0,4}[@-~]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const EACH_UNSEEN = new RegExp(UNSEEN, 'g');

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const FREQUENT = [...SHORT].map(([character, written]) => ({
  character,
  run: new RegExp(`${written}{16,4096}`, 'g'),
  written,
}));

/** How many lines a text may have: line ends and tabs of one with many stay. */
export type LineCount = 'one' | 'many';

/** Any of them: one look at a clean text. */
const ANY = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Whether a text has any character that the other functions look for. */
export function hasSpecial(text: string): boolean {
  return ANY.test(text);
}

/** Whether a text has characters that `escapeControls` would write out. */
export function hasControls(text: string, lines: LineCount): boolean {
  return (lines === 'one' ? SINGLE_LINE : MULTI_LINE).test(text);
}

/** Writes control characters out as JSON does (`\n`, `\u001b`). What comes out has none, so that twice is once. */
export function escapeControls(text: string, lines: LineCount): string {
  return lines === 'one'
    ? escapeEach(escapeFrequent(text), EACH_SINGLE_LINE)
    : escapeEach(text, EACH_MULTI_LINE);
}

/** Of what many a text is full of: a call for each of them takes six times as long. */
function escapeFrequent(text: string): string {
  let escaped = text;
  for (const { character, run, written } of FREQUENT) {
    if (!escaped.includes(character)) continue;
    const outside = escaped.replace(run, (characters) => written.repeat(characters.length));
    escaped = outside.split(character).join(written);
  }
  return escaped;
}

function escapeEach(text: string, controls: RegExp): string {
  return text.replace(controls, (run) => {
    if (run.length === 1) return escapeOf(run.charCodeAt(0));
    const written: string[] = [];
    for (let at = 0; at < run.length; at += 1) written.push(escapeOf(run.charCodeAt(at)));
    return written.join('');
  });
}

function escapeOf(code: number): string {
  return ESCAPES[code] ?? written(code);
}

function written(code: number): string {
  const character = String.fromCharCode(code);
  return SHORT.get(character) ?? `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Of the characters that are many in a text that has any. */
const ESCAPES: readonly string[] = Array.from({ length: 0xa0 }, (_, code) => written(code));

/** Whether a text has characters that nobody sees, which can stand inside of a secret. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** The text as it is seen: without colours and characters of no width. Line ends and tabs stay. */
export function withoutUnseen(text: string): string {
  return text.replace(EACH_UNSEEN, '');
}
