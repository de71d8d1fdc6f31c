import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { canonicalCoreSpan, type Span } from '@spanseal/otlp';
import { ring, startMillis } from './sealed-request.js';

// What a holder of keys can make, written from docs/protocol.md and not with the code under test, so that it may say things
// that no sealer says. It speaks of spans without events and links, in the scope and resource below.

export const forgedScope = { name: 'app', version: '1.0.0' };
export const forgedResource = { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] };

type Part = string | number | Uint8Array;

function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function bytesOf(part: Part): Buffer {
  if (typeof part === 'string') return Buffer.from(part);
  if (typeof part !== 'number') return Buffer.from(part);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(part));
  return bytes;
}

function frame(...parts: Part[]): Buffer {
  const pieces = parts.map(bytesOf);
  return Buffer.concat([u32(parts.length), ...pieces.flatMap((piece) => [u32(piece.length), piece])]);
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const hmac = (key: Uint8Array, text: string | Uint8Array): Buffer =>
  createHmac('sha256', key).update(text).digest();

const letters = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP';

export function inLetters(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => letters[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

export function counter(number: number): string {
  return number < 32 ? (letters[number] ?? '') : counter(Math.floor(number / 32)) + letters[number % 32];
}

/** A secret as it stands on the ring of these tests. */
const rootSecret = Buffer.alloc(32, 'spanseal test key ');
const { realm } = ring();

export interface KeyUse {
  readonly stream: Uint8Array;
  readonly epoch: number;
  readonly keyId?: string;
}

/** The key of one epoch: what is taken from a process at that time. */
export function stolenKey(use: 'span' | 'checkpoint', { stream, epoch, keyId = 'k-test' }: KeyUse): Buffer {
  const info = frame('spanseal/stream/v1', 'hs256', keyId, realm);
  let node: Buffer = Buffer.from(hkdfSync('sha256', rootSecret, stream, info, 32));
  for (let bit = 19; bit >= 0; bit -= 1)
    node = hmac(node, `spanseal/${(epoch >>> bit) & 1 ? 'right' : 'left'}/v1`);
  return hmac(node, `spanseal/${use}-key/v1`);
}

/** The id of a stream that begins when the tests do. */
export function streamId(fill: number, start = startMillis): Buffer {
  return Buffer.concat([u32(start / 1000), Buffer.alloc(12, fill)]);
}

const realmTag = Buffer.from(
  hkdfSync('sha256', rootSecret, Buffer.alloc(0), frame('spanseal/realm/v1', realm), 2),
);

export interface ForgedSeal extends KeyUse {
  readonly seq: number;
  /** Bit 0: late, bit 1: there are checkpoints, bit 2: `service.name` is covered. */
  readonly marks?: number;
}

/** The seal of a span under a key, whichever it is. */
export function forgeSeal(span: Span, key: Uint8Array, seal: ForgedSeal): string {
  const { stream, epoch, seq, marks = 4, keyId = 'k-test' } = seal;
  const attributes = (span.attributes ?? []).length;
  const scopeTail = sha256(frame('spanseal/scope-tail/v1', '', 0, '', ''));
  const { flags = 0, droppedAttributesCount = 0, droppedEventsCount = 0, droppedLinksCount = 0 } = span;
  const counts = [flags, droppedAttributesCount, droppedEventsCount, droppedLinksCount];
  const tail = sha256(frame('spanseal/tail/v1', ...counts, frame(), frame(), scopeTail)).subarray(0, 12);
  const sections = Buffer.alloc(10);
  const service = Buffer.concat([Buffer.of(0x0a, 8), Buffer.from('checkout')]);
  const origin = sha256(
    frame('spanseal/origin/v1', forgedScope.name, forgedScope.version, 'service.name', service),
  );
  const header = [realm, keyId, stream, epoch, seq, marks, attributes, tail, sections];
  const input = frame('spanseal/span/v1', 'hs256', ...header, origin, canonicalCoreSpan(span));
  const mac = hmac(key, input).subarray(0, 16);
  const numbers = [epoch, seq, marks, attributes].map(counter);
  const bytes = [tail, sections, mac].map(inLetters);
  return ['1', keyId, inLetters(realmTag), inLetters(stream), ...numbers, ...bytes].join('~');
}

/** The request with these spans, each with its seal. */
export function forgedRequest(sealed: readonly (readonly [Span, string])[]) {
  const spans = sealed.map(([span, seal]) => ({
    ...span,
    attributes: [...(span.attributes ?? []), { key: 'spanseal.seal', value: { stringValue: seal } }],
  }));
  return { resourceSpans: [{ resource: forgedResource, scopeSpans: [{ scope: forgedScope, spans }] }] };
}

export interface ForgedCheckpoint extends KeyUse {
  readonly number?: number;
  readonly first?: number;
  /** The MACs and trace ids of the spans that it is about. */
  readonly spans?: readonly { readonly mac: Uint8Array; readonly traceId: string }[];
  readonly fromMillis?: number;
  readonly toMillis?: number;
  readonly previous?: Uint8Array;
  readonly end?: boolean;
  readonly unsealed?: number;
  readonly losses?: readonly (readonly [code: number, first: number, count: number])[];
}

function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? sha256(Buffer.alloc(0));
  const middle = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.concat([Buffer.of(1), rootOf(leaves.slice(0, middle)), rootOf(leaves.slice(middle))]));
}

/** The text of a checkpoint under a key, whichever it is. */
export function forgeCheckpoint(key: Uint8Array, said: ForgedCheckpoint): string {
  const { stream, epoch, keyId = 'k-test', number = 0, first = 0, spans = [], end = false } = said;
  const { fromMillis = startMillis, toMillis = startMillis, unsealed = 0, losses = [] } = said;
  const { previous = Buffer.alloc(16) } = said;
  const leaves = spans.map(({ mac }, at) =>
    sha256(Buffer.concat([Buffer.of(0), frame('spanseal/leaf/v1', first + at, mac)])),
  );
  const root = rootOf(leaves);
  const tags = Buffer.concat(spans.map(({ traceId }) => Buffer.from(traceId.slice(-12), 'hex')));
  const numbers = [number, epoch, first, spans.length, fromMillis, toMillis];
  const stated = [root, previous, end ? 1 : 0, unsealed, frame(...losses.flat()), tags];
  const input = frame('spanseal/checkpoint/v1', 'hs256', realm, keyId, stream, ...numbers, ...stated);
  return [
    ...['1', keyId, inLetters(realmTag), inLetters(stream), ...numbers.map(counter)],
    ...[inLetters(root), inLetters(previous), counter(end ? 1 : 0), counter(unsealed)],
    ...[losses.flat().map(counter).join('_'), inLetters(tags), inLetters(hmac(key, input).subarray(0, 16))],
  ].join('~');
}

/** What a checkpoint says of the one before it, given its text. */
export function digestOf(text: string): Buffer {
  return sha256(Buffer.from(text)).subarray(0, 16);
}

/** The MAC in a seal, or in a checkpoint. */
export function macIn(text: string): Buffer {
  const bits = [...(text.split('~').at(-1) ?? '')].map((letter) =>
    letters.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
