import { fromBase64 } from './base64.js';
import { kindOf, refuse } from './fault.js';
import { Int64 } from './int64.js';
import { JsonNumber } from './json-source.js';
import { checkedBool, checkedId, checkedText, nonFinite, wellFormed } from './scalar-check.js';
import type { ScalarType } from './schema.js';

export type Token = string | number | boolean | null | JsonNumber;

const int64 = new Int64();
const decimal = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

const enums = {
  spanKind: new Map([
    ['SPAN_KIND_UNSPECIFIED', 0],
    ['SPAN_KIND_INTERNAL', 1],
    ['SPAN_KIND_SERVER', 2],
    ['SPAN_KIND_CLIENT', 3],
    ['SPAN_KIND_PRODUCER', 4],
    ['SPAN_KIND_CONSUMER', 5],
  ]),
  statusCode: new Map([
    ['STATUS_CODE_UNSET', 0],
    ['STATUS_CODE_OK', 1],
    ['STATUS_CODE_ERROR', 2],
  ]),
};

/** A scalar of OTLP/JSON in the model's spelling. What the Collector refuses is refused; see parseTraceRequest. */
export function readJsonScalar(type: ScalarType, token: Token): unknown {
  switch (type) {
    case 'string':
      return wellFormed(checkedText(plain(token)));
    case 'traceId':
      return checkedId(plain(token), 32).toLowerCase();
    case 'spanId':
      return checkedId(plain(token), 16).toLowerCase();
    case 'bytes':
      return readBytes(token);
    case 'bool':
      return checkedBool(plain(token));
    case 'int64':
      if (!int64.setSigned(digits(token))) refuseNumber(token, 'an integer from -2^63 to 2^63-1');
      return int64.signedText();
    case 'fixed64':
      if (!int64.setUnsigned(digits(token))) refuseNumber(token, 'an integer from 0 to 2^64-1');
      return int64.unsignedText();
    case 'uint32':
    case 'fixed32':
      return readUint32(token);
    case 'double':
      return readDouble(token);
    case 'token':
    case 'unplaced':
      return typeof token === 'string' ? wellFormed(token) : token;
    default:
      return readEnum(type, token);
  }
}

/** Base64 of as many bytes as the id has, as hex; any other token as it is. */
export function hexOfBase64Id(type: ScalarType, token: Token): Token {
  const length = type === 'traceId' ? 24 : type === 'spanId' ? 12 : 0;
  if (typeof token !== 'string' || token.length !== length) return token;
  return fromBase64(token)?.toString('hex') ?? token;
}

/** Numbers from text count as numbers where a text is asked for. */
function plain(token: Token): Token {
  return token instanceof JsonNumber ? 0 : token;
}

/** The digits of an integer: of a text, of a number as it was written, of a number that has lost none. */
function digits(token: Token): string | number | undefined {
  if (token instanceof JsonNumber) return token.text;
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}

function readBytes(token: Token): string {
  const text = checkedText(plain(token));
  if (fromBase64(text) === undefined) refuse('VALUE', 'padded standard base64', 'another string');
  return text;
}

function readUint32(token: Token): number {
  if (int64.setUnsigned(digits(token)) && int64.high === 0) return int64.low;
  return refuseNumber(token, 'an integer from 0 to 4294967295');
}

function readDouble(token: Token): number | string {
  const text = token instanceof JsonNumber ? token.text : token;
  if (typeof text === 'string' && nonFinite(text) !== undefined) return text;
  const value = typeof text === 'string' && decimal.test(text) ? Number(text) : text;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return refuseNumber(token, "a number within range, 'NaN', 'Infinity' or '-Infinity'");
}

function readEnum(type: 'spanKind' | 'statusCode', token: Token): number {
  const named = typeof token === 'string' ? enums[type].get(token) : undefined;
  if (named !== undefined) return named;
  if (typeof token !== 'string' && int64.setSigned(digits(token))) {
    const { low, high } = int64;
    if (high === (low >= 0x80000000 ? 0xffffffff : 0)) return low | 0;
  }
  return refuseNumber(token, 'an integer of 32 bits, or a name of the enum');
}

function refuseNumber(token: Token, expected: string): never {
  if (typeof token === 'string') refuse('VALUE', expected, 'another string');
  if (typeof token === 'number' || token instanceof JsonNumber) refuse('VALUE', expected, 'another number');
  return refuse('TYPE', expected, kindOf(token));
}
