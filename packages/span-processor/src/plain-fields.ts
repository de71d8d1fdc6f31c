import type { HrTime } from './readable-span.js';

/** What a serializer writes as it comes: types alone do not keep an app, or a header, from putting a text there. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The same of a field that may be left out. */
export function optionalNumberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : numberOf(value);
}

const hexadecimal = /^[0-9a-f]{16,32}$/i;

/** An id as it is, when it is one. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && hexadecimal.test(value) ? value : undefined;
}

/** A time as the app can keep and change it, copied. */
export function copyTime(time: HrTime): HrTime {
  return [numberOf(time[0]), numberOf(time[1])];
}
