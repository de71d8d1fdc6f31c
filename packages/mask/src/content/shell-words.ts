/** A word of a command line: where it stands, and its text without quotes and escapes. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The quote that stands around the whole word, or ''. */
  readonly quote: '' | '"' | "'";
}

/** Splits a command line as a POSIX shell reads it, without expansions. A quote that does not close ends with the text. */
export function splitShellWords(text: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let at = 0;
  while (at < text.length) {
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
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (open !== '') {
      if (character === open) open = '';
      else if (character === '\\' && open === '"' && '"\\$`'.includes(text[at + 1] ?? ' '))
        parts.push(text[++at] ?? '');
      else parts.push(character);
    } else if (character === '"' || character === "'") {
      open = character;
      pieces += 1;
    } else if (text.charCodeAt(at) <= 0x20) {
      break;
    } else if (character === '\\' && at + 1 < text.length && !/[A-Za-z0-9.]/.test(text[at + 1] ?? '')) {
      parts.push(text[++at] ?? '');
    } else {
      parts.push(character);
    }
  }
  const first = text[start] ?? '';
  const whole = pieces === 1 && (first === '"' || first === "'") && text[at - 1] === first && at - start >= 2;
  return {
    start,
    end: Math.min(at, text.length),
    value: parts.join(''),
    quote: whole ? (first as '"' | "'") : '',
  };
}
