import { characterSet, isMemberAt } from '../detectors/character-set.js';

/** Paths of Windows have these behind backslashes. */
const PLAIN = characterSet('A-Za-z0-9.');
/** What a backslash escapes inside of double quotes. */
const QUOTED = characterSet('"\\$`');

/** A word of a command line: where it stands, and its text without quotes and escapes. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The quote that stands around the whole word, or ''. */
  readonly quote: '' | '"' | "'";
}

/**
 * Splits a command line as a POSIX shell reads it, without expansions. A quote that does not close ends with the text.
 *
 * @param most words that are read. Default: all.
 */
export function splitShellWords(text: string, most: number = Number.POSITIVE_INFINITY): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let at = 0;
  while (at < text.length && words.length < most) {
    if (text.charCodeAt(at) <= 0x20) {
      at += 1;
      continue;
    }
    const word = readWord(text, at);
    words.push(word);
    at = word.end;
  }
  return words;
}

/** Most words have neither quotes nor escapes. */
function readWord(text: string, start: number): ShellWord {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) return { start, end: at, value: text.slice(start, at), quote: '' };
    if (code === 0x22 || code === 0x27 || code === 0x5c) return readQuotedWord(text, start);
  }
  return { start, end: text.length, value: text.slice(start), quote: '' };
}

function readQuotedWord(text: string, start: number): ShellWord {
  const parts: string[] = [];
  let at = start;
  let open = '';
  let pieces = 0;
  let copied = start;
  // Leaves a quote or a backslash out.
  const skip = (): void => {
    parts.push(text.slice(copied, at));
    copied = at + 1;
  };
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (open === '' && (character === '"' || character === "'")) {
      open = character;
      pieces += 1;
      skip();
    } else if (open !== '' && character === open) {
      open = '';
      skip();
    } else if (open === '' && text.charCodeAt(at) <= 0x20) break;
    else if (character === '\\' && escapes(text, at + 1, open)) {
      skip();
      at += 1;
    }
  }
  parts.push(text.slice(copied, at));
  const first = text[start] ?? '';
  const whole = pieces === 1 && (first === '"' || first === "'") && text[at - 1] === first && at - start >= 2;
  return {
    start,
    end: Math.min(at, text.length),
    value: parts.join(''),
    quote: whole ? (first as '"' | "'") : '',
  };
}

/** Whether a backslash before the character at `at` goes away, inside of a quote or of none. */
function escapes(text: string, at: number, quote: string): boolean {
  if (at >= text.length) return false;
  return quote === '' ? !isMemberAt(text, at, PLAIN) : quote === '"' && isMemberAt(text, at, QUOTED);
}
