import { types } from 'node:util';
import { fromBase64 } from './base64.js';
import { kindOf, refuse } from './fault.js';
import { isHex } from './hex.js';
import type { Int64 } from './int64.js';

const loneSurrogate = /\p{Surrogate}/u;

/** What the writers of both formats take for a scalar. The name of the member is the caller's business. */
export function checkedText(value: unknown): string {
  if (typeof value !== 'string') refuse('TYPE', 'a string', kindOf(value));
  return value;
}

/** Refuses a text that UTF-8 cannot carry. */
export function wellFormed(text: string): string {
  if (loneSurrogate.test(text)) refuse('UTF8', 'well-formed text', 'a lone surrogate');
  return text;
}

export function checkedBool(value: unknown): boolean {
  if (typeof value !== 'boolean') refuse('TYPE', 'a boolean', kindOf(value));
  return value;
}

/** An id in hex digits of either case, or ''. */
export function checkedId(value: unknown, digits: number): string {
  const text = checkedText(value);
  if (text !== '' && (text.length !== digits || !isHex(text))) refuseId(digits);
  return text;
}

export function refuseId(digits: number): never {
  return refuse('VALUE', `${digits} hex digits, or ''`, 'another string');
}

export function checkedUint32(value: unknown): number {
  if (typeof value === 'number' && value >>> 0 === value) return value;
  return refuseScalar(value, 'an integer from 0 to 4294967295');
}

export function checkedInt32(value: unknown): number {
  if (typeof value === 'number' && (value | 0) === value) return value;
  return refuseScalar(value, 'an integer from -2147483648 to 2147483647');
}

/** Fills `int64` from decimal text, a safe integer or a bigint. */
export function setUint64(int64: Int64, value: unknown): void {
  if (!int64.setUnsigned(value)) refuseScalar(value, 'an integer from 0 to 2^64-1');
}

/** Fills `int64` from decimal text, a safe integer or a bigint. */
export function setInt64(int64: Int64, value: unknown): void {
  if (!int64.setSigned(value)) refuseScalar(value, 'an integer from -2^63 to 2^63-1');
}

export function checkedDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' ? nonFinite(value) : undefined;
  return number ?? refuseScalar(value, "a number, 'NaN', 'Infinity' or '-Infinity'");
}

/** The number behind one of the three texts; undefined for any other text. */
export function nonFinite(text: string): number | undefined {
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  return text === '-Infinity' ? Number.NEGATIVE_INFINITY : undefined;
}

export function checkedBytes(value: unknown): Uint8Array {
  if (types.isUint8Array(value)) return value;
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined;
  return bytes ?? refuseScalar(value, 'bytes, or padded standard base64');
}

/** Another kind of thing is a TYPE; the right kind with a wrong content is a VALUE. */
function refuseScalar(value: unknown, expected: string): never {
  const kind = kindOf(value);
  if (kind === 'string' || kind === 'number' || kind === 'bigint')
    refuse('VALUE', expected, `another ${kind}`);
  return refuse('TYPE', expected, kind);
}
