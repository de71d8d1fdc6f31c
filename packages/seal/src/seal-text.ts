import { ownText } from '@spanseal/otlp';
import { decodeBytes, decodeCounter, encodeBytes, LetterOutput } from './consonants.js';
import { coveredResourceKeys } from './covered-resource.js';
import { isKeyId } from './key-id.js';
import { sectionTagsLength } from './span-sections.js';
import { streamIdLength } from './stream-id.js';
import { epochBits } from './stream-key.js';

/** Bytes of the MAC: HMAC truncated to 128 bits (RFC 2104 §5). */
export const tagLength = 16;
/** Bytes of the digest of the exact tail. */
export const tailLength = 12;

/** What a seal says. Before its MAC was checked, all of it is attacker-controlled. */
export interface SealParts {
  readonly keyId: string;
  readonly realmTag: Uint8Array;
  readonly stream: Uint8Array;
  readonly epoch: number;
  readonly seq: number;
  /**
   * Bit 0: sealed outside the window around the span's end. Bit 1: a checkpoint follows. From bit 2: the covered resource keys
   * that were present.
   */
  readonly marks: number;
  /** How many attributes the span has, the seal left out. */
  readonly attributes: number;
  /** Digest of what only the exact profile covers. It is under the MAC. */
  readonly tail: Uint8Array;
  /** Tags of the sections of the span: a hint. They are under the MAC. */
  readonly sections: Uint8Array;
  readonly mac: Uint8Array;
}

/** A text that is no seal of this version. */
export type SealRefusal = 'unsupported-version' | 'malformed';

/** Set in a seal's marks by a sealer that makes checkpoints: without them, the end of its stream can be cut off unseen. */
export const anchoredMark = 2;

const separator = '~';
const version = '1';

const output = new LetterOutput();

/** The stream that a seal is of. */
export type SealStream = Pick<SealParts, 'keyId' | 'realmTag' | 'stream'>;

/** What of a seal differs from span to span, but for the MAC. */
export type SealHeader = Omit<SealParts, keyof SealStream | 'mac'>;

/** What the seals of one stream begin with. */
export function sealBeginning(parts: SealStream): string {
  return [version, parts.keyId, encodeBytes(parts.realmTag), encodeBytes(parts.stream)].join(separator);
}

/** The value of the attribute `spanseal.seal`. */
export function formatSeal(header: SealHeader, mac: Uint8Array, beginning: string): string {
  output.text(beginning);
  output.text(separator).counter(header.epoch).text(separator).counter(header.seq);
  output.text(separator).counter(header.marks).text(separator).counter(header.attributes);
  output.text(separator).bytes(header.tail).text(separator).bytes(header.sections);
  return output.text(separator).bytes(mac).take();
}

/** The parts of a seal. Every seal has one spelling only: what is not spelled so is refused. */
export function parseSeal(text: string): SealParts | SealRefusal {
  if (text.length > 256) return 'malformed';
  if (lastStream === undefined || !text.startsWith(lastStream.beginning)) {
    const read = readStream(text);
    if (typeof read === 'string') return read;
    lastStream = read;
  }
  const { stream, beginning } = lastStream;
  const fields = new SealFields(text, beginning.length);
  const epoch = decodeCounter(fields.next());
  const seq = decodeCounter(fields.next());
  const marks = decodeCounter(fields.next());
  const attributes = decodeCounter(fields.next());
  const tail = decodeBytes(fields.next(), tailLength);
  const sections = decodeBytes(fields.next(), sectionTagsLength);
  const mac = decodeBytes(fields.next(), tagLength);
  if (!fields.isAtEnd || !tail || !sections || !mac) return 'malformed';
  if (epoch === undefined || !(epoch < 2 ** epochBits) || seq === undefined || attributes === undefined)
    return 'malformed';
  if (marks === undefined || !(marks < 2 ** (coveredResourceKeys.length + 2))) return 'malformed';
  const { keyId, realmTag, stream: id } = stream;
  return { keyId, realmTag, stream: id, epoch, seq, marks, attributes, tail, sections, mac };
}

/** What a text is refused as that does not begin with this version: one of seals, checkpoints or batches. */
export function refusalOfVersion(text: string): SealRefusal {
  return /^[0-9]{1,3}$/.test(text) ? 'unsupported-version' : 'malformed';
}

interface ReadStream {
  readonly stream: SealStream;
  /** The text up to and with the separator behind. */
  readonly beginning: string;
}

/** Of the seal that was read last: the spans of a request are of few streams. */
let lastStream: ReadStream | undefined;

function readStream(text: string): ReadStream | SealRefusal {
  const fields = new SealFields(text, 0);
  const versionText = fields.next();
  if (versionText !== version) return refusalOfVersion(versionText);
  const keyId = fields.next();
  const realmTag = decodeBytes(fields.next(), 2);
  const stream = decodeBytes(fields.next(), streamIdLength);
  if (fields.isAtEnd || !isKeyId(keyId) || !realmTag || !stream) return 'malformed';
  // Both are kept for longer than the request that the text is a part of.
  return {
    stream: { keyId: ownText(keyId), realmTag, stream },
    beginning: ownText(text.slice(0, fields.at)),
  };
}

/** Goes over what stands between separators. */
class SealFields {
  at: number;
  /** Whether the last field has no separator behind it. */
  isAtEnd = false;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** The next field; behind the last one there are empty ones, which no part of a seal is. */
  next(): string {
    const start = this.at;
    const end = this.#text.indexOf(separator, start);
    this.isAtEnd = end < 0;
    const stop = end < 0 ? this.#text.length : end;
    this.at = stop + 1;
    return this.#text.slice(start, stop);
  }
}
