const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The text of a JSON string's inside. Tolerant: an escape that is cut off or unknown stays as it is. */
export function decodeJsonString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u([0-9a-fA-F]{4})|([^u]))/g,
    (whole, hex: string | undefined, char: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (char === undefined) return whole;
      return ESCAPES.get(char) ?? char;
    },
  );
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
