const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const HEX = /^[0-9a-fA-F]{4}$/;

/** The text of a JSON string's inside. Tolerant: an escape that is cut off or unknown stays as it is. */
export function decodeJsonString(raw: string): string {
  let at = raw.indexOf('\\');
  if (at < 0) return raw;
  // A call for each escape, as `replace()` makes it, would be most of the time for a text that is nested in others.
  const pieces: string[] = [];
  let copied = 0;
  for (; at >= 0; at = raw.indexOf('\\', copied)) {
    if (at > copied) pieces.push(raw.slice(copied, at));
    const sign = raw[at + 1] ?? '';
    copied = at + 2;
    if (sign === '\\') pieces.push(sign);
    else if (sign === '') pieces.push('\\');
    else if (sign !== 'u') pieces.push(ESCAPES.get(sign) ?? sign);
    else if (HEX.test(raw.slice(at + 2, at + 6))) {
      pieces.push(String.fromCharCode(Number.parseInt(raw.slice(at + 2, at + 6), 16)));
      copied = at + 6;
    } else pieces.push('\\u');
  }
  return pieces.join('') + raw.slice(copied);
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
