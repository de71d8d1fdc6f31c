import type { ContentRules } from '../content-rules.js';
import { TextRewrite } from './text-rewrite.js';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);
const QUOTE = /['`]/g;
/** Between the lines of a long string. */
const JOINT = /['"`] \+\n {0,64}(?=['"`])/y;

/**
 * Masks texts of many lines in single or back quotes with their line ends and tabs written out, as `util.inspect` prints
 * strings (`{ note: 'password:\n  x' }`, long ones as `'…\n' + '…'`): each is read as a text of its own.
 *
 * @param text attacker-controlled.
 */
export function maskInspectedStrings(text: string, rules: ContentRules): string {
  if (!/\\[nt]/.test(text)) return text;
  const rewrite = new TextRewrite(text);
  const quotes = new RegExp(QUOTE);
  for (let found = quotes.exec(text); found !== null; found = quotes.exec(text)) {
    if (!opens(text, found.index)) continue;
    const { end, pieces } = readString(text, found.index);
    const written = pieces.join('');
    if (/\\[nt]/.test(written)) {
      const decoded = written.replace(
        /\\(.)/gs,
        (_, character: string) => ESCAPES.get(character) ?? character,
      );
      const masked = rules.maskText(decoded);
      if (masked !== decoded) {
        const closer = end < text.length ? found[0] : '';
        rewrite.replace(found.index + 1, Math.min(end + 1, text.length), encode(masked, found[0]) + closer);
      }
    }
    quotes.lastIndex = end + 1;
  }
  return rewrite.toString();
}

function opens(text: string, at: number): boolean {
  return at === 0 || ' \t\n:([{,=>'.includes(text[at - 1] ?? ' ');
}

/** The pieces of a string, without their quotes, and where its last quote stands. */
export function readString(
  text: string,
  at: number,
): { readonly end: number; readonly pieces: readonly string[] } {
  const pieces: string[] = [];
  let end = at;
  for (let start = at; ; start = JOINT.lastIndex) {
    end = pieceEnd(text, start);
    pieces.push(text.slice(start + 1, end));
    JOINT.lastIndex = end;
    if (!JOINT.test(text)) return { end, pieces };
  }
}

function pieceEnd(text: string, at: number): number {
  const quote = text[at];
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return Math.min(end, text.length);
}

function encode(text: string, quote: string): string {
  return text.replace(/[\n\t\r\\'`]/g, (character) => {
    return (
      WRITTEN.get(character) ?? (character === quote || character === '\\' ? `\\${character}` : character)
    );
  });
}
