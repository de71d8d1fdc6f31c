import type { HrTime } from './readable-span.js';

/** What a serializer writes as it comes: types alone do not keep an app, or a header, from putting a text there. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The same of a field that may be left out. */
export function optionalNumberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : numberOf(value);
}

/** Hexadecimal digits of the id of a span, and of that of a trace. */
const shortestId = 16;
const longestId = 32;

/** An id as it is, when it is one. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && isHexadecimal(value) ? value : undefined;
}

/** A loop: of each span two ids are asked about, and an expression takes ten times as long. */
function isHexadecimal(text: string): boolean {
  if (text.length < shortestId || text.length > longestId) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (!isDigit && !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)) return false;
  }
  return true;
}

/** A time as the app can keep and change it, copied. */
export function copyTime(time: HrTime): HrTime {
  return [numberOf(time[0]), numberOf(time[1])];
}
