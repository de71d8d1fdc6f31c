import type { Span } from '@spanseal/otlp';
import { beyondDeepest } from './canonical-spans.js';
import { hex } from './hex.js';
import { fieldHex, wrapped } from './wire-message.js';

/** A Span message as it came, in hexadecimal, and what it shows. */
export interface WireRow {
  readonly id: string;
  readonly says: string;
  readonly wire: string;
}

/** A message that readers of protobuf take in more than one way, and what a lenient one reads. */
export interface AmbiguousRow extends WireRow {
  readonly readAs: Span;
}

const key = '0a016b';

/** The attribute `k` with this AnyValue. */
function attribute(anyValue: string): string {
  return fieldHex(9, key + fieldHex(2, anyValue));
}

function double(id: string, littleEndian: string): WireRow {
  return { id, says: 'Every NaN is 7ff8000000000000.', wire: attribute(`21${littleEndian}`) };
}

/** A true value in lists (fields 5 and 1) or maps (6, 1 and 2, the key left out). */
function nested(fields: readonly number[]): string {
  const path = Array.from({ length: beyondDeepest }, () => fields).flat();
  return attribute(hex(wrapped(path, Uint8Array.of(0x10, 0x01))));
}

export const positiveWires: readonly WireRow[] = [
  double('nan-negative', '000000000000f8ff'),
  double('nan-signalling', '010000000000f07f'),
  double('nan-payload', 'efbeadde0000ff7f'),
  {
    id: 'field-order',
    says: 'Fields in another order on the wire.',
    wire: `${fieldHex(15, '1801')} 3002 ${fieldHex(5, '61')} ${fieldHex(1, '5b8efff798038103d269b633813fc60c')}`,
  },
  {
    id: 'value-before-key',
    says: 'The value of an attribute before its key.',
    wire: fieldHex(9, fieldHex(2, fieldHex(1, '76')) + key),
  },
  {
    id: 'defaults-on-the-wire',
    says: 'Defaults on the wire are as if they were not there: ids, texts, numbers, status.',
    wire: '0a00 1200 1a00 2200 2a00 3000 39 0000000000000000 5000 7a00 8501 00000000',
  },
  {
    id: 'attribute-without-key-and-value',
    says: 'An attribute without a key and a value has an empty value, and its empty key is left out.',
    wire: fieldHex(9, ''),
  },
];

export const negativeWires: readonly WireRow[] = [
  { id: 'utf8-name', says: 'A name that is not UTF-8.', wire: fieldHex(5, '61ff') },
  { id: 'utf8-overlong', says: 'An overlong spelling in UTF-8.', wire: fieldHex(5, 'c0af') },
  {
    id: 'utf8-surrogate',
    says: 'A surrogate in UTF-8.',
    wire: attribute(fieldHex(1, 'eda080')),
  },
  { id: 'utf8-too-large', says: 'A character above 10ffff.', wire: attribute(fieldHex(1, 'f4908080')) },
  {
    id: 'utf8-cut',
    says: 'A character that is cut off.',
    wire: fieldHex(9, fieldHex(1, 'e282')),
  },
  { id: 'too-deep-lists', says: 'Twenty-five lists inside of one another.', wire: nested([5, 1]) },
  { id: 'too-deep-maps', says: 'Twenty-five maps inside of one another.', wire: nested([6, 1, 2]) },
  { id: 'unknown-in-span', says: 'An unknown field of a span.', wire: '8801 01' },
  { id: 'unknown-in-status', says: 'An unknown field of a status.', wire: fieldHex(15, '0801') },
  { id: 'unknown-in-event', says: 'An unknown field of an event.', wire: fieldHex(11, '2801') },
  { id: 'unknown-in-link', says: 'An unknown field of a link.', wire: fieldHex(13, '3801') },
  { id: 'unknown-in-attribute', says: 'An unknown field of an attribute.', wire: fieldHex(9, `${key}2001`) },
  { id: 'unknown-in-value', says: 'An unknown field of a value.', wire: attribute('4801') },
  { id: 'unknown-in-list', says: 'An unknown field of a list.', wire: attribute(fieldHex(5, '1001')) },
  { id: 'unknown-in-map', says: 'An unknown field of a map.', wire: attribute(fieldHex(6, '1001')) },
  {
    id: 'key-reference',
    says: 'A key that is a reference to a table.',
    wire: fieldHex(9, '1801'),
  },
  { id: 'text-reference', says: 'A text that is a reference to a table.', wire: attribute('4001') },
  { id: 'text-reference-zero', says: 'A text that is the reference 0.', wire: attribute('4000') },
  { id: 'short-trace-id', says: 'A trace id of another length than 16 bytes.', wire: fieldHex(1, '5b8e') },
  {
    id: 'long-span-id',
    says: 'A span id of another length than 8 bytes.',
    wire: fieldHex(2, '00'.repeat(16)),
  },
  { id: 'short-link-id', says: 'A span id of a link of another length.', wire: fieldHex(13, '120101') },
];

/** Protobuf lets a reader take the last of them, or put them together. A strict reader refuses what is ambiguous. */
export const advisoryWires: readonly AmbiguousRow[] = [
  {
    id: 'name-twice',
    says: 'A field twice: a strict reader refuses it, a reader of protobuf may take the last one.',
    wire: `${fieldHex(5, '61')} ${fieldHex(5, '62')}`,
    readAs: { name: 'b' },
  },
  {
    id: 'status-twice',
    says: 'A message twice: a strict reader refuses it, a reader of protobuf may put the two together.',
    wire: `${fieldHex(15, '1202 6f6b'.replace(' ', ''))} ${fieldHex(15, '1801')}`,
    readAs: { status: { code: 1, message: 'ok' } },
  },
  {
    id: 'two-members',
    says: 'Two members of one value: a strict reader refuses them, a reader of protobuf may take the last one.',
    wire: attribute(`1001${fieldHex(1, '61')}`),
    readAs: { attributes: [{ key: 'k', value: { stringValue: 'a' } }] },
  },
  {
    id: 'long-varint',
    says: 'A number in more bytes than it needs: a strict reader refuses it, a reader of protobuf may take it.',
    wire: '30 82 80 00',
    readAs: { kind: 2 },
  },
];
