const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const HEX = /^[0-9a-fA-F]{4}$/;
const HEX_PAIR = /^[0-9a-fA-F]{2}$/;

/** The text of a JSON string's inside. Tolerant: an escape that is cut off or unknown stays as it is. */
export function decodeJsonString(raw: string): string {
  let at = raw.indexOf('\\');
  if (at < 0) return raw;
  // A call for each escape, as `replace()` makes it, would be most of the time for a text that is nested in others.
  const pieces: string[] = [];
  let copied = 0;
  for (; at >= 0; at = raw.indexOf('\\', copied)) {
    // Of backslashes in a row, every second one is left.
    const run = backslashesAt(raw, at);
    const last = at + run - (run & 1);
    const half = at + (run >> 1);
    if (half > copied) pieces.push(raw.slice(copied, half));
    copied = last;
    if (last === at + run) continue;
    const sign = raw[last + 1] ?? '';
    copied = last + 2;
    if (sign === '') pieces.push('\\');
    // Before an entity it escapes the quote that the entity stands for.
    else if (sign === '&') pieces.push('\\&');
    // No JSON, and what servers write into a log.
    else if (sign === 'x' && HEX_PAIR.test(raw.slice(last + 2, last + 4))) {
      pieces.push(String.fromCharCode(Number.parseInt(raw.slice(last + 2, last + 4), 16)));
      copied = last + 4;
    } else if (sign !== 'u') pieces.push(ESCAPES.get(sign) ?? sign);
    else if (HEX.test(raw.slice(last + 2, last + 6))) {
      pieces.push(String.fromCharCode(Number.parseInt(raw.slice(last + 2, last + 6), 16)));
      copied = last + 6;
    } else pieces.push('\\u');
  }
  return pieces.join('') + raw.slice(copied);
}

function backslashesAt(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === 0x5c) end += 1;
  return end - at;
}

/** The inside of a JSON string that holds the text. */
export function encodeJsonString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Decodes as often as the string is nested in others. */
export function decodeNested(raw: string, times: number): string {
  let text = raw;
  for (let round = 0; round < times; round += 1) text = decodeJsonString(text);
  return text;
}

const PLAIN = /^[\w* .,:;()[\]{}<>?!=+-]*$/;

export function encodeNested(text: string, times: number): string {
  if (text.length <= 64 && PLAIN.test(text)) return text;
  let raw = text;
  for (let round = 0; round < times; round += 1) raw = encodeJsonString(raw);
  return raw;
}
