/** A word of a command, [start, end) in the whole text. */
export interface RedisWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const LINE_END = '(?:\\r?\\n|\\\\r\\\\n)';
const ARRAY = new RegExp(`\\s{0,16}\\*\\d{1,6}${LINE_END}`, 'y');
const BULK = new RegExp(`\\$(\\d{1,9})${LINE_END}`, 'y');
const ENDS = new RegExp(`${LINE_END}|$`, 'y');
const NEXT_END = new RegExp(LINE_END, 'g');

/**
 * The commands of a text as they go over the wire (RESP2: arrays of bulk strings, `*2⏎$4⏎AUTH⏎$1⏎x⏎`), line ends perhaps written
 * as escapes; undefined when it does not begin like that. What cannot be read any more belongs to the last word.
 *
 * @param text attacker-controlled.
 */
export function readWireCommands(text: string): readonly (readonly RedisWord[])[] | undefined {
  const commands: RedisWord[][] = [];
  let at = 0;
  while (at < text.length) {
    const opened = endOf(ARRAY, text, at);
    if (opened !== undefined) {
      commands.push([]);
      at = opened;
      continue;
    }
    const words = commands[commands.length - 1];
    if (words === undefined) return undefined;
    BULK.lastIndex = at;
    const [whole, length] = BULK.exec(text) ?? [];
    const start = at + (whole ?? '').length;
    const end = whole === undefined ? text.length : valueEnd(text, start, Number(length));
    // A line end at the end of the text is no value.
    if (whole !== undefined || text.slice(start).trim() !== '')
      words.push({ start, end, text: text.slice(start, end) });
    at = endOf(ENDS, text, end) ?? end;
  }
  return commands.some((words) => words.length > 0) ? commands : undefined;
}

/** Its length is told in bytes, and a masked value has another one. */
function valueEnd(text: string, start: number, length: number): number {
  if (text[start] === '?' && endOf(ENDS, text, start + 1) !== undefined) return start + 1;
  const told = start + length;
  if (told <= text.length && endOf(ENDS, text, told) !== undefined) return told;
  NEXT_END.lastIndex = start;
  return NEXT_END.exec(text)?.index ?? text.length;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
