import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { canonicalAnyValue, canonicalCoreSpan, canonicalKeyValues, sealAttributeKey } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import { bytesOf, hex } from './hex.js';
import { deriveKeys } from './key-derivation.js';
import type { KeyInput } from './key-ring-input.js';
import { protocolFrame } from './protocol-frame.js';
import { type SealParts, sealParts, sealText } from './seal-parts.js';
import { fieldsOf } from './wire-message.js';

/** How the MAC of a span comes about. Bytes are in hexadecimal. */
export interface SpanSteps {
  readonly seal: SealParts;
  readonly scope_tail: string;
  /** Of the span as it is; it need not be the one of the seal. */
  readonly tail: string;
  readonly origin: string;
  /** The tags of the five sections before the pad. */
  readonly section_tags: string;
  readonly pad: string;
  /** What the MAC is over. */
  readonly message: string;
}

/** In the order of their bits. */
export const coveredKeys: readonly string[] = [
  'service.name',
  'service.namespace',
  'service.instance.id',
  'service.version',
  'deployment.environment.name',
  'telemetry.sdk.name',
  'telemetry.sdk.language',
  'telemetry.sdk.version',
];

/** A key, and the realm that it seals for. */
export interface SealingKey {
  readonly key: KeyInput;
  readonly realm: string;
}

/** The steps to the MAC of a span whose seal holds. @throws Error when they lead to another seal than the sealer's. */
export function spanSteps(item: SpanInRequest, by: SealingKey): SpanSteps {
  const seal = sealParts(sealTextOf(item));
  const { steps, ...made } = sealedAs(item, { by, seal });
  if (made.mac !== seal.mac || made.sections !== seal.sections || made.realm_tag !== seal.realm_tag) {
    throw new Error('the steps of docs/protocol.md do not lead to what the sealer sealed');
  }
  return steps;
}

/** The text of the seal that a holder of the key could write, who says of the span what no sealer would. */
export function sealTextSaying(
  item: SpanInRequest,
  { by, says }: { by: SealingKey; says: Partial<SealParts> },
): string {
  const seal = { ...sealParts(sealTextOf(item)), ...says };
  const { sections } = sealedAs(item, { by, seal });
  const { mac } = sealedAs(item, { by, seal: { ...seal, sections } });
  return sealText({ ...seal, sections, mac });
}

interface Made {
  readonly steps: SpanSteps;
  readonly realm_tag: string;
  readonly sections: string;
  readonly mac: string;
}

/** What the MAC is with these parts of the seal. */
function sealedAs(
  item: SpanInRequest,
  { by: { key, realm }, seal }: { by: SealingKey; seal: SealParts },
): Made {
  const keys = deriveKeys({ key, realm, stream_id: seal.stream_id, epoch: seal.epoch });
  const core = canonicalCoreSpan(item.span);
  const origin = originOf(item, seal.marks);
  const tags = sectionTagsOf(core, origin);
  const pad = padOf(bytesOf(keys.section_key), seal.seq);
  const message = messageOf({ key, realm }, { seal, origin, core });
  const hash = key.algorithm === 'hs512' ? 'sha512' : 'sha256';
  return {
    steps: {
      seal,
      scope_tail: hex(scopeTailOf(item)),
      tail: hex(tailOf(item)),
      origin: hex(origin),
      section_tags: hex(tags),
      pad: hex(pad),
      message: hex(message),
    },
    realm_tag: keys.realm_tag,
    sections: hex(tags.map((byte, place) => byte ^ (pad[place] ?? 0))),
    mac: hex(createHmac(hash, bytesOf(keys.span_key)).update(message).digest().subarray(0, 16)),
  };
}

function messageOf(
  { key, realm }: SealingKey,
  { seal, origin, core }: { seal: SealParts; origin: Uint8Array; core: Uint8Array },
): Buffer {
  return protocolFrame(
    'spanseal/span/v1',
    key.algorithm,
    realm,
    key.id,
    bytesOf(seal.stream_id),
    seal.epoch,
    seal.seq,
    seal.marks,
    seal.attributes,
    bytesOf(seal.tail),
    bytesOf(seal.sections),
    origin,
    core,
  );
}

export function sealTextOf({ span }: SpanInRequest): string {
  return span.attributes?.find(({ key }) => key === sealAttributeKey)?.value?.stringValue ?? '';
}

function originOf({ scope, resource }: SpanInRequest, marks: number): Buffer {
  const pairs = coveredKeys.flatMap((key, place) => {
    if (((marks >>> (place + 2)) & 1) === 0) return [];
    const found = resource?.attributes?.find((attribute) => attribute.key === key);
    return [key, canonicalAnyValue(found?.value)];
  });
  return sha256(protocolFrame('spanseal/origin/v1', scope?.name ?? '', scope?.version ?? '', ...pairs));
}

function scopeTailOf({ scope, scopeSchemaUrl, resourceSchemaUrl }: SpanInRequest): Buffer {
  return sha256(
    protocolFrame(
      'spanseal/scope-tail/v1',
      canonicalKeyValues(scope?.attributes ?? []),
      scope?.droppedAttributesCount ?? 0,
      scopeSchemaUrl ?? '',
      resourceSchemaUrl ?? '',
    ),
  );
}

function tailOf(item: SpanInRequest): Buffer {
  const { span } = item;
  const places = eventPlaces(item);
  const events = (span.events ?? []).flatMap((event, i) => [
    places[i] ?? 0,
    event.droppedAttributesCount ?? 0,
  ]);
  const links = (span.links ?? []).flatMap((link) => [link.flags ?? 0, link.droppedAttributesCount ?? 0]);
  const frame = protocolFrame(
    'spanseal/tail/v1',
    span.flags ?? 0,
    span.droppedAttributesCount ?? 0,
    span.droppedEventsCount ?? 0,
    span.droppedLinksCount ?? 0,
    protocolFrame(...events),
    protocolFrame(...links),
    scopeTailOf(item),
  );
  return sha256(frame).subarray(0, 12);
}

/** Of each event, the place of the first one in the core form that has its bytes. */
function eventPlaces({ span: { events = [] } }: SpanInRequest): readonly number[] {
  const alone = events.map((event) => hex(canonicalCoreSpan({ events: [event] })));
  const sorted = [...alone].sort();
  return alone.map((bytes) => sorted.indexOf(bytes));
}

function sectionTagsOf(core: Uint8Array, origin: Uint8Array): Buffer {
  const fields = fieldsOf(core);
  const only = (wanted: (field: number) => boolean): Buffer =>
    Buffer.concat(fields.filter(({ number }) => wanted(number)).map(({ bytes }) => bytes));
  const sections = [
    only((field) => ![9, 11, 13].includes(field)),
    ...[9, 11, 13].map((wanted) => only((field) => field === wanted)),
    origin,
  ];
  return Buffer.concat(sections.map(sectionTag));
}

function sectionTag(section: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(section));
  return bytes.subarray(0, 2);
}

function padOf(sectionKey: Uint8Array, seq: number): Buffer {
  const input = Buffer.alloc(16);
  input.writeBigUInt64BE(BigInt(seq), 8);
  return createCipheriv('aes-128-ecb', sectionKey, null).update(input).subarray(0, 10);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
